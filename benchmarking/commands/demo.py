"""``demo``: makes the database with fictional trusts."""

from datetime import datetime

import click

from benchmarking import settings
from benchmarking.demonstration import DemonstrationRefused, install
from benchmarking.moments import in_words, local, utc_now
from benchmarking.settings import SettingsError
from benchmarking.standard import StandardsError, load_library
from benchmarking.store.database import StoreError


@click.group()
def demo() -> None:
    """Make the demonstration: fictional trusts, in a database of their own."""


@demo.command()
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day around which the cycles lie, such as 2026-06-18. Today by default.",
)
@click.option("--replace", is_flag=True, help="Replace a demonstration that is there already.")
def create(as_of: datetime | None, replace: bool) -> None:
    """Fill the database that BENCHMARK_DATABASE names with 60 fictional trusts."""
    now = utc_now()
    day = local(now).date() if as_of is None else as_of.date()
    try:
        chosen = settings.read()
        install(chosen, load_library(chosen.standards), day, now, replace=replace)
    except (SettingsError, StandardsError, DemonstrationRefused, StoreError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The demonstration is ready: fictional trusts, as of {in_words(day)}.")
