"""Reviews of complaint files: what is stored of the draw, of two readings, of what was found."""

from dataclasses import replace
from datetime import date

import pytest

from benchmarking.file_results import FileCount, FileResults
from benchmarking.reviewed_files import (
    ClosedComplaint,
    DrawnFile,
    Outcome,
    Plan,
    Review,
    ReviewState,
    Stratum,
)
from benchmarking.store import file_readings, file_reviews
from benchmarking.store.database import Database, Reading
from tests.store.scene import CYCLE, LATER, LEAD, MANAGER, NORTH, NOW, SOUTH, audit, contents

NO, PARTLY, YES, NOT_APPLICABLE = 1, 2, 3, 10
FRAME = tuple(
    ClosedComplaint(f"C-{number:02}", date(2026, 4, number), outcome)
    for number, outcome in enumerate(
        (Outcome.UPHELD, Outcome.UPHELD, Outcome.UPHELD, Outcome.NOT_UPHELD, Outcome.OTHER), 1
    )
)
PLAN = Plan(
    organisation_id=NORTH.organisation_id,
    cycle_id=CYCLE.cycle_id,
    standard_id="my-expectations",
    edition="2014.2",
    content_hash="a" * 64,
    shown_from=YES,
    top=YES,
    seed=2**62 + 1,
    wanted=3,
    frame=FRAME,
    frame_sha256="b" * 64,
    drawn=(4, 0, 3),
)


def drawn(database: Database, plan: Plan = PLAN) -> int:
    with database.writing(audit("draw files")) as writing:
        return file_reviews.add(writing, plan)


def stored(database: Database, review_id: int) -> Review:
    with database.reading() as reading:
        return known(reading, review_id)


def known(reading: Reading, review_id: int) -> Review:
    found = file_reviews.find(reading, review_id)
    assert found is not None
    return found


def read(
    database: Database, review: int, slot: int, file: int, answer: int, *, seen: int = 0
) -> bool:
    with database.writing(audit("save reading")) as writing:
        return file_readings.save(
            writing,
            known(writing, review),
            slot,
            file,
            "fr-1",
            answer=answer,
            note=f"Reader {slot}.",
            read_revision=seen,
        )


def agreed(database: Database, review: int, file: int, answer: int, seen: int = 0) -> bool:
    with database.writing(audit("agree", person_id=LEAD)) as writing:
        return file_readings.agree(
            writing,
            known(writing, review),
            file,
            "fr-1",
            answer=answer,
            note="Page 3.",
            read_revision=seen,
        )


def move(database: Database, review: int, *states: ReviewState) -> None:
    for state in states:
        with database.writing(audit("move", at=LATER)) as writing:
            if state is ReviewState.CLOSED:
                file_readings.keep_findings(writing, review)
            assert file_reviews.move(writing, known(writing, review), state)


def test_what_was_drawn_is_found_again_as_it_was(database: Database) -> None:
    number = drawn(database)
    found = stored(database, number)
    assert (found.seed, found.wanted, found.frame_size) == (PLAN.seed, 3, 5)
    assert (found.closed_from, found.closed_to) == (date(2026, 4, 1), date(2026, 4, 5))
    assert (found.state, found.state_since) == (ReviewState.DRAWN, NOW)
    assert (found.drawn_by, found.drawn_at, found.files) == ("Complaints manager", NOW, 3)
    assert found.strata == (
        Stratum(Outcome.UPHELD, 3, 1),
        Stratum(Outcome.NOT_UPHELD, 1, 1),
        Stratum(Outcome.OTHER, 1, 1),
    )
    with database.reading() as reading:
        assert file_reviews.frame_of(reading, number) == FRAME
        assert file_reviews.files_of(reading, number) == (
            DrawnFile(1, FRAME[4]),
            DrawnFile(2, FRAME[0]),
            DrawnFile(3, FRAME[3]),
        )


