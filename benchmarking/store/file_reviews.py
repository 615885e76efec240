"""Reviews of complaint files: the frame, the draw, the two readers, and what a review found.

Single readings are in ``store.file_readings``.
"""

from benchmarking.file_results import FileCount, FileResults
from benchmarking.reviewed_files import (
    ClosedComplaint,
    DrawnFile,
    Finding,
    Outcome,
    Plan,
    Reader,
    Review,
    ReviewState,
    Stratum,
    in_canonical_order,
)
from benchmarking.store.database import Reading, Row, Writing

_OPEN = "state IN ('drawn', 'reading', 'reconciling')"
_IN_CYCLE = "r.organisation_id = :organisation_id AND r.cycle_id = :cycle_id"
_OF = ("review_id", "organisation_id")
_COMPLAINT = ("reference", "closed_on", "outcome")


def add(writing: Writing, plan: Plan) -> int:
    """Begins a review in the name of the person in the audit entry; its number."""
    number = int(writing.value("SELECT nextval('file_review_number')"))
    days = [complaint.closed_on for complaint in plan.frame]
    writing.run(
        """
        INSERT INTO file_review (
            review_id, organisation_id, cycle_id, standard_id, edition, content_hash, seed, wanted,
            frame_size, frame_sha256, closed_from, closed_to, shown_from, top, state, state_since,
            reason, author_id, drawn_at
        )
        VALUES (
            :number, :organisation_id, :cycle_id, :standard_id, :edition, :content_hash, :seed,
            :wanted, :frame_size, :frame_sha256, :closed_from, :closed_to, :shown_from, :top,
            'drawn', :now, '', :person_id, :now
        )
        """,
        number=number,
        organisation_id=plan.organisation_id,
        cycle_id=plan.cycle_id,
        standard_id=plan.standard_id,
        edition=plan.edition,
        content_hash=plan.content_hash,
        seed=plan.seed,
        wanted=plan.wanted,
        frame_size=len(plan.frame),
        frame_sha256=plan.frame_sha256,
        closed_from=min(days),
        closed_to=max(days),
        shown_from=plan.shown_from,
        top=plan.top,
        now=writing.audit.at,
        person_id=writing.audit.person_id,
    )
    _add_files(writing, number, plan)
    return number


def _add_files(writing: Writing, number: int, plan: Plan) -> None:
    of = (number, plan.organisation_id)
    writing.bulk(
        "file_review_frame",
        (*_OF, *_COMPLAINT),
        [(*of, *_cells(complaint)) for complaint in plan.frame],
    )
    writing.bulk(
        "file_review_file",
        (*_OF, "draw_order", *_COMPLAINT),
        [(*of, file.number, *_cells(file.complaint)) for file in plan.files],
    )
    writing.bulk(
        "file_review_stratum",
        (*_OF, "outcome", "frame_size", "drawn"),
        [(*of, one.outcome.value, one.frame, one.drawn) for one in plan.strata],
    )


def of_cycle(reading: Reading, organisation_id: int, cycle_id: str) -> tuple[Review, ...]:
    """Every review of a trust in a cycle, the newest first."""
    rows = reading.rows(
        f"""
        SELECT r.*, p.title AS drawn_by
        FROM file_review r
        JOIN person p ON p.person_id = r.author_id
        WHERE {_IN_CYCLE}
        ORDER BY r.review_id DESC
        """,
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )
    return tuple(_review(row, _strata(reading, row["review_id"])) for row in rows)


def find(reading: Reading, review_id: int) -> Review | None:
    """One review, or None where there is none."""
    row = reading.row(
        """
        SELECT r.*, p.title AS drawn_by
        FROM file_review r
        JOIN person p ON p.person_id = r.author_id
        WHERE r.review_id = :review_id
        """,
        review_id=review_id,
    )
    return None if row is None else _review(row, _strata(reading, review_id))


def move(writing: Writing, review: Review, to: ReviewState, reason: str = "") -> bool:
    """Moves a review on from the state it was seen in; whether it was still in it.

    Once it is over, what was not drawn of its frame is removed.
    """
    moved = writing.change_one(
        """
        UPDATE file_review SET state = :to_state, state_since = :now, reason = :reason
        WHERE review_id = :review_id AND state = :from_state
        """,
        to_state=to.value,
        now=writing.audit.at,
        reason=reason,
        review_id=review.review_id,
        from_state=review.state.value,
    )
    if moved and not to.is_open:
        writing.run(
            """
            DELETE FROM file_review_frame
            WHERE review_id = :review_id AND reference NOT IN (
                SELECT reference FROM file_review_file WHERE review_id = :review_id
            )
            """,
            review_id=review.review_id,
        )
    return moved


def frame_of(reading: Reading, review_id: int) -> tuple[ClosedComplaint, ...]:
    """What is still kept of a frame, in canonical order."""
    rows = reading.rows(
        "SELECT * FROM file_review_frame WHERE review_id = :review_id", review_id=review_id
    )
    return in_canonical_order(_complaint(row) for row in rows)


def files_of(reading: Reading, review_id: int) -> tuple[DrawnFile, ...]:
    """The files that were drawn, in the order of the draw."""
    rows = reading.rows(
        "SELECT * FROM file_review_file WHERE review_id = :review_id ORDER BY draw_order",
        review_id=review_id,
    )
    return tuple(DrawnFile(row["draw_order"], _complaint(row)) for row in rows)


