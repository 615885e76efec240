"""Work that goes on beside the requests, in threads, and is waited for when the server stops."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar

from benchmarking import events

# What still goes on after that is turned away by the database at its next step.
PATIENCE_SECONDS = 10.0

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


@dataclass
class Question(Generic[_Result]):
    """Something that is looked up in a thread. One look is under way at a time, however many ask:
    each that hangs holds a thread.
    """

    look: Callable[[], _Result]
    named: str
    _under_way: "asyncio.Task[_Result | None] | None" = None

    async def answer(self, patience: float) -> _Result | None:
        """What was found; None where that takes longer (seconds), or failed, which is logged."""
        # While this look is waited for, somebody else may begin the next.
        under_way = self._under_way
        if under_way is None or under_way.done():
            look = logged(asyncio.to_thread(self.look), self.named)
            under_way = self._under_way = asyncio.create_task(look)
        done, _ = await asyncio.wait({under_way}, timeout=patience)
        return under_way.result() if done else None


def begun(work: Coroutine[Any, Any, _Result]) -> "asyncio.Task[_Result]":
    """Work that goes on until it is cancelled. Where it fails instead, the log is told at once."""
    task = asyncio.create_task(work, name=work.__name__)
    task.add_done_callback(_log_fault)
    return task


def _log_fault(task: "asyncio.Task[Any]") -> None:
    if not task.cancelled() and (fault := task.exception()) is not None:
        events.fault(fault, task.get_name())


async def logged(work: Coroutine[Any, Any, _Result], named: str) -> _Result | None:
    """What some work gives; None where it failed. Nobody waits for it, so the log is told.

    Args:
        work: may raise anything.
        named: says in the log what failed.
    """
    (found,) = await asyncio.gather(work, return_exceptions=True)
    if isinstance(found, Exception):
        events.fault(found, named)
    return None if isinstance(found, BaseException) else found


async def in_thread(
    work: Callable[_Given, _Result], *given: _Given.args, **named: _Given.kwargs
) -> _Result:
    """What some work gives, done in a thread of its own.

    A thread cannot be cancelled. Who is cancelled here waits until the thread is done, so that
    nothing uses the database behind the back of who closes it.
    """
    under_way = asyncio.ensure_future(asyncio.to_thread(work, *given, **named))
    try:
        return await asyncio.shield(under_way)
    except asyncio.CancelledError:
        await asyncio.wait({under_way}, timeout=PATIENCE_SECONDS)
        raise
