"""The public pages of the survey: what each says, what it keeps, and what it never does."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from benchmarking import server
from benchmarking.assessing.sheets import current_cycle
from benchmarking.moments import utc_now
from benchmarking.people import accounts
from benchmarking.server import Server
from benchmarking.settings import Mode
from benchmarking.store import responses
from benchmarking.store.cycles import Rule, set_rule
from benchmarking.survey import hosted_survey, invitations
from benchmarking.survey.hosted_survey import Asked
from benchmarking.survey.invitations import digest, standing
from benchmarking.visit import Visit
from benchmarking.web import survey_forms, survey_pages
from tests.invited import fill_in, invite, plan
from tests.web.conftest import asking

TRUST, LEAD = "DEMO-07", "trust-lead.DEMO-07"
OTHER_LEAD = "trust-lead.DEMO-08"
UNKNOWN = "/reply/" + "A" * 22
QUESTIONS = 26


def lead(running: Server, subject: str = LEAD) -> Visit:
    return accounts.visit_by(running, accounts.sign_in_as(running, subject))


@pytest.fixture(scope="module")
def inviting(demonstration: Server) -> Server:
    """A trust that asks for no more than the questions."""
    fill_in(lead(demonstration))
    return demonstration


@pytest.fixture(autouse=True)
def rested() -> None:
    survey_pages._pace = survey_forms.Pace()


@pytest.fixture
def link(inviting: Server) -> str:
    """The address of a new invitation."""
    return links(inviting, 1)[0]


@pytest.fixture
def asks_more(inviting: Server) -> Iterator[str]:
    """The address of an invitation of a trust that asks for a comment and about the person."""
    fill_in(lead(inviting), with_comments=True, with_equality=True)
    yield links(inviting, 1)[0]
    fill_in(lead(inviting))


def links(running: Server, number: int) -> list[str]:
    visit = lead(running)
    return [f"/reply/{one.token}" for one in invite(visit, current_cycle(visit), number).links]


def token_of(link: str) -> str:
    return link.removeprefix("/reply/")


def send(browser: TestClient, address: str, **fields: str) -> Response:
    return browser.post(address, data=fields or {"none": ""})


def said(answer: Response) -> str:
    """What a person reads, without marks and on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


# What a page of the survey could change; the rest of the demonstration is large.
TOUCHED = (
    *("survey_invitation", "survey_batch", "survey_reply", "survey_item", "survey_period"),
    *("survey_comment", "survey_equality", "survey_sending", "survey_setting", "installation"),
)
_REPLIES_HERE = "batch IN (SELECT batch FROM survey_batch WHERE way = 'here')"


def contents(running: Server) -> dict[str, list[dict[str, Any]]]:
    """Every row of those tables, of the answers given here, and of the newest audit entries."""
    asked = {name: f"SELECT * FROM {name} ORDER BY 1, 2" for name in TOUCHED}
    asked["response"] = f"SELECT * FROM response WHERE {_REPLIES_HERE} ORDER BY batch, item"
    asked["audit"] = "SELECT * FROM audit ORDER BY audit_id DESC LIMIT 20"
    with running.database.reading() as reading:
        return {name: [dict(row) for row in reading.rows(sql)] for name, sql in asked.items()}


def kept(running: Server) -> dict[str, list[dict[str, Any]]]:
    """The same without the audit."""
    return {name: rows for name, rows in contents(running).items() if name != "audit"}


def draft(running: Server, link: str) -> hosted_survey.Draft:
    asked = Asked(running.database, running.library, utc_now())
    return hosted_survey.open_link(asked, token_of(link)).draft


def replies(running: Server) -> int:
    with running.database.reading() as reading:
        return int(
            reading.value(
                "SELECT count(*) FROM response r JOIN survey_batch b ON b.batch = r.batch "
                "WHERE r.item = 0 AND b.way = 'here'"
            )
        )


# The first page.


