"""What only DuckDB needs: how its file is opened, locked down and its refusals explained."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import duckdb
import pandas as pd
import pyarrow
from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, text
from sqlalchemy.exc import DBAPIError

# A file that DuckDB 1.5 can still read, no downloads of extensions, half of the machine's
# memory at most, and a dense hash table for roll-ups. Given when the file is opened.
_OPEN_WITH = {
    "storage_compatibility_version": "v1.5.0",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "50%",
    "perfect_ht_threshold": "22",
}
_RESTORE = "Restore a backup with: python -m benchmarking db restore --replace"
# A page reads for less than this.
_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 0.02
# What the file of a copy is called while it is written.
_COPY = "backup_under_way"
# In this order: after the last one nothing can be changed any more.
_LOCK_DOWN = ("SET enable_external_access = false", "SET lock_configuration = true")


def create(address: str, *, read_only: bool = False, backups: Path | None = None) -> Engine:
    """An engine on one DuckDB file, which SQL can no longer leave, but for a folder of backups.

    Raises:
        ValueError: there can be no such file, or only its log is left.
    """
    path = _prepared(address)
    mode = {"access_mode": "READ_ONLY"} if read_only else {}
    engine = create_engine(
        URL.create("duckdb", database=str(path)),
        pool_size=20,
        max_overflow=60,
        hide_parameters=True,
        connect_args={"config": _OPEN_WITH | mode},
    )
    event.listen(engine, "connect", partial(_lock_down, backups))
    event.listen(engine, "handle_error", _begin_anew_after_fatal)
    return engine


def _prepared(address: str) -> Path:
    scheme, separator, _ = address.partition("://")
    if separator:
        raise ValueError(
            f"BENCHMARK_DATABASE begins with {scheme}://, which is not known here. "
            f"Give the path of a file, or postgresql://user:password@server/database."
        )
    path = Path(address).expanduser()
    log = Path(f"{path}.wal")
    if _is_log_alone(path, log):
        # DuckDB would begin an empty database here, and drop the log.
        raise ValueError(
            f"{path}: the database is gone and only its log {log.name} is left. "
            f"Put the database back beside it. {_RESTORE}, if it is lost."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(
            f"{path}: its folder cannot be made ({error.strerror}). "
            f"Choose another file with BENCHMARK_DATABASE."
        ) from error
    return path


def _is_log_alone(path: Path, log: Path) -> bool:
    try:
        return log.exists() and not path.exists()
    except OSError as error:
        raise ValueError(
            f"{path}: its folder may not be looked into ({error.strerror}). "
            f"Change its owner or permissions, or choose another file with BENCHMARK_DATABASE."
        ) from error


def _lock_down(backups: Path | None, connection: Any, _record: object) -> None:
    # A second connection shares the first one's database, where this has been done already.
    locked = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
    if locked[0]:
        return
    if backups is not None:
        folder = str(backups.expanduser().absolute()).replace("'", "''")
        connection.execute(f"SET allowed_directories = ['{folder}']")
    for setting in _LOCK_DOWN:
        connection.execute(setting)


def move_log(connection: Connection) -> None:
    """Moves what is in the log into the file; lets it be where somebody reads for too long.

    DuckDB refuses while a transaction is open that began before the last UPDATE, though it only
    reads. Nobody writes meanwhile, so that waiting for such readers has an end.
    """
    until = monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            connection.execute(text("CHECKPOINT"))
        except DBAPIError as error:
            if "other write transactions active" not in str(error.orig):
                raise
            if monotonic() > until:
                return
            # What it refused, it has aborted.
            connection.rollback()
            sleep(_PAUSE_SECONDS)
        else:
            return


def may_copy_to(connection: Connection, file: Path) -> bool:
    """Whether this database may be copied to a file while it is open."""
    found = connection.execute(text("SELECT current_setting('allowed_directories')")).scalar()
    return any(Path(folder) in file.absolute().parents for folder in found or ())


def copy_to(connection: Connection, file: Path) -> list[str]:
    """Copies the whole database into a new file, by the engine itself; the tables that differ.

    ``let_go`` is still to be called, once the transaction is over.
    """
    place = str(file.absolute()).replace("'", "''")
    own = connection.execute(text("SELECT current_database()")).scalar()
    version = _OPEN_WITH["storage_compatibility_version"]
    connection.execute(text(f"ATTACH '{place}' AS {_COPY} (STORAGE_VERSION '{version}')"))
    connection.execute(text(f'COPY FROM DATABASE "{own}" TO {_COPY}'))
    tables = connection.execute(
        text("SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()")
    ).scalars()
    return [
        name
        for name in sorted(tables.all())
        if _sum_of(connection, f'"{own}".main.{name}')
        != _sum_of(connection, f"{_COPY}.main.{name}")
    ]


def let_go(connection: Connection) -> None:
    """Closes the file of a copy."""
    connection.execute(text(f"DETACH DATABASE IF EXISTS {_COPY}"))


def _sum_of(connection: Connection, table: str) -> tuple[Any, ...]:
    """The number of rows, and a sum of their hashes: one and the same engine's, so comparable."""
    found = connection.execute(text(f"SELECT count(*), sum(hash(t)) FROM {table} t"))
    return tuple(found.one())


