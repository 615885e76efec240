"""An answer that was taken over is marked until anybody saves it, and no longer."""

from dataclasses import replace
from datetime import timedelta

from benchmarking.answers import Answer, Carried
from benchmarking.store import carried_answers, cycles, revisions
from benchmarking.store.database import Database
from tests.store.scene import CYCLE, ITEM, KEY, LATER, NOW, OTHER_ITEM, audit, say

LAST = replace(
    CYCLE,
    cycle_id="2025-26",
    title="2025 to 2026",
    opens_at=NOW - timedelta(days=400),
    deadline_at=NOW - timedelta(days=300),
    release_at=NOW - timedelta(days=200),
)


def given(item, edition: str = "2014.1") -> Answer:
    return Answer(item, edition, "a" * 64, "good", "", 4, "Somebody", NOW)


def take_over(database: Database) -> None:
    with database.writing(audit("carry")) as writing:
        cycles.add(writing, LAST)
        for item in (ITEM, OTHER_ITEM):
            say(writing, "good", 0, item=item)
        taken = [given(ITEM), given(OTHER_ITEM, "2013.2")]
        carried_answers.mark(writing, KEY, LAST.cycle_id, taken)


def carried(database: Database, key=KEY) -> dict:
    with database.reading() as reading:
        return carried_answers.of_assessment(reading, key)


def test_what_was_taken_over_says_from_which_cycle_and_edition(database: Database):
    take_over(database)
    assert carried(database) == {
        ITEM: Carried("2025 to 2026", "2014.1"),
        OTHER_ITEM: Carried("2025 to 2026", "2013.2"),
    }


def test_any_save_of_the_answer_ends_it_and_of_the_same_choice_too(database: Database):
    take_over(database)
    with database.writing(audit("save answer", at=LATER)) as writing:
        say(writing, "good", 1)
    assert set(carried(database)) == {OTHER_ITEM}


def test_it_belongs_to_one_revision_of_one_assessment(database: Database):
    take_over(database)
    with database.writing(audit("reopen")) as writing:
        revisions.begin_again(writing, KEY, LATER)
    assert carried(database, replace(KEY, revision=2)) == {}
    assert carried(database, replace(KEY, scope="site-1")) == {}


def test_nothing_taken_over_marks_nothing(database: Database):
    with database.writing(audit("carry")) as writing:
        carried_answers.mark(writing, KEY, CYCLE.cycle_id, [])
    assert carried(database) == {}