@pytest.mark.parametrize(
    "sentence",
    [
        "asks you, because you made a complaint that is now closed",
        "Your care, and the care of those close to you, stays the same whether you answer or not",
        "I do not want to answer",
        "Your answers are confidential.",
        "Nobody at Northbrackle Demonstration Trust can look at the answers of one person",
        "Whoever opens it sees what you have answered so far and, once you have sent it,",
        "Whoever takes down your answers then sees them, and enters them here for you.",
        "Results are shown only once 10 people have answered",
        "This is not a way to complain",
        "To complain, speak to the Complaints Team. https://trust.example.nhs.uk/complain",
        "Free and independent help with complaints: Demonstration Advocacy, through any library",
        "the Parliamentary and Health Service Ombudsman to look at it: https://www.ombudsman.org.uk",
        "Answer by phone or on paper",
        "Call the Complaints Team, on the number in your letter.",
        "works until 24 December 2026",
        "Start: one question at a time",
        "All questions on one page",
        "Large print",
    ],
)
def test_the_first_page_says_all_that_people_must_be_told(
    browser: TestClient, link: str, sentence: str, inviting: Server
) -> None:
    expires = lead(inviting)
    cycle = current_cycle(expires)
    (*_, sent) = standing(expires, TRUST, cycle).sent
    day = f"{sent.expires_on.day} {sent.expires_on:%B %Y}"
    assert sentence.replace("24 December 2026", day) in said(browser.get(link))


def test_no_page_promises_more_than_confidence(browser: TestClient, asks_more: str) -> None:
    for path in ("", "/question/1", "/all", "/more", "/check", "/later", "/decline"):
        assert "anonym" not in browser.get(asks_more + path).text.lower()


def test_a_link_needs_no_sign_in_no_cookie_and_no_script(browser: TestClient, link: str) -> None:
    for path in ("", "/question/1", "/all", "/check", "/decline"):
        page = browser.get(link + path)
        assert page.status_code == 200
        assert "set-cookie" not in page.headers
        assert "<script" not in page.text and "javascript:" not in page.text
        assert " style=" not in page.text and "<style" not in page.text


def test_pages_are_in_british_english_with_a_title_and_one_heading(
    browser: TestClient, asks_more: str
) -> None:
    titles = set()
    for path in ("", "/question/1", "/question/2", "/all", "/more", "/check", "/later", "/decline"):
        page = browser.get(asks_more + path).text
        assert '<html lang="en-GB">' in page
        assert page.count("<h1") == 1
        titles |= set(re.findall("<title>(.*)</title>", page))
    assert len(titles) == 8


# One question at a time.


def test_a_question_has_its_number_its_stage_and_every_choice(
    browser: TestClient, link: str
) -> None:
    page = said(browser.get(f"{link}/question/1"))
    assert f"Question 1 of {QUESTIONS} Considering a complaint" in page
    for choice in (
        *("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree"),
        *("Strongly agree", "Does not apply to me or I can't remember", "Prefer not to say"),
        *("Save and go on", "Skip this question", "Stop, and go on later"),
    ):
        assert choice in page


def test_an_answer_is_kept_at_once_and_leads_to_the_next_question(
    browser: TestClient, inviting: Server, link: str
) -> None:
    answer = send(browser, f"{link}/question/1", answer="agree", go="on")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{link}/question/2")
    assert list(draft(inviting, link).answers.values()) == ["agree"]
    assert 'value="agree" id="q-4" checked' in browser.get(f"{link}/question/1").text


def test_nothing_chosen_is_told_and_nothing_is_kept(
    browser: TestClient, inviting: Server, link: str
) -> None:
    before = kept(inviting)
    for fields in ({"go": "on"}, {"go": "on", "answer": "splendid"}, {"none": ""}):
        answer = send(browser, f"{link}/question/1", **fields)
        assert answer.status_code == 422
        assert "<title>Error: Question 1 of 26" in answer.text
        assert "There is a problem Choose an answer, or skip this question" in said(answer)
        assert '<a href="#q-1">' in answer.text and 'id="q-1"' in answer.text
    assert kept(inviting) == before


def test_a_skipped_question_has_no_answer_any_more(
    browser: TestClient, inviting: Server, link: str
) -> None:
    send(browser, f"{link}/question/1", answer="agree", go="on")
    answer = send(browser, f"{link}/question/1", answer="agree", go="skip")
    assert answer.headers["location"] == f"{link}/question/2"
    assert draft(inviting, link).answers == {}


