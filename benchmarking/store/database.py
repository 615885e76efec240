"""The database: one way to read, and one way to write that cannot forget its audit entry."""

import re
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
from sqlalchemy import Connection, CursorResult, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import Pool

from benchmarking import measures
from benchmarking.store import duckdb_engine, postgresql_engine
from benchmarking.store.failing import (
    NOT_READ,
    STAYS_IN_LOG,
    HeldElsewhere,
    StoreError,
    ending_in_words,
    failing_in_words,
    first_line,
)
from benchmarking.store.users import Users

Row = Mapping[str, Any]

# Shorter than what service managers and balancers wait for a process to end (30 to 90 seconds).
PATIENCE_SECONDS = 20.0


@dataclass(frozen=True)
class AuditEntry:
    """Who does what to which thing. ``detail`` holds no free text and no answer text."""

    person_id: int
    action: str
    subject: str
    at: datetime
    detail: str = ""


class Reading:
    """A connection that is only read from. All values are bound, never pasted into SQL."""

    def __init__(self, connection: Connection):
        self._connection = connection

    @property
    def pool(self) -> Pool:
        """What all connections of one open database share."""
        return self._connection.engine.pool

    def rows(self, sql: str, /, **values: object) -> list[Row]:
        """All rows, each a mapping from column name to value."""
        return cast("list[Row]", self._execute(sql, values).mappings().all())

    def row(self, sql: str, /, **values: object) -> Row | None:
        """The first row, or None where there is none."""
        return cast("Row | None", self._execute(sql, values).mappings().first())

    def value(self, sql: str, /, **values: object) -> Any:
        """The first column of the first row, or None."""
        return self._execute(sql, values).scalar()

    def frame(self, sql: str, /, **values: object) -> pd.DataFrame:
        """All rows as a frame with the columns of the query. For many rows; else use ``rows``."""
        found = self._execute(sql, values)
        return pd.DataFrame([tuple(row) for row in found], columns=list(found.keys()))

    def batches(self, sql: str, size: int, /) -> Generator[list[tuple[Any, ...]], None, None]:
        """All rows in lists of at most ``size``, for more than should be in memory at once.

        Who does not take all of them closes it.
        """
        options = {"stream_results": True}
        with closing(self._connection.execute(text(sql), execution_options=options)) as found:
            while batch := found.fetchmany(size):
                yield [tuple(row) for row in batch]

    def _execute(self, sql: str, values: Mapping[str, object]) -> CursorResult[Any]:
        for value in values.values():
            _check_storable(value)
        return self._connection.execute(text(sql), values)


