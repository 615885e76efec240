"""Cycles: the rounds in which trusts assess themselves."""

from benchmarking.answers import Cycle
from benchmarking.store.database import Reading, Row, Writing


def add(writing: Writing, cycle: Cycle) -> None:
    """Adds a cycle with the editions that are asked in it, in their order."""
    writing.run(
        """
        INSERT INTO cycle (cycle_id, title, opens_at, deadline_at, release_at, peers_named)
        VALUES (:cycle_id, :title, :opens_at, :deadline_at, :release_at, :peers_named)
        """,
        cycle_id=cycle.cycle_id,
        title=cycle.title,
        opens_at=cycle.opens_at,
        deadline_at=cycle.deadline_at,
        release_at=cycle.release_at,
        peers_named=cycle.peers_named,
    )
    writing.bulk(
        "cycle_edition",
        ("cycle_id", "position", "standard_id", "edition", "content_hash"),
        [(cycle.cycle_id, place, *edition) for place, edition in enumerate(cycle.editions)],
    )


def every(reading: Reading) -> tuple[Cycle, ...]:
    """All cycles, the newest first."""
    rows = reading.rows(
        """
        SELECT c.*, e.standard_id, e.edition, e.content_hash
        FROM cycle c
        JOIN cycle_edition e ON e.cycle_id = c.cycle_id
        ORDER BY c.opens_at DESC, c.cycle_id, e.position
        """
    )
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["cycle_id"], []).append(row)
    return tuple(_cycle(group) for group in grouped.values())


def _cycle(rows: list[Row]) -> Cycle:
    first = rows[0]
    return Cycle(
        cycle_id=first["cycle_id"],
        title=first["title"],
        opens_at=first["opens_at"],
        deadline_at=first["deadline_at"],
        release_at=first["release_at"],
        peers_named=first["peers_named"],
        editions=tuple((r["standard_id"], r["edition"], r["content_hash"]) for r in rows),
    )
