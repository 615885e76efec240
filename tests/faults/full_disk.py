"""A process whose files may not grow any more, which is what a full disk is to it.

    python -m tests.faults.full_disk WORK PATH

No rights are needed: a limit on the size of its own files fails each write beyond it, as a full
disk does. What it finds out it prints as JSON.
"""

import json
import os
import random
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from benchmarking.store import backups
from benchmarking.store.database import Database, StoreError, connect
from benchmarking.store.evidence_files import NOWHERE, FilesFailed, FileStore
from benchmarking.store.migrate import migrate
from tests.store.scene import NOW, audit, furnish

Said = dict[str, Any]


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """No file may be longer than so many bytes."""
    without_end = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, without_end))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (without_end, without_end))


def main(work: str, path: str) -> None:
    # Else the process would be ended, and not told.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    sys.stdout.write(json.dumps(WORKS[work](Path(path))))


def log_is_full(path: Path) -> Said:
    """The log cannot grow: a change cannot be kept."""
    return _until_full(path, room=200_000, with_checkpoints=False)


def file_is_full(path: Path) -> Said:
    """The file cannot grow: what is in the log cannot be moved into it."""
    return _until_full(path, room=0, with_checkpoints=True)


def _until_full(path: Path, room: int, *, with_checkpoints: bool) -> Said:
    database = _furnished(path)
    people = _Newcomers(database)
    # Others have connections open, as on a server.
    with database.reading() as one, database.reading() as two:
        assert one.value("SELECT 1") == two.value("SELECT 1")
    with no_file_beyond(path.stat().st_size + room):
        told = people.come_until_told(with_checkpoints)
        read_while_full = _number(database)
    people.come()
    database.checkpoint()
    return {
        "told": told,
        "kept": people.kept,
        "read while full": read_while_full,
        "read with room": _number(database),
        "audited": _audited(database),
        "after closing": _reopened(database, path),
    }


class _Newcomers:
    """Two thousand people at a time, and how many of them were kept."""

    def __init__(self, database: Database):
        self.kept, self._database, self._chance = 2, database, random.Random(5)

    def come(self) -> None:
        with self._database.writing(audit("newcomers")) as writing:
            rows = [
                (self.kept + n, "issuer", f"{self.kept + n}", self._chance.randbytes(100).hex())
                for n in range(1, 2_001)
            ]
            writing.bulk("person", ("person_id", "issuer", "subject", "title"), rows)
        self.kept += 2_000

    def come_until_told(self, with_checkpoints: bool) -> str:
        try:
            for _ in range(100):
                self.come()
                if with_checkpoints:
                    self._database.checkpoint()
        except StoreError as failed:
            return str(failed)
        return ""


def evidence_is_full(path: Path) -> Said:
    """An evidence file finds no room."""
    files, content = FileStore(str(path)), bytes(range(256)) * 4_000
    small = files.put(7, b"small")
    with no_file_beyond(100_000):
        told = _told(lambda: files.put(7, content))
        halves = [file.name for file in path.rglob("*.part")]
        still = files.read(7, small) == b"small"
    with_room = files.put(7, content)
    return {
        "told": told,
        "halves": halves,
        "still there": still,
        "with room": files.read(7, with_room) == content,
        "files": len(files.every(NOW)),
    }


def backup_is_full(path: Path) -> Said:
    """A backup finds no room."""
    database, folder = _furnished(path), path.with_name("backups")
    with no_file_beyond(1_000_000):
        told = _told(lambda: backups.make(database, NOWHERE, folder, NOW))
        halves = len(list(folder.iterdir()))
    made = backups.make(database, NOWHERE, folder, NOW)
    return {"told": told, "halves": halves, "made": made.place == backups.newest(folder)}


def _furnished(path: Path) -> Database:
    database = connect(str(path))
    migrate(database, NOW)
    furnish(database)
    database.checkpoint()
    return database


def _told(act: Callable[[], object]) -> str:
    try:
        act()
    except (StoreError, FilesFailed) as failed:
        return str(failed)
    return ""


def _number(database: Database) -> int:
    with database.reading() as reading:
        return int(reading.value("SELECT count(*) FROM person"))


def _audited(database: Database) -> int:
    with database.reading() as reading:
        return int(reading.value("SELECT count(*) FROM audit WHERE action = 'newcomers'"))


def _reopened(database: Database, path: Path) -> int:
    database.engine.dispose()
    with closing(connect(str(path))) as again:
        return _number(again)


WORKS: dict[str, Callable[[Path], Said]] = {
    "log": log_is_full,
    "file": file_is_full,
    "evidence": evidence_is_full,
    "backup": backup_is_full,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(0)
