"""How far the database has come: two numbers that rise with what is written."""

from dataclasses import dataclass

from benchmarking.store.database import Reading


@dataclass(frozen=True)
class Stand:
    """Where the database stands at one moment.

    ``change`` is the number of the last audit entry, and so of the last change of anything,
    drafts included; 0 before the first. ``data_revision`` rises only with what others may see.
    """

    change: int
    data_revision: int


def stand(reading: Reading) -> Stand:
    """Where the database stands; every page asks this once and keeps results by it."""
    found = reading.rows(
        """
        SELECT coalesce((SELECT max(audit_id) FROM audit), 0) AS change,
            coalesce((SELECT max(data_revision) FROM installation), 0) AS data_revision
        """
    )
    return Stand(**found[0])
