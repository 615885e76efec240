"""Importing published figures, figures that trusts keep about themselves, and survey replies."""

from pathlib import Path

import click

from benchmarking import monthly_imports, published_imports, server, settings
from benchmarking.commands import survey_import


@click.group("import")
def import_files() -> None:
    """Import published figures, monthly figures of the trusts here, or survey replies."""


import_files.add_command(survey_import.survey)


@import_files.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def ko41a(file: Path) -> None:
    """Import a KO41a publication (the publisher's ZIP or its organisation-level CSV)."""
    running = server.start(settings.read())
    try:
        report = published_imports.import_ko41a(running, file)
    finally:
        running.database.close()
    click.echo(report)


@import_files.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def monthly(file: Path) -> None:
    """Import monthly figures of any of the trusts here (a CSV file in our template)."""
    running = server.start(settings.read())
    try:
        report = monthly_imports.import_monthly(running.database, file)
    finally:
        running.database.close()
    click.echo(report)
