"""Reopening: the next revision begins as a copy, and what was published stays what others see."""

from datetime import datetime

import pytest

from benchmarking import home
from benchmarking.access import Refused
from benchmarking.answers import Assessment, AssessmentKey, MoveNote, State
from benchmarking.assessing import assessments, lives, moves
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import NotThere, current_cycle
from benchmarking.keeping import afresh
from benchmarking.results import overview, results
from benchmarking.results.history import Cycles, History
from benchmarking.results.levels import of_cycle
from benchmarking.store import answers, installation
from benchmarking.store import assessments as stored
from benchmarking.store.database import Writing
from tests.store.scene import say
from tests.use_cases.conftest import ME_1_1, World, proposal, take
from tests.use_cases.test_moves import APPROVER, BOARD, LEAD, RESPONSE, WHY, come_to

FIRST, SECOND = AssessmentKey(7, "2026-27"), AssessmentKey(7, "2026-27", revision=2)
RELEASED = datetime(2027, 2, 4)


def reopened(world: World) -> World:
    later = come_to(world, State.PUBLISHED)
    take(later, Step.REOPEN, APPROVER, WHY)
    return later.later(minutes=1)


def change(world: World, choice: str = "good") -> None:
    sheet = assessments.open_sheet(world.visit(LEAD), "DEMO-07")
    line = sheet.line(ME_1_1)
    seen = line.answer.answer_revision if line.answer else 0
    assessments.save_answer(world.visit(LEAD), sheet, ME_1_1, choice, "", seen)


def publish_again(world: World) -> World:
    for step, subject, notes in (
        (Step.SUBMIT, LEAD, ()),
        (Step.APPROVE, APPROVER, ()),
        (Step.SIGN_OFF, BOARD, (MoveNote("Again.", body="The board", met_on=world.now.date()),)),
        (Step.PUBLISH, LEAD, ()),
    ):
        world = world.later(minutes=1)
        take(world, step, subject, *notes)
    return world.later(minutes=1)


def choice_in(world: World, key: AssessmentKey) -> str:
    with world.database.reading() as reading:
        return answers.of_assessment(reading, key)[ME_1_1].choice


def test_a_new_revision_begins_as_a_copy_and_the_published_one_stays(world: World) -> None:
    later = reopened(world)
    sheet = assessments.open_sheet(later.visit(LEAD), "DEMO-07")
    assert sheet.assessment is not None and sheet.assessment.key == SECOND
    assert sheet.state is State.IN_PROGRESS and sheet.done == 43
    change(later)
    assert (choice_in(later, FIRST), choice_in(later, SECOND)) == ("some-shortfalls", "good")


def test_the_reason_and_the_receipt_stand_in_the_new_revisions_life(world: World) -> None:
    later = reopened(world)
    sheet = assessments.open_sheet(later.visit(LEAD), "DEMO-07")
    assert sheet.assessment is not None
    life = lives.for_workers(later.visit(LEAD), "DEMO-07", sheet.cycle, sheet.assessment)
    (move,) = life.moves
    assert move.receipt.startswith("DEMO-07/2026-27/2-")
    assert life.notes == {move.receipt: (WHY,)}
    assert life.by(move) == "approver 7"


def test_only_one_new_revision_comes_of_two_clicks(world: World) -> None:
    later = come_to(world, State.PUBLISHED)
    asked = proposal(later, Step.REOPEN, WHY)
    first = moves.take(later.visit(APPROVER), asked)
    assert moves.take(later.later(minutes=2).visit(APPROVER), asked) == first
    assert later.count("SELECT max(revision) FROM assessment") == 2


def test_a_receipt_of_the_first_submission_is_not_that_of_the_second(world: World) -> None:
    later = publish_again(reopened(world))
    with later.database.reading() as reading:
        found = [row["receipt"] for row in reading.rows("SELECT receipt FROM ledger")]
    assert len(found) == len(set(found)) == 9
    assert sum(receipt.startswith("DEMO-07/2026-27/2-") for receipt in found) == 5


# Who sees which revision.


def test_those_who_work_on_it_see_the_new_revision(world: World) -> None:
    later = reopened(world)
    change(later)
    own = results.of_trust(later.visit(LEAD), "DEMO-07", current_cycle(later.visit(LEAD)))
    assert own.state is State.IN_PROGRESS
    assert own.statements[0].claimed and own.statements[0].claimed.id == "good"


def test_the_board_sees_the_published_one_and_is_told_why(world: World) -> None:
    later = reopened(world)
    change(later)
    seen = overview.of_trust(later.visit(BOARD), "DEMO-07")
    assert (seen.results.state, seen.assessment.key) == (State.PUBLISHED, FIRST)
    first = seen.results.statements[0].claimed
    assert first and first.id == "some-shortfalls"
    assert seen.note == (
        "The 2026/27 assessment has been reopened. This page shows what was published until the "
        "new revision is submitted."
    )
    assert home.board_home(later.visit(BOARD), "DEMO-07").state is State.PUBLISHED


