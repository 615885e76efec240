"""Bringing a publisher's file into the store as a new release."""

from pathlib import Path

from benchmarking import reference
from benchmarking.imports import ko41a
from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.store import published
from benchmarking.store.database import AuditEntry

_HOST = 0  # whoever runs the command on the server's machine


def import_ko41a(running: Server, file: Path) -> str:
    """Adds a KO41a publication as a release; what was done, in sentences.

    A file that is loaded already changes nothing. A revised file becomes a new release and is
    shown from then on; the older one stays.

    Raises:
        ImportRefused: with every fault of the file; nothing is stored then.
    """
    with running.database.reading() as reading:
        periods = published.periods(reading, reference.TRUSTS)
        trusts = reference.trusts_of(reading, periods[0])
    read = ko41a.read(file, running.catalogue, trusts)
    with running.database.reading() as reading:
        before = published.newest(reading, reference.KO41A, read.period)
    if before is not None and before.sha256 == read.sha256:
        return f"{read.summary} This file is loaded already; nothing was changed."
    entry = AuditEntry(_HOST, "import ko41a", read.period, utc_now(), read.sha256)
    with running.database.writing(entry) as writing:
        reference.add_return(writing, read)
    revised = " It takes the place of an earlier release, which is kept." if before else ""
    return " ".join([read.summary, "Loaded." + revised, *read.warnings])