class Writing(Reading):
    """One transaction with its audit entry already in it.

    Functions of the store that write take a ``Writing``; there is no other way to get one
    than ``Database.writing(audit)``, so that no write goes without its entry.
    """

    def __init__(self, connection: Connection, audit: AuditEntry, types: dict[str, dict[str, str]]):
        super().__init__(connection)
        self.audit = audit
        self.is_given_up = False
        self._types = types

    def run(self, sql: str, /, **values: object) -> int:
        """Runs one statement; the number of rows it changed."""
        return self._execute(sql, values).rowcount

    def change_one(self, sql: str, /, **values: object) -> bool:
        """Runs a statement on a row that must still be as it was read; whether it was.

        Where it was not, the transaction is given up.
        """
        changed = self.run(sql, **values) == 1
        if not changed:
            self.give_up()
        return changed

    def give_up(self) -> None:
        """Keeps nothing of this transaction, nor its audit entry."""
        self.is_given_up = True

    def bulk(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Adds many rows to a table, in one statement.

        Columns travel as arrays: 22,000 rows of four columns take 0.1 s on DuckDB, where a
        statement for each row takes 5 s.
        """
        if not rows:
            return
        arrays, values = self._as_arrays(table, columns, rows)
        measures.ROWS.labels(table).inc(len(rows))
        self.run(f"INSERT INTO {table} ({', '.join(columns)}) {arrays}", **values)

    def bulk_change(
        self,
        table: str,
        by: Sequence[str],
        columns: Sequence[str],
        rows: Sequence[Sequence[object]],
    ) -> None:
        """Changes many rows of a table, in one statement.

        Args:
            table: whose rows.
            by: the columns in which a row is found.
            columns: the columns that change.
            rows: of each row first where it is found, then what it says from now on.
        """
        if not rows:
            return
        arrays, values = self._as_arrays(table, (*by, *columns), rows)
        changes = ", ".join(f"{name} = said.{name}" for name in columns)
        found = " AND ".join(f"{table}.{name} = said.{name}" for name in by)
        self.run(f"UPDATE {table} SET {changes} FROM ({arrays}) AS said WHERE {found}", **values)

    def bulk_columns(self, table: str, columns: Mapping[str, np.ndarray | Sequence[str]]) -> None:
        """Adds a great many rows to a table, given as columns of numbers or short plain texts.

        Arrays are handed to the engine as they are. Nothing may be missing, and no text empty or
        with a NUL.
        """
        frame = pd.DataFrame(dict(columns))
        if len(frame):
            measures.ROWS.labels(table).inc(len(frame))
            is_duckdb = self._connection.dialect.name == "duckdb"
            (duckdb_engine if is_duckdb else postgresql_engine).load(self._connection, table, frame)

    def _as_arrays(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> tuple[str, dict[str, list[object]]]:
        """A query that gives these rows, and its values: an array for each column."""
        types = self._types_of(table)
        query = ", ".join(f"unnest(CAST(:{name} AS {types[name]}[])) AS {name}" for name in columns)
        values = {
            name: list(column)
            for name, column in zip(columns, zip(*rows, strict=True), strict=True)
        }
        for value in (value for column in values.values() for value in column):
            _check_storable(value)
        return f"SELECT {query}", values

    def _types_of(self, table: str) -> dict[str, str]:
        if table not in self._types:
            found = self.rows(
                """
                SELECT column_name, data_type
                FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = :table
                """,
                table=table,
            )
            self._types[table] = {row["column_name"]: row["data_type"] for row in found}
        return self._types[table]


# NUL ends a text in PostgreSQL, and half of a surrogate pair has no UTF-8.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def _check_storable(value: object) -> None:
    """Passes what both engines keep unchanged; the other would refuse or alter the rest."""
    if isinstance(value, str) and _NO_TEXT.search(value):
        raise ValueError("A text holds a character that cannot be kept. Clean it before saving.")
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise ValueError(f"{value} has a time zone. Times are kept in UTC without one.")


@dataclass
class Database:
    """An open database of either engine.

    Writers take turns, on both engines: within this process by a lock (DuckDB would fail the
    second of two), between processes by a lock of PostgreSQL's that ends with the
    transaction. So a write sees all that was written before it, and numbers have no races.
    ``writes`` counts them, those that came to nothing included.
    """

    engine: Engine
    writes: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _writer: int | None = None
    _types: dict[str, dict[str, str]] = field(default_factory=dict)
    _users: Users = field(default_factory=Users)
    _is_given_back: bool = False

    @property
    def is_duckdb(self) -> bool:
        return self.engine.dialect.name == "duckdb"

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The database as it is at one moment; what others write meanwhile is not seen.

        Raises:
            StoreError: the database failed, or the server is stopping.
        """
        engine = self.engine if self.is_duckdb else postgresql_engine.for_reading(self.engine)
        with failing_in_words(NOT_READ), self._users.one(), self._connected(engine) as connection:
            yield Reading(connection)

    @contextmanager
    def writing(self, audit: AuditEntry) -> Iterator[Writing]:
        """One transaction: everything in it is kept, or nothing.

        Raises:
            StoreError: the database failed, or the server is stopping; nothing was kept.
        """
        with measures.one_write() as ended, self.alone() as connection:
            writing = Writing(connection, audit, self._types)
            _write_audit(writing)
            yield writing
            if writing.is_given_up:
                connection.rollback()
                ended.append("given up")

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A transaction without an audit entry while nobody else writes: for migrations."""
        with failing_in_words(), self._users.one(), self._turn_taken() as connection:
            yield connection

    @contextmanager
    def _turn_taken(self) -> Iterator[Connection]:
        if self._writer == threading.get_ident():
            raise RuntimeError("A write began inside another. Make the two one transaction.")
        began = time.perf_counter()
        with self._turn, self._connected(self.engine) as connection:
            self._writer = threading.get_ident()
            try:
                if not self.is_duckdb:
                    postgresql_engine.take_turn(connection)
                measures.WRITE_WAITS.observe(time.perf_counter() - began)
                yield connection
                with ending_in_words(self.is_duckdb):
                    connection.commit()
            finally:
                self.writes += 1
                self._writer = None

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        with engine.connect() as connection:
            try:
                yield connection
            finally:
                if self._is_given_back:
                    # It has outlived its pool, so nobody else closes it.
                    connection.invalidate()

    def checkpoint(self) -> None:
        """Moves what is in DuckDB's write-ahead log into the file; nothing on PostgreSQL.

        A log that lost its tail opens without an error, so what was submitted must not
        stay there.

        Where somebody has been reading since before the last change, for longer than a page
        does, it stays in the log until the next time.

        Raises:
            StoreError: it stayed in the log for another reason; it is kept there.
        """
        with failing_in_words(STAYS_IN_LOG), self._users.one():
            self._move_log()

    def close(self, patience: float = PATIENCE_SECONDS) -> None:
        """Gives the database back once nobody uses it; who comes from now on is turned away.

        What is under way is waited for, ``patience`` seconds at most. A second call does nothing.

        Raises:
            StoreError: it is still in use, or the log could not be moved into the file. What was
                saved is kept in both cases, and the next start finds it.
        """
        if self._is_given_back:
            return
        has_ended = self._users.turn_away(patience)
        try:
            if not has_ended:
                raise StoreError(_STILL_IN_USE.format(patience))
            with failing_in_words(STAYS_IN_LOG):
                self._move_log()
        finally:
            self._is_given_back = True
            self.engine.dispose()

    def _move_log(self) -> None:
        if self.is_duckdb:
            with self._turn_taken() as connection:
                duckdb_engine.move_log(connection)


_STILL_IN_USE = (
    "The database was still in use {:.0f} seconds after the server began to stop, so its log was "
    "not moved into its file. What was saved is kept: the next start reads the log. Start again "
    "once this process has ended, and never remove the log."
)


def _write_audit(writing: Writing) -> None:
    entry = writing.audit
    writing.run(
        """
        INSERT INTO audit (audit_id, written_at, person_id, action, subject, detail)
        VALUES (nextval('audit_number'), :at, :person_id, :action, :subject, :detail)
        """,
        at=entry.at,
        person_id=entry.person_id,
        action=entry.action,
        subject=entry.subject,
        detail=entry.detail,
    )


def connect(address: str, *, read_only: bool = False, backups: Path | None = None) -> Database:
    """The database at an address, without looking at what is in it.

    Args:
        address: a path to a DuckDB file, or ``postgresql://...``.
        backups: the one folder to which a DuckDB file can be copied while it is open.
        read_only: nothing can be written, and not a byte of a file or its log changes. A file
            that is not there is not made.

    Raises:
        HeldElsewhere: another process has the file.
        StoreError: it cannot be opened for another reason; says which and what to do.
    """
    kind = postgresql_engine if postgresql_engine.is_meant(address) else duckdb_engine
    try:
        engine = kind.create(address, read_only=read_only, backups=backups)
    except ValueError as error:
        raise StoreError(str(error)) from None
    try:
        engine.connect().close()
    except DBAPIError as error:
        engine.dispose()
        reason = first_line(error)
        refused = HeldElsewhere if duckdb_engine.is_held(reason) else StoreError
        raise refused(kind.explain(address, reason)) from error
    return Database(engine)
