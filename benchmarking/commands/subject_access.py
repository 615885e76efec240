"""``subject-access``: everything that is kept about one person, for that person."""

import click

from benchmarking import settings
from benchmarking.moments import utc_now
from benchmarking.people import subject_access
from benchmarking.people.subject_access import NobodyKnown
from benchmarking.store.existing import open_existing


@click.command("subject-access")
@click.option("--issuer", help="Who vouches for the person: the address of the sign-in service.")
@click.option("--subject", help="What that service calls the person.")
@click.option("--mentions", help="Instead: where this text stands, such as somebody's name.")
def find_person(issuer: str | None, subject: str | None, mentions: str | None) -> None:
    """Print everything kept about a person as JSON, or count where a text stands.

    Give --issuer and --subject, or --mentions. The audit keeps that it was asked.
    """
    if mentions and not (issuer or subject):
        _count(mentions)
    elif issuer and subject and not mentions:
        _print(issuer, subject)
    else:
        raise click.UsageError("Give --issuer and --subject, or --mentions.")


def _print(issuer: str, subject: str) -> None:
    database = open_existing(settings.read().database, read_only=False)
    try:
        found = subject_access.everything(database, issuer, subject, utc_now())
    except NobodyKnown as told:
        raise click.ClickException(str(told)) from None
    finally:
        database.close()
    click.echo(found.decode())


def _count(text: str) -> None:
    database = open_existing(settings.read().database, read_only=False)
    try:
        found = subject_access.mentions(database, text, utc_now())
    finally:
        database.close()
    click.echo("\n".join(found) or "This text stands nowhere.")