def test_who_stops_is_told_until_when_they_can_go_on_and_where(
    browser: TestClient, link: str
) -> None:
    answer = send(browser, f"{link}/question/3", answer="disagree", go="later")
    assert answer.headers["location"] == f"{link}/later"
    assert "You have answered 1 of 26 questions." in said(browser.get(f"{link}/later"))
    first = said(browser.get(link))
    assert "You have begun: 1 of 26 answered." in first
    assert f'href="{link}/question/4"' in browser.get(link).text, "the question after"


def test_the_last_question_leads_on_to_the_check(browser: TestClient, link: str) -> None:
    answer = send(browser, f"{link}/question/{QUESTIONS}", go="skip")
    assert answer.headers["location"] == f"{link}/check"


def test_a_change_from_the_check_leads_back_to_it(browser: TestClient, link: str) -> None:
    assert f'href="{link}/question/2?from=check"' in browser.get(f"{link}/check").text
    answer = send(browser, f"{link}/question/2?from=check", answer="agree", go="on")
    assert answer.headers["location"] == f"{link}/check"


@pytest.mark.parametrize("number", ["0", "27", "9999999999", "9" * 5000, "-1", "one", "\u0661"])
def test_a_question_that_is_not_asked_leads_to_the_first_page(
    browser: TestClient, link: str, number: str
) -> None:
    assert browser.get(f"{link}/question/{number}").headers["location"] == link
    answer = send(browser, f"{link}/question/{number}", answer="agree")
    assert answer.headers["location"] == link


# All on one page.


def test_all_questions_are_on_one_page_and_those_left_out_stay_out(
    browser: TestClient, inviting: Server, link: str
) -> None:
    page = browser.get(f"{link}/all").text
    names = list(dict.fromkeys(re.findall(r'name="(answer-[^"]+)"', page)))
    assert len(names) == QUESTIONS
    send(browser, f"{link}/question/5", answer="strongly-agree", go="on")
    answer = send(browser, f"{link}/all", **{names[0]: "agree", names[1]: "nonsense", "go": "on"})
    assert answer.headers["location"] == f"{link}/check"
    assert sorted(draft(inviting, link).answers.values()) == ["agree", "strongly-agree"]


# Large print.


def test_large_print_holds_on_all_pages_to_come(browser: TestClient, link: str) -> None:
    page = browser.get(f"{link}?print=large").text
    assert 'class="large"' in page and "Usual print" in page
    assert f'href="{link}/question/1?print=large"' in page
    answer = send(browser, f"{link}/question/1?print=large", answer="agree", go="on")
    assert answer.headers["location"] == f"{link}/question/2?print=large"
    assert 'class="large"' not in browser.get(f"{link}/question/2").text


# In their own words, and about the person.


def test_neither_is_asked_unless_the_trust_wants_it(browser: TestClient, link: str) -> None:
    assert browser.get(f"{link}/more").headers["location"] == f"{link}/check"
    answer = send(browser, f"{link}/more", comment="Let me in", **{"about-eq-age": "under-18"})
    assert answer.headers["location"] == f"{link}/check"


def test_what_is_said_there_is_kept_and_can_be_changed(
    browser: TestClient, inviting: Server, asks_more: str
) -> None:
    address = f"{asks_more}/more"
    answer = send(browser, address, comment="Thank you.", **{"about-eq-age": "under-18"})
    assert answer.headers["location"] == f"{asks_more}/check"
    found = draft(inviting, asks_more)
    assert (found.comment, found.equality) == ("Thank you.", {"eq-age": "under-18"})
    assert "How old are you? Under 18. Change" in said(browser.get(f"{asks_more}/check"))
    send(browser, address, comment="", **{"about-eq-age": ""})
    assert draft(inviting, asks_more) == hosted_survey.Draft()


def test_words_that_may_tell_who_somebody_is_are_asked_about_first(
    browser: TestClient, inviting: Server, asks_more: str
) -> None:
    address, words = f"{asks_more}/more", "Ring me: 020 7946 0018"
    answer = send(browser, address, comment=words)
    assert answer.status_code == 422
    assert "This looks like a phone number" in said(answer)
    assert "Please name nobody, yourself included" in said(answer)
    assert words in answer.text and "Keep my words as they are" in answer.text
    assert draft(inviting, asks_more).comment == ""
    assert send(browser, address, comment=words, keep="yes").status_code == 303
    assert draft(inviting, asks_more).comment == words


