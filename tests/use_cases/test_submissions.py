"""Handing in: complete, once, with a receipt, and closed afterwards."""

import pytest

from benchmarking import assessments, submissions
from benchmarking.access import Refused
from benchmarking.answers import State
from benchmarking.drafts import CannotSave
from benchmarking.sheets import NotThere
from benchmarking.store import ledger
from tests.use_cases.conftest import ME_1_1, World, answered


def complete(world: World, choice: str = "some-shortfalls") -> None:
    answered(world, assessments.open_sheet(world.visit("lead-07"), "DEMO-07"), choice)


def test_the_check_list_names_the_questions_that_are_missing(world: World) -> None:
    visit = world.visit("lead-07")
    complete(world)
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assert [c.is_met for c in submissions.check_list(sheet)] == [True, True, True, True]
    empty = submissions.check_list(assessments.open_sheet(world.visit("lead-08"), "DEMO-08"))
    assert not empty[0].is_met and len(empty[0].open_lines) == 43


def test_an_incomplete_assessment_is_not_submitted(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_1_1, "good", "", 0)
    with pytest.raises(CannotSave, match="Every question has an answer"):
        submissions.submit(visit, assessments.open_sheet(visit, "DEMO-07"))
    assert assessments.open_sheet(visit, "DEMO-07").state is State.IN_PROGRESS
    assert world.count("SELECT count(*) FROM ledger") == 0


def test_dont_know_is_an_answer_and_may_be_submitted(world: World) -> None:
    visit = world.visit("lead-07")
    complete(world, "dont-know")
    receipt = submissions.submit(visit, assessments.open_sheet(visit, "DEMO-07"))
    assert receipt.number.startswith("DEMO-07/2026-27")


def test_a_second_click_gives_the_same_receipt_and_one_entry(world: World) -> None:
    visit = world.visit("lead-07")
    complete(world)
    sheet = assessments.open_sheet(visit, "DEMO-07")
    first = submissions.submit(visit, sheet)
    again = submissions.submit(world.later(minutes=5).visit("lead-07"), sheet)
    assert first == again
    assert world.count("SELECT count(*) FROM ledger") == 1


def test_nothing_can_be_changed_after_submission(world: World) -> None:
    visit = world.visit("lead-07")
    complete(world)
    sheet = assessments.open_sheet(visit, "DEMO-07")
    submissions.submit(visit, sheet)
    with pytest.raises(CannotSave, match="has been submitted, so nothing in it can be changed"):
        assessments.save_answer(visit, sheet, ME_1_1, "good", "", 1)
    with pytest.raises(CannotSave, match="has been submitted"):
        assessments.save_comment(visit, sheet, ME_1_1, "Late", 0)


def test_a_contributor_answers_but_does_not_submit(world: World) -> None:
    complete(world)
    colleague = world.visit("colleague-07")
    sheet = assessments.open_sheet(colleague, "DEMO-07")
    with pytest.raises(Refused):
        submissions.submit(colleague, sheet)
    assert assessments.open_sheet(colleague, "DEMO-07").state is State.IN_PROGRESS


def test_the_receipt_can_be_read_again(world: World) -> None:
    visit = world.visit("lead-07")
    complete(world)
    sheet = assessments.open_sheet(visit, "DEMO-07")
    with pytest.raises(NotThere, match="has not been submitted"):
        submissions.receipt_of(visit, sheet)
    receipt = submissions.submit(visit, sheet)
    assert submissions.receipt_of(visit, assessments.open_sheet(visit, "DEMO-07")) == receipt


def test_a_submission_stands_in_an_unbroken_ledger(world: World) -> None:
    visit = world.visit("lead-07")
    complete(world)
    submissions.submit(visit, assessments.open_sheet(visit, "DEMO-07"))
    with world.database.reading() as reading:
        assert ledger.first_broken_link(reading) is None
