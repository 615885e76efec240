"""How far the database has come: a number that rises with everything written."""

from benchmarking.store.database import Reading


def newest(reading: Reading) -> int:
    """The number of the last audit entry, and so of the last change; 0 before the first.

    Every write makes an entry, drafts included. For results that only the trust itself sees;
    what others may see changes with ``installation.data_revision``.
    """
    return int(reading.value("SELECT max(audit_id) FROM audit") or 0)
