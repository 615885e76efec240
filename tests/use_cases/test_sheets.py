"""A sheet: every question with what was said about it, this cycle and last."""

from datetime import date, datetime

import pytest

from benchmarking import evidence_entries
from benchmarking.answers import AssessmentKey, State
from benchmarking.assessing import assessments
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheet_reading import read_sheet
from benchmarking.assessing.sheets import NotThere, current_cycle, cycles_of
from benchmarking.evidence import Evidence
from benchmarking.store import assessments as stored
from tests.use_cases.conftest import ME_1_4, World, answered, take


def publish(world: World, cycle_place: int, choice: str) -> None:
    """Takes DEMO-07 through a whole cycle, to "published"."""
    visit = world.visit("lead-07")
    cycle = cycles_of(visit)[cycle_place]
    answered(world, read_sheet(visit, "DEMO-07", cycle), choice)
    key = AssessmentKey(7, cycle.cycle_id)
    for state in (State.SUBMITTED, State.APPROVED, State.SIGNED_OFF, State.PUBLISHED):
        with world.database.writing(visit.audit("move", "test")) as writing:
            found = stored.newest(writing, 7, cycle.cycle_id, key.scope)
            assert found is not None and stored.move(writing, found, state, world.now)


def test_the_newest_opened_cycle_is_the_current_one(world: World) -> None:
    assert current_cycle(world.visit("lead-07")).cycle_id == "2026-27"
    assert [c.cycle_id for c in cycles_of(world.visit("lead-07"))] == ["2026-27", "2025-26"]


def test_before_any_cycle_opens_the_reader_is_told_so(world: World) -> None:
    early = world.later(days=-800)
    with pytest.raises(NotThere, match="No cycle has been opened yet"):
        current_cycle(early.visit("lead-07"))


def test_last_cycles_published_answer_stands_beside_this_one(world: World) -> None:
    publish(world, 1, "some-shortfalls")
    line = assessments.open_sheet(world.visit("lead-07"), "DEMO-07").line(ME_1_4)
    assert (line.claimed, line.last_choice) == (None, "some-shortfalls")


def test_an_unpublished_last_cycle_is_not_shown(world: World) -> None:
    visit = world.visit("lead-07")
    last = cycles_of(visit)[1]
    answered(world, read_sheet(visit, "DEMO-07", last), "good")
    line = assessments.open_sheet(visit, "DEMO-07").line(ME_1_4)
    assert line.last_choice is None


def check_of(day: date) -> Evidence:
    return Evidence(
        "",
        ME_1_4,
        "independent-check",
        "Peer check",
        checked_by="peer-trust",
        checked_on=day,
        complainants_involved=True,
    )


def test_a_draft_is_judged_today_and_a_submission_on_its_day(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    answered(world, sheet, "exceptional")
    evidence_entries.add(visit, sheet, ME_1_4, check_of(date(2025, 6, 1)))
    draft_later = world.later(days=30)
    old = assessments.open_sheet(draft_later.visit("lead-07"), "DEMO-07").line(ME_1_4)
    assert old.evidenced == "some-shortfalls", "in the draft, the check is too old by then"
    take(world, Step.SUBMIT, "lead-07")
    kept = assessments.open_sheet(draft_later.visit("lead-07"), "DEMO-07").line(ME_1_4)
    assert kept.evidenced == "exceptional", "submitted, it stays what it was on the day"


def test_the_first_question_without_an_answer_is_next(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assert sheet.next_open is not None and sheet.next_open.statement.number == "1.1"
    answered(world, sheet, "good")
    assert assessments.open_sheet(visit, "DEMO-07").next_open is None


def test_no_such_trust_is_told_in_a_sentence(world: World) -> None:
    visit = world.visit("lead-07")
    with pytest.raises(NotThere, match="There is no such trust here."):
        read_sheet(visit, "DEMO-99", current_cycle(visit))


def test_times_are_judged_by_londons_calendar(world: World) -> None:
    assert world.visit("lead-07").today == date(2026, 11, 21)
    assert datetime(2026, 11, 21, 14, 2) == world.now
