"""Signing in by choosing a role: where it exists, what it gives, and what it never does."""

from urllib.parse import urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from benchmarking.moments import utc_now
from benchmarking.people import accounts
from benchmarking.people.vouching import DEMONSTRATION_ISSUER
from benchmarking.server import Server
from benchmarking.store import people
from benchmarking.store.database import AuditEntry

LEAD = "trust-lead.DEMO-07"


def choose(browser: TestClient, subject: str = LEAD, **more: str) -> Response:
    """What comes back when a role is chosen on the page."""
    origin = {"origin": str(browser.base_url)}
    return browser.post("/sign-in", data={"subject": subject, **more}, headers=origin)


def cookie(answer: Response) -> dict[str, str]:
    """The attributes of the cookie that an answer sets, by their lower-case names."""
    parts = [part.strip().partition("=") for part in answer.headers["set-cookie"].split(";")]
    return {name.lower(): value for name, _, value in parts}


def add_person(demonstration: Server, subject: str, title: str) -> None:
    entry = AuditEntry(0, "add person", "tests", utc_now())
    with demonstration.database.writing(entry) as writing:
        people.add(writing, DEMONSTRATION_ISSUER, subject, title)


def test_the_page_offers_every_role_of_the_demonstration(
    browser: TestClient, demonstration: Server
) -> None:
    page = browser.get("/sign-in")
    with demonstration.database.reading() as reading:
        offered = people.titles(reading, DEMONSTRATION_ISSUER)
    assert page.status_code == 200
    assert [f'value="{subject}"' in page.text for subject, _ in offered] == [True] * len(offered)
    assert len(offered) > 200


def test_the_page_says_that_trusts_and_people_are_fictional(browser: TestClient) -> None:
    assert "the trusts and people here are fictional" in browser.get("/sign-in").text