def test_words_that_are_too_long_are_told_and_stand_there_still(
    browser: TestClient, inviting: Server, asks_more: str
) -> None:
    answer = send(browser, f"{asks_more}/more", comment="é" * 2001)
    assert answer.status_code == 422
    assert "What you wrote is 2,001 characters long. Shorten it to 2,000 or fewer." in said(answer)
    assert draft(inviting, asks_more).comment == ""


def test_markup_and_odd_characters_in_a_comment_are_plain_text(
    browser: TestClient, inviting: Server, asks_more: str
) -> None:
    send(browser, f"{asks_more}/more", comment="<script>1</script> &\0 ŵ 😀")
    assert draft(inviting, asks_more).comment == "<script>1</script> & ŵ 😀"
    page = browser.get(f"{asks_more}/check").text
    assert "&lt;script&gt;1&lt;/script&gt; &amp; ŵ 😀" in page and "<script" not in page


# Sending.


def test_a_reply_is_counted_once_and_its_link_is_used_up(
    browser: TestClient, inviting: Server, link: str
) -> None:
    before = replies(inviting)
    send(browser, f"{link}/question/1", answer="agree", go="on")
    assert replies(inviting) == before, "a draft is no reply"
    first, second = send(browser, f"{link}/check"), send(browser, f"{link}/check")
    assert first.headers["location"] == second.headers["location"] == f"{link}/sent"
    assert replies(inviting) == before + 1
    page = browser.get(f"{link}/sent")
    assert page.status_code == 200
    assert "Thank you. Your answers were sent." in said(page)


def test_a_reply_holds_what_was_answered_and_nothing_of_what_was_skipped(
    browser: TestClient, inviting: Server, link: str
) -> None:
    send(browser, f"{link}/question/1", answer="agree", go="on")
    send(browser, f"{link}/question/2", answer="does-not-apply", go="on")
    send(browser, f"{link}/check")
    with inviting.database.reading() as reading:
        batch = reading.value("SELECT max(batch) FROM survey_batch")
        rows = reading.rows(
            "SELECT i.item_id, r.answer FROM response r JOIN survey_item i ON i.item = r.item "
            "WHERE r.batch = :batch ORDER BY r.item",
            batch=batch,
        )
        rebuilt, stored = responses.rebuilt(reading), responses.stored(reading)
    assert [(row["item_id"], row["answer"]) for row in rows] == [
        ("reply", 1),
        ("cs-1.1", 4),
        ("cs-1.2", 10),
    ]
    assert rebuilt == stored


def test_nothing_links_a_reply_to_its_invitation(
    browser: TestClient, inviting: Server, asks_more: str
) -> None:
    send(browser, f"{asks_more}/question/1", answer="agree", go="on")
    send(browser, f"{asks_more}/more", comment="A word", **{"about-eq-age": "under-18"})
    before = contents(inviting)
    send(browser, f"{asks_more}/check")
    after = contents(inviting)
    changed = {name: [r for r in after[name] if r not in before[name]] for name in after}
    (invitation,) = changed["survey_invitation"]
    assert (invitation["state"], invitation["draft"]) == ("answered", "")
    mark = digest(token_of(asks_more))
    for name, rows in changed.items():
        text = repr([row for row in rows if row is not invitation])
        assert mark not in text and token_of(asks_more) not in text, name
        if name == "audit":
            assert [(row["person_id"], row["subject"], row["detail"]) for row in rows] == [
                (0, invitation["cycle_id"], "")
            ]
            assert {str(row["written_at"])[11:] for row in rows} == {"00:00:00"}, "no hour"
    assert not changed["survey_reply"], "a reply given here is not kept whole"
    assert {row["added_at"].hour for row in changed["survey_batch"]} == {0}
    assert {row["author_id"] for row in changed["survey_batch"]} == {None}


def test_an_empty_reply_is_not_sent(browser: TestClient, inviting: Server, link: str) -> None:
    before = kept(inviting)
    answer = send(browser, f"{link}/check")
    assert answer.status_code == 422
    assert "You have not answered any question yet. Answer at least one" in said(answer)
    assert kept(inviting) == before


