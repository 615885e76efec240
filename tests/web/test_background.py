"""Work beside the requests: a server that stops waits for the thread that does it."""

import asyncio
import threading

import pytest

from benchmarking.web import background

LONG = 60.0


def test_what_the_work_gives_is_given() -> None:
    assert asyncio.run(background.in_thread(divmod, 17, 5)) == (3, 2)


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(background.in_thread(divmod, 17, 0))


def test_who_is_cancelled_waits_until_the_thread_is_done() -> None:
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert may_end.wait(LONG)
        ended.set()

    async def cancel_half_way() -> None:
        task = asyncio.create_task(background.in_thread(work))
        await asyncio.to_thread(begun.wait, LONG)
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
        may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended.is_set()

    asyncio.run(cancel_half_way())


def test_who_is_cancelled_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PATIENCE_SECONDS", 0)
    begun, may_end = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert may_end.wait(LONG)

    async def cancel_half_way() -> None:
        task = asyncio.create_task(background.in_thread(work))
        await asyncio.to_thread(begun.wait, LONG)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not may_end.is_set()
        may_end.set()

    asyncio.run(cancel_half_way())
