"""What a question said before, for those who work on the assessment, and what nobody knows."""

import pytest

from benchmarking.access import Refused
from benchmarking.answers import ItemKey, State
from benchmarking.assessing import answer_history, assessments
from benchmarking.assessing.answer_history import Past
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import NotThere, Sheet
from benchmarking.store.answer_history import Kind, Said
from tests.use_cases.conftest import ME_1_1, World, take
from tests.use_cases.test_moves import WHY, come_to

LEAD, COLLEAGUE = "lead-07", "colleague-07"


def sheet_of(world: World) -> Sheet:
    return assessments.open_sheet(world.visit(LEAD), "DEMO-07")


def past(world: World, subject: str = LEAD) -> Past:
    return answer_history.of_question(world.visit(subject), sheet_of(world), ME_1_1)


def save(world: World, choice: str, seen: int, subject: str = LEAD) -> None:
    assessments.save_answer(world.visit(subject), sheet_of(world), ME_1_1, choice, "", seen)


def forget(world: World) -> None:
    """As if everything so far had been saved before history was kept."""
    with world.database.writing(world.visit(LEAD).audit("forget", "tests")) as writing:
        writing.run("DELETE FROM answer_history")


def test_the_newest_save_stands_first_with_who_and_both_values(world: World) -> None:
    save(world, "good", 0)
    save(world.later(minutes=5), "exceptional", 1, COLLEAGUE)
    newest, first = past(world).saves
    assert (first.author, first.old, first.new) == ("trust lead 7", None, Said("good", ""))
    assert (newest.author, newest.old, newest.new.choice) == (
        "contributor 7",
        Said("good", ""),
        "exceptional",
    )
    assert past(world).unknown == {}


def test_a_page_counts_the_saves_of_answer_and_comment(world: World) -> None:
    save(world, "good", 0)
    assessments.save_comment(world.visit(LEAD), sheet_of(world), ME_1_1, "Since May.", 0)
    assert sheet_of(world).line(ME_1_1).saves == 2
    assert [one.kind for one in past(world).saves] == [Kind.COMMENT, Kind.ANSWER]


def test_what_was_saved_before_history_was_kept_is_counted_and_not_made_up(world: World) -> None:
    save(world, "good", 0)
    save(world, "exceptional", 1)
    assessments.save_comment(world.visit(LEAD), sheet_of(world), ME_1_1, "Since May.", 0)
    forget(world)
    assert past(world) == Past((), {Kind.ANSWER: 2, Kind.COMMENT: 1})
    save(world, "good", 2)
    found = past(world)
    assert found.unknown == {Kind.ANSWER: 2, Kind.COMMENT: 1}
    assert [one.old for one in found.saves] == [Said("exceptional", "")]


def test_nothing_saved_has_no_past(world: World) -> None:
    assert past(world) == Past((), {})


def test_the_history_goes_on_when_an_assessment_is_reopened(world: World) -> None:
    later = come_to(world, State.PUBLISHED)
    take(later, Step.REOPEN, "approver-07", WHY)
    again = later.later(minutes=1)
    line = sheet_of(again).line(ME_1_1)
    assert line.answer is not None
    save(again, "good", line.answer.answer_revision)
    found = past(again)
    assert [one.revision for one in found.saves] == [2, 1]
    assert found.unknown == {}


@pytest.mark.parametrize("subject", [COLLEAGUE, "approver-07"])
def test_everybody_on_the_assessment_sees_it(world: World, subject: str) -> None:
    save(world, "good", 0)
    assert len(past(world, subject).saves) == 1


@pytest.mark.parametrize("subject", ["board-07", "lead-08", "inspector", "administrator"])
def test_nobody_else_sees_it(world: World, subject: str) -> None:
    save(world, "good", 0)
    with pytest.raises(Refused):
        past(world, subject)


def test_a_question_of_another_cycle_has_none(world: World) -> None:
    with pytest.raises(NotThere, match="not asked in this cycle"):
        answer_history.of_question(
            world.visit(LEAD), sheet_of(world), ItemKey("my-expectations", "sa-9.9")
        )