def _begin_anew_after_fatal(context: ExceptionContext) -> None:
    """Closes what is open, so that the next to come opens the file again.

    A full disk in the middle of a checkpoint is fatal to DuckDB: until its last connection is
    closed it answers nobody, not even those who only read.
    """
    if isinstance(context.original_exception, duckdb.FatalException | duckdb.InternalException):
        context.is_disconnect = True
        if context.engine is not None:
            context.engine.dispose()


def has_undone(reason: str) -> bool:
    """Whether a change that failed at its end is known to have been undone."""
    return reason.startswith("TransactionContext Error: Failed to commit")


def load(connection: Connection, table: str, frame: pd.DataFrame) -> None:
    """Adds a frame's rows to the table's columns of the same names."""
    names = ", ".join(str(name) for name in frame.columns)
    # Registered by name, because SQL can no longer look at what lies outside the database.
    inner: Any = connection.connection.driver_connection
    inner.register("rows_to_load", frame)
    try:
        connection.execute(text(f"INSERT INTO {table} ({names}) SELECT {names} FROM rows_to_load"))
    finally:
        inner.unregister("rows_to_load")


def add_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Adds rows as they come from a database: what is missing stays missing.

    A million rows of six numbers take 1.5 s; as arrays bound to a statement they take 10 s.

    Raises:
        ValueError: a column's values are of different kinds.
    """
    try:
        named = {
            name: pyarrow.array(column)
            for name, column in zip(columns, zip(*rows, strict=True), strict=True)
        }
    except pyarrow.ArrowException:
        # Its own words quote the value.
        raise ValueError(f"The values of a column of {table} are of different kinds.") from None
    names = ", ".join(columns)
    inner: Any = connection.connection.driver_connection
    inner.register("rows_to_add", pyarrow.table(named))
    connection.execute(text(f"INSERT INTO {table} ({names}) SELECT {names} FROM rows_to_add"))
    # Where that failed, so did the transaction, and with it the name.
    inner.unregister("rows_to_add")


def foreign_keys(connection: Connection) -> list[tuple[str, str]]:
    """(table, table that its rows refer to), once for each pair."""
    found = connection.execute(
        text(
            """
            SELECT DISTINCT table_name, referenced_table
            FROM duckdb_constraints()
            WHERE constraint_type = 'FOREIGN KEY' AND schema_name = current_schema()
            """
        )
    )
    return [(row.table_name, row.referenced_table) for row in found]


def set_sequence(connection: Connection, name: str, position: int) -> None:
    """Makes the number after ``position`` the next one; DuckDB has no setval."""
    connection.execute(text(f"CREATE OR REPLACE SEQUENCE {name} START WITH {position + 1}"))


def is_held(reason: str) -> bool:
    """Whether a file did not open because another process has it."""
    return "Could not set lock" in reason or "used by another process" in reason


def explain(address: str, reason: str) -> str:
    """Why the file did not open, in a sentence that says what to do."""
    if is_held(reason):
        return (
            f"{address}: another process is using this database. "
            f"Stop the other server first, or choose another file with BENCHMARK_DATABASE. "
            f"DuckDB said: {reason}"
        )
    if "Permission denied" in reason or "Read-only file system" in reason:
        return (
            f"{address}: this file may not be read and written here. "
            f"Change its owner or permissions, or choose another with BENCHMARK_DATABASE. "
            f"DuckDB said: {reason}"
        )
    if "replaying WAL" in reason:
        return (
            f"{address}: its log {Path(address).name}.wal is damaged, or is another database's. "
            f"If you know which log is its own, put that back; else keep a copy of both files. "
            f"{_RESTORE}. DuckDB said: {reason}"
        )
    return (
        f"{address}: this is not a database that can be opened. "
        f"{_RESTORE}, or move the file away to start anew. "
        f"DuckDB said: {reason}"
    )
