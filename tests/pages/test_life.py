"""The life of an assessment on its pages: who is offered what, what it says first, the receipt."""

import re
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from benchmarking.moments import in_words, local, utc_now
from tests.pages import opening
from tests.pages.opening import Door
from tests.pages.paper import PAGE, Paper

OVERVIEW = "pages/boards/overview.py"
HOME = "pages/everyone/home.py"
SENT_BACK, SUBMITTED, APPROVED = "DEMO-16", "DEMO-23", "DEMO-35"
SIGNED_OFF, PUBLISHED = "DEMO-06", "DEMO-05"
STEPS = (
    "Submit the assessment",
    "Approve the assessment",
    "Send it back",
    "Sign off the assessment",
    "Publish the assessment",
    "Reopen the assessment",
)

# Per trust (one in each state) and reader, what can be pressed: the first letters of the steps,
# in their order; (S) stands for a button that is there and cannot be pressed.
TABLE = {
    #           trust-lead  contributor  approver  board-member
    SENT_BACK: "Su          (Su)         (Su)      .",
    SUBMITTED: ".           .            Ap+Se     .",
    APPROVED: " .           .            Se        Si",
    SIGNED_OFF: "Pu         .            .         .",
    PUBLISHED: ".           .            Re        .",
}
READERS = ("trust-lead", "contributor", "approver", "board-member")


def paper(door: Door, code: str, role: str, page: str = PAGE) -> Paper:
    subject = f"{role}.{code}"
    opened = door.open(page, subject)
    assert not opened.exception
    return Paper(door, subject, opened)


def own_page(role: str) -> str:
    return OVERVIEW if role == "board-member" else PAGE


def offered(page: AppTest) -> str:
    found = [
        f"({b.label[:2]})" if b.disabled else b.label[:2] for b in page.button if b.label in STEPS
    ]
    return "+".join(found) or "."


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("code", TABLE)
def test_each_reader_is_offered_the_steps_of_the_table(looking: Door, code: str, role: str) -> None:
    expected = TABLE[code].split()[READERS.index(role)]
    assert offered(paper(looking, code, role, own_page(role)).page) == expected


@pytest.mark.parametrize(
    "code, now, passed, said",
    [
        (SENT_BACK, "Sent back", 0, "Next: the reasons are dealt with, then the trust lead"),
        (SUBMITTED, "Submitted", 1, "Next: an approver approves it, or sends it back"),
        (APPROVED, "Approved", 2, "Next: the board, or a committee on its behalf, signs it off"),
        (SIGNED_OFF, "Signed off", 3, "Next: the trust lead publishes it."),
        (PUBLISHED, "Published", 4, "It can no longer be changed. An approver can reopen it"),
    ],
)
def test_the_line_of_steps_says_where_it_stands_who_did_what_and_what_comes_next(
    looking: Door, code: str, now: str, passed: int, said: str
) -> None:
    text = paper(looking, code, "contributor").text
    here = '<li class="now" aria-current="step"><span class="name"><span aria-hidden="true">'
    assert f"{here}●</span> {now}</span>" in text
    assert text.count('<li class="passed">') == passed
    assert text.count('<li class="ahead">') == 4 - passed
    assert said in text
    if passed:
        assert f"<small>Complaints manager, {code}<br>" in text


# Confirmation.


def test_nothing_happens_before_the_question_is_answered_with_yes(door: Door) -> None:
    mine = paper(door, SUBMITTED, "approver").press("Approve the assessment")
    assert "You confirm that it says what the evidence shows." in mine.text
    assert "· Submitted" in mine.text
    mine.press("Not yet")
    assert "You confirm that it says" not in mine.text
    assert "Yes, approve it" not in [button.label for button in mine.page.button]
    assert "· Submitted" in mine.text


def success(page: Paper) -> str:
    (found,) = page.page.success
    return str(found.value)


def test_approving_shows_a_receipt(door: Door) -> None:
    mine = paper(door, SUBMITTED, "approver").press("Approve the assessment")
    mine.press("Yes, approve it")
    assert re.match(
        rf"Approved on .* by Chief nurse, {SUBMITTED}\. Receipt {SUBMITTED}/2026-27/1-\w{{6}}\. "
        r"Next: the board, or a committee on its behalf",
        success(mine),
    )


def test_a_late_approval_is_told_what_happened_meanwhile(door: Door) -> None:
    late = paper(door, SUBMITTED, "approver").press("Approve the assessment")
    sent_back(door)
    late.press("Yes, approve it")
    assert "There is a problem" in late.text
    assert f"by Chief nurse, {SUBMITTED}, after you opened it." in late.text
    assert "· Sent back" in late.text


# Sent back, and dealt with.


def sent_back(door: Door, reason: str = "No file was read.") -> Paper:
    mine = paper(door, SUBMITTED, "approver")
    (field,) = mine.page.multiselect
    door.sign_in(mine.subject)
    field.set_value(["my-expectations.sa-1.2"])
    mine.page.run()
    mine.fill(Reason_for=reason)
    return mine.press("Send it back").press("Yes, send it back")


def test_the_reason_is_asked_beside_claim_and_evidence(looking: Door) -> None:
    mine = paper(looking, SUBMITTED, "approver")
    (field,) = mine.page.multiselect
    field.set_value(["my-expectations.sa-1.2"])
    mine.page.run()
    assert "<strong>1.2</strong> “I was made aware of how to complain" in mine.text
    assert "Claimed: 3 Good." in mine.text
    assert re.search(r"<li>[^<]+: Sample of records · Seen in records: \d+ of [\d,]+", mine.text)


