"""Purging single replies whose time is over; what they add up to stays.

Names of tables come from ``data/retention.yaml`` and are held to the tables there are.
"""

from collections.abc import Sequence
from datetime import datetime

from benchmarking.store.database import Reading, Writing
from benchmarking.store.responses import Place

_OLD_PERIODS = """
    SELECT p.period
    FROM survey_period p
    JOIN cycle c ON c.cycle_id = p.cycle_id
    WHERE c.release_at < :before
"""
_OF_TRUST = f"organisation_id = :organisation_id AND period IN ({_OLD_PERIODS})"


def trusts_with_replies(
    reading: Reading, tables: Sequence[str], before: datetime
) -> tuple[tuple[int, str, int], ...]:
    """(number, code, rows) of each trust with replies of cycles released before a moment."""
    counts = " UNION ALL ".join(
        f"""
        SELECT organisation_id, count(*) AS found
        FROM {table}
        WHERE period IN ({_OLD_PERIODS})
        GROUP BY organisation_id
        """
        for table in tables
    )
    rows = reading.rows(
        f"""
        SELECT o.organisation_id, o.code, sum(n.found) AS found
        FROM ({counts}) n
        JOIN organisation o ON o.organisation_id = n.organisation_id
        GROUP BY o.organisation_id, o.code
        ORDER BY o.code
        """,
        before=before,
    )
    return tuple((row["organisation_id"], row["code"], int(row["found"])) for row in rows)


def remove(writing: Writing, tables: Sequence[str], organisation_id: int, before: datetime) -> int:
    """Removes a trust's replies of cycles released before a moment; how many rows.

    That they are gone is kept: a file of that cycle can no longer be held against them.
    """
    writing.run(
        f"""
        INSERT INTO survey_purged
        SELECT DISTINCT organisation_id, period, CAST(:now AS TIMESTAMP)
        FROM response
        WHERE {_OF_TRUST}
        ON CONFLICT DO NOTHING
        """,
        organisation_id=organisation_id,
        before=before,
        now=writing.audit.at,
    )
    return sum(
        writing.run(
            f"DELETE FROM {table} WHERE {_OF_TRUST}",
            organisation_id=organisation_id,
            before=before,
        )
        for table in tables
    )


def purged(reading: Reading) -> frozenset[Place]:
    """Whose single replies of which period are gone, so that nothing can be worked out anew."""
    rows = reading.rows("SELECT organisation_id, period FROM survey_purged")
    return frozenset(Place(row["organisation_id"], row["period"]) for row in rows)
