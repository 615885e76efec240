"""Examples of good practice and what others did with them, on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarking.store import good_practice as store
from benchmarking.store.database import Database
from benchmarking.store.good_practice import Account, Level, Said, Stage
from tests.store.scene import CYCLE, ITEM, LATER, LEAD, NORTH, NOW, SOUTH, audit, audit_entries

ACCOUNT = Account(
    "A day agreed for every call",
    "We agree the day of the next call; ŵe keep it.",
    "A list.",
    "Fewer ask.",
    "Complaints manager",
    "https://trust.example/calls",
)
LEVEL = Level(CYCLE.cycle_id, "good")


@pytest.fixture
def offered(database: Database) -> Database:
    with database.writing(audit("offer")) as writing:
        store.offer(writing, NORTH.organisation_id, ITEM, LEVEL, ACCOUNT)
    return database


@pytest.fixture
def used(offered: Database) -> Database:
    with offered.writing(audit("use", at=LATER)) as writing:
        store.begin_use(writing, 1, SOUTH.organisation_id, Stage.TRYING)
    return offered


def examples(database: Database) -> tuple[store.Example, ...]:
    with database.reading() as reading:
        return store.examples(reading)


def uses(database: Database) -> tuple[store.Use, ...]:
    with database.reading() as reading:
        return store.uses(reading)


def test_an_example_is_read_back_as_it_was_offered(offered: Database):
    (one,) = examples(offered)
    assert (one.example_id, one.organisation_id, one.item) == (1, NORTH.organisation_id, ITEM)
    assert (one.level, one.account, one.example_revision) == (LEVEL, ACCOUNT, 1)
    assert (one.offered_at, one.saved_at, one.withdrawn_at) == (NOW, NOW, None)


def test_a_correction_replaces_what_was_read_and_keeps_when_it_was_offered(offered: Database):
    told = replace(ACCOUNT, title="Another title")
    with offered.writing(audit("correct", LEAD, LATER)) as writing:
        assert store.correct(writing, 1, Level(CYCLE.cycle_id, "exceptional"), told, 1)
    (one,) = examples(offered)
    assert (one.account, one.level.choice, one.example_revision) == (told, "exceptional", 2)
    assert (one.offered_at, one.saved_at) == (NOW, LATER)


def test_a_correction_over_an_older_revision_changes_nothing(offered: Database):
    before = examples(offered)
    with offered.writing(audit("correct")) as writing:
        assert not store.correct(writing, 1, LEVEL, replace(ACCOUNT, title="Late"), 7)
    assert examples(offered) == before
    assert audit_entries(offered) == ["furnish", "offer"]


def test_a_withdrawn_example_stays_and_is_withdrawn_once(used: Database):
    with used.writing(audit("withdraw", at=LATER)) as writing:
        assert store.withdraw(writing, 1)
    (one,) = examples(used)
    assert one.withdrawn_at == LATER and len(uses(used)) == 1
    with used.writing(audit("withdraw")) as writing:
        assert not store.withdraw(writing, 1)
    with used.writing(audit("correct")) as writing:
        assert not store.correct(writing, 1, LEVEL, ACCOUNT, 1)


def test_a_use_says_how_far_and_what_happened(used: Database):
    (began,) = uses(used)
    assert (began.example_id, began.organisation_id) == (1, SOUTH.organisation_id)
    assert (began.stage, began.happened, began.helpful) == (Stage.TRYING, "", None)
    with used.writing(audit("tell", LEAD, LATER)) as writing:
        assert store.tell(writing, began.use_id, Said(Stage.USING, "It held.", helpful=True), 1)
    (told,) = uses(used)
    assert (told.stage, told.happened, told.helpful) == (Stage.USING, "It held.", True)
    assert told.use_revision == 2 and told.began_at == LATER
    with used.writing(audit("tell")) as writing:
        assert not store.tell(writing, began.use_id, Said(Stage.TRYING), 1)
    assert uses(used) == (told,)


def test_a_use_that_ended_is_not_listed_and_cannot_be_told_about(used: Database):
    (began,) = uses(used)
    with used.writing(audit("stop")) as writing:
        assert store.end_use(writing, began.use_id)
    assert uses(used) == ()
    with used.writing(audit("stop")) as writing:
        assert not store.end_use(writing, began.use_id)
    with used.writing(audit("tell")) as writing:
        assert not store.tell(writing, began.use_id, Said(Stage.USING), 1)


def test_an_example_goes_in_time_only_once_no_mark_on_it_is_kept(used: Database):
    with used.writing(audit("withdraw")) as writing:
        store.withdraw(writing, 1)
    after = LATER + timedelta(days=1)
    with used.reading() as reading:
        assert store.withdrawn(reading, "practice_example", after) == ()
        assert store.withdrawn(reading, "practice_use", after) == ()
    with used.writing(audit("stop", at=LATER)) as writing:
        store.end_use(writing, 1)
    with used.writing(audit("purge")) as writing:
        assert store.withdrawn(writing, "practice_use", after) == ((2, "DEMO-02", 1),)
        assert store.remove(writing, "practice_use", SOUTH.organisation_id, LATER) == 0
        assert store.remove(writing, "practice_use", SOUTH.organisation_id, after) == 1
    with used.writing(audit("purge")) as writing:
        assert store.withdrawn(writing, "practice_example", after) == ((1, "DEMO-01", 1),)
        assert store.remove(writing, "practice_example", NORTH.organisation_id, after) == 1
    assert examples(used) == ()


def test_what_is_offered_is_never_due(offered: Database):
    with offered.reading() as reading:
        assert store.withdrawn(reading, "practice_example", NOW + timedelta(days=9999)) == ()
