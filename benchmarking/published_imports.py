"""Bringing a publisher's file into the store as a new release."""

from pathlib import Path

from benchmarking import reference
from benchmarking.imports import ko41a
from benchmarking.moments import utc_now
from benchmarking.organisations import Organisations
from benchmarking.server import Server
from benchmarking.store import published
from benchmarking.store.database import AuditEntry
from benchmarking.store.published import Release

_HOST = 0  # whoever runs the command on the server's machine


def import_ko41a(running: Server, file: Path) -> str:
    """Adds a KO41a publication as a release; what was done, in sentences.

    A file that is loaded already changes nothing, be it shown or replaced since. A revised file
    becomes a new release and is shown from then on; the older one stays.

    Raises:
        ImportRefused: with every fault of the file; nothing is stored then.
    """
    read = ko41a.read(file, running.catalogue, _trusts(running))
    with running.database.reading() as reading:
        shown = published.newest(reading, reference.KO41A, read.period)
        known = published.is_loaded(reading, reference.KO41A, read.period, read.sha256)
    if known and shown is not None:
        return f"{read.summary} {_unchanged(shown, read.sha256)}"
    entry = AuditEntry(_HOST, "import ko41a", read.period, utc_now(), read.sha256)
    with running.database.writing(entry) as writing:
        reference.add_return(writing, read)
    replaced = f"It takes the place of {shown.file_name}, which is kept." if shown else ""
    return " ".join(filter(None, [read.summary, "Loaded.", replaced, *read.warnings]))


def _trusts(running: Server) -> Organisations:
    """The newest list of NHS trusts, which tells trusts from other organisations."""
    with running.database.reading() as reading:
        listed = published.periods(reading, reference.TRUSTS)
        return reference.trusts_of(reading, listed[0])


def _unchanged(shown: Release, sha256: str) -> str:
    if shown.sha256 == sha256:
        return "This file is loaded already; nothing was changed."
    return (
        f"This file was loaded before, and {shown.file_name} has taken its place since; nothing "
        "was changed."
    )
