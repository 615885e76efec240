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
        SELECT (SELECT max(audit_id) FROM audit) AS change, data_revision
        FROM installation
        """
    )
    return Stand(found[0]["change"] or 0, found[0]["data_revision"]) if found else Stand(0, 0)