def test_the_thanks_are_for_those_who_sent(browser: TestClient, link: str) -> None:
    assert browser.get(f"{link}/sent").headers["location"] == link
    assert browser.get(f"{link}/declined").headers["location"] == link


# Declining.


def test_who_does_not_want_to_answer_says_so_once_and_nothing_of_theirs_stays(
    browser: TestClient, inviting: Server, link: str
) -> None:
    send(browser, f"{link}/question/1", answer="agree", go="on")
    before = replies(inviting)
    assert "The trust is not told that it was you." in said(browser.get(f"{link}/decline"))
    answer = send(browser, f"{link}/decline")
    assert answer.headers["location"] == f"{link}/declined"
    assert "Noted: you do not want to answer" in said(browser.get(f"{link}/declined"))
    assert replies(inviting) == before
    (row,) = [
        row
        for row in contents(inviting)["survey_invitation"]
        if row["token_sha256"] == digest(token_of(link))
    ]
    assert (row["state"], row["draft"]) == ("declined", "")


def test_opening_a_page_declines_nothing(browser: TestClient, inviting: Server, link: str) -> None:
    before = contents(inviting)
    for path in ("", "/question/1", "/all", "/check", "/later", "/decline", "/sent", "/declined"):
        browser.get(link + path)
        browser.head(link + path)
    assert contents(inviting) == before


# Links that lead to no question.


def used(browser: TestClient, link: str) -> None:
    send(browser, f"{link}/question/1", answer="agree", go="on")
    send(browser, f"{link}/check")


def declined(browser: TestClient, link: str) -> None:
    send(browser, f"{link}/decline")


def replaced(running: Server) -> str:
    visit = lead(running)
    cycle = current_cycle(visit)
    (old,) = links(running, 1)
    number = standing(visit, TRUST, cycle).sent[-1].sending_id
    invitations.make(visit, TRUST, cycle, plan(visit, 1, None, number))
    return old


def expired(running: Server, link: str) -> None:
    with running.database.writing(lead(running).audit("tests", "expire")) as writing:
        writing.run(
            "UPDATE survey_invitation SET expires_on = DATE '2020-01-01' WHERE token_sha256 = :t",
            t=digest(token_of(link)),
        )


def closed_link(browser: TestClient, running: Server, why: str) -> str:
    if why == "replaced":
        return replaced(running)
    (link,) = links(running, 1)
    if why == "used":
        used(browser, link)
    elif why == "declined":
        declined(browser, link)
    elif why == "expired":
        expired(running, link)
    elif why == "altered":
        return link[:-1] + ("A" if link[-1] != "A" else "B")
    return link


CLOSED = [
    ("used", 410, "This link has been used"),
    ("expired", 410, "This link is over"),
    ("replaced", 410, "There is a newer link"),
    ("declined", 410, "You said that you do not want to answer"),
    ("altered", 404, "This link leads nowhere"),
]


@pytest.mark.parametrize("why, status, heading", CLOSED)
def test_a_closed_link_says_so_on_every_page_and_stores_nothing(
    browser: TestClient, inviting: Server, why: str, status: int, heading: str
) -> None:
    link = closed_link(browser, inviting, why)
    before = contents(inviting)
    for path in ("", "/question/1", "/all", "/more", "/check", "/later", "/decline"):
        page = browser.get(link + path)
        assert (page.status_code, f"<h1>{heading}</h1>" in page.text) == (status, True)
        assert "the letter" in page.text, "what to do"
    for path in ("/question/1", "/all", "/more", "/check", "/decline"):
        answer = send(browser, link + path, answer="agree", go="on", comment="Let me in")
        if (why, path) == ("used", "/check"):
            assert answer.headers["location"] == f"{link}/sent"
        else:
            assert (answer.status_code, heading in answer.text) == (status, True)
    assert contents(inviting) == before, "not even an audit entry"


def test_a_link_of_a_cycle_that_was_closed_is_over(
    browser: TestClient, inviting: Server, link: str
) -> None:
    visit = lead(inviting)
    cycle = current_cycle(visit)
    with inviting.database.writing(visit.audit("tests", "close")) as writing:
        set_rule(writing, cycle.cycle_id, Rule(True, visit.now))
    assert browser.get(link).status_code == 410
    with inviting.database.writing(visit.audit("tests", "open")) as writing:
        set_rule(writing, cycle.cycle_id, Rule(True, None))
    assert browser.get(link).status_code == 200


