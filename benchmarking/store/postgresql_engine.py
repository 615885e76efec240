"""What only PostgreSQL needs: how it is reached and its refusals explained."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, OperationalError

# Any number will do, as long as every replica uses the same one.
_WRITERS = 20_140_301
# Rows that are written as text at a time.
_AT_ONCE = 100_000
# A writer that stopped half-way must not keep the others waiting for ever.
_OPTIONS = "-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s"


def is_meant(address: str) -> bool:
    """Whether an address names a PostgreSQL server."""
    return address.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def create(address: str, *, read_only: bool = False, backups: Path | None = None) -> Engine:
    """An engine on a PostgreSQL database, through psycopg 3; it writes no file.

    Raises:
        ValueError: the address cannot be read. Does not repeat it: it may hold a password.
    """
    return create_engine(
        _url(address),
        pool_pre_ping=True,
        pool_size=20,
        max_overflow=20,
        hide_parameters=True,
        # Said for each transaction: a connection that goes back to the pool forgets it.
        execution_options={"postgresql_readonly": True} if read_only else {},
        connect_args={"options": _OPTIONS, "connect_timeout": 10},
    )


def for_reading(engine: Engine) -> Engine:
    """The same engine, whose transactions see one moment and cannot write."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def take_turn(connection: Connection) -> None:
    """Waits until no other process writes; its end of the transaction lets the next one in."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:writers)"), {"writers": _WRITERS})


def load(connection: Connection, table: str, frame: pd.DataFrame) -> None:
    """Adds a frame's rows to the table's columns of the same names."""
    names = ", ".join(str(name) for name in frame.columns)
    inner: Any = connection.connection.driver_connection
    sql = f"COPY {table} ({names}) FROM STDIN (FORMAT csv)"
    with _failing_alike(sql), inner.cursor() as cursor, cursor.copy(sql) as copying:
        for first in range(0, len(frame), _AT_ONCE):
            piece = frame.iloc[first : first + _AT_ONCE]
            copying.write(piece.to_csv(index=False, header=False))


# By table. DuckDB finds rows by scanning their columns, and keeps no index beside its keys. Answers
# come in the order of their batches, so that an index of ranges is enough: a thousandth of the
# size of one with every row.
_INDEXES = {
    "response": "CREATE INDEX IF NOT EXISTS response_by_batch ON response USING brin (batch)",
    "evidence": "CREATE INDEX IF NOT EXISTS evidence_by_assessment "
    "ON evidence (organisation_id, cycle_id)",
    "survey_invitation": "CREATE INDEX IF NOT EXISTS survey_invitation_by_sending "
    "ON survey_invitation (organisation_id, cycle_id, sending_id)",
    "role_grant": "CREATE INDEX IF NOT EXISTS role_grant_by_person ON role_grant (person_id)",
}


def add_indexes(connection: Connection, tables: set[str]) -> None:
    """Adds the indexes that only PostgreSQL needs, to those tables that are there."""
    for table in sorted(tables & _INDEXES.keys()):
        connection.execute(text(_INDEXES[table]))


def add_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Adds rows as they come from a database: what is missing stays missing."""
    inner: Any = connection.connection.driver_connection
    sql = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with _failing_alike(sql), inner.cursor() as cursor, cursor.copy(sql) as copying:
        for row in rows:
            copying.write_row(row)


@contextmanager
def _failing_alike(sql: str) -> Iterator[None]:
    """What goes wrong in a COPY, which SQLAlchemy does not see, as what it does see."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise OperationalError(sql, None, error) from error
    except psycopg.DataError as error:
        raise DataError(sql, None, error) from error
    except psycopg.IntegrityError as error:
        raise IntegrityError(sql, None, error) from error


def foreign_keys(connection: Connection) -> list[tuple[str, str]]:
    """(table, table that its rows refer to), once for each pair."""
    found = connection.execute(
        text(
            """
            SELECT DISTINCT child.relname AS child, parent.relname AS parent
            FROM pg_constraint k
            JOIN pg_class child ON child.oid = k.conrelid
            JOIN pg_class parent ON parent.oid = k.confrelid
            JOIN pg_namespace n ON n.oid = k.connamespace
            WHERE k.contype = 'f' AND n.nspname = current_schema()
            """
        )
    )
    return [(row.child, row.parent) for row in found]


def set_sequence(connection: Connection, name: str, position: int) -> None:
    """Makes the number after ``position`` the next one."""
    connection.execute(
        text("SELECT setval(CAST(:name AS regclass), :position)"),
        {"name": name, "position": position},
    )


def explain(address: str, reason: str) -> str:
    """Why the server was not reached, without repeating the password in the address."""
    url = _url(address)
    return (
        f"The PostgreSQL database {url.database} on {url.host or 'this machine'} cannot be "
        f"reached. Check that the server runs and that BENCHMARK_DATABASE is right. "
        f"It said: {reason}"
    )


def _url(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise ValueError(
            "BENCHMARK_DATABASE is not an address of a PostgreSQL database. "
            "Write it as postgresql://user:password@server:5432/database."
        ) from None
