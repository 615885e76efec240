"""An assessment moves from the state that was read, once, and to no other trust's eyes before."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.answers import Assessment, State
from benchmarking.store import assessments
from benchmarking.store.database import Database, Reading
from tests.store.scene import CYCLE, KEY, LATER, NOW, SOUTH, audit, contents, publish

OPENED = Assessment(KEY, State.IN_PROGRESS, NOW)


def newest_in(reading: Reading) -> Assessment | None:
    return assessments.newest(reading, KEY.organisation_id, KEY.cycle_id, KEY.scope)


def newest(database: Database) -> Assessment | None:
    with database.reading() as reading:
        return newest_in(reading)


def move(database: Database, read: Assessment, to_state: State) -> bool:
    with database.writing(audit()) as writing:
        return assessments.move(writing, read, to_state, LATER)


def test_an_assessment_begins_in_progress(database: Database):
    assert newest(database) == OPENED


def test_a_trust_that_has_not_begun_has_no_assessment(database: Database):
    with database.reading() as reading:
        assert assessments.newest(reading, SOUTH.organisation_id, KEY.cycle_id, KEY.scope) is None
        assert not assessments.is_open(reading, replace(KEY, organisation_id=2))


def test_it_cannot_be_opened_twice(database: Database):
    before = contents(database)
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        assessments.add(writing, KEY, LATER)
    assert contents(database) == before


def test_it_moves_from_the_state_that_was_read(database: Database):
    for to_state in State:
        with database.writing(audit()) as writing:
            assert assessments.move(writing, OPENED, to_state, LATER)
            assert newest_in(writing) == Assessment(KEY, to_state, LATER)
            writing.give_up()


def test_it_does_not_move_from_any_other_state(database: Database):
    before = contents(database)
    for believed in set(State) - {State.IN_PROGRESS}:
        assert not move(database, replace(OPENED, state=believed), State.PUBLISHED)
    assert contents(database) == before


def test_the_second_of_two_equal_moves_changes_nothing(database: Database):
    assert move(database, OPENED, State.SUBMITTED)
    before = contents(database)
    assert not move(database, OPENED, State.SUBMITTED)
    assert contents(database) == before


IS_OPEN = {
    State.IN_PROGRESS: True,
    State.SENT_BACK: True,
    State.SUBMITTED: False,
    State.APPROVED: False,
    State.SIGNED_OFF: False,
    State.PUBLISHED: False,
}


def test_answers_change_only_while_it_is_open(database: Database):
    found: dict[State, bool] = {}
    for state in State:
        with database.writing(audit()) as writing:
            assessments.move(writing, OPENED, state, LATER)
            found[state] = assessments.is_open(writing, KEY)
            writing.give_up()
    assert found == IS_OPEN


def test_the_newest_revision_is_the_one_that_people_work_on(database: Database):
    with database.writing(audit()) as writing:
        assessments.add(writing, replace(KEY, revision=2), LATER)
    found = newest(database)
    assert found == Assessment(replace(KEY, revision=2), State.IN_PROGRESS, LATER)


def test_peers_see_of_each_trust_the_newest_published_revision(database: Database):
    revisions = [replace(KEY, revision=number) for number in (1, 2, 3)]
    publish(database, revisions[0], "level-1")
    publish(database, revisions[1], "level-2", at=LATER)
    south = replace(KEY, organisation_id=SOUTH.organisation_id)
    publish(database, south, "level-4")
    with database.writing(audit()) as writing:
        assessments.add(writing, revisions[2], LATER)
    with database.reading() as reading:
        found = assessments.published(reading, CYCLE.cycle_id, KEY.scope)
    assert found == (
        Assessment(revisions[1], State.PUBLISHED, LATER),
        Assessment(south, State.PUBLISHED, NOW),
    )


def test_peers_see_nothing_before_publication(database: Database):
    seen: dict[State, int] = {}
    for state in State:
        with database.writing(audit()) as writing:
            assessments.move(writing, OPENED, state, LATER)
            seen[state] = len(assessments.published(writing, CYCLE.cycle_id, KEY.scope))
            writing.give_up()
    assert seen == dict.fromkeys(State, 0) | {State.PUBLISHED: 1}


def test_a_part_of_a_trust_is_not_the_trust(database: Database):
    publish(database, replace(KEY, scope="Ward 7"), "level-1")
    with database.reading() as reading:
        assert assessments.published(reading, CYCLE.cycle_id, KEY.scope) == ()
        assert len(assessments.published(reading, CYCLE.cycle_id, "Ward 7")) == 1
