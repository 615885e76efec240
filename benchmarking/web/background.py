"""Work that goes on beside the requests, in threads, and is waited for when the server stops."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

# What still goes on after that is turned away by the database at its next step.
PATIENCE_SECONDS = 10.0

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


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
