"""A database that fails when it is told to: at a statement, or at the end of a change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from benchmarking.store.database import Database, StoreError

NO_ROOM = "No space left on device"

# How the sentences begin; what the engine said comes after.
NOTHING_KEPT = (
    "The database failed, so nothing of this was kept. "
    "Check the disk, the server and the last backup. It said: "
)
NOT_READ = (
    "The database could not be read. Check the disk and the server. If its file is damaged, "
    "restore a backup with: python -m benchmarking db restore --replace. It said: "
)
NOT_CERTAIN = (
    "The database failed at the end of a change, so it is not certain whether the change was "
    "kept. Look before you do it again; check the disk, the server and the last backup. "
    "It said: "
)


def told(act: Callable[[], object]) -> str:
    """The sentence with which something failed; "" where it did not."""
    try:
        act()
    except StoreError as failed:
        return str(failed)
    return ""


def _fail(statement: str) -> None:
    raise OperationalError(statement, {}, OSError(NO_ROOM))


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """Every statement, as it comes."""
    seen: list[str] = []

    def note(*told: Any) -> None:
        seen.append(told[2])

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@contextmanager
def failing_at(database: Database, number: int) -> Iterator[None]:
    """The statement of this number fails, counted from 0; those behind it would not."""
    count = -1

    def fail(*told: Any) -> None:
        nonlocal count
        count += 1
        if count == number:
            _fail(told[2])

    event.listen(database.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", fail)


@contextmanager
def failing_to_commit(database: Database, *, number: int = 0, is_kept: bool) -> Iterator[None]:
    """The end of a change fails: before it was kept, or when only the answer was lost."""
    commit = database.engine.dialect.do_commit
    count = -1

    def fail(connection: Any) -> None:
        nonlocal count
        count += 1
        if count != number:
            commit(connection)
            return
        # A change that could not be kept is undone by either engine itself.
        commit(connection) if is_kept else connection.rollback()
        _fail("COMMIT")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database.engine.dialect, "do_commit", fail)
        yield
