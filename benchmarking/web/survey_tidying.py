"""Removing what people answered and never sent once their link is over: from within the server."""

import asyncio

from benchmarking import events
from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.store.database import StoreError
from benchmarking.survey import hosted_survey

HOUR = 60 * 60


async def forget_every_hour(running: Server, pause: float = HOUR) -> None:
    """Forgets drafts under links that are over, at once and then again and again."""
    while True:
        await asyncio.to_thread(forget_now, running)
        await asyncio.sleep(pause)


def forget_now(running: Server) -> int:
    """Forgets them at this moment; how many. A database that fails is logged, and tried again."""
    try:
        return hosted_survey.forget_expired(running.database, utc_now())
    except StoreError as fault:
        events.warn("survey drafts not forgotten", why=fault)
        return 0
