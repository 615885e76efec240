"""``people``: who is known here, above all the first administrator."""

import click

from benchmarking import settings
from benchmarking.access import Grant, Role
from benchmarking.moments import utc_now
from benchmarking.people import enrolment
from benchmarking.people.enrolment import LAPTOP_ISSUER, Newcomer
from benchmarking.settings import Settings, SettingsError, places
from benchmarking.store import installation
from benchmarking.store import people as known_people
from benchmarking.store.database import Database
from benchmarking.store.opening import open_database
from benchmarking.store.people import Listed

_ISSUER = click.option(
    "--issuer",
    help="Who vouches for them. The sign-in service that is set, where this is left out.",
)
_SUBJECT = click.option("--subject", required=True, help="That service's name for them (sub).")


@click.group()
def people() -> None:
    """Say who is known here and what they may do. The server must not be running on DuckDB."""


@people.command()
@_ISSUER
@_SUBJECT
@click.option("--title", required=True, help="What they do; others see this, never a name.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--trust", metavar="CODE", help="The trust of a role that is held in one.")
def add(issuer: str | None, subject: str, title: str, role: str, trust: str | None) -> None:
    """Give somebody a role, and add them where they are not known yet.

    The first one begins a new service: a live database that is not there yet is made.
    """
    chosen = settings.read()
    begins = bool(places.not_begun(chosen))
    newcomer = Newcomer(_issuer(chosen, issuer), subject, title, Grant(Role(role), trust))
    database = _opened(chosen)
    if begins:
        click.echo(f"Began a new live database: {chosen.database}")
    try:
        number = enrolment.enrol(database, chosen.reference, newcomer, utc_now())
    finally:
        database.close()
    click.echo(f"Person {number} holds the role {role}{f' in {trust}' if trust else ''} from now.")


@people.command(name="list")
def show() -> None:
    """Print everybody who is known here, with the roles that they hold now."""
    database = _already_there(settings.read())
    try:
        with database.reading() as reading:
            everybody = known_people.every(reading)
    finally:
        database.close()
    click.echo("\n".join(map(_line, everybody)) or "Nobody is known here yet.")


@people.command()
@_ISSUER
@_SUBJECT
def end(issuer: str | None, subject: str) -> None:
    """End every role that somebody holds. They stay known; nothing they did is lost."""
    chosen = settings.read()
    database = _already_there(chosen)
    try:
        ended = enrolment.end_roles(database, _issuer(chosen, issuer), subject, utc_now())
    finally:
        database.close()
    click.echo(f"Roles ended: {ended}.")


def _issuer(chosen: Settings, said: str | None) -> str:
    if said is None:
        return chosen.provider.issuer if chosen.provider else LAPTOP_ISSUER
    return said.rstrip("/")


def _already_there(chosen: Settings) -> Database:
    if told := places.not_begun(chosen):
        raise SettingsError(told)
    return _opened(chosen)


def _opened(chosen: Settings) -> Database:
    database = open_database(chosen, utc_now())
    with database.reading() as reading:
        installation.kind_of(reading)
    return database


def _line(one: Listed) -> str:
    held = one.known.at(utc_now()).grants
    roles = ", ".join(f"{g.role.value} ({g.organisation or 'everywhere'})" for g in held)
    return f"{one.known.title}: {roles or 'no role now'}\n  {one.issuer} {one.subject}"