def test_reviews_are_those_of_the_trust_and_cycle_the_newest_first(database: Database) -> None:
    first, second = drawn(database), drawn(database)
    drawn(database, replace(PLAN, organisation_id=SOUTH.organisation_id))
    with database.reading() as reading:
        found = file_reviews.of_cycle(reading, NORTH.organisation_id, CYCLE.cycle_id)
        assert [one.review_id for one in found] == [second, first]
        assert file_reviews.of_cycle(reading, NORTH.organisation_id, "2025-26") == ()
        assert file_reviews.find(reading, 99) is None


def test_a_reader_is_named_and_replaced_in_the_same_slot(database: Database) -> None:
    number = drawn(database)
    with database.writing(audit("name readers")) as writing:
        file_reviews.name_reader(writing, known(writing, number), 2, MANAGER)
        file_reviews.name_reader(writing, known(writing, number), 1, LEAD)
    with database.writing(audit("name readers")) as writing:
        file_reviews.name_reader(writing, known(writing, number), 2, LEAD)
    with database.reading() as reading:
        readers = file_reviews.readers_of(reading, number)
    assert [(one.slot, one.person_id, one.title) for one in readers] == [
        (1, LEAD, "Executive lead"),
        (2, LEAD, "Executive lead"),
    ]
    assert not any(one.has_begun or one.has_finished for one in readers)


def test_a_reader_has_begun_with_the_first_answer_and_finishes_once(database: Database) -> None:
    number = drawn(database)
    with database.writing(audit()) as writing:
        file_reviews.name_reader(writing, known(writing, number), 1, MANAGER)
        file_reviews.name_reader(writing, known(writing, number), 2, LEAD)
    assert read(database, number, 1, 1, YES)
    with database.writing(audit(at=LATER)) as writing:
        assert file_reviews.finish(writing, number, 1)
    with database.writing(audit(at=LATER)) as writing:
        assert not file_reviews.finish(writing, number, 1)
    with database.reading() as reading:
        one, other = file_reviews.readers_of(reading, number)
    assert (one.has_begun, one.finished_at) == (True, LATER)
    assert (other.has_begun, other.finished_at) == (False, None)


def test_a_reading_is_saved_over_the_one_that_was_seen_and_over_no_other(
    database: Database,
) -> None:
    number = drawn(database)
    assert read(database, number, 1, 1, NO)
    assert not read(database, number, 1, 1, YES), "it is there already"
    assert read(database, number, 1, 1, YES, seen=1)
    assert not read(database, number, 1, 1, PARTLY, seen=1), "somebody saved in between"
    with database.reading() as reading:
        found = file_readings.of_file(reading, number, 1, 1)["fr-1"]
    assert (found.answer, found.note, found.revision) == (YES, "Reader 1.", 2)


def test_each_reader_is_read_alone(database: Database) -> None:
    number = drawn(database)
    read(database, number, 1, 1, NO)
    read(database, number, 1, 2, NO)
    read(database, number, 2, 3, YES)
    with database.reading() as reading:
        assert file_readings.answered(reading, number, 1) == {1: 1, 2: 1}
        assert file_readings.answered(reading, number, 2) == {3: 1}
        assert file_readings.of_file(reading, number, 2, 1) == {}


def test_disagreements_are_files_on_which_readers_differ_with_what_was_agreed(
    database: Database,
) -> None:
    number = drawn(database)
    for file, first, second in ((1, YES, YES), (2, YES, NO), (3, PARTLY, NOT_APPLICABLE)):
        read(database, number, 1, file, first)
        read(database, number, 2, file, second)
    assert agreed(database, number, 2, PARTLY)
    with database.reading() as reading:
        two, three = file_readings.disagreements(reading, number)
    assert (two.file.number, two.first.answer, two.second.answer) == (2, YES, NO)
    assert (two.first.note, two.second.note) == ("Reader 1.", "Reader 2.")
    assert two.agreed is not None
    assert (two.agreed.answer, two.agreed.author) == (PARTLY, "Executive lead")
    assert (three.file.number, three.agreed) == (3, None)


def test_an_agreed_answer_is_changed_only_by_whoever_saw_it(database: Database) -> None:
    number = drawn(database)
    assert agreed(database, number, 1, YES)
    assert not agreed(database, number, 1, NO)
    assert agreed(database, number, 1, NO, seen=1)
    assert not agreed(database, number, 1, YES, seen=1)


