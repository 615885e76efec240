"""Who meets a crowded database is told so, and what is kept is not said to be lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, QueuePool, create_engine

from benchmarking.store.database import Database, StoreError
from tests.store.scene import audit


def of_one(url: str | URL) -> Engine:
    """An engine with one connection, for which nobody waits long."""
    crowd = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0, "pool_timeout": 0.01}
    return create_engine(url, **crowd)


@pytest.fixture
def crowded(database: Database) -> Iterator[Database]:
    """A database with room for one at a time."""
    engine = of_one("duckdb:///:memory:" if database.is_duckdb else database.engine.url)
    yield Database(engine)
    engine.dispose()


def test_who_finds_no_connection_free_is_told_that_the_database_is_busy(crowded: Database):
    with crowded.reading() as reading:
        assert reading.value("SELECT 1") == 1
        for use in (crowded.reading, lambda: crowded.writing(audit())):
            with pytest.raises(StoreError) as told, use():
                pass
            assert str(told.value) == (
                "The database is busy: no connection to it was free for half a minute, so nothing "
                "was read or saved. Try again in a minute. If it stays so, find out what takes so "
                "long there."
            )
    with crowded.reading() as reading:
        assert reading.value("SELECT 1") == 1


def test_what_is_kept_in_the_log_is_not_said_to_be_lost_where_nobody_can_move_it(
    duckdb_file: Path,
):
    engine = of_one(f"duckdb:///{duckdb_file}")
    crowded = Database(engine)
    with crowded.reading(), pytest.raises(StoreError) as told:
        crowded.checkpoint()
    assert str(told.value) == (
        "What was done is kept in the database's log, which could not be moved into its file. "
        "Keep the two side by side, see that the disk has room, and do it once more. It said: No "
        "connection was free for half a minute."
    )
    engine.dispose()
