"""The ledger of submissions, approvals and publications: append-only and hash-chained."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from benchmarking.answers import AssessmentKey, Move, State
from benchmarking.store.assessments import WHERE_KEY, key_values
from benchmarking.store.database import Reading, Row, Writing

_BEGINNING = "0" * 64
# What a hash covers, in this order for ever: a column added later is not part of it.
_HASHED = (
    "entry_number",
    "organisation_id",
    "cycle_id",
    "scope",
    "revision",
    "from_state",
    "to_state",
    "person_id",
    "moved_at",
    "receipt",
    "content_hash",
    "previous_hash",
)
_COLUMNS = ", ".join((*_HASHED, "entry_hash"))


@dataclass(frozen=True)
class BrokenLink:
    """The first entry whose hash does not fit what stands in it or before it."""

    entry_number: int
    receipt: str


def append(writing: Writing, *moves: Move) -> tuple[int, ...]:
    """Writes moves behind the last entry, in their order; the numbers of their entries."""
    last = writing.row(
        "SELECT entry_number, entry_hash FROM ledger ORDER BY entry_number DESC LIMIT 1"
    )
    first, previous = (last["entry_number"] + 1, last["entry_hash"]) if last else (1, _BEGINNING)
    rows: list[tuple[object, ...]] = []
    for number, move in enumerate(moves, start=first):
        entry = _entry(number, move, previous)
        previous = _hash(entry)
        rows.append((*(entry[name] for name in _HASHED), previous))
    writing.bulk("ledger", (*_HASHED, "entry_hash"), rows)
    return tuple(range(first, first + len(moves)))


def moves_of(reading: Reading, key: AssessmentKey) -> tuple[Move, ...]:
    """The moves of one assessment in order."""
    rows = reading.rows(
        f"SELECT {_COLUMNS} FROM ledger WHERE {WHERE_KEY} ORDER BY entry_number",
        **key_values(key),
    )
    return tuple(_move(row) for row in rows)


def movers(reading: Reading, key: AssessmentKey) -> dict[int, str]:
    """The titles of those who moved an assessment, by their number."""
    rows = reading.rows(
        f"""
        SELECT DISTINCT l.person_id, p.title
        FROM ledger l
        JOIN person p ON p.person_id = l.person_id
        WHERE {WHERE_KEY}
        """,
        **key_values(key),
    )
    return {row["person_id"]: row["title"] for row in rows}


def submitted_at(reading: Reading, key: AssessmentKey) -> datetime | None:
    """When an assessment was last submitted, or None if it never was."""
    moves = [move for move in moves_of(reading, key) if move.to_state is State.SUBMITTED]
    return moves[-1].moved_at if moves else None


def submissions(reading: Reading, cycle_id: str, scope: str) -> dict[tuple[int, int], datetime]:
    """When each assessment of a cycle was last submitted, by (organisation, revision)."""
    rows = reading.rows(
        """
        SELECT organisation_id, revision, moved_at
        FROM ledger
        WHERE cycle_id = :cycle_id AND scope = :scope AND to_state = 'submitted'
        ORDER BY entry_number
        """,
        cycle_id=cycle_id,
        scope=scope,
    )
    # The last one wins: by the order of the entries, whatever the clock said.
    return {(row["organisation_id"], row["revision"]): row["moved_at"] for row in rows}


def count(reading: Reading) -> int:
    """How many entries there are."""
    return int(reading.value("SELECT count(*) FROM ledger"))


def head(reading: Reading) -> str:
    """The hash of the last entry, which covers all before it."""
    found = reading.value("SELECT entry_hash FROM ledger ORDER BY entry_number DESC LIMIT 1")
    return _BEGINNING if found is None else str(found)


def first_broken_link(reading: Reading) -> BrokenLink | None:
    """None while every entry's hash fits; else the first that does not.

    An entry changed or taken out of the middle shows here; the last ones taken away do not.
    """
    previous = _BEGINNING
    for row in reading.rows(f"SELECT {_COLUMNS} FROM ledger ORDER BY entry_number"):
        if row["previous_hash"] != previous or _hash(row) != row["entry_hash"]:
            return BrokenLink(row["entry_number"], row["receipt"])
        previous = row["entry_hash"]
    return None


def _entry(number: int, move: Move, previous: str) -> dict[str, object]:
    return {
        **key_values(move.key),
        "entry_number": number,
        "from_state": move.from_state.value,
        "to_state": move.to_state.value,
        "person_id": move.person_id,
        "moved_at": move.moved_at,
        "receipt": move.receipt,
        "content_hash": move.content_hash,
        "previous_hash": previous,
    }


def _hash(entry: Row) -> str:
    moved_at = entry["moved_at"].isoformat(timespec="microseconds")
    said = [moved_at if name == "moved_at" else entry[name] for name in _HASHED]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _move(row: Row) -> Move:
    return Move(
        key=AssessmentKey(row["organisation_id"], row["cycle_id"], row["scope"], row["revision"]),
        from_state=State(row["from_state"]),
        to_state=State(row["to_state"]),
        person_id=row["person_id"],
        moved_at=row["moved_at"],
        receipt=row["receipt"],
        content_hash=row["content_hash"],
    )
