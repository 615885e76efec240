"""What only DuckDB needs: how its file is opened, locked down and its refusals explained."""

from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

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
# In this order: after the last one nothing can be changed any more.
_LOCK_DOWN = ("SET enable_external_access = false", "SET lock_configuration = true")


def create(address: str) -> Engine:
    """An engine on one DuckDB file, which SQL can no longer leave.

    Raises:
        ValueError: there can be no such file, or only its log is left.
    """
    path = _prepared(address)
    engine = create_engine(
        URL.create("duckdb", database=str(path)),
        pool_size=20,
        max_overflow=60,
        hide_parameters=True,
        connect_args={"config": dict(_OPEN_WITH)},
    )
    event.listen(engine, "connect", _lock_down)
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
    if log.exists() and not path.exists():
        # DuckDB would begin an empty database here, and drop the log.
        raise ValueError(
            f"{path}: the database is gone and only its log {log.name} is left. "
            f"Put the database back beside it, or restore a backup."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(
            f"{path}: its folder cannot be made ({error.strerror}). "
            f"Choose another file with BENCHMARK_DATABASE."
        ) from error
    return path


def _lock_down(connection: Any, _record: object) -> None:
    # A second connection shares the first one's database, where this has been done already.
    locked = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
    if not locked[0]:
        for setting in _LOCK_DOWN:
            connection.execute(setting)


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


def explain(address: str, reason: str) -> str:
    """Why the file did not open, in a sentence that says what to do."""
    if "Could not set lock" in reason or "used by another process" in reason:
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
    return (
        f"{address}: this is not a database that can be opened. "
        f"Restore a backup, or move the file away to start anew. "
        f"DuckDB said: {reason}"
    )