@pytest.mark.parametrize(
    "token", ["x", "A" * 64, "A" * 5000, "%00", "%ff", "é", "'; DROP TABLE person", "preview"]
)
def test_altered_and_unknown_links_get_the_very_same_answer(
    browser: TestClient, inviting: Server, token: str
) -> None:
    unknown = browser.get(UNKNOWN)
    odd = browser.get(f"/reply/{token}")
    assert (odd.status_code, odd.text) == (unknown.status_code, unknown.text)
    assert unknown.status_code == 404


def test_drafts_under_links_that_are_over_are_forgotten(
    browser: TestClient, inviting: Server
) -> None:
    link, other = links(inviting, 2)
    for one in (link, other):
        send(browser, f"{one}/question/1", answer="agree", go="on")
    expired(inviting, link)
    assert hosted_survey.forget_expired(inviting.database, utc_now()) == 1
    rows = {row["token_sha256"]: row for row in contents(inviting)["survey_invitation"]}
    assert rows[digest(token_of(link))]["draft"] == ""
    assert rows[digest(token_of(other))]["draft"] != ""
    before = contents(inviting)
    assert hosted_survey.forget_expired(inviting.database, utc_now()) == 0
    assert contents(inviting) == before, "nothing to do is no write"


# What goes with a page, and what is refused.


def test_a_page_is_neither_kept_nor_found_nor_framed_and_its_address_stays_here(
    browser: TestClient, link: str
) -> None:
    for address in (link, f"{link}/question/1", UNKNOWN):
        headers = browser.get(address).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex, nofollow, noarchive"
        policies = headers.get_list("content-security-policy")
        assert "default-src 'none'; style-src 'self'" in policies[0]
        # Browsers follow the last that they know. "same-origin" tells no other site anything.
        assert headers.get_list("referrer-policy") == ["no-referrer", "same-origin"]
    for target in re.findall(r'<a [^>]*href="https?://[^>]*>', browser.get(link).text):
        assert 'rel="noreferrer"' in target


def test_the_style_sheet_is_served_and_allowed(browser: TestClient, link: str) -> None:
    assert 'href="/reply.css"' in browser.get(link).text
    sheet = browser.get("/reply.css")
    assert sheet.status_code == 200
    assert sheet.headers["content-type"].startswith("text/css")
    assert "url(" not in sheet.text, "nothing is fetched from elsewhere"


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:9999", "http://["])
def test_a_form_of_a_foreign_page_keeps_nothing(
    browser: TestClient, inviting: Server, link: str, origin: str
) -> None:
    before = contents(inviting)
    answer = browser.post(
        f"{link}/question/1", data={"answer": "agree"}, headers={"origin": origin}
    )
    assert answer.status_code == 403
    assert contents(inviting) == before


