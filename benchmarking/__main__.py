"""The command line: python -m benchmarking."""

import sys

import click

from benchmarking.commands.demo import demo
from benchmarking.commands.imports import import_files
from benchmarking.commands.serve import serve
from benchmarking.commands.standards import standards
from benchmarking.faults import FileRefused
from benchmarking.settings import SettingsError
from benchmarking.standard import StandardsError
from benchmarking.store.database import StoreError


@click.group()
def main() -> None:
    """Benchmark complaint handling against published standards."""


for command in (serve, demo, import_files, standards):
    main.add_command(command)


def run() -> None:
    """Runs a command; what cannot be done is told in a sentence, with exit code 1."""
    try:
        main()
    except (SettingsError, StandardsError, FileRefused, StoreError) as told:
        click.echo(str(told), err=True)
        sys.exit(1)


if __name__ == "__main__":
    run()
