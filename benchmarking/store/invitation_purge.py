"""Purging links and comments of cycles that lie far enough back.

Names of tables come from ``data/retention.yaml`` and are held to the tables there are.
"""

from collections.abc import Sequence
from datetime import datetime

from benchmarking.store.database import Reading, Writing

_OLD_CYCLES = "cycle_id IN (SELECT c.cycle_id FROM cycle c WHERE c.release_at < :before)"


def trusts_with(
    reading: Reading, tables: Sequence[str], before: datetime
) -> tuple[tuple[int, str, int], ...]:
    """(number, code, rows) of each trust with rows of cycles released before a moment."""
    counts = " UNION ALL ".join(
        f"SELECT organisation_id FROM {table} WHERE {_OLD_CYCLES}" for table in tables
    )
    rows = reading.rows(
        f"""
        SELECT o.organisation_id, o.code, count(*) AS found
        FROM ({counts}) n
        JOIN organisation o ON o.organisation_id = n.organisation_id
        GROUP BY o.organisation_id, o.code
        ORDER BY o.code
        """,
        before=before,
    )
    return tuple((row["organisation_id"], row["code"], int(row["found"])) for row in rows)


def remove(writing: Writing, tables: Sequence[str], organisation_id: int, before: datetime) -> int:
    """Removes a trust's rows of cycles released before a moment; how many."""
    return sum(
        writing.run(
            f"DELETE FROM {table} WHERE organisation_id = :organisation_id AND {_OLD_CYCLES}",
            organisation_id=organisation_id,
            before=before,
        )
        for table in tables
    )
