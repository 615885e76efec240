"""Telling people what waits for them, from within the server: once an hour, by day."""

import asyncio

from benchmarking import events, mailing, telling
from benchmarking.mail_server import MailServer
from benchmarking.moments import local, utc_now
from benchmarking.server import Server
from benchmarking.store.database import StoreError
from benchmarking.telling import Outcome

HOUR = 60 * 60
# Nobody is told anything at night.
FROM, UNTIL = 7, 19


async def tell_every_hour(running: Server, pause: float = HOUR) -> None:
    """Tells whoever is due, again and again; returns at once where no mail server is set."""
    mail_server = running.settings.mail_server
    if mail_server is None:
        return
    while True:
        await asyncio.sleep(pause)
        if FROM <= local(utc_now()).hour < UNTIL:
            await asyncio.to_thread(tell_now, running, mail_server)


def tell_now(running: Server, mail_server: MailServer) -> tuple[Outcome, ...]:
    """Tells whoever is due at this moment. A database that fails is logged, and tried again."""
    now, post = utc_now(), mailing.post_to(mail_server)
    try:
        found = telling.due(running.database, running.library, now)
        told = telling.tell(running.database, found, mail_server.public_url, post, now)
        return tuple(told)
    except StoreError as fault:
        events.warn("notifications not worked out", why=fault)
        return ()
