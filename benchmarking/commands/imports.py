"""Importing published figures."""

from pathlib import Path

import click

from benchmarking import published_imports, server, settings


@click.group("import")
def import_files() -> None:
    """Import published figures."""


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
