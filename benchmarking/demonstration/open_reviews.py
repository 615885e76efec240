"""Fictional file reviews that are not over: their frames, drawn files and single readings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.found_in_files import NO, PARTLY, Readings
from benchmarking.reviewed_files import (
    Agreed,
    ClosedComplaint,
    DrawnFile,
    Reading,
    Review,
    ReviewState,
)
from benchmarking.store.bulk_reviews import WholeReview

# Of the files each reader has read so many, and of the next one so many items.
HALF_READ, ITEMS_OF_THE_NEXT = (0.6, 0.37), (9, 14)
SETTLED = 0.6
NOTED = 0.15
NOTES = {
    NO: ("Nothing about it in the file.", "Looked in letters and notes; not found."),
    PARTLY: ("In one letter only.", "Done, but late.", "Noted without a date."),
}
SETTLED_WITH = ("We read the passage again together.", "The enclosure counts, so we agreed.")
MINUTES_A_FILE = 25


def whole(
    begun: WholeReview,
    frame: tuple[ClosedComplaint, ...],
    places: Sequence[int],
    items: Sequence[str],
    found: Readings,
) -> WholeReview:
    """A review with its frame, its drawn files and what was read of them so far.

    Args:
        begun: the review with its readers.
        frame: in canonical order.
        places: of the drawn files in the frame, in the order of the draw.
        items: the ids of the instrument's items, in its order.
        found: what the readers find; they may not have come so far.
    """
    files = tuple(DrawnFile(number, frame[place]) for number, place in enumerate(places, 1))
    kept = replace(begun, frame=frame, files=files)
    match begun.review.state:
        case ReviewState.READING:
            return replace(kept, readings=tuple(_read(begun.review, items, found, HALF_READ)))
        case ReviewState.RECONCILING:
            readings = tuple(_read(begun.review, items, found, (1.0, 1.0)))
            return replace(kept, readings=readings, agreed=tuple(_settled(begun, items, found)))
        case _:
            return kept


def _read(
    review: Review, items: Sequence[str], found: Readings, shares: tuple[float, float]
) -> Iterator[tuple[int, int, str, Reading]]:
    """File by file what the two have read: a share of the files, and a part of the next one."""
    drawn = chance("file review", review.organisation_id, review.cycle_id, "notes")
    for slot, (share, answers) in enumerate(zip(shares, (found.first, found.second), strict=True)):
        done = round(share * len(answers))
        for file in range(min(done + 1, len(answers))):
            whole_file = len(items) if file < done else ITEMS_OF_THE_NEXT[slot]
            at = _read_at(review, slot, file)
            for place, item in enumerate(items[:whole_file]):
                answer = int(answers[file, place])
                offered = NOTES.get(answer, ()) if drawn.random() < NOTED else ()
                note = str(drawn.choice(offered)) if offered else ""
                yield file + 1, slot + 1, item, Reading(answer, note, 1, at)


def _settled(
    begun: WholeReview, items: Sequence[str], found: Readings
) -> Iterator[tuple[int, str, Agreed]]:
    """What was agreed, in the order of files, for the first part of all differences."""
    differ = [
        (file, place)
        for file in range(len(found.first))
        for place in range(len(items))
        if found.first[file, place] != found.second[file, place]
    ]
    at = begun.review.state_since + timedelta(hours=1)
    for number, (file, place) in enumerate(differ[: round(SETTLED * len(differ))]):
        author = begun.readers[number % 2].title
        note = SETTLED_WITH[number % len(SETTLED_WITH)] if number % 4 == 0 else ""
        answer = int(found.agreed[file, place])
        yield file + 1, items[place], Agreed(answer, note, 1, author, at)


def _read_at(review: Review, slot: int, file: int) -> datetime:
    """In order, a few files a day from the day after the draw; never after the review moved on."""
    day, of_day = divmod(file, 5)
    begun = review.drawn_at + timedelta(days=1 + day, hours=slot)
    at = begun + timedelta(minutes=MINUTES_A_FILE * of_day)
    return min(at, review.state_since) if review.state is ReviewState.RECONCILING else at
