"""Telling people what waits for them, from within the server: once an hour, by day."""

from functools import partial

from benchmarking import mailing, telling
from benchmarking.mail_server import MailServer
from benchmarking.moments import local, utc_now
from benchmarking.server import Server
from benchmarking.telling import Outcome
from benchmarking.web import hourly

# Nobody is told anything at night.
FROM, UNTIL = 7, 19


async def tell_every_hour(running: Server, pause: float = hourly.HOUR) -> None:
    """Tells whoever is due, again and again; returns at once where no mail server is set."""
    mail_server = running.settings.mail_server
    if mail_server is not None:
        work = partial(tell_by_day, running, mail_server)
        await hourly.every(pause, work, running.database, claimed_as=telling.ACTION)


def tell_by_day(running: Server, mail_server: MailServer) -> tuple[Outcome, ...]:
    """Tells whoever is due at this moment, and nobody at night.

    Raises:
        StoreError: the database failed. Who was told before is not told again.
    """
    now = utc_now()
    if not FROM <= local(now).hour < UNTIL:
        return ()
    found = telling.due(running.database, running.library, now)
    post = mailing.post_to(mail_server)
    return tuple(telling.tell(running.database, found, mail_server.public_url, post, now))
