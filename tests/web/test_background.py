"""Work beside the requests: a server that stops waits for the thread that does it."""

import asyncio
import json
import threading

import pytest

from benchmarking.web import background
from benchmarking.web.background import Question

LONG = 60.0


def test_what_fails_and_nobody_waits_for_is_a_fault_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert asyncio.run(background.logged(background.in_thread(divmod, 1, 0), "sums")) is None
    (record,) = caplog.records
    line = json.loads(record.getMessage())
    assert (line["event"], line["where"], len(line["reference"])) == ("fault", "sums", 8)
    assert record.exc_info is not None and record.exc_info[0] is ZeroDivisionError


def test_work_that_should_go_on_for_ever_and_fails_is_a_fault_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def watch_the_disk() -> None:
        raise ZeroDivisionError

    async def begin() -> None:
        failing = background.begun(watch_the_disk())
        cancelled = background.begun(asyncio.sleep(LONG))
        await asyncio.wait({failing})
        cancelled.cancel()
        await asyncio.gather(failing, cancelled, return_exceptions=True)

    asyncio.run(begin())
    (line,) = [json.loads(record.getMessage()) for record in caplog.records]
    assert (line["event"], line["where"]) == ("fault", "watch_the_disk")


def test_who_cancels_work_that_is_logged_waits_for_it_and_no_fault_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, ended = asyncio.Event(), []

    async def work() -> None:
        try:
            begun.set()
            await asyncio.sleep(LONG)
        finally:
            await asyncio.sleep(0)
            ended.append("in order")

    async def cancel() -> None:
        task = asyncio.create_task(background.logged(work(), "work"))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert ended == ["in order"] and caplog.records == []


def test_a_question_that_is_asked_anew_is_still_answered_to_who_asked_before() -> None:
    may_end, looks = threading.Event(), []

    def look() -> int:
        looks.append(1)
        assert may_end.wait(LONG)
        return len(looks)

    async def ask() -> list[int | None]:
        question, later = Question(look, "look"), []
        first = asyncio.create_task(question.answer(LONG))
        await asyncio.sleep(0)
        assert question._under_way is not None
        # Begins the next look before those who wait for this one are told.
        question._under_way.add_done_callback(
            lambda _: later.append(asyncio.create_task(question.answer(LONG)))
        )
        second = asyncio.create_task(question.answer(LONG))
        await asyncio.sleep(0)
        may_end.set()
        answers = list(await asyncio.gather(first, second))
        return [*answers, *await asyncio.gather(*later)]

    assert asyncio.run(ask()) == [1, 1, 2]


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
