"""Work of the server's own is done again and again, by one replica, whatever fails."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarking.server import Server
from benchmarking.store import claims
from benchmarking.store.database import StoreError
from benchmarking.web import hourly
from tests.web import copies, endless


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    with copies.opened(tmp_path) as server:
        yield server


class Work:
    """Counts how often it is done, each time with a fault if there is one."""

    def __init__(self, fault: Exception | None = None):
        self.times = 0
        self.was_done_twice = threading.Event()
        self._fault = fault

    def __call__(self) -> None:
        self.times += 1
        if self.times == 2:
            self.was_done_twice.set()
        if self._fault is not None:
            raise self._fault


def until_done_twice(running: Server, work: Work) -> None:
    endless.until(
        work.was_done_twice, hourly.every(0.01, work, running.database, claimed_as="count")
    )


def test_work_is_done_again_after_each_pause(running: Server):
    until_done_twice(running, work := Work())
    assert work.times >= 2


@pytest.mark.parametrize("at_once, times", [(True, 1), (False, 0)])
def test_work_begins_at_once_where_that_is_asked(
    running: Server, monkeypatch: pytest.MonkeyPatch, at_once: bool, times: int
):
    work = Work()

    async def end(seconds: float) -> None:
        """In place of the first pause."""
        assert seconds == hourly.HOUR
        raise asyncio.CancelledError

    monkeypatch.setattr(hourly.asyncio, "sleep", end)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(
            hourly.every(hourly.HOUR, work, running.database, claimed_as="count", at_once=at_once)
        )
    assert work.times == times


def test_of_two_replicas_one_does_the_work(running: Server):
    done: list[str] = []
    for replica in ("a", "b"):
        hourly.once(
            hourly.HOUR,
            lambda name=replica: done.append(name),
            running.database,
            claimed_as="count",
        )
    assert done == ["a"]


def test_a_claim_names_its_process_and_runs_out_before_the_next_time(running: Server):
    assert hourly.once(hourly.HOUR, lambda: None, running.database, claimed_as="count")
    with running.database.reading() as reading:
        claim = claims.find(reading, "count")
    assert claim is not None
    assert claim.holder.split()[-1].isdecimal()
    assert 0 < (claim.claimed_until - claim.claimed_at).total_seconds() < hourly.HOUR


def test_a_database_that_fails_is_logged_and_the_work_goes_on(
    running: Server, caplog: pytest.LogCaptureFixture
):
    until_done_twice(running, Work(StoreError("The disk is full.")))
    assert "work of the server failed" in caplog.text
    assert "count" in caplog.text and "The disk is full." in caplog.text


def test_work_that_fails_in_an_unforeseen_way_is_a_fault_and_goes_on(
    running: Server, caplog: pytest.LogCaptureFixture
):
    until_done_twice(running, Work(ZeroDivisionError()))
    line = json.loads(caplog.records[0].getMessage())
    assert (line["event"], line["where"], len(line["reference"])) == ("fault", "count", 8)


def test_a_database_that_cannot_be_asked_for_the_claim_is_logged(
    running: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_: object) -> bool:
        raise StoreError("The server does not answer.")

    monkeypatch.setattr(claims, "take", fail)
    done: list[int] = []
    assert not hourly.once(1, lambda: done.append(1), running.database, claimed_as="count")
    assert done == []
    assert "The server does not answer." in caplog.text
