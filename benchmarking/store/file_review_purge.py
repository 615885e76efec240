"""Removing single readings of complaint files, with their references, once their time is over.

What a closed review found stays: counts, in ``file_finding``. A review that was never closed is
abandoned then, because there is nothing left to read.
"""

from collections.abc import Sequence
from datetime import datetime

from benchmarking.store.database import Reading, Writing

LEFT_OPEN = "It was left open until its time was over, so what had been read was removed."
_OLD = """
    SELECT review_id
    FROM file_review
    WHERE organisation_id = :organisation_id AND state_since < :before
"""


def trusts_with_readings(
    reading: Reading, tables: Sequence[str], before: datetime
) -> tuple[tuple[int, str, int], ...]:
    """(number, code, rows) of each trust with rows of reviews that last moved before a moment."""
    trusts = reading.rows(
        """
        SELECT DISTINCT r.organisation_id, o.code
        FROM file_review r
        JOIN organisation o ON o.organisation_id = r.organisation_id
        WHERE r.state_since < :before
        ORDER BY o.code
        """,
        before=before,
    )
    found = ((int(one["organisation_id"]), str(one["code"])) for one in trusts)
    counted = ((number, code, _rows(reading, tables, number, before)) for number, code in found)
    return tuple(one for one in counted if one[2])


def remove(writing: Writing, tables: Sequence[str], organisation_id: int, before: datetime) -> int:
    """Removes a trust's rows of reviews that last moved before a moment; how many."""
    removed = sum(
        writing.run(
            f"DELETE FROM {table} WHERE review_id IN ({_OLD})",
            organisation_id=organisation_id,
            before=before,
        )
        for table in tables
    )
    writing.run(
        """
        UPDATE file_review SET state = 'abandoned', reason = :reason
        WHERE organisation_id = :organisation_id AND state_since < :before
            AND state NOT IN ('closed', 'abandoned')
        """,
        reason=LEFT_OPEN,
        organisation_id=organisation_id,
        before=before,
    )
    return removed


def _rows(reading: Reading, tables: Sequence[str], organisation_id: int, before: datetime) -> int:
    counts = (
        reading.value(
            f"SELECT count(*) FROM {table} WHERE review_id IN ({_OLD})",
            organisation_id=organisation_id,
            before=before,
        )
        for table in tables
    )
    return sum(map(int, counts))
