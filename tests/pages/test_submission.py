"""Handing in: what is still missing, the receipt, and that nothing changes afterwards."""

import re

import pytest

from benchmarking.answers import State
from tests.pages import opening
from tests.pages.opening import APPROVER, CONTRIBUTOR, LEAD, Door
from tests.pages.paper import Paper, take_up
from tests.pages.test_assessment_details import offers

OPEN = {"3": ["3.4"], "4": ["4.3", "4.4"], "5": ["5.1", "5.2", "5.3", "5.4"]}
RECEIPT = re.compile(
    r"Submitted on \d+ \w+ \d{4} at \d\d:\d\d by Complaints manager, DEMO-07\. "
    r"Receipt (\S+)\. Next: an approver approves it, or sends it back with reasons\."
)


def finish(door: Door, subject: str = LEAD) -> Paper:
    """Answers what the newcomer left open, and stays on the last stage."""
    for stage, numbers in OPEN.items():
        paper = take_up(door, stage, subject)
        for number in numbers:
            paper.choose(number, "some-shortfalls")
    return take_up(door, "5", subject)


def submit(paper: Paper) -> Paper:
    """Presses the button, reads what it does, and says yes."""
    return paper.press("Submit the assessment").press("Yes, submit it")


def receipt(paper: Paper) -> str:
    (found,) = [RECEIPT.match(said.value) for said in paper.page.success]
    assert found is not None
    return found[1]


def test_the_check_list_names_what_is_missing(looking: Door) -> None:
    paper = take_up(looking, "5")
    assert (
        "○ Every question has an answer <strong>Still to do: 3.4, 4.3, 4.4, 5.1, 5.2, 5.3, 5.4"
        in paper.text
    )
    assert "✓ Every “not applicable” has a reason" in paper.text
    assert (
        "○ Every level that is claimed is evidenced <strong>Worth a look: 1.4, 2.4, 3.3"
        in paper.text
    )
    assert paper.button("Submit the assessment").disabled


def test_a_reason_that_is_missing_keeps_the_assessment_open(door: Door) -> None:
    finish(door)
    paper = take_up(door, "4").choose("4.1", "not-applicable")
    assert "has a reason <strong>Still to do: 4.1" in paper.text
    assert paper.button("Submit the assessment").disabled


def test_what_is_only_worth_a_look_does_not_keep_it_open(door: Door) -> None:
    paper = finish(door)
    assert "Worth a look: 1.4, 2.4, 3.3" in paper.text
    assert not paper.button("Submit the assessment").disabled


@pytest.mark.parametrize("subject", [CONTRIBUTOR, APPROVER])
def test_only_the_trust_lead_submits(door: Door, subject: str) -> None:
    finish(door)
    paper = take_up(door, "5", subject)
    assert paper.button("Submit the assessment").disabled
    assert "Your trust lead submits the assessment." in paper.text


def test_submitting_shows_a_receipt_and_nothing_can_be_changed_afterwards(door: Door) -> None:
    paper = submit(finish(door))
    assert not paper.page.exception
    assert len(receipt(paper)) >= 8
    assert paper.sheet().state is State.SUBMITTED
    assert [paper.question(f"5.{n}").disabled for n in (1, 2, 3, 4)] == [True] * 4
    assert "Submit the assessment" not in [button.label for button in paper.page.button]
    assert "Each answer is saved at once" not in paper.text
    assert "· 2026/27 · Submitted" in paper.text or "· Submitted" in paper.text


def test_after_submission_evidence_and_comment_are_read_only_and_actions_go_on(door: Door) -> None:
    submit(finish(door))
    paper = take_up(door, "3").open("evidence", "3.2")
    assert paper.stored("3.2").evidence != ()
    assert not [label for label in paper.text.splitlines() if "Add evidence" in label]
    assert "Remove" not in [button.label for button in paper.page.button]
    paper.open("comment", "3.2")
    assert paper.field("Comment for colleagues. No names of patients or staff, please.").disabled
    paper.open("action", "3.2")
    assert "Add an action" in offers(paper)[0].options


def test_the_receipt_is_the_same_at_each_look_and_for_each_colleague(door: Door) -> None:
    number = receipt(submit(finish(door)))
    for colleague in (LEAD, CONTRIBUTOR, APPROVER):
        assert receipt(take_up(door, "1", colleague)) == number


def test_submitting_from_two_browsers_gives_one_receipt(door: Door) -> None:
    mine = finish(door)
    other = take_up(door, "5").press("Submit the assessment")
    first = receipt(submit(mine))
    assert receipt(other.press("Yes, submit it")) == first


def test_an_answer_from_a_page_drawn_before_the_submission_is_refused(door: Door) -> None:
    late = take_up(door, "5", CONTRIBUTOR)
    submit(finish(door))
    late.choose("5.1", "exceptional")
    assert (
        "This assessment has been submitted, so nothing in it can be changed. "
        "Ask the approver to send it back." in late.text
    )
    assert late.stored("5.1").claimed == "some-shortfalls"
    assert late.question("5.1").value == "some-shortfalls", "the page shows what is stored"


def test_a_submit_button_drawn_before_a_colleague_left_a_gap_submits_nothing(door: Door) -> None:
    ready = finish(door).press("Submit the assessment")
    take_up(door, "4", CONTRIBUTOR).choose("4.1", "not-applicable")
    ready.press("Yes, submit it")
    assert "This cannot be submitted yet. What must hold first: Every “not app" in ready.text
    assert ready.sheet().state is State.IN_PROGRESS


def test_home_says_that_it_was_submitted(door: Door) -> None:
    submit(finish(door))
    assert "assessment is submitted." in opening.text(door.open("pages/everyone/home.py", LEAD))