def test_a_review_moves_only_from_the_state_it_was_seen_in(database: Database) -> None:
    number = drawn(database)
    seen = stored(database, number)
    move(database, number, ReviewState.READING)
    with database.writing(audit()) as writing:
        assert not file_reviews.move(writing, seen, ReviewState.ABANDONED, "Enough.")
    assert stored(database, number).state is ReviewState.READING


@pytest.mark.parametrize("over", [ReviewState.CLOSED, ReviewState.ABANDONED])
def test_what_was_not_drawn_is_removed_once_a_review_is_over(
    database: Database, over: ReviewState
) -> None:
    other, number = drawn(database), drawn(database)
    move(database, number, ReviewState.READING)
    assert len(contents(database)["file_review_frame"]) == 10
    move(database, number, over)
    with database.reading() as reading:
        assert file_reviews.frame_of(reading, number) == (FRAME[0], FRAME[3], FRAME[4])
        assert file_reviews.frame_of(reading, other) == FRAME
    assert stored(database, number).frame_size == 5


def test_nothing_was_found_before_a_review_is_closed(database: Database) -> None:
    number = drawn(database)
    read(database, number, 1, 1, YES)
    read(database, number, 2, 1, YES)
    move(database, number, ReviewState.READING, ReviewState.RECONCILING)
    with database.reading() as reading:
        where = (NORTH.organisation_id, CYCLE.cycle_id)
        assert file_reviews.closed_results(reading, *where) is None
        assert file_reviews.findings_of(reading, number) == ()


def test_what_was_found_counts_agreed_answers_and_first_agreement(database: Database) -> None:
    number = drawn(database, replace(PLAN, drawn=(0, 1, 2, 3, 4)))
    first, second = (YES, YES, PARTLY, NOT_APPLICABLE, NO), (YES, NO, PARTLY, NOT_APPLICABLE, YES)
    for file, answers in enumerate(zip(first, second, strict=True), 1):
        for slot, answer in enumerate(answers, 1):
            read(database, number, slot, file, answer)
    agreed(database, number, 2, YES)
    agreed(database, number, 5, NOT_APPLICABLE)
    move(database, number, *list(ReviewState)[1:4])
    with database.reading() as reading:
        found = file_reviews.closed_results(reading, NORTH.organisation_id, CYCLE.cycle_id)
    # Yes: files 1 and 2; partly: file 3; files 4 and 5 are out. Alike at first: 1, 3 and 4.
    counts = {"fr-1": FileCount(yes=2, partly=1, out_of=3, same=3, pairs=5)}
    assert found == FileResults("2014.2", 5, 5, date(2026, 4, 1), date(2026, 4, 5), counts)


def test_the_newest_closed_review_of_a_cycle_counts(database: Database) -> None:
    for answer in (NO, YES):
        number = drawn(database)
        read(database, number, 1, 1, answer)
        read(database, number, 2, 1, answer)
        move(database, number, *list(ReviewState)[1:4])
    move(database, drawn(database), ReviewState.ABANDONED)
    with database.reading() as reading:
        found = file_reviews.closed_results(reading, NORTH.organisation_id, CYCLE.cycle_id)
        assert file_reviews.closed_results(reading, SOUTH.organisation_id, "2026-27") is None
    assert found is not None
    assert found.counts["fr-1"] == FileCount(1, 0, 1, 1, 1)


def test_what_was_found_stays_as_it_is_whatever_becomes_of_the_readings(
    database: Database,
) -> None:
    number = drawn(database)
    read(database, number, 1, 1, YES)
    read(database, number, 2, 1, NO)
    agreed(database, number, 1, YES)
    move(database, number, *list(ReviewState)[1:4])
    with database.writing(audit("purge")) as writing:
        before = file_reviews.findings_of(writing, number)
        writing.run("DELETE FROM file_reading")
        writing.run("DELETE FROM file_agreed")
        assert file_reviews.findings_of(writing, number) == before != ()
