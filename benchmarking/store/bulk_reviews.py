"""File reviews written at once, in the names of those who drew and read, at their times.

Only for what was made elsewhere, such as the demonstration's. What people do on a page goes
through ``store.file_reviews`` and ``store.file_readings``, a step and an audit entry at a time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarking.reviewed_files import (
    Agreed,
    ClosedComplaint,
    DrawnFile,
    Finding,
    Reader,
    Reading,
    Review,
)
from benchmarking.store.database import Writing

_REVIEW = (
    *("review_id", "organisation_id", "cycle_id", "standard_id", "edition", "content_hash"),
    *("seed", "wanted", "frame_size", "frame_sha256", "closed_from", "closed_to"),
    *("shown_from", "top", "state", "state_since", "reason", "author_id", "drawn_at"),
)
_OF = ("review_id", "organisation_id")
_STRATUM = (*_OF, "outcome", "frame_size", "drawn")
_COMPLAINT = ("reference", "closed_on", "outcome")
_READER = (*_OF, "slot", "person_id", "named_at", "finished_at")
_READING = (
    *(*_OF, "draw_order", "slot", "item_id"),
    *("answer", "note", "reading_revision", "saved_at"),
)
_AGREED = (
    *(*_OF, "draw_order", "item_id"),
    *("answer", "note", "agreed_revision", "author_id", "saved_at"),
)
_FINDING = (*_OF, "item_id", "first_answer", "second_answer", "agreed_answer", "files")


@dataclass(frozen=True)
class WholeReview:
    """A review with all that hangs on it; it is given a new number when it is written.

    ``frame`` and ``files`` are what is still kept of them. ``readings`` have the number of the
    file, the reader's slot and the item; ``agreed`` the file and the item. Authors are titles.
    """

    review: Review
    readers: tuple[Reader, ...] = ()
    frame: tuple[ClosedComplaint, ...] = ()
    files: tuple[DrawnFile, ...] = ()
    readings: tuple[tuple[int, int, str, Reading], ...] = ()
    agreed: tuple[tuple[int, str, Agreed], ...] = ()
    findings: tuple[Finding, ...] = ()


def add_reviews(
    writing: Writing, wholes: Sequence[WholeReview], person_ids: Mapping[str, int]
) -> None:
    """Adds reviews in this order.

    Args:
        writing: the transaction.
        wholes: the reviews; the newest of a trust's cycle last.
        person_ids: the number of everybody who drew or settled something, by title.
    """
    numbered = list(zip(_numbers(writing, len(wholes)), wholes, strict=True))
    reviews = [_review(number, one.review, person_ids) for number, one in numbered]
    writing.bulk("file_review", _REVIEW, reviews)
    for table, columns, rows in (
        ("file_review_stratum", _STRATUM, _strata),
        ("file_review_frame", (*_OF, *_COMPLAINT), _frame),
        ("file_review_file", (*_OF, "draw_order", *_COMPLAINT), _files),
        ("file_review_reader", _READER, _readers),
        ("file_reading", _READING, _readings),
        ("file_finding", _FINDING, _findings),
    ):
        full = [(n, _trust(one), *row) for n, one in numbered for row in rows(one)]
        writing.bulk(table, columns, full)
    agreed = [(n, _trust(one), *row) for n, one in numbered for row in _agreed(one, person_ids)]
    writing.bulk("file_agreed", _AGREED, agreed)


_Rows = Iterable[tuple[object, ...]]


def _numbers(writing: Writing, many: int) -> list[int]:
    rows = writing.rows(
        "SELECT nextval('file_review_number') AS number FROM generate_series(1, :many)", many=many
    )
    return sorted(int(row["number"]) for row in rows)


def _review(number: int, one: Review, person_ids: Mapping[str, int]) -> tuple[object, ...]:
    return (
        *(number, one.organisation_id, one.cycle_id, one.standard_id, one.edition),
        *(one.content_hash, one.seed, one.wanted, one.frame_size, one.frame_sha256),
        *(one.closed_from, one.closed_to, one.shown_from, one.top),
        *(one.state.value, one.state_since, one.reason),
        *(person_ids[one.drawn_by], one.drawn_at),
    )


def _trust(one: WholeReview) -> int:
    return one.review.organisation_id


def _strata(one: WholeReview) -> _Rows:
    return [(stratum.outcome.value, stratum.frame, stratum.drawn) for stratum in one.review.strata]


def _frame(one: WholeReview) -> _Rows:
    return [_complaint(complaint) for complaint in one.frame]


def _files(one: WholeReview) -> _Rows:
    return [(file.number, *_complaint(file.complaint)) for file in one.files]


def _readers(one: WholeReview) -> _Rows:
    return [(r.slot, r.person_id, one.review.drawn_at, r.finished_at) for r in one.readers]


def _readings(one: WholeReview) -> _Rows:
    return [
        (file, slot, item, said.answer, said.note, said.revision, said.saved_at)
        for file, slot, item, said in one.readings
    ]


def _agreed(one: WholeReview, person_ids: Mapping[str, int]) -> _Rows:
    return [
        (file, item, said.answer, said.note, said.revision, person_ids[said.author], said.saved_at)
        for file, item, said in one.agreed
    ]


def _findings(one: WholeReview) -> _Rows:
    return [(f.item_id, f.first, f.second, f.agreed, f.files) for f in one.findings]


def _complaint(one: ClosedComplaint) -> tuple[object, ...]:
    return (one.reference, one.closed_on, one.outcome.value)
