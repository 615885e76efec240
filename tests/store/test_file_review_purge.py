"""Single readings of files go two years after their review; what was found stays."""

from datetime import datetime

import pytest

from benchmarking import retention
from benchmarking.retention import Rules
from benchmarking.reviewed_files import ReviewState
from benchmarking.settings import ROOT
from benchmarking.store import file_reviews, legal_holds
from benchmarking.store.database import Database
from benchmarking.store.file_review_purge import LEFT_OPEN
from tests.store.scene import CYCLE, NORTH, audit, contents
from tests.store.test_file_reviews import FRAME, NO, YES, agreed, drawn, move, read, stored

ALL = retention.load(ROOT / "data")
RULES = Rules(kinds=tuple(r for r in ALL.kinds if r.id == "file-readings"), kept=ALL.kept)
TABLES = ("file_reading", "file_agreed", "file_review_file", "file_review_frame")
# 24 months before this day lies the day after the tests' present.
IN_TWO_YEARS = datetime(2028, 11, 22)
A_DAY_EARLIER = datetime(2028, 11, 21)


@pytest.fixture
def reviewed(database: Database) -> tuple[Database, int]:
    """A closed review of one file that was read twice and settled."""
    number = drawn(database)
    read(database, number, 1, 1, YES)
    read(database, number, 2, 1, NO)
    agreed(database, number, 1, YES)
    move(database, number, ReviewState.READING, ReviewState.RECONCILING, ReviewState.CLOSED)
    return database, number


def purged(database: Database, at: datetime) -> list[str]:
    return [f"{one.about} {one.rows}" for one in retention.purge(database, RULES, at)]


def test_readings_go_with_notes_and_references_and_what_was_found_stays(
    reviewed: tuple[Database, int],
) -> None:
    database, number = reviewed
    with database.reading() as reading:
        before = file_reviews.closed_results(reading, NORTH.organisation_id, CYCLE.cycle_id)
    assert purged(database, A_DAY_EARLIER) == []
    # Two readings, one settled answer, three files, and what is left of the frame: the same three.
    assert purged(database, IN_TWO_YEARS) == ["DEMO-01 file readings 9"]
    after = contents(database)
    assert [after[table] for table in TABLES] == [[], [], [], []]
    assert not any(FRAME[0].reference in str(rows) for rows in after.values())
    with database.reading() as reading:
        found = file_reviews.closed_results(reading, NORTH.organisation_id, CYCLE.cycle_id)
    assert found == before is not None
    assert stored(database, number).files == 3
    assert purged(database, IN_TWO_YEARS) == []


def test_a_review_that_was_left_open_is_abandoned_with_what_was_read(database: Database) -> None:
    number = drawn(database)
    read(database, number, 1, 1, YES)
    # One reading, three files, and the whole frame of five.
    assert purged(database, IN_TWO_YEARS) == ["DEMO-01 file readings 9"]
    found = stored(database, number)
    assert (found.state, found.reason) == (ReviewState.ABANDONED, LEFT_OPEN)


def test_a_legal_hold_keeps_what_was_read(reviewed: tuple[Database, int]) -> None:
    database, _ = reviewed
    with database.writing(audit()) as writing:
        legal_holds.add(writing, NORTH.organisation_id, "A hearing.", None)
    assert purged(database, IN_TWO_YEARS) == []
    assert len(contents(database)["file_reading"]) == 2
