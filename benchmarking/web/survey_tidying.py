"""Removing what people answered and never sent once their link is over: from within the server."""

from functools import partial

from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.survey import hosted_survey
from benchmarking.web import hourly


async def forget_every_hour(running: Server, pause: float = hourly.HOUR) -> None:
    """Forgets drafts under links that are over, at once and then again and again."""
    work = partial(forget_now, running)
    await hourly.every(
        pause, work, running.database, claimed_as="forget survey drafts", at_once=True
    )


def forget_now(running: Server) -> int:
    """Forgets them at this moment; how many.

    Raises:
        StoreError: the database failed.
    """
    return hosted_survey.forget_expired(running.database, utc_now())