def readers_of(reading: Reading, review_id: int) -> tuple[Reader, ...]:
    """Who reads, by slot. Of what they have read, no more than whether they have begun."""
    rows = reading.rows(
        """
        SELECT d.slot, d.person_id, p.title, d.finished_at, EXISTS (
            SELECT 1
            FROM file_reading g
            WHERE g.review_id = d.review_id AND g.slot = d.slot
        ) AS has_begun
        FROM file_review_reader d
        JOIN person p ON p.person_id = d.person_id
        WHERE d.review_id = :review_id
        ORDER BY d.slot
        """,
        review_id=review_id,
    )
    return tuple(Reader(**row) for row in rows)


def name_reader(writing: Writing, review: Review, slot: int, person_id: int) -> None:
    """Names who reads in a slot, in place of whoever was named before."""
    writing.run(
        """
        INSERT INTO file_review_reader (review_id, organisation_id, slot, person_id, named_at)
        VALUES (:review_id, :organisation_id, :slot, :person_id, :now)
        ON CONFLICT (review_id, slot, organisation_id) DO UPDATE
        SET person_id = excluded.person_id, named_at = excluded.named_at
        """,
        review_id=review.review_id,
        organisation_id=review.organisation_id,
        slot=slot,
        person_id=person_id,
        now=writing.audit.at,
    )


def finish(writing: Writing, review_id: int, slot: int) -> bool:
    """Notes that a reader has read everything; whether that was not noted before."""
    return writing.change_one(
        """
        UPDATE file_review_reader SET finished_at = :now
        WHERE review_id = :review_id AND slot = :slot AND finished_at IS NULL
        """,
        now=writing.audit.at,
        review_id=review_id,
        slot=slot,
    )


def newest_closed(reading: Reading, organisation_id: int, cycle_id: str) -> Review | None:
    """The review of a cycle that was drawn last of those that are closed."""
    found = of_cycle(reading, organisation_id, cycle_id)
    return next((one for one in found if one.state is ReviewState.CLOSED), None)


def findings_of(reading: Reading, review_id: int) -> tuple[Finding, ...]:
    """What a closed review found, item by item; nothing before it is closed."""
    rows = reading.rows(
        """
        SELECT item_id, first_answer AS first, second_answer AS second, agreed_answer AS agreed,
            files
        FROM file_finding
        WHERE review_id = :review_id
        ORDER BY item_id, first_answer, second_answer, agreed_answer
        """,
        review_id=review_id,
    )
    return tuple(Finding(**row) for row in rows)


def closed_results(reading: Reading, organisation_id: int, cycle_id: str) -> FileResults | None:
    """What the newest closed review of a trust in a cycle found; None where there is none.

    Counts before disclosure control. ``yes``, ``partly`` and ``out_of`` are of the agreed
    answers, without "not applicable"; ``same`` of ``pairs`` are of the two first readings, where
    "not applicable" is an answer like any other.
    """
    review = newest_closed(reading, organisation_id, cycle_id)
    if review is None:
        return None
    rows = reading.rows(
        """
        SELECT item_id,
            CAST(sum(CASE WHEN agreed_answer BETWEEN :shown_from AND :top THEN files ELSE 0 END)
                AS INTEGER) AS yes,
            CAST(sum(CASE WHEN agreed_answer > 1 AND agreed_answer < :shown_from
                THEN files ELSE 0 END) AS INTEGER) AS partly,
            CAST(sum(CASE WHEN agreed_answer <= :top THEN files ELSE 0 END)
                AS INTEGER) AS out_of,
            CAST(sum(CASE WHEN first_answer = second_answer THEN files ELSE 0 END)
                AS INTEGER) AS same,
            CAST(sum(files) AS INTEGER) AS pairs
        FROM file_finding
        WHERE review_id = :review_id
        GROUP BY item_id
        """,
        review_id=review.review_id,
        shown_from=review.shown_from,
        top=review.top,
    )
    counts = {row["item_id"]: FileCount(*list(row.values())[1:]) for row in rows}
    return FileResults(
        review.edition,
        review.files,
        review.frame_size,
        review.closed_from,
        review.closed_to,
        counts,
    )


def _cells(complaint: ClosedComplaint) -> tuple[object, ...]:
    return (complaint.reference, complaint.closed_on, complaint.outcome.value)


def _complaint(row: Row) -> ClosedComplaint:
    return ClosedComplaint(row["reference"], row["closed_on"], Outcome(row["outcome"]))


def _strata(reading: Reading, review_id: int) -> tuple[Stratum, ...]:
    rows = reading.rows(
        "SELECT outcome, frame_size, drawn FROM file_review_stratum WHERE review_id = :review_id",
        review_id=review_id,
    )
    found = [Stratum(Outcome(row["outcome"]), row["frame_size"], row["drawn"]) for row in rows]
    return tuple(sorted(found, key=lambda one: list(Outcome).index(one.outcome)))


def _review(row: Row, strata: tuple[Stratum, ...]) -> Review:
    kept = {name: value for name, value in row.items() if name != "author_id"}
    return Review(**{**kept, "state": ReviewState(row["state"])}, strata=strata)
