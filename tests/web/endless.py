"""Work that never ends by itself, let go on until something has happened."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

SECONDS = 60


def until(happened: threading.Event, work: Coroutine[Any, Any, None]) -> None:
    """Lets work go on until something has happened in it, and ends it then.

    Raises:
        whatever the work raises; nothing that goes on for ever may.
    """

    async def wait() -> None:
        task = asyncio.create_task(work)
        waiting = asyncio.create_task(asyncio.to_thread(happened.wait, SECONDS))
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            happened.set()
            task.result()
        assert await waiting, "it happens"
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(wait())
