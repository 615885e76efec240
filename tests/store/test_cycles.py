"""A cycle asks its editions in its order, and the newest cycle comes first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.answers import State
from benchmarking.store import assessments, cycles
from benchmarking.store.cycles import Change, Kind, Rule
from benchmarking.store.database import Database
from tests.store.scene import CYCLE, KEY, LATER, NOW, audit, contents

YEAR = timedelta(days=365)


def test_a_cycle_comes_back_as_it_was_added(database: Database):
    with database.reading() as reading:
        assert cycles.every(reading) == (CYCLE,)


def test_the_newest_cycle_comes_first(database: Database):
    last = replace(
        CYCLE,
        cycle_id="2025-26",
        title="2025 to 2026",
        opens_at=CYCLE.opens_at - YEAR,
        peers_named=False,
        editions=CYCLE.editions[::-1],
    )
    following = replace(CYCLE, cycle_id="2027-28", opens_at=CYCLE.opens_at + YEAR)
    with database.writing(audit()) as writing:
        cycles.add(writing, last)
        cycles.add(writing, following)
    with database.reading() as reading:
        assert cycles.every(reading) == (following, CYCLE, last)


def test_a_cycle_is_added_once(database: Database):
    before = contents(database)
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        cycles.add(writing, replace(CYCLE, title="Again"))
    assert contents(database) == before


def test_a_database_without_cycles_has_none(bare: Database):
    with bare.reading() as reading:
        assert cycles.every(reading) == ()


def test_a_cycle_is_found_by_its_id(database: Database):
    with database.reading() as reading:
        assert cycles.find(reading, CYCLE.cycle_id) == CYCLE
        assert cycles.find(reading, "1999-00") is None


def test_a_cycle_is_corrected_in_everything_but_its_id(database: Database):
    planned = replace(CYCLE, cycle_id="2027-28", opens_at=CYCLE.opens_at + YEAR)
    corrected = replace(
        planned,
        title="Corrected",
        opens_at=CYCLE.opens_at + 2 * YEAR,
        deadline_at=CYCLE.deadline_at + 2 * YEAR,
        release_at=CYCLE.release_at + 2 * YEAR,
        peers_named=False,
        editions=(CYCLE.editions[1], ("my-expectations", "2030.1", "c" * 64)),
    )
    with database.writing(audit()) as writing:
        cycles.add(writing, planned)
        cycles.correct(writing, corrected)
    with database.reading() as reading:
        assert cycles.every(reading) == (corrected, CYCLE)


def test_a_cycle_without_a_rule_needs_two_people_and_is_open(database: Database):
    with database.reading() as reading:
        assert cycles.rule_of(reading, CYCLE.cycle_id) == Rule(two_people=True, closed_at=None)
        assert cycles.rules(reading) == {}


def test_the_rule_that_was_set_last_holds(database: Database):
    for rule in (Rule(False), Rule(False, NOW), Rule(True)):
        with database.writing(audit()) as writing:
            cycles.set_rule(writing, CYCLE.cycle_id, rule)
        with database.reading() as reading:
            assert cycles.rule_of(reading, CYCLE.cycle_id) == rule
            assert cycles.rules(reading) == {CYCLE.cycle_id: rule}


def test_what_was_changed_is_kept_with_its_reason_the_newest_first(database: Database):
    longer = replace(CYCLE, deadline_at=CYCLE.deadline_at + YEAR)
    with database.writing(audit()) as writing:
        cycles.change(writing, longer, Kind.EXTENDED, "A ward moved.")
    with database.writing(audit(at=LATER)) as writing:
        cycles.change(writing, longer, Kind.CLOSED, "All are done.")
    with database.reading() as reading:
        assert cycles.every(reading) == (longer,), "editions and all else stay"
        dates = (longer.deadline_at, longer.release_at)
        assert cycles.changes_of(reading, CYCLE.cycle_id) == (
            Change(Kind.CLOSED, *dates, "All are done.", "Complaints manager", LATER),
            Change(Kind.EXTENDED, *dates, "A ward moved.", "Complaints manager", NOW),
        )


def test_a_change_without_a_reason_is_not_kept(database: Database):
    before = contents(database)
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        cycles.change(writing, CYCLE, Kind.CLOSED, "  ")
    assert contents(database) == before


def test_progress_counts_each_trust_by_its_newest_revision(database: Database):
    with database.writing(audit()) as writing:
        assessments.add(writing, replace(KEY, organisation_id=2), NOW)
        writing.run("UPDATE assessment SET state = 'published' WHERE organisation_id = 2")
        assessments.add(writing, replace(KEY, scope="Ward 7"), NOW)
    with database.reading() as reading:
        assert cycles.progress(reading) == {
            CYCLE.cycle_id: {State.IN_PROGRESS: 1, State.PUBLISHED: 1}
        }
    with database.writing(audit()) as writing:
        assessments.add(writing, replace(KEY, organisation_id=2, revision=2), NOW)
    with database.reading() as reading:
        assert cycles.progress(reading) == {CYCLE.cycle_id: {State.IN_PROGRESS: 2}}
