"""The same journey on DuckDB and on PostgreSQL: every page, figure and file is the same.

A demonstration is made on each engine, one trust's assessment is taken through its whole life, and
everything that each reader is sent then is compared, all tables unfolded and all files taken.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from itertools import count
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest

from benchmarking import evidence_entries, server
from benchmarking.server import Server
from benchmarking.ui import caches
from tests.pages.opening import Door
from tests.pages.test_walk import LIFE, READERS, Walk, everything, unfolded
from tests.web import copies

# What differs between any two journeys: the hour, and what is drawn by lot or follows from both.
BY_THE_HOUR = {
    r"\b\d{1,2}:\d\d(:\d\d)?\b|DTSTAMP:\d+T\d+Z|\d+ (seconds?|minutes?) ago": "time",
    r"\b[0-9a-f]{32,64}\b": "digest",
    r"/\d-\w{6}\b": "/receipt",
    r"UID:[0-9a-f-]{36}": "UID of an event",
}

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def postgresql(pgserver: ModuleType) -> Iterator[str]:
    """The address of a server of our own, with nothing on it."""
    with tempfile.TemporaryDirectory(prefix="benchmark-engines-") as folder:
        running = pgserver.get_server(folder, cleanup_mode="delete")
        yield running.get_uri()
        running.cleanup()


def journey(folder: Path, address: str) -> dict[str, str]:
    """What each reader is sent at the end of one trust's journey on an engine."""
    evidence = folder / "evidence"
    with pytest.MonkeyPatch.context() as patch:
        # What is saved in the same second stands in the order of numbers that are drawn by lot.
        numbers = (UUID(int=number) for number in count(1))
        patch.setattr(evidence_entries.uuid, "uuid4", lambda: next(numbers))
        running = server.start(
            copies.of(Path(address), BENCHMARK_DATABASE=address, BENCHMARK_EVIDENCE=str(evidence))
        )
        try:
            with server.using(running):
                return travelled(running, patch)
        finally:
            running.database.close()


def travelled(running: Server, patch: pytest.MonkeyPatch) -> dict[str, str]:
    for step in LIFE.values():
        step(running)
    caches.forget()
    given = unfolded(patch, Walk())
    door = Door(running, patch)
    return {
        letter: without_the_hour(everything(door, subject, given))
        for letter, subject in READERS.items()
    }


def without_the_hour(sent: str) -> str:
    for pattern, word in BY_THE_HOUR.items():
        sent = re.sub(pattern, word, sent)
    return sent


@pytest.fixture(scope="module")
def sent(
    tmp_path_factory: pytest.TempPathFactory, postgresql: str
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What each reader is sent, on DuckDB and on PostgreSQL."""
    one, other = (tmp_path_factory.mktemp(name) for name in ("duckdb", "postgresql"))
    return journey(one, str(one / "journey.duckdb")), journey(other, postgresql)


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_is_sent_the_same(
    sent: tuple[Mapping[str, str], Mapping[str, str]], reader: str
) -> None:
    on_duckdb, on_postgresql = (all_of[reader] for all_of in sent)
    assert len(on_duckdb) > 10_000
    found = list(unified_diff(on_duckdb.splitlines(), on_postgresql.splitlines(), lineterm="", n=0))
    assert not found, "\n".join(line[:400] for line in found[:20])