def test_without_a_reason_nothing_is_sent_back(door: Door) -> None:
    mine = sent_back(door, "")
    assert "Give a reason for each statement that you send back." in mine.text
    assert "· Submitted" in mine.text
    mine = paper(door, SUBMITTED, "approver").press("Send it back").press("Yes, send it back")
    assert "Choose the statements that you send back, and give a reason for each." in mine.text


def test_the_reason_stands_at_its_statement_until_it_is_touched(door: Door) -> None:
    sent_back(door, "No <b>file</b> was read.")
    mine = paper(door, SUBMITTED, "contributor")
    reason = "by Chief nurse, DEMO-23: “No &lt;b&gt;file&lt;/b&gt; was read.”"
    assert reason in mine.text
    assert "The reasons stand at 1.2." in mine.text
    mine.choose("1.2", "some-shortfalls")
    assert reason not in mine.text.split("Everything that has happened")[0]
    assert "Everything that was sent back has been changed since." in mine.text


def test_home_says_what_was_sent_back_and_leads_there(door: Door) -> None:
    sent_back(door)
    home = opening.text(door.open(HOME, f"trust-lead.{SUBMITTED}"))
    assert "Sent back with a reason: 1.2." in home
    assert "Continue: “I was made aware of how to complain" in home


@pytest.mark.parametrize(
    "code, role, said",
    [
        (SUBMITTED, "approver", "The assessment waits for you to approve it, or to send it back."),
        (SIGNED_OFF, "trust-lead", "was signed off and waits for you to publish it."),
        (APPROVED, "board-member", "It waits for you to sign it off for the board"),
    ],
)
def test_home_says_what_waits_for_whom(looking: Door, code: str, role: str, said: str) -> None:
    assert said in opening.text(looking.open(HOME, f"{role}.{code}"))


def test_home_says_nothing_waits_for_those_who_cannot_do_it(looking: Door) -> None:
    for role in ("trust-lead", "contributor"):
        assert "waits for you" not in opening.text(looking.open(HOME, f"{role}.{SUBMITTED}"))


# Signed off, published, reopened.


def sign_off(door: Door, response: str = "We accept this.", *, day: int = 0) -> Paper:
    mine = paper(door, APPROVED, "board-member", OVERVIEW)
    door.sign_in(mine.subject)
    (who,) = [radio for radio in mine.page.radio if radio.label == "Who signs it off"]
    who.set_value("A committee on the board’s behalf")
    mine.page.run()
    mine.fill(
        Which_committee="Quality committee",
        Its_response=response,
        Day_on=local(utc_now()).date() + timedelta(days=day),
    )
    return mine.press("Sign off the assessment").press("Yes, sign it off")


def test_the_board_signs_off_with_body_day_and_response(door: Door) -> None:
    mine = sign_off(door, "We accept this.\n<script>1</script>")
    assert success(mine).startswith("Signed off on ")
    today = in_words(local(utc_now()).date())
    assert f"Quality committee, which met on {today}:" in mine.text
    assert "&lt;script&gt;1&lt;/script&gt;" in mine.text
    assert "Sign off the assessment" not in [button.label for button in mine.page.button]


@pytest.mark.parametrize(
    "response, day, said",
    [
        ("", 0, "Enter the response of the board or committee in its own words."),
        ("Good.", 1, "is in the future. Enter a day up to today."),
    ],
)
def test_without_response_or_with_a_wrong_day_nothing_is_signed_off(
    door: Door, response: str, day: int, said: str
) -> None:
    mine = sign_off(door, response, day=day)
    assert said in mine.text
    assert "(approved)" in mine.text
    assert mine.field("Which committee").value == "Quality committee", "nothing typed is lost"


def test_the_boards_page_shows_no_reason_that_was_given_to_colleagues(door: Door) -> None:
    sent_back(door, "A reason among colleagues.")
    lead = paper(door, SUBMITTED, "trust-lead")
    lead.press("Submit the assessment").press("Yes, submit it")
    assert "A reason among colleagues." in lead.text
    for role in ("board-member", "approver", "trust-lead"):
        board = paper(door, SUBMITTED, role, OVERVIEW)
        assert "A reason among colleagues." not in opening.everything(board.page)
        assert "(submitted)" in board.text


def test_from_publication_to_a_new_revision(door: Door) -> None:
    lead = paper(door, SIGNED_OFF, "trust-lead").press("Publish the assessment")
    assert "From the cycle’s release date on inspectors see these results" in lead.text
    lead.press("Yes, publish it")
    assert success(lead).startswith("Published on ")

    approver = paper(door, SIGNED_OFF, "approver").press("Reopen the assessment")
    approver.press("Yes, reopen it")
    assert "Say why it is reopened." in approver.text
    approver.fill(Why_it="The survey was counted twice.")
    approver.press("Reopen the assessment").press("Yes, reopen it")
    assert "“The survey was counted twice.”" in approver.text
    assert "· In progress" in approver.text and "Reopened by Chief nurse" in approver.text

    lead = paper(door, SIGNED_OFF, "trust-lead")
    assert offered(lead.page) == "Su"
    lead.choose("1.1", "significant-shortfalls")
    board = paper(door, SIGNED_OFF, "board-member", OVERVIEW)
    assert "(published)" in board.text and "has been reopened" in board.text
    assert "The survey was counted twice." not in opening.everything(board.page)
    assert "The 2026/27 assessment is published." in opening.text(
        door.open(HOME, f"board-member.{SIGNED_OFF}")
    )
