"""Work of the server's own is done again and again, by one replica, whatever fails."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarking.server import Server
from benchmarking.store import claims
from benchmarking.store.database import StoreError
from benchmarking.web import hourly
from tests.web import copies


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    with copies.opened(tmp_path) as server:
        yield server


def go_on(running: Server, work: object, *, pause: float = 0.02, at_once: bool = False) -> None:
    """Lets some pauses go by."""

    async def wait() -> None:
        task = asyncio.create_task(
            hourly.every(
                pause,
                work,  # type: ignore[arg-type]
                running.database,
                claimed_as="count",
                at_once=at_once,
            )
        )
        await asyncio.sleep(0.5)
        task.cancel()

    asyncio.run(wait())


def test_work_is_done_again_after_each_pause(running: Server):
    done: list[int] = []
    go_on(running, lambda: done.append(1))
    assert len(done) > 1


@pytest.mark.parametrize("at_once, times", [(True, 1), (False, 0)])
def test_work_begins_at_once_where_that_is_asked(running: Server, at_once: bool, times: int):
    done: list[int] = []
    go_on(running, lambda: done.append(1), pause=hourly.HOUR, at_once=at_once)
    assert len(done) == times


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
    tries: list[int] = []

    def fail() -> None:
        tries.append(1)
        raise StoreError("The disk is full.")

    go_on(running, fail)
    assert len(tries) > 1
    assert "work of the server failed" in caplog.text
    assert "count" in caplog.text and "The disk is full." in caplog.text


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
