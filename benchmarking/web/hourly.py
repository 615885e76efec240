"""Work that the server does by itself, again and again: on one replica at a time."""

import asyncio
import os
import socket
from collections.abc import Callable
from datetime import timedelta

from benchmarking import events, measures
from benchmarking.moments import utc_now
from benchmarking.store import claims
from benchmarking.store.claims import Claim
from benchmarking.store.database import Database, StoreError
from benchmarking.web import background

HOUR = 60 * 60
# A claim runs out a little before its holder comes again, so that it is the holder who goes on.
_LENGTH = 0.9


async def every(
    pause: float,
    work: Callable[[], object],
    database: Database,
    *,
    claimed_as: str,
    at_once: bool = False,
) -> None:
    """Does a work again and again, unless another replica does it at that time.

    Args:
        pause: seconds from one time to the next.
        work: does it, in a thread of its own. What it raises is logged, and the work tried again
            after the pause.
        database: where it is claimed.
        claimed_as: the name of the work, the same on every replica.
        at_once: whether to begin before the first pause.
    """
    if not at_once:
        await asyncio.sleep(pause)
    while True:
        turn = background.in_thread(once, pause, work, database, claimed_as=claimed_as)
        await background.logged(turn, claimed_as)
        await asyncio.sleep(pause)


def once(pause: float, work: Callable[[], object], database: Database, *, claimed_as: str) -> bool:
    """Does a work now, unless another replica does; whether it was done. See ``every``."""
    try:
        if not claims.take(database, _claim(claimed_as, pause * _LENGTH)):
            return False
        work()
        measures.LAST_SUCCESS.labels(claimed_as).set_to_current_time()
    except StoreError as fault:
        events.warn("work of the server failed", work=claimed_as, why=fault)
        return False
    return True


def alone(longest: float, work: Callable[[], bool], database: Database, *, claimed_as: str) -> bool:
    """Does a work that may take long, unless another replica does; what it gives, or False.

    The claim holds for ``longest`` seconds and ends with the work, however that ends: who tries
    again after a failure need not wait for it to run out.

    Raises:
        StoreError: the work or the claim failed.
    """
    claim = _claim(claimed_as, longest)
    if not claims.take(database, claim):
        return False
    try:
        was_done = work()
    finally:
        _end(database, claim)
    if was_done:
        measures.LAST_SUCCESS.labels(claimed_as).set_to_current_time()
    return was_done


def _claim(claimed_as: str, seconds: float) -> Claim:
    now = utc_now()
    return Claim(claimed_as, _holder(), now, now + timedelta(seconds=seconds))


def _end(database: Database, claim: Claim) -> None:
    try:
        claims.end(database, claim, utc_now())
    except StoreError as fault:
        # What the work itself failed of matters more.
        events.warn("claim not ended", work=claim.work, until=claim.claimed_until, why=fault)


def _holder() -> str:
    """This process, so that an administrator finds it: its machine or container, and its number."""
    return f"{socket.gethostname()} {os.getpid()}"