def test_choosing_a_role_sets_a_signed_cookie_and_goes_to_the_dashboard(
    browser: TestClient, demonstration: Server
) -> None:
    answer = choose(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    set_now = cookie(answer)
    visit = accounts.visit_by(demonstration, set_now[accounts.COOKIE])
    assert visit.person.title == "Complaints manager, DEMO-07"
    assert visit.person.trusts == ("DEMO-07",)


def test_the_cookie_is_out_of_reach_for_scripts_and_foreign_pages(browser: TestClient) -> None:
    set_now = cookie(choose(browser))
    assert "httponly" in set_now
    assert set_now["samesite"] == "lax"
    assert set_now["path"] == "/"
    assert set_now["max-age"] == "43200", "twelve hours"
    assert "domain" not in set_now, "no other host is sent it"


@pytest.mark.parametrize("subject", ["", "chief.DEMO-07", "trust-lead.DEMO-99", "x\0y", "a" * 9999])
def test_a_role_that_does_not_exist_is_told_in_a_sentence(
    browser: TestClient, subject: str
) -> None:
    answer = choose(browser, subject)
    assert answer.status_code == 422
    assert "This role does not exist here. Choose one from the list." in answer.text
    assert 'role="alert"' in answer.text
    assert "set-cookie" not in answer.headers


def test_who_chose_a_wrong_role_still_goes_where_they_wanted(browser: TestClient) -> None:
    answer = choose(browser, "nobody", next="/assessment?stage=me-5")
    assert 'name="next" value="/assessment?stage=me-5"' in answer.text


@pytest.mark.parametrize(
    "asked, goes_to",
    [
        ("/", "/"),
        ("/assessment", "/assessment"),
        ("/assessment?standard=my-expectations&stage=me-5", None),
        ("/published-complaints?trust=RJ1&peers=%C3%A9", None),
        ("", "/"),
        ("assessment", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/a\\..\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        (" //evil.example", "/"),
        ("https://evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("//[evil", "/"),
        ("/\r\nset-cookie: a=b", "/"),
    ],
)
def test_signing_in_never_leads_to_another_server(
    browser: TestClient, asked: str, goes_to: str | None
) -> None:
    answer = choose(browser, next=asked)
    expected = asked if goes_to is None else goes_to
    assert answer.headers["location"] == expected
    assert urlsplit(answer.headers["location"]).netloc == ""
    assert cookie(answer).keys() == {
        accounts.COOKIE, "httponly", "max-age", "path", "samesite"
    }  # fmt: skip


def test_the_page_itself_hands_on_only_an_own_page(browser: TestClient) -> None:
    shown = browser.get("/sign-in", params={"next": "//evil.example"})
    assert "evil.example" not in shown.text
    assert browser.get("/sign-in", params={"next": "/standards"}).text.count("/standards") == 4


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:9999",
        "http://localhost",
        "http://localhost:8501.evil.example",
        "http://[",
        "null",
    ],
)
def test_a_form_of_a_foreign_page_signs_nobody_in(browser: TestClient, origin: str) -> None:
    for path in ("/sign-in", "/sign-out"):
        answer = browser.post(path, data={"subject": LEAD}, headers={"origin": origin})
        assert answer.status_code == 404
        assert "set-cookie" not in answer.headers


def test_where_others_can_reach_it_there_is_no_sign_in_by_role(open_to_others: TestClient) -> None:
    absent = open_to_others.get("/no-such-page")
    for answer in (open_to_others.get("/sign-in"), choose(open_to_others)):
        assert (answer.status_code, answer.text) == (404, absent.text) == (404, "Not Found")
        assert "set-cookie" not in answer.headers


def test_signing_out_takes_the_cookie_away(browser: TestClient) -> None:
    choose(browser)
    assert accounts.COOKIE in browser.cookies
    answer = browser.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert accounts.COOKIE not in browser.cookies


def test_who_is_signed_in_is_told_so_and_can_sign_out(browser: TestClient) -> None:
    assert "Sign out" not in browser.get("/sign-in").text
    choose(browser)
    page = browser.get("/sign-in").text
    assert "You are here as <strong>Complaints manager, DEMO-07</strong>" in page
    assert '<form method="post" action="/sign-out"' in page


def test_signing_out_is_not_a_link_that_somebody_could_be_sent(browser: TestClient) -> None:
    assert browser.get("/sign-out").status_code == 405


def test_a_title_is_shown_as_text_and_never_as_markup(
    browser: TestClient, demonstration: Server
) -> None:
    add_person(demonstration, 'x"><script>1</script>', "<img src=x onerror=alert(1)> & others")
    shown = browser.get("/sign-in").text
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; others</option>" in shown
    assert "<img" not in shown and "<script>" not in shown


def test_two_people_with_one_title_can_both_be_chosen(
    browser: TestClient, demonstration: Server
) -> None:
    for subject in ("first-twin", "second-twin"):
        add_person(demonstration, subject, "Twin")
    shown = browser.get("/sign-in").text
    assert shown.count(">Twin</option>") == 2
    for subject in ("first-twin", "second-twin"):
        assert f'<option value="{subject}">Twin</option>' in shown
        token = cookie(choose(browser, subject))[accounts.COOKIE]
        assert accounts.visit_by(demonstration, token).person.title == "Twin"


def test_a_cookie_from_before_signing_out_opens_nothing(
    browser: TestClient, demonstration: Server
) -> None:
    token = cookie(choose(browser))[accounts.COOKIE]
    assert not accounts.visit_by(demonstration, token).person.is_stranger
    browser.post("/sign-out")
    assert accounts.visit_by(demonstration, token).person.is_stranger


def test_a_cookie_from_before_another_role_was_chosen_opens_nothing(
    browser: TestClient, demonstration: Server
) -> None:
    before = cookie(choose(browser))[accounts.COOKIE]
    after = cookie(choose(browser, "inspector"))[accounts.COOKIE]
    assert accounts.visit_by(demonstration, before).person.is_stranger
    assert accounts.visit_by(demonstration, after).person.title == "Inspector"


def test_where_no_role_can_be_chosen_none_can_be_left(open_to_others: TestClient) -> None:
    answer = open_to_others.post("/sign-out")
    assert (answer.status_code, "set-cookie" in answer.headers) == (404, False)
