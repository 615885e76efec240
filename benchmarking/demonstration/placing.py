"""Putting the demonstration where this copy keeps its database, and nowhere else."""

import os
from datetime import date, datetime
from pathlib import Path

from benchmarking.demonstration import evidence_files
from benchmarking.demonstration.filling import create
from benchmarking.settings import Mode, Settings
from benchmarking.standard import Library
from benchmarking.store import evidence
from benchmarking.store.database import Database, connect
from benchmarking.store.evidence_files import as_set
from benchmarking.store.installation import Kind
from benchmarking.store.migrate import kind_so_far, migrate


class DemonstrationRefused(Exception):
    """The demonstration is not made. Says why and what to do; nothing was changed."""


def install(
    settings: Settings, library: Library, as_of: date, now: datetime, *, replace: bool = False
) -> None:
    """Makes the demonstration in the database of this copy.

    Args:
        settings: where the database is.
        library: the standards that are asked.
        as_of: the day around which the cycles lie.
        now: UTC without a zone.
        replace: whether a demonstration that is there already gives way to the new one.

    Raises:
        DemonstrationRefused: this is a production copy, or the database is in use.
        StoreError: the database cannot be opened, or is not ours.
    """
    if settings.mode is Mode.PRODUCTION:
        raise DemonstrationRefused(
            "BENCHMARK_MODE is production, and fictional trusts are never made there. "
            "Set BENCHMARK_MODE to demonstration, and BENCHMARK_DATABASE to another database."
        )
    database = connect(settings.database)
    try:
        kind = kind_so_far(database)
        _check_free(database, kind, replace)
        if kind is None:
            _fill(database, library, as_of, now)
            evidence_files.put(database, as_set(settings))
    finally:
        database.close()
    if kind is Kind.DEMONSTRATION:
        _swap(Path(settings.database).expanduser(), library, as_of, now)
        _replace_files(settings, now)


def _check_free(database: Database, kind: Kind | None, replace: bool) -> None:
    name = database.engine.url.database
    if kind is Kind.LIVE:
        raise DemonstrationRefused(
            f"{name} is a live database with real trusts. It was not changed. "
            f"Set BENCHMARK_DATABASE to another database for the demonstration."
        )
    if kind is Kind.DEMONSTRATION and not replace:
        raise DemonstrationRefused(
            f"{name} holds a demonstration already. It was not changed. "
            f"Add --replace to make it anew; what was entered in it is lost then."
        )
    if kind is Kind.DEMONSTRATION and not database.is_duckdb:
        raise DemonstrationRefused(
            f"{name} holds a demonstration already, and only a DuckDB file can be replaced. "
            f"Drop the PostgreSQL database, create it again and leave out --replace."
        )


def _swap(path: Path, library: Library, as_of: date, now: datetime) -> None:
    """Makes a new file beside the old one and puts it in its place once it is whole."""
    beside = path.with_name(f"{path.name}.new")
    _remove(beside)
    database = connect(str(beside))
    try:
        _fill(database, library, as_of, now)
    finally:
        database.close()
    # The log of the old file must not be taken for the new one's.
    Path(f"{path}.wal").unlink(missing_ok=True)
    os.replace(beside, path)


def _replace_files(settings: Settings, now: datetime) -> None:
    """What was brought to the old demonstration goes; the new one's files come."""
    files = as_set(settings)
    database = connect(settings.database)
    try:
        evidence_files.put(database, files)
        with database.reading() as reading:
            left_over = evidence.unnamed_files(reading, files, now)
    finally:
        database.close()
    for file in left_over:
        files.remove(file)


def _fill(database: Database, library: Library, as_of: date, now: datetime) -> None:
    migrate(database, now)
    create(database, library, as_of, now)


def _remove(path: Path) -> None:
    for leftover in (path, Path(f"{path}.wal")):
        leftover.unlink(missing_ok=True)
