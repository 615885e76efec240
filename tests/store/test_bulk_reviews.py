"""File reviews written at once: read back as they are, and carried on from there."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from benchmarking.file_results import FileCount
from benchmarking.reviewed_files import (
    Agreed,
    ClosedComplaint,
    DrawnFile,
    Finding,
    Outcome,
    Reader,
    Reading,
    Review,
    ReviewState,
    Stratum,
)
from benchmarking.store import bulk_reviews, file_readings, file_reviews
from benchmarking.store.bulk_reviews import WholeReview
from benchmarking.store.database import Database
from tests.store.scene import CYCLE, LEAD, MANAGER, NORTH, audit

DRAWN_AT = datetime(2026, 5, 4, 10, 7)
READ_AT = DRAWN_AT + timedelta(days=8)
FRAME = (
    ClosedComplaint("C-2026-0001", date(2026, 2, 3), Outcome.UPHELD),
    ClosedComplaint("C-2026-0002", date(2026, 4, 1), Outcome.UPHELD),
    ClosedComplaint("C-2025-0143", date(2025, 12, 9), Outcome.NOT_UPHELD),
)
FILES = (DrawnFile(1, FRAME[2]), DrawnFile(2, FRAME[0]))


@pytest.fixture
def titles(database: Database) -> dict[int, str]:
    with database.reading() as reading:
        rows = reading.rows("SELECT person_id, title FROM person")
    return {row["person_id"]: row["title"] for row in rows}


def review(state: ReviewState, author: str) -> Review:
    return Review(
        review_id=0,
        organisation_id=NORTH.organisation_id,
        cycle_id=CYCLE.cycle_id,
        standard_id="my-expectations",
        edition="2014.2",
        content_hash="a" * 64,
        shown_from=3,
        top=3,
        seed=2**62 - 1,
        wanted=2,
        frame_size=3,
        frame_sha256="b" * 64,
        closed_from=date(2025, 12, 9),
        closed_to=date(2026, 4, 1),
        state=state,
        state_since=READ_AT,
        reason="",
        drawn_at=DRAWN_AT,
        drawn_by=author,
        strata=(Stratum(Outcome.UPHELD, 2, 1), Stratum(Outcome.NOT_UPHELD, 1, 1)),
    )


def add(database: Database, titles: dict[int, str], *wholes: WholeReview) -> None:
    with database.writing(audit("make")) as writing:
        ids = {title: number for number, title in titles.items()}
        bulk_reviews.add_reviews(writing, wholes, ids)


def newest(database: Database) -> Review:
    with database.reading() as reading:
        return file_reviews.of_cycle(reading, NORTH.organisation_id, CYCLE.cycle_id)[0]


def test_a_closed_review_is_read_back_with_what_it_found(
    database: Database, titles: dict[int, str]
):
    closed = review(ReviewState.CLOSED, titles[LEAD])
    findings = (Finding("fr-2.2", 2, 3, 3, 1), Finding("fr-2.2", 3, 3, 3, 1))
    add(database, titles, WholeReview(closed, findings=findings))
    found = newest(database)
    assert replace(found, review_id=0) == closed
    with database.reading() as reading:
        assert file_reviews.findings_of(reading, found.review_id) == findings
        results = file_reviews.closed_results(reading, NORTH.organisation_id, CYCLE.cycle_id)
    assert results is not None
    assert results.counts == {"fr-2.2": FileCount(yes=2, partly=0, out_of=2, same=1, pairs=2)}


def test_an_open_review_has_its_frame_its_files_its_readers_and_what_they_read(
    database: Database, titles: dict[int, str]
):
    readers = tuple(
        Reader(slot, person, titles[person], slot == 1, None)
        for slot, person in enumerate((LEAD, MANAGER), 1)
    )
    said = Reading(2, "Late.", 1, READ_AT)
    whole = WholeReview(
        review(ReviewState.READING, titles[LEAD]),
        readers,
        FRAME,
        FILES,
        readings=((1, 1, "fr-2.2", said),),
    )
    add(database, titles, whole)
    number = newest(database).review_id
    with database.reading() as reading:
        assert file_reviews.frame_of(reading, number) == FRAME
        assert file_reviews.files_of(reading, number) == FILES
        assert file_reviews.readers_of(reading, number) == readers
        assert file_readings.of_file(reading, number, 1, 1) == {"fr-2.2": said}
        assert file_readings.of_file(reading, number, 2, 1) == {}


def test_a_review_that_is_reconciled_knows_what_was_settled(
    database: Database, titles: dict[int, str]
):
    first, second = Reading(2, "", 1, READ_AT), Reading(3, "", 1, READ_AT)
    settled = Agreed(3, "We looked again.", 1, titles[LEAD], READ_AT)
    whole = WholeReview(
        review(ReviewState.RECONCILING, titles[LEAD]),
        files=FILES,
        readings=((1, 1, "fr-2.2", first), (1, 2, "fr-2.2", second)),
        agreed=((1, "fr-2.2", settled),),
    )
    add(database, titles, whole)
    with database.reading() as reading:
        (found,) = file_readings.disagreements(reading, newest(database).review_id)
    assert (found.first, found.second, found.agreed) == (first, second, settled)


def test_the_last_one_written_is_the_newest_and_the_next_goes_on_from_its_number(
    database: Database, titles: dict[int, str]
):
    before, after = (
        WholeReview(review(state, titles[LEAD]))
        for state in (ReviewState.ABANDONED, ReviewState.DRAWN)
    )
    add(database, titles, before, after)
    last = newest(database)
    assert last.state is ReviewState.DRAWN
    with database.writing(audit("draw")) as writing:
        assert writing.value("SELECT nextval('file_review_number')") == last.review_id + 1


def test_a_new_review_is_not_in_the_name_of_somebody_unknown(
    database: Database, titles: dict[int, str]
):
    with pytest.raises(KeyError, match="Nobody"):
        add(database, titles, WholeReview(review(ReviewState.DRAWN, "Nobody")))
