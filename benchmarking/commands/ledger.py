"""``ledger``: whether what was submitted is still what is stored."""

import click

from benchmarking import settings
from benchmarking.assessing import ledgers
from benchmarking.store.existing import open_existing


@click.group()
def ledger() -> None:
    """Look after the ledger of submissions, approvals and publications."""


@ledger.command()
def verify() -> None:
    """Check the chain of the ledger, and every submitted assessment against its receipt.

    Ends with 0 and a sentence; or with 1, every fault a line, and what to do. Changes nothing.
    """
    database = open_existing(settings.read().database)
    try:
        found = ledgers.verify(database)
    finally:
        database.engine.dispose()
    if not found.is_whole:
        click.echo("\n".join([*found.faults, ledgers.WHAT_TO_DO]), err=True)
        raise SystemExit(1)
    click.echo(found.sentence)
