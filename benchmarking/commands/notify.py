"""``notify``: tell people by e-mail what waits for them."""

from collections import Counter

import click

from benchmarking import mailing, settings, telling
from benchmarking.mail_server import MailServer
from benchmarking.moments import utc_now
from benchmarking.settings import SettingsError
from benchmarking.standard import load_library
from benchmarking.store.existing import open_existing
from benchmarking.store.opening import open_database
from benchmarking.telling import Outcome

_NO_SERVER = (
    "BENCHMARK_SMTP_HOST: no mail server is set, so nobody can be told. Set it and what goes with "
    "it; docs/notifications.md says what."
)


@click.command()
@click.option("--dry-run", is_flag=True, help="Say how many would be told. Sends nothing.")
def notify(dry_run: bool) -> None:
    """Tell people by e-mail what waits for them, each at most as often as they chose.

    A running server does the same by itself once an hour. A DuckDB file belongs to one process,
    so this is for PostgreSQL, or while no server runs.
    """
    chosen = settings.read()
    server = _server(chosen.mail_server)
    # Opening alone would begin a new database where there is none.
    open_existing(chosen.database).engine.dispose()
    now = utc_now()
    database = open_database(chosen, now)
    try:
        due = telling.due(database, load_library(chosen.standards), now)
        if dry_run:
            outcomes = [Outcome.WOULD_BE_SENT for _ in due]
        else:
            post = mailing.post_to(server)
            outcomes = list(telling.tell(database, due, server.public_url, post, now))
    finally:
        database.close()
    _report(outcomes)


def _server(found: MailServer | None) -> MailServer:
    if found is None:
        raise SettingsError([_NO_SERVER])
    return found


def _report(outcomes: list[Outcome]) -> None:
    counts = Counter(outcomes)
    said = [f"{counts[one]} {one.value}" for one in Outcome if counts[one]]
    click.echo(f"Mails: {', '.join(said)}." if said else "There is nothing to tell anybody.")
    if counts[Outcome.FAILED]:
        click.echo("What failed is tried again next time; the log says why.", err=True)
        raise SystemExit(1)