@pytest.mark.parametrize("origin", [None, "null", "http://localhost:8501"])
def test_a_form_of_our_own_passes_whatever_a_browser_keeps_to_itself(
    browser: TestClient, link: str, origin: str | None
) -> None:
    headers = {"origin": origin} if origin else {}
    answer = browser.post(f"{link}/question/1", data={"answer": "agree"}, headers=headers)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "content, kind, status",
    [
        (b"answer=" + b"a" * 64_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a%d=1" % n for n in range(121)), "application/x-www-form-urlencoded", 413),
        (b'{"answer": "agree"}', "application/json", 415),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 415),
        (b"answer=%ff%00&go=on", "application/x-www-form-urlencoded", 422),
        (b"\xff\xfe=\x00", "application/x-www-form-urlencoded", 422),
    ],
)
def test_forms_that_are_not_ours_keep_nothing(
    browser: TestClient, inviting: Server, link: str, content: bytes, kind: str, status: int
) -> None:
    before = contents(inviting)
    answer = browser.post(f"{link}/question/1", content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert contents(inviting) == before


def test_faster_than_a_person_is_stopped_for_a_minute_under_that_link_alone(
    browser: TestClient, inviting: Server
) -> None:
    link, other = links(inviting, 2)
    now = [0.0]
    survey_pages._pace = survey_forms.Pace(clock=lambda: now[0])
    most = survey_forms.MOST_A_MINUTE
    answers = [send(browser, f"{link}/question/1", go="skip") for _ in range(most + 1)]
    assert [one.status_code for one in answers] == [303] * most + [429]
    assert "That was too fast. Wait a minute, then go on." in said(answers[-1])
    assert send(browser, f"{other}/question/1", go="skip").status_code == 303
    now[0] = 61.0
    assert send(browser, f"{link}/question/1", go="skip").status_code == 303


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_nothing_else_can_be_done_under_a_link(browser: TestClient, link: str, method: str) -> None:
    assert browser.request(method, f"{link}/check").status_code == 405


def test_a_foreign_host_is_answered_nothing(browser: TestClient, link: str) -> None:
    answer = browser.get(link, headers={"host": "evil.example"})
    assert answer.status_code == 400


def test_people_answer_where_staff_sign_in_elsewhere_or_not_at_all(
    demonstration: Server, inviting: Server, link: str
) -> None:
    address = replace(demonstration.settings, address="0.0.0.0")
    live = replace(demonstration.settings, mode=Mode.PRODUCTION)
    for settings in (address, live):
        with server.using(replace(demonstration, settings=settings)):
            page = asking().get(link)
            assert page.status_code == 200
            assert ("fictional" in page.text) == (settings is address)


def test_the_token_is_in_no_log_and_no_audit(
    browser: TestClient, inviting: Server, link: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="benchmarking")
    used(browser, link)
    browser.get(link)
    send(browser, f"{link}/check", go="x" * 70_000)
    assert token_of(link) not in repr(contents(inviting))
    assert not [
        r
        for r in caplog.records
        if r.name.startswith("benchmarking") and token_of(link) in r.getMessage()
    ]


# The preview.


def looking(running: Server, subject: str | None) -> TestClient:
    browser = asking()
    if subject is not None:
        browser.cookies.set(accounts.COOKIE, accounts.sign_in_as(running, subject))
    return browser


def preview_of(running: Server) -> str:
    return f"/reply/preview/{TRUST}/{current_cycle(lead(running)).cycle_id}"


@pytest.mark.parametrize("subject", [LEAD, "contributor.DEMO-07", "approver.DEMO-07"])
def test_people_of_the_trust_go_through_the_whole_survey_and_nothing_is_kept(
    inviting: Server, subject: str
) -> None:
    browser, base = looking(inviting, subject), preview_of(inviting)
    before = kept(inviting)
    first = browser.get(base)
    assert "Preview. People see the survey like this. Nothing that you enter here is kept." in said(
        first
    )
    steps = [
        ("/question/1", {"answer": "agree", "go": "on"}, "/question/2"),
        (f"/question/{QUESTIONS}", {"go": "skip"}, "/check"),
        ("/all", {"go": "later"}, "/later"),
        ("/check", {}, "/sent"),
        ("/decline", {}, "/declined"),
    ]
    for path, fields, leads_to in steps:
        assert browser.get(base + path).status_code == 200
        answer = send(browser, base + path, **fields)
        assert answer.headers["location"] == base + leads_to
        assert browser.get(base + leads_to).status_code == 200
    assert kept(inviting)["survey_invitation"] == before["survey_invitation"]
    assert kept(inviting)["response"] == before["response"]


@pytest.mark.parametrize("subject", [None, OTHER_LEAD, "inspector", "board-member.DEMO-07"])
def test_for_others_the_preview_is_not_there(inviting: Server, subject: str | None) -> None:
    browser = looking(inviting, subject)
    unknown = asking().get(UNKNOWN)
    for address in (preview_of(inviting), "/reply/preview/DEMO-99/2026-27"):
        page = browser.get(address)
        assert (page.status_code, page.text) == (unknown.status_code, unknown.text)
        assert send(browser, f"{address}/check").status_code == 404


def test_a_cycle_without_a_survey_has_no_preview(inviting: Server) -> None:
    browser = looking(inviting, LEAD)
    assert browser.get(f"/reply/preview/{TRUST}/1999-00").status_code == 404
    assert browser.get(f"/reply/preview/{TRUST}/%00").status_code == 404
