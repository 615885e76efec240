"""Backing up from within the server, whenever the last backup is old enough."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial

from benchmarking import events
from benchmarking.moments import utc_now
from benchmarking.operations import backing_up
from benchmarking.operations.asking import PATIENCE_SECONDS
from benchmarking.server import Server
from benchmarking.store.backups import SCHEDULED, BackupFailed
from benchmarking.store.database import StoreError
from benchmarking.web import background, hourly

# How often is looked whether it is time; a restart neither skips a backup nor makes one more.
PAUSE = 10 * 60
CLAIMED_AS = "back up"


async def back_up_when_due(running: Server, pause: float = PAUSE) -> None:
    """Makes a backup whenever one is due, on one replica; returns at once where none are wanted."""
    while running.settings.backup_hours:
        await asyncio.sleep(pause)
        stopping = threading.Event()
        turn = background.in_thread(back_up_if_due, running, stopping.is_set)
        work = asyncio.ensure_future(background.logged(turn, CLAIMED_AS))
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            # A copy of many rows would keep the server from stopping; the next start makes one.
            stopping.set()
            await asyncio.wait({work}, timeout=background.PATIENCE_SECONDS)
            raise


def back_up_if_due(running: Server, is_stopping: Callable[[], bool] = lambda: False) -> bool:
    """Makes a backup if it is time and no other replica is at it; whether one was made."""
    work = partial(_back_up, running, is_stopping)
    try:
        if not _is_due(running):
            return False
        return hourly.alone(PATIENCE_SECONDS, work, running.database, claimed_as=CLAIMED_AS)
    except StoreError as fault:
        tell = events.warn if is_stopping() else events.alarm
        tell("work of the server failed", work=CLAIMED_AS, why=fault)
        return False


def _is_due(running: Server) -> bool:
    return backing_up.is_due(running.database, running.settings, utc_now())


def _back_up(running: Server, is_stopping: Callable[[], bool]) -> bool:
    def tell(_table: str, _rows: int) -> None:
        if is_stopping():
            raise BackupFailed("The server is stopping, so the backup was broken off.")

    # Another replica may have made one between the question and the claim.
    if not _is_due(running):
        return False
    backing_up.back_up(running.database, running.settings, utc_now(), why=SCHEDULED, tell=tell)
    return True
