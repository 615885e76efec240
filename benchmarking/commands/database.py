"""``db``: moving, backing up, restoring and checking the database."""

import os
from collections.abc import Callable
from pathlib import Path

import click

from benchmarking import settings
from benchmarking.moments import utc_now
from benchmarking.operations import asking, backing_up, checking
from benchmarking.operations.asking import Answer, Operation
from benchmarking.settings import Settings
from benchmarking.store import (
    backups,
    copying,
    evidence_files,
    manifests,
    postgresql_engine,
    restoring,
)
from benchmarking.store.contents import AT_ONCE
from benchmarking.store.copying import Copied
from benchmarking.store.database import Database, HeldElsewhere, connect
from benchmarking.store.existing import open_existing
from benchmarking.store.manifests import Backup
from benchmarking.store.rotation import Keep


@click.group("db")
def db() -> None:
    """Move, back up, restore or check the database (docs/operations.md)."""


@db.command("copy")
@click.argument("source")
@click.argument("target")
def copy_database(source: str, target: str) -> None:
    """Write everything in the database SOURCE into the empty database TARGET.

    Each is the path of a DuckDB file or postgresql://... . What was written is read again and
    compared with what was read; the two are the same, or nothing is kept. SOURCE is not changed.
    """
    there = open_existing(source)
    try:
        copying.refuse_other_schema(there)
        into = connect(target)
        try:
            copied = copying.copy(there, into, utc_now(), _tell)
        finally:
            into.close()
    finally:
        there.engine.dispose()
    _report(copied)


@db.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Another folder for backups.")
@click.option("--daily", type=click.IntRange(0), default=Keep.daily, show_default=True)
@click.option("--weekly", type=click.IntRange(0), default=Keep.weekly, show_default=True)
@click.option("--monthly", type=click.IntRange(0), default=Keep.monthly, show_default=True)
def backup(folder: Path | None, daily: int, weekly: int, monthly: int) -> None:
    """Make a backup while people work, then remove those that need not be kept any longer.

    The newest of so many days, weeks and months are kept. While a server has a DuckDB file, the
    server is asked to make it, into its own folder and by its own numbers.
    """
    chosen = settings.read()
    keep = Keep(daily, weekly, monthly)

    def here(database: Database) -> Answer:
        made = backing_up.back_up(database, chosen, utc_now(), folder=folder, keep=keep, tell=_tell)
        return Answer(True, made.sentences)

    if folder is None and keep == Keep():
        _say(_here_or_there(chosen, Operation.BACK_UP, here))
    else:
        _say(_here(chosen, here))


@db.command("list")
@click.option("--in", "folder", type=click.Path(path_type=Path), help="Another folder of backups.")
def list_backups(folder: Path | None) -> None:
    """Show the backups, the newest first."""
    place = folder or Path(settings.read().backups)
    for one in backups.every(place):
        said = one.manifest
        click.echo(
            f"{one.place}  {said.why}, {said.kind.value}, schema {said.schema_number}, "
            f"{said.rows:,} rows, {len(said.evidence):,} evidence files"
        )
    for damaged in backups.unreadable(place):
        click.echo(f"{damaged}  cannot be read, and is left alone", err=True)


@db.command()
@click.argument("kept", metavar="BACKUP", type=click.Path(path_type=Path), required=False)
@click.option("--to", "address", default="", help="Another place than BENCHMARK_DATABASE.")
@click.option("--replace", is_flag=True, help="Move a file that is there out of the way.")
def restore(kept: Path | None, address: str, replace: bool) -> None:
    """Bring the backup in the folder BACKUP back, the newest one if none is named.

    It is checked first, and what came back is compared with it. Stop the server before.
    """
    chosen = settings.read()
    found = manifests.read(kept or backups.newest(Path(chosen.backups)))
    to = address or chosen.database
    files = evidence_files.as_set(_of(to))
    done = restoring.restore(found, to, files, utc_now(), replace=replace, tell=_tell)
    _report_restored(found, to, done)


@db.command()
@click.argument("what", metavar="[ADDRESS or BACKUP]", default="")
def check(what: str) -> None:
    """Check a database or a backup. Ends with 0, or with 1 and every fault in a sentence.

    Without a name it is the database of BENCHMARK_DATABASE; while a server has its file, the
    server is asked to check it. Changes nothing.
    """
    chosen = settings.read()
    if what and Path(what).is_dir():
        found = checking.check_backup(Path(what), utc_now())
        _say(Answer(found.is_whole, (*found.notes, *found.faults)))
        return
    files = evidence_files.as_set(_of(what or chosen.database))

    def here(database: Database) -> Answer:
        found = checking.check(database, files, utc_now())
        return Answer(found.is_whole, (*found.notes, *found.faults))

    if what and what != chosen.database:
        _say(_here(chosen, here, what))
    else:
        _say(_here_or_there(chosen, Operation.CHECK, here))


def _of(address: str) -> Settings:
    """The settings of a copy at an address: where evidence files lie can follow from it."""
    return settings.read({**os.environ, "BENCHMARK_DATABASE": address})


def _here(chosen: Settings, work: Callable[[Database], Answer], address: str = "") -> Answer:
    """Works on the database from this process."""
    database = open_existing(address or chosen.database)
    try:
        return work(database)
    finally:
        database.engine.dispose()


def _here_or_there(
    chosen: Settings, operation: Operation, work: Callable[[Database], Answer]
) -> Answer:
    """Works on the database, or has the server do it that has the file."""
    try:
        return _here(chosen, work)
    except HeldElsewhere:
        click.echo("A server has the database, so the server is asked to do it.", err=True)
        return asking.ask(chosen, operation, utc_now())


def _say(answer: Answer) -> None:
    for line in answer.lines:
        click.echo(line, err=not answer.is_well)
    if not answer.is_well:
        raise SystemExit(1)


def _tell(table: str, rows: int) -> None:
    # Small tables are done before anybody could read it.
    if rows % AT_ONCE == 0:
        click.echo(f"  {table}: {rows:,} rows", err=True)


def _report(copied: Copied) -> None:
    width = max(map(len, copied.tables))
    click.echo(f"{'Table':<{width}}  {'Rows':>12}  Digest of what both hold")
    for table, content in copied.tables.items():
        click.echo(f"{table:<{width}}  {content.rows:>12,}  {content.digest[:16]}")
    click.echo(
        f"Equal: {len(copied.tables)} tables, {len(copied.sequences)} sequences, data revision "
        f"{copied.data_revision}, {copied.ledger_entries:,} entries in an unbroken ledger."
    )
    click.echo(
        "Evidence files were not touched: they lie where BENCHMARK_EVIDENCE says. Where it is "
        "not set, that follows from the database, so set it to the folder they are in."
    )


def _report_restored(found: Backup, to: str, done: restoring.Restored) -> None:
    said = done.manifest
    name = "the PostgreSQL database" if postgresql_engine.is_meant(to) else to
    click.echo(
        f"Restored {found.place} to {name}: {said.rows:,} rows of {len(said.tables)} tables and "
        f"{said.ledger_entries:,} entries of the ledger are those that were kept."
    )
    click.echo(f"Evidence files put back: {done.files_put_back:,}.")
    if done.aside is not None:
        click.echo(f"What was there before is kept: {done.aside}")
    if done.files_lacking:
        click.echo("These evidence files are neither there nor in the backup:", err=True)
        for name in done.files_lacking:
            click.echo(f"  {name}", err=True)