def test_the_board_sees_the_new_one_once_it_is_submitted_and_not_once_it_is_sent_back(
    world: World,
) -> None:
    later = reopened(world)
    change(later)
    take(later.later(minutes=1), Step.SUBMIT, LEAD)
    assert overview.of_trust(later.visit(BOARD), "DEMO-07").assessment.key == SECOND
    after = later.later(minutes=2)
    take(after, Step.SEND_BACK, APPROVER, MoveNote("No", ME_1_1))
    assert overview.of_trust(after.visit(BOARD), "DEMO-07").assessment.key == FIRST


def peers_see(world: World) -> str | None:
    released = world.later(seconds=(RELEASED - world.now).total_seconds())
    visit = released.visit("inspector")
    found = of_cycle(visit, current_cycle(visit)).standings
    return found["DEMO-07"][ME_1_1].claimed if "DEMO-07" in found else None


def test_after_the_release_others_see_the_newest_published_revision(world: World) -> None:
    later = reopened(world)
    change(later)
    assert peers_see(later) == "some-shortfalls"
    take(later.later(minutes=1), Step.SUBMIT, LEAD)
    assert peers_see(later) == "some-shortfalls"
    again = publish_again_from_submitted(later.later(minutes=1))
    assert peers_see(again) == "good"


def publish_again_from_submitted(world: World) -> World:
    later = world.later(minutes=1)
    take(later, Step.APPROVE, APPROVER)
    take(later.later(minutes=1), Step.SIGN_OFF, BOARD, RESPONSE)
    take(later.later(minutes=2), Step.PUBLISH, LEAD)
    return later.later(minutes=3)


@pytest.mark.parametrize("after_release, marked", [(False, False), (True, True)])
def test_a_revision_published_after_the_release_is_marked(
    world: World, after_release: bool, marked: bool
) -> None:
    later = come_to(world, State.PUBLISHED)
    if after_release:
        later = later.later(seconds=(RELEASED - later.now).total_seconds() + 60)
    take(later, Step.REOPEN, APPROVER, WHY)
    change(later.later(minutes=1))
    again = publish_again(later.later(minutes=2))
    at = again if after_release else again.later(days=120)
    visit = at.visit("inspector")
    cycle = next(c for c in Cycles(visit, afresh).released if c.cycle_id == "2026-27")
    assert ("DEMO-07" in of_cycle(visit, cycle).changed_after_release) is marked


def test_publishing_or_reopening_early_shows_nobody_elses_results(world: World) -> None:
    """The one rule for peers: not before the release, submit-and-reopen included."""
    later = come_to(world, State.PUBLISHED)
    assert_no_peers_of_this_cycle(later)
    take(later, Step.REOPEN, APPROVER, WHY)
    assert_no_peers_of_this_cycle(later.later(minutes=1))


def assert_no_peers_of_this_cycle(world: World) -> None:
    visit = world.visit(LEAD)
    cycle = current_cycle(visit)
    assert results.of_trust(visit, "DEMO-07", cycle).peer_cycle != cycle
    for subject in (LEAD, BOARD, "lead-08", "inspector"):
        with pytest.raises(NotThere, match="Results of 2026/27 appear on 4 February 2027"):
            of_cycle(world.visit(subject), cycle)
    with pytest.raises(Refused):
        results.of_trust(world.visit("lead-08"), "DEMO-07", cycle)


def test_only_what_others_may_see_raises_the_data_revision(world: World) -> None:
    def revision(at: World) -> int:
        with at.database.reading() as reading:
            return installation.data_revision(reading)

    signed_off = come_to(world, State.SIGNED_OFF)
    before = revision(signed_off)
    take(signed_off, Step.PUBLISH, LEAD)
    assert revision(signed_off) == before + 1
    take(signed_off.later(minutes=1), Step.REOPEN, APPROVER, WHY)
    assert revision(signed_off) == before + 1


def test_next_cycles_answers_stand_beside_what_was_published_though_it_is_reopened(
    world: World,
) -> None:
    visit = world.visit(LEAD)
    cycle = Cycles(visit, afresh).opened[1]
    with world.database.writing(visit.audit("publish", "tests")) as writing:
        publish_last_cycle(writing, world, cycle.cycle_id)
    line = assessments.open_sheet(visit, "DEMO-07").line(ME_1_1)
    assert line.last_choice == "good"
    before = History(Cycles(visit, afresh), "DEMO-07").published_before(current_cycle(visit))
    assert before is not None and before.assessment is not None
    assert (before.cycle.cycle_id, before.assessment.key.revision) == ("2025-26", 1)


def publish_last_cycle(writing: Writing, world: World, cycle_id: str) -> None:
    """A published revision with "good", and a draft of the next one with another answer."""
    for revision, choice in ((1, "good"), (2, "significant-shortfalls")):
        key = AssessmentKey(7, cycle_id, revision=revision)
        stored.add(writing, key, world.now)
        say(writing, choice, 0, key=key, item=ME_1_1)
        if revision == 1:
            opened = Assessment(key, State.IN_PROGRESS, world.now)
            stored.move(writing, opened, State.PUBLISHED, world.now)
