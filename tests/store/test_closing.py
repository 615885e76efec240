"""A database that is given back is free: whoever uses it is waited for, and nobody comes after."""

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarking.store import answers
from benchmarking.store.database import Database, StoreError, connect
from benchmarking.store.migrate import migrate
from tests.holding import is_held
from tests.store.scene import ITEM, KEY, NOW, audit, furnish, say

STOPPING = (
    "The server is stopping, so nothing was read or saved. What was saved before is kept. "
    "Try again in a minute."
)
# Longer than any step here takes on a busy machine; nothing waits for it to pass.
LONG = 60.0


@pytest.fixture
def opened(duckdb_file: Path) -> Database:
    """A small demonstration on DuckDB."""
    found = connect(str(duckdb_file))
    migrate(found, NOW)
    furnish(found)
    return found


@contextmanager
def busy(work: Callable[[threading.Event], None]) -> Iterator[tuple[Future[None], threading.Event]]:
    """Some work in a thread of its own, which has begun; the event lets it end."""
    begun, may_end = threading.Event(), threading.Event()

    def run() -> None:
        begun.set()
        work(may_end)

    with ThreadPoolExecutor(1) as beside:
        future = beside.submit(run)
        assert begun.wait(LONG)
        try:
            yield future, may_end
        finally:
            may_end.set()


def is_turned_away(database: Database) -> bool:
    try:
        with database.reading() as reading:
            reading.value("SELECT 1")
    except StoreError as refused:
        return str(refused) == STOPPING
    return False


def closing(database: Database, beside: ThreadPoolExecutor) -> Future[None]:
    """A close that waits in another thread, and has already turned others away."""
    closed = beside.submit(database.close, LONG)
    while not is_turned_away(database):
        pass
    return closed


def test_a_reader_in_another_thread_is_waited_for(database: Database) -> None:
    inside, counted = threading.Event(), []

    def read(may_end: threading.Event) -> None:
        with database.reading() as reading:
            inside.set()
            assert may_end.wait(LONG)
            counted.append(reading.value("SELECT count(*) FROM organisation"))

    with busy(read) as (reader, may_end), ThreadPoolExecutor(1) as beside:
        assert inside.wait(LONG)
        closed = closing(database, beside)
        assert not closed.done()
        may_end.set()
        closed.result(LONG)
        reader.result(LONG)
    assert counted == [2]


def test_a_writer_in_another_thread_is_waited_for_and_its_work_is_kept(
    opened: Database, duckdb_file: Path
) -> None:
    inside = threading.Event()

    def write(may_end: threading.Event) -> None:
        with opened.writing(audit()) as writing:
            inside.set()
            assert may_end.wait(LONG)
            assert say(writing, "level-3", 0)

    with busy(write) as (writer, may_end), ThreadPoolExecutor(1) as beside:
        assert inside.wait(LONG)
        closed = closing(opened, beside)
        assert not closed.done()
        may_end.set()
        closed.result(LONG)
        writer.result(LONG)
    assert not is_held(duckdb_file)
    assert not Path(f"{duckdb_file}.wal").exists(), "the log is in the file"
    assert saved(duckdb_file) == "level-3"


def saved(file: Path) -> str | None:
    again = connect(str(file))
    with again.reading() as reading:
        found = answers.of_assessment(reading, KEY).get(ITEM)
    again.close()
    return found.choice if found else None


def test_who_is_inside_may_come_in_again_until_it_is_done(database: Database) -> None:
    inside, counted = threading.Event(), []

    def write(may_end: threading.Event) -> None:
        with database.writing(audit()):
            inside.set()
            assert may_end.wait(LONG)
            with database.reading() as reading:
                counted.append(reading.value("SELECT count(*) FROM organisation"))

    with busy(write) as (writer, may_end), ThreadPoolExecutor(1) as beside:
        assert inside.wait(LONG)
        closed = closing(database, beside)
        may_end.set()
        writer.result(LONG)
        closed.result(LONG)
    assert counted == [2]


def test_the_file_is_free_the_moment_close_returns(opened: Database, duckdb_file: Path) -> None:
    def read(may_end: threading.Event) -> None:
        while not may_end.is_set() and not is_turned_away(opened):
            pass

    with ThreadPoolExecutor(4) as beside:
        never = threading.Event()
        readers = [beside.submit(read, never) for _ in range(4)]
        opened.close(LONG)
        assert not is_held(duckdb_file)
        for reader in readers:
            reader.result(LONG)
    assert not is_held(duckdb_file), "a reader that comes late does not open it again"


def test_what_never_ends_is_not_waited_for_for_ever(opened: Database, duckdb_file: Path) -> None:
    inside = threading.Event()

    def read(may_end: threading.Event) -> None:
        with opened.reading() as reading:
            reading.value("SELECT count(*) FROM organisation")
            inside.set()
            assert may_end.wait(LONG)

    with opened.writing(audit()) as writing:
        assert say(writing, "level-2", 0)
    with busy(read) as (reader, may_end):
        assert inside.wait(LONG)
        with pytest.raises(StoreError) as told:
            opened.close(patience=0)
        may_end.set()
        reader.result(LONG)
    assert str(told.value) == (
        "The database was still in use 0 seconds after the server began to stop, so its log was "
        "not moved into its file. What was saved is kept: the next start reads the log. Start "
        "again once this process has ended, and never remove the log."
    )
    assert saved(duckdb_file) == "level-2"


def test_nothing_is_read_and_nothing_written_afterwards(database: Database) -> None:
    database.close()
    with pytest.raises(StoreError, match=re.escape(STOPPING)), database.reading():
        pytest.fail("somebody was let in")
    with pytest.raises(StoreError, match=re.escape(STOPPING)), database.writing(audit()):
        pytest.fail("somebody was let in")
    with pytest.raises(StoreError, match=re.escape(STOPPING)):
        database.checkpoint()


def test_a_database_is_given_back_once(opened: Database, duckdb_file: Path) -> None:
    opened.close()
    opened.close()
    assert not is_held(duckdb_file)


def test_a_log_that_cannot_be_moved_does_not_keep_the_file_held(
    opened: Database, duckdb_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(opened, "_move_log", fail)
    with pytest.raises(StoreError, match="The disk is full"):
        opened.close()
    assert not is_held(duckdb_file)
