"""Words that may name somebody, beside the questions: in forms, and with the steps of a life."""

import pytest

from benchmarking.action_plan import action_entries
from benchmarking.assessing.sheets import current_cycle
from benchmarking.free_text import NeedsConfirmation
from benchmarking.people import accounts
from benchmarking.trust_actions import Promised
from benchmarking.visit import Visit
from tests.pages import opening
from tests.pages.opening import ADMINISTRATOR, Door
from tests.pages.paper import PAGE, Paper, key_of

NUMBER = "943 476 5919"
ASKED = "This looks like an NHS number. Take it out, or save it as it is."
MARK = "May hold personal details"
CYCLES = "pages/admin/cycles.py"
ACTIONS = "pages/trusts/actions.py"
HOME = "pages/everyone/home.py"
OVERVIEW = "pages/boards/overview.py"
WITHHELD = "Withheld: it may hold personal details. Ask the trust lead."
PUBLISHED = "DEMO-05"


def closing(door: Door, reason: str) -> Paper:
    """The form that closes the current cycle, filled in and sent."""
    page = door.open(
        CYCLES, ADMINISTRATOR, cycle=current_cycle(visit(door, ADMINISTRATOR)).cycle_id
    )
    paper = Paper(door, ADMINISTRATOR, page)
    paper.fill(Why_you_close_it=reason, I_am_sure=True)
    return paper.press("Close this cycle")


def test_a_reason_in_a_form_is_kept_only_anyway(door: Door) -> None:
    paper = closing(door, f"Because of {NUMBER}")
    assert ASKED in paper.text and "is closed." not in paper.text
    assert paper.field("I am sure that nothing in this cycle should change any more").value
    paper.press("Save it anyway")
    assert "is closed." in paper.text and ASKED not in paper.text


def test_a_reason_in_a_form_is_changed_after_the_warning(door: Door) -> None:
    paper = closing(door, f"Because of {NUMBER}").press("Change it")
    assert ASKED not in paper.text
    paper.fill(Why_you_close_it="Because all are done").press("Close this cycle")
    assert "is closed." in paper.text


def reopening(door: Door, reason: str) -> Paper:
    """An approver about to reopen what was published, with a reason."""
    subject = f"approver.{PUBLISHED}"
    paper = Paper(door, subject, door.open(PAGE, subject))
    paper.fill(Why_it_has_to_be_changed=reason)
    return paper.press("Reopen the assessment").press("Yes, reopen it")


def test_the_reason_of_a_step_is_kept_only_anyway(door: Door) -> None:
    paper = reopening(door, f"Because of {NUMBER}")
    assert ASKED in paper.text
    paper.press("Save it anyway")
    assert ASKED not in paper.text and not paper.page.exception
    assert f"“Because of {NUMBER}”" in paper.text


def test_the_reason_of_a_step_is_changed_after_the_warning(door: Door) -> None:
    paper = reopening(door, f"Because of {NUMBER}").press("Change it")
    assert ASKED not in paper.text
    paper.fill(Why_it_has_to_be_changed="A count was wrong")
    paper.press("Reopen the assessment").press("Yes, reopen it")
    assert "“A count was wrong”" in paper.text


def visit(door: Door, subject: str) -> Visit:
    return accounts.visit_by(door.running, accounts.sign_in_as(door.running, subject))


def promise(door: Door, text: str) -> None:
    """An action of the published trust, confirmed where that is asked for."""
    lead = visit(door, f"trust-lead.{PUBLISHED}")
    promised = Promised(text, due_on=lead.today, statements=(key_of("1.1"),))
    try:
        action_entries.add(lead, PUBLISHED, promised)
    except NeedsConfirmation as asked:
        action_entries.add(lead.confirming(asked.mark), PUBLISHED, promised)


@pytest.mark.parametrize("page", [OVERVIEW, ACTIONS, HOME])
def test_the_board_reads_that_such_words_are_withheld(door: Door, page: str) -> None:
    promise(door, f"Ring the daughter of {NUMBER}")
    promise(door, "Print the leaflet anew")
    shown = door.open(page, f"board-member.{PUBLISHED}")
    assert not shown.exception
    assert NUMBER not in opening.everything(shown)
    if page == ACTIONS:
        assert WITHHELD in opening.everything(shown)


def test_those_who_work_on_it_read_them_with_a_mark(door: Door) -> None:
    promise(door, f"Ring the daughter of {NUMBER}")
    subject = f"trust-lead.{PUBLISHED}"
    page = door.open(PAGE, subject, standard="my-expectations", stage="me-1")
    paper = Paper(door, subject, page).open("action", "1.1")
    assert NUMBER in paper.text and MARK in paper.text
