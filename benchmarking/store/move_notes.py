"""The words that moves were made with: reasons, responses. Never shown to other trusts."""

from collections.abc import Mapping, Sequence

from benchmarking.answers import AssessmentKey, ItemKey, MoveNote
from benchmarking.store.assessments import WHERE_KEY, key_values
from benchmarking.store.database import Reading, Row, Writing

_COLUMNS = (
    *("entry_number", "note_number", "standard_id", "item_id"),
    *("note_text", "body", "met_on"),
)


def add(writing: Writing, notes: Mapping[int, Sequence[MoveNote]]) -> None:
    """Adds notes to entries of the ledger, by the number of the entry, in their order."""
    rows = [
        (number, place, *_values(note))
        for number, given in notes.items()
        for place, note in enumerate(given, start=1)
    ]
    writing.bulk("move_note", _COLUMNS, rows)


def of_assessment(reading: Reading, key: AssessmentKey) -> dict[str, tuple[MoveNote, ...]]:
    """The notes of an assessment's moves, by the receipt of the move."""
    rows = reading.rows(
        f"""
        SELECT l.receipt, n.*
        FROM move_note n
        JOIN ledger l ON l.entry_number = n.entry_number
        WHERE {WHERE_KEY}
        ORDER BY n.entry_number, n.note_number
        """,
        **key_values(key),
    )
    found: dict[str, tuple[MoveNote, ...]] = {}
    for row in rows:
        found[row["receipt"]] = (*found.get(row["receipt"], ()), _note(row))
    return found


def _values(note: MoveNote) -> tuple[object, ...]:
    standard, item = (note.item.standard_id, note.item.item_id) if note.item else (None, None)
    return (standard, item, note.text, note.body or None, note.met_on)


def _note(row: Row) -> MoveNote:
    about = ItemKey(row["standard_id"], row["item_id"]) if row["item_id"] else None
    return MoveNote(row["note_text"], about, row["body"] or "", row["met_on"])
