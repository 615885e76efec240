"""Moving everything from one database into an empty one of either engine, and proving it equal."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from benchmarking.store import duckdb_engine, installation, ledger, postgresql_engine
from benchmarking.store.contents import (
    Content,
    Tally,
    Tell,
    columns_of,
    contents_of,
    parents_first,
    rows_of,
    sequences_of,
    silent,
)
from benchmarking.store.database import Database, Reading, StoreError
from benchmarking.store.failing import BUSY, NoConnectionFree, first_line
from benchmarking.store.migrate import migrate, missing, schema_of, tables

# Tables in which the steps of the schema themselves leave rows.
FILLED_BY_STEPS = ("schema_migration", "survey_item")


class CopyFailed(StoreError):
    """A copy was not made. Says why, and that the target holds nothing of it."""


@dataclass(frozen=True)
class Copied:
    """What was read and what is there now, table by table: the same."""

    schema: int
    data_revision: int
    ledger_entries: int
    tables: Mapping[str, Content]
    sequences: Mapping[str, int]


@dataclass(frozen=True)
class _Read:
    """What was read of a source: of its tables, and its data revision."""

    tables: Mapping[str, Content]
    data_revision: int


def refuse_other_schema(database: Database) -> None:
    """Passes a database whose schema is the newest that this program knows.

    Raises:
        StoreError: it is older, newer, or of another program.
    """
    steps = missing(database)
    if steps:
        with database.reading() as reading:
            schema = schema_of(reading)
        raise CopyFailed(
            f"The database to copy from has schema {schema}, and this program works with "
            f"{steps[-1].number}. Start the server on it once, which brings it up to date and "
            f"makes a backup first. Then copy. Nothing was written."
        )


def copy(source: Database, target: Database, now: datetime, tell: Tell = silent) -> Copied:
    """Writes all rows of a database into an empty one, in one transaction, and compares them.

    What is read is the source at one moment, whoever writes to it meanwhile. The target is
    given the schema of the source. A table's rows are read in batches, so that memory does not
    grow with them.

    Args:
        source: any schema that this program knows.
        target: nothing may be in it.
        now: for the steps of the target's schema, in UTC.
        tell: told after every batch.

    Raises:
        CopyFailed: the target is not empty, or what was written is not what was read. The
            target has a schema then, and no rows.
        StoreError: one of the two failed; the same holds for the target.
    """
    missing(source)
    refuse_full(target)
    with ExitStack() as of_source:
        reading = of_source.enter_context(source.reading())
        migrate(target, now, up_to=schema_of(reading))
        with target.alone() as connection, _failing_in_words():
            # Somebody may have begun to use it since it was looked at.
            _refuse_rows(Reading(connection))
            _empty(connection)
            read = _write_all(reading, connection, tell)
            # PostgreSQL ends a session that is silent for a minute, and what follows takes longer.
            of_source.close()
            return _proven(Reading(connection), read)


def copy_by_itself(source: Database, file: Path) -> bool:
    """Has DuckDB copy its open database into a new file; whether it may, where that is.

    Writers wait meanwhile: 0.6 s of work for the demonstration, and no reader is needed that
    would keep the log from being moved. Nobody else waits.

    Raises:
        CopyFailed: what is in the file is not what is in the database.
        StoreError: the database failed, or there is no room.
    """
    if not source.is_duckdb:
        return False
    with _failing_in_words(), source.engine.connect() as connection:
        if not duckdb_engine.may_copy_to(connection, file):
            return False
    try:
        with source.alone() as connection, _failing_in_words():
            different = duckdb_engine.copy_to(connection, file)
            if different:
                raise _not_taken(f"The copy differs in {', '.join(different)}.")
    finally:
        with _failing_in_words(), source.engine.connect() as connection:
            duckdb_engine.let_go(connection)
    return True


def found_in(database: Database, tell: Tell = silent) -> Copied:
    """What a copy holds.

    Raises:
        CopyFailed: its ledger is broken, as it was in the database that was copied.
    """
    with database.reading() as reading:
        return _copied(reading, contents_of(reading, tell))


def refuse_full(target: Database) -> None:
    """Passes a database in which nothing is yet, whatever its schema; raises as ``copy``."""
    missing(target)
    with target.reading() as reading:
        if "schema_migration" in tables(reading):
            _refuse_rows(reading)


def _refuse_rows(reading: Reading) -> None:
    for table in sorted(tables(reading) - set(FILLED_BY_STEPS)):
        if reading.value(f"SELECT count(*) FROM {table}"):
            raise CopyFailed(
                f"There is something in the database to copy into: the table {table} has rows. "
                f"Name a new or an empty one. This one was not changed."
            )


def _empty(connection: Connection) -> None:
    """Makes room for the source's own rows in the tables that steps have filled."""
    for table in FILLED_BY_STEPS:
        if table in tables(Reading(connection)):
            connection.execute(text(f"DELETE FROM {table}"))


