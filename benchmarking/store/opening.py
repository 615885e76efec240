"""Opening the database of this copy: the right kind, the newest schema, an unbroken ledger."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from benchmarking.settings import Mode, Settings
from benchmarking.store import backups, evidence_files, installation, ledger, postgresql_engine
from benchmarking.store.backups import Before
from benchmarking.store.database import AuditEntry, Database, HeldElsewhere, StoreError, connect
from benchmarking.store.installation import Kind
from benchmarking.store.migrate import is_empty, kind_so_far, migrate, missing

# The audit's name for what the server does by itself.
_NOBODY = 0


def open_database(settings: Settings, now: datetime) -> Database:
    """The database of this copy, ready to use.

    A new one is set up as live in production. In a demonstration it is left as it is, for
    ``demo create`` to fill. One of an older schema is backed up before it is brought up to date.

    Args:
        settings: which database, and whether this is a demonstration.
        now: UTC without a zone.

    Raises:
        StoreError: it cannot be opened, is of the wrong kind, belongs to another or a newer
            program, or its ledger is broken, or the backup before an upgrade failed. Nothing was
            changed in it then; in a DuckDB file and its log, not a byte.
    """
    _refuse_untouched(settings)
    with ExitStack() as undo:
        database = connect(settings.database, backups=Path(settings.backups))
        undo.callback(database.engine.dispose)
        _refuse_wrong_kind(database, settings)
        _back_up_before_upgrade(database, settings, now)
        migrate(database, now)
        _refuse_broken_ledger(database)
        if settings.mode is Mode.PRODUCTION and is_empty(database):
            _set_up_live(database, now)
        undo.pop_all()
    return database


def refuse_demonstration(database: Database) -> None:
    """Passes a live or new database; a production server asks this before anything else.

    Raises:
        StoreError: it holds fictional trusts.
    """
    if kind_so_far(database) is Kind.DEMONSTRATION:
        raise StoreError(
            f"{_name(database)} is a demonstration database with fictional trusts. "
            f"A production server does not open it. Set BENCHMARK_DATABASE to the live database."
        )


def refuse_live(database: Database) -> None:
    """Passes a demonstration or a new database: in a demonstration anybody can be anybody.

    Raises:
        StoreError: it holds real trusts.
    """
    if kind_so_far(database) is Kind.LIVE:
        raise StoreError(
            f"{_name(database)} is a live database with real trusts. A demonstration server does "
            f"not open it. Set BENCHMARK_MODE to production, or BENCHMARK_DATABASE to another."
        )


def _refuse_untouched(settings: Settings) -> None:
    """Looks at a DuckDB file before it is opened to be written, which could change it.

    A newer program's file has to stay as that program left it, with what is in its log.
    """
    is_file = not postgresql_engine.is_meant(settings.database)
    if not is_file or not Path(settings.database).expanduser().is_file():
        return
    try:
        database = connect(settings.database, read_only=True)
    except HeldElsewhere:
        raise
    except StoreError:
        # A log that was cut off may have to be mended first, which only a writer does.
        return
    try:
        missing(database)
        _refuse_wrong_kind(database, settings)
    finally:
        database.engine.dispose()


def _back_up_before_upgrade(database: Database, settings: Settings, now: datetime) -> None:
    steps = missing(database)
    if not steps or is_empty(database):
        return
    files, schema = evidence_files.as_set(settings), steps[-1].number
    try:
        backups.make(database, files, Path(settings.backups), now, Before(schema))
    except StoreError as fault:
        raise StoreError(
            f"{_name(database)} has to be brought to schema {schema}, and a backup is made first. "
            f"That failed, so the upgrade has not begun. Mend this, then start again. {fault}"
        ) from fault


def _refuse_wrong_kind(database: Database, settings: Settings) -> None:
    refuse = refuse_demonstration if settings.mode is Mode.PRODUCTION else refuse_live
    refuse(database)


def _refuse_broken_ledger(database: Database) -> None:
    with database.reading() as reading:
        broken = ledger.first_broken_link(reading)
    if broken is not None:
        raise StoreError(
            f"{_name(database)}: entry {broken.entry_number} of the ledger (receipt "
            f"{broken.receipt}) does not fit the entries before it, so the ledger was changed "
            f"from outside. Restore the last backup, and find out who changed it."
        )


def _set_up_live(database: Database, now: datetime) -> None:
    entry = AuditEntry(_NOBODY, "set up installation", Kind.LIVE.value, now)
    with database.writing(entry) as writing:
        # Another replica may have come first.
        if installation.find_kind(writing) is Kind.LIVE:
            writing.give_up()
        else:
            installation.set_up(writing, Kind.LIVE, now)


def _name(database: Database) -> str:
    """The file's or the server's database name; no user and no password."""
    return str(database.engine.url.database)
