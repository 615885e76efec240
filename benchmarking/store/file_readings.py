"""What each of two readers found in complaint files, and what was agreed where they differed."""

from collections.abc import Mapping

from benchmarking.reviewed_files import (
    Agreed,
    ClosedComplaint,
    Disagreement,
    DrawnFile,
    Outcome,
    Review,
)
from benchmarking.reviewed_files import Reading as FileReading
from benchmarking.store.database import Reading, Row, Writing


def save(
    writing: Writing,
    review: Review,
    slot: int,
    file: int,
    item_id: str,
    *,
    answer: int,
    note: str,
    read_revision: int,
) -> bool:
    """Saves what one reader found about one item of one file; whether it was saved.

    Args:
        writing: the transaction; it is given up where nothing was saved.
        review: of which review.
        slot: of which reader.
        file: its number in the draw.
        item_id: of the instrument.
        answer: the number of the answer.
        note: what the reader wrote.
        read_revision: the revision that the reader saw, 0 for none.
    """
    where = {**_in(review), "draw_order": file, "slot": slot, "item_id": item_id}
    changes = {"answer": answer, "note": note, "saved_at": writing.audit.at}
    return _put(writing, "file_reading", "reading_revision", where, changes, read_revision)


def of_file(reading: Reading, review_id: int, slot: int, file: int) -> Mapping[str, FileReading]:
    """What one reader found in one file, by the id of the item."""
    rows = reading.rows(
        """
        SELECT item_id, answer, note, reading_revision, saved_at
        FROM file_reading
        WHERE review_id = :review_id AND slot = :slot AND draw_order = :file
        """,
        review_id=review_id,
        slot=slot,
        file=file,
    )
    return {row["item_id"]: FileReading(*list(row.values())[1:]) for row in rows}


def answered(reading: Reading, review_id: int, slot: int) -> Mapping[int, int]:
    """How many items one reader has answered of each file, by its number; none is left out."""
    rows = reading.rows(
        """
        SELECT draw_order, count(*) AS items
        FROM file_reading
        WHERE review_id = :review_id AND slot = :slot
        GROUP BY draw_order
        """,
        review_id=review_id,
        slot=slot,
    )
    return {row["draw_order"]: int(row["items"]) for row in rows}


def forget(writing: Writing, review_id: int, slot: int) -> None:
    """Removes all that was read in a slot, before another reader begins there."""
    writing.run(
        "DELETE FROM file_reading WHERE review_id = :review_id AND slot = :slot",
        review_id=review_id,
        slot=slot,
    )


def disagreements(reading: Reading, review_id: int) -> tuple[Disagreement, ...]:
    """Where the two readers differ, file by file; who calls has checked that both finished."""
    rows = reading.rows(
        """
        SELECT f.draw_order, f.reference, f.closed_on, f.outcome, a.item_id,
            a.answer AS answer_1, a.note AS note_1, a.reading_revision AS revision_1,
            a.saved_at AS saved_1,
            b.answer AS answer_2, b.note AS note_2, b.reading_revision AS revision_2,
            b.saved_at AS saved_2,
            g.answer AS agreed, g.note AS agreed_note, g.agreed_revision, g.saved_at AS agreed_at,
            p.title AS agreed_by
        FROM file_reading a
        JOIN file_reading b ON b.review_id = a.review_id AND b.organisation_id = a.organisation_id
            AND b.draw_order = a.draw_order AND b.item_id = a.item_id AND b.slot = 2
        JOIN file_review_file f ON f.review_id = a.review_id
            AND f.organisation_id = a.organisation_id AND f.draw_order = a.draw_order
        LEFT JOIN file_agreed g ON g.review_id = a.review_id
            AND g.organisation_id = a.organisation_id AND g.draw_order = a.draw_order
            AND g.item_id = a.item_id
        LEFT JOIN person p ON p.person_id = g.author_id
        WHERE a.review_id = :review_id AND a.slot = 1 AND a.answer <> b.answer
        ORDER BY f.draw_order, a.item_id
        """,
        review_id=review_id,
    )
    return tuple(_disagreement(row) for row in rows)


def agree(
    writing: Writing,
    review: Review,
    file: int,
    item_id: str,
    *,
    answer: int,
    note: str,
    read_revision: int,
) -> bool:
    """Settles where two readers differ, in the name of the person in the audit entry.

    Returns whether it was saved over the revision that was seen, 0 for none; where it was not,
    the transaction is given up.
    """
    where = {**_in(review), "draw_order": file, "item_id": item_id}
    changes = {
        "answer": answer,
        "note": note,
        "author_id": writing.audit.person_id,
        "saved_at": writing.audit.at,
    }
    return _put(writing, "file_agreed", "agreed_revision", where, changes, read_revision)


def keep_findings(writing: Writing, review_id: int) -> None:
    """Writes down what a review found, when it is closed: the agreed answers, and the first two."""
    writing.run(
        """
        INSERT INTO file_finding (
            review_id, organisation_id, item_id, first_answer, second_answer, agreed_answer, files
        )
        SELECT a.review_id, a.organisation_id, a.item_id, a.answer, b.answer,
            coalesce(g.answer, a.answer), count(*)
        FROM file_reading a
        JOIN file_reading b ON b.review_id = a.review_id AND b.organisation_id = a.organisation_id
            AND b.draw_order = a.draw_order AND b.item_id = a.item_id AND b.slot = 2
        LEFT JOIN file_agreed g ON g.review_id = a.review_id
            AND g.organisation_id = a.organisation_id AND g.draw_order = a.draw_order
            AND g.item_id = a.item_id AND a.answer <> b.answer
        WHERE a.review_id = :review_id AND a.slot = 1
        GROUP BY a.review_id, a.organisation_id, a.item_id, a.answer, b.answer,
            coalesce(g.answer, a.answer)
        """,
        review_id=review_id,
    )


def _in(review: Review) -> dict[str, object]:
    return {"review_id": review.review_id, "organisation_id": review.organisation_id}


def _put(
    writing: Writing,
    table: str,
    revision: str,
    where: Mapping[str, object],
    changes: Mapping[str, object],
    seen: int,
) -> bool:
    """Saves a row over the revision that was seen, 0 for none; whether it was saved."""
    new = {**changes, revision: seen + 1}
    if seen == 0:
        columns = [*where, *new]
        # A conflict must not raise: on PostgreSQL that would end the whole transaction.
        sql = (
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES (:{', :'.join(columns)}) "
            f"ON CONFLICT DO NOTHING"
        )
        return writing.change_one(sql, **where, **new)
    sql = (
        f"UPDATE {table} SET {', '.join(f'{name} = :{name}' for name in new)} "
        f"WHERE {' AND '.join(f'{name} = :{name}' for name in where)} AND {revision} = :seen"
    )
    return writing.change_one(sql, **where, **new, seen=seen)


def _disagreement(row: Row) -> Disagreement:
    complaint = ClosedComplaint(row["reference"], row["closed_on"], Outcome(row["outcome"]))
    first, second = (
        FileReading(row[f"answer_{n}"], row[f"note_{n}"], row[f"revision_{n}"], row[f"saved_{n}"])
        for n in (1, 2)
    )
    agreed = None
    if row["agreed"] is not None:
        agreed = Agreed(
            row["agreed"],
            row["agreed_note"],
            row["agreed_revision"],
            row["agreed_by"],
            row["agreed_at"],
        )
    file = DrawnFile(row["draw_order"], complaint)
    return Disagreement(file, row["item_id"], first, second, agreed)
