"""What a submission needs: everything answered, and a word about what would be better done."""

import pytest

from benchmarking.answers import MoveNote, State
from benchmarking.assessing import assessments, submissions
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.lifecycle import Step
from tests.use_cases.conftest import ME_1_1, World, answered, submitted, take


def complete(world: World, choice: str = "some-shortfalls") -> None:
    answered(world, assessments.open_sheet(world.visit("lead-07"), "DEMO-07"), choice)


def test_the_check_list_names_the_questions_that_are_missing(world: World) -> None:
    complete(world)
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    assert [c.is_met for c in submissions.check_list(sheet)] == [True, True, True, True]
    empty = submissions.check_list(assessments.open_sheet(world.visit("lead-08"), "DEMO-08"))
    assert not empty[0].is_met and len(empty[0].open_lines) == 43


def test_what_was_sent_back_and_not_touched_is_named_but_keeps_nobody(world: World) -> None:
    submitted(world)
    take(world, Step.SEND_BACK, "approver-07", MoveNote("Too high", ME_1_1))
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    last = submissions.check_list(sheet)[-1]
    assert (last.text, last.required) == (
        "Everything that was sent back has been dealt with",
        False,
    )
    assert [line.key for line in last.open_lines] == [ME_1_1]
    take(world.later(minutes=1), Step.SUBMIT, "lead-07")


def test_an_incomplete_assessment_is_not_submitted(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_1_1, "good", "", 0)
    with pytest.raises(CannotSave, match="Every question has an answer"):
        take(world, Step.SUBMIT, "lead-07")
    assert assessments.open_sheet(visit, "DEMO-07").state is State.IN_PROGRESS
    assert world.count("SELECT count(*) FROM ledger") == 0


def test_an_assessment_that_nobody_began_is_not_submitted(world: World) -> None:
    with pytest.raises(CannotSave, match="Every question has an answer"):
        take(world, Step.SUBMIT, "lead-07")


def test_dont_know_is_an_answer_and_may_be_submitted(world: World) -> None:
    assert submitted(world, "dont-know").number.startswith("DEMO-07/2026-27")
