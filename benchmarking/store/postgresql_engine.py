"""What only PostgreSQL needs: how it is reached and its refusals explained."""

from typing import Any

import pandas as pd
from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

# Any number will do, as long as every replica uses the same one.
_WRITERS = 20_140_301
# Rows that are written as text at a time.
_AT_ONCE = 100_000
# A writer that stopped half-way must not keep the others waiting for ever.
_OPTIONS = "-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s"


def is_meant(address: str) -> bool:
    """Whether an address names a PostgreSQL server."""
    return address.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def create(address: str) -> Engine:
    """An engine on a PostgreSQL database, through psycopg 3.

    Raises:
        ValueError: the address cannot be read. Does not repeat it: it may hold a password.
    """
    return create_engine(
        _url(address),
        pool_pre_ping=True,
        pool_size=20,
        max_overflow=20,
        hide_parameters=True,
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
    with inner.cursor() as cursor, cursor.copy(sql) as copying:
        for first in range(0, len(frame), _AT_ONCE):
            piece = frame.iloc[first : first + _AT_ONCE]
            copying.write(piece.to_csv(index=False, header=False))


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
