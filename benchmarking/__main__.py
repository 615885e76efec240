"""The command line: python -m benchmarking."""

import sys

import click

from benchmarking.commands import faults
from benchmarking.commands.database import db
from benchmarking.commands.demo import demo
from benchmarking.commands.extract import extract
from benchmarking.commands.imports import import_files
from benchmarking.commands.ledger import ledger
from benchmarking.commands.notify import notify
from benchmarking.commands.people import people
from benchmarking.commands.retention import keep_for
from benchmarking.commands.serve import serve
from benchmarking.commands.standards import standards
from benchmarking.commands.subject_access import find_person
from benchmarking.demonstration import DemonstrationRefused
from benchmarking.imports.refusal import ImportRefused
from benchmarking.indicators.loader import CatalogueError
from benchmarking.organisations import OrganisationsError
from benchmarking.people.enrolment import CannotEnrol
from benchmarking.settings import SettingsError
from benchmarking.standard import StandardsError
from benchmarking.store.database import StoreError

# Each says in sentences what is wrong and what to do; everything else is a fault of ours.
_TOLD = (
    CannotEnrol,
    CatalogueError,
    DemonstrationRefused,
    ImportRefused,
    OrganisationsError,
    SettingsError,
    StandardsError,
    StoreError,
)


@click.group()
def main() -> None:
    """Benchmark complaint handling against published standards."""


for command in (
    serve,
    demo,
    import_files,
    standards,
    ledger,
    people,
    find_person,
    keep_for,
    notify,
    db,
    extract,
):
    main.add_command(command)


def run() -> None:
    """Runs a command; what cannot be done is told in sentences, with exit code 1."""
    try:
        main()
    except _TOLD as told:
        click.echo(str(told), err=True)
        sys.exit(1)


if __name__ == "__main__":
    sys.excepthook = faults.explain
    run()