def _write_all(reading: Reading, connection: Connection, tell: Tell) -> _Read:
    """Writes every table and sequence; what was read."""
    columns, engine = columns_of(reading), _engine_of(connection)
    keys = engine.foreign_keys(connection)
    found = {
        table: _write_table(reading, connection, table, columns[table], tell)
        for table in parents_first(list(columns), keys)
    }
    # Read after the rows: a number that is given meanwhile may be left out, never given twice.
    for name, position in sequences_of(reading).items():
        if position:
            engine.set_sequence(connection, name, position)
    return _Read(found, installation.data_revision(reading))


def _write_table(
    reading: Reading, connection: Connection, table: str, columns: Sequence[str], tell: Tell
) -> Content:
    engine, tally, written = _engine_of(connection), Tally(), 0
    with _failing_in_words(table), closing(rows_of(reading, table, columns)) as batches:
        for rows in batches:
            tally.add(rows)
            engine.add_rows(connection, table, columns, rows)
            written += len(rows)
            tell(table, written)
    return tally.content


def _proven(written: Reading, read: _Read) -> Copied:
    """What was copied, once what was written has been read again and is the same."""
    there, expected = contents_of(written), read.tables
    names = expected.keys() | there
    different = sorted(name for name in names if expected.get(name) != there.get(name))
    if different:
        raise CopyFailed(
            f"What was written is not what was read, in {', '.join(different)}. Nothing of it was "
            f"kept. Check the disks of both databases, then copy again."
        )
    if read.data_revision != installation.data_revision(written):
        raise CopyFailed("The data revisions differ. Nothing was kept. Copy again.")
    return _copied(written, there)


def _copied(written: Reading, there: Mapping[str, Content]) -> Copied:
    broken = ledger.first_broken_link(written)
    if broken is not None:
        raise CopyFailed(
            f"Entry {broken.entry_number} of the ledger (receipt {broken.receipt}) does not fit "
            f"the entries before it, in the database that was read too. Nothing was kept. Run: "
            f"python -m benchmarking ledger verify"
        )
    return Copied(
        schema=schema_of(written),
        data_revision=installation.data_revision(written),
        ledger_entries=ledger.count(written),
        tables=dict(sorted(there.items())),
        sequences=sequences_of(written),
    )


def _engine_of(connection: Connection) -> Any:
    return duckdb_engine if connection.dialect.name == "duckdb" else postgresql_engine


@contextmanager
def _failing_in_words(table: str = "") -> Iterator[None]:
    """Says what failed, never which value: an engine's own words on what it refuses quote it."""
    try:
        yield
    except (DataError, IntegrityError, ValueError):
        of = f" of the table {table}" if table else ""
        raise _not_taken(f"A row{of} does not fit into the other database.") from None
    except DBAPIError as error:
        raise _not_taken(first_line(error)) from None
    except NoConnectionFree:
        raise CopyFailed(BUSY) from None


def _not_taken(reason: str) -> CopyFailed:
    return CopyFailed(
        f"The copy was broken off, and nothing of it was kept. Check the disk and both "
        f"databases, then copy again. It said: {reason[:300]}"
    )
