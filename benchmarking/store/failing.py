"""What fails in the store, said to the person who runs the server."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from benchmarking import measures
from benchmarking.store import duckdb_engine
from benchmarking.store.users import Stopping


class StoreError(Exception):
    """The database cannot be used. Written for the person who runs the server."""


class HeldElsewhere(StoreError):
    """Another process has the DuckDB file, so nobody else can open it."""


KEPT_NOTHING = (
    "The database failed, so nothing of this was kept. "
    "Check the disk, the server and the last backup. It said: {}"
)
NOT_READ = (
    "The database could not be read. Check the disk and the server. If its file is damaged, "
    "restore a backup with: python -m benchmarking db restore --replace. It said: {}"
)
BUSY = (
    "The database is busy: no connection to it was free for half a minute, so nothing was read or "
    "saved. Try again in a minute. If it stays so, find out what takes so long there."
)
STAYS_IN_LOG = (
    "What was done is kept in the database's log, which could not be moved into its file. "
    "Keep the two side by side, see that the disk has room, and do it once more. It said: {}"
)
NOT_CERTAIN = (
    "The database failed at the end of a change, so it is not certain whether the change was "
    "kept. Look before you do it again; check the disk, the server and the last backup. "
    "It said: {}"
)


@contextmanager
def ending_in_words(is_duckdb: bool) -> Iterator[None]:
    """Of a change that failed at its very end, only one engine's one word is proof."""
    try:
        yield
    except DBAPIError as error:
        is_undone = is_duckdb and duckdb_engine.has_undone(first_line(error))
        if is_undone or isinstance(error, IntegrityError):
            raise
        measures.DATABASE_ERRORS.inc()
        raise StoreError(NOT_CERTAIN.format(first_line(error))) from error


@contextmanager
def failing_in_words(what: str = KEPT_NOTHING) -> Iterator[None]:
    """Says what became of what is done within; ``what`` takes the engine's reason."""
    try:
        yield
    except Stopping:
        raise StoreError(
            "The server is stopping, so nothing was read or saved. What was saved before is kept. "
            "Try again in a minute."
        ) from None
    except (IntegrityError, ProgrammingError, DataError):
        # What a caller got wrong is not a fault of the database.
        raise
    except DBAPIError as error:
        measures.DATABASE_ERRORS.inc()
        raise StoreError(what.format(first_line(error))) from error
    except NoConnectionFree:
        measures.DATABASE_ERRORS.inc()
        # The engine's own words are about pools and overflows.
        busy = STAYS_IN_LOG.format("No connection was free for half a minute.")
        raise StoreError(busy if what is STAYS_IN_LOG else BUSY) from None


def first_line(error: DBAPIError) -> str:
    """What the engine itself said, without the statement and its values."""
    return (str(error.orig).splitlines() or ["nothing"])[0]
