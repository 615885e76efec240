"""Holds our statistics against the reference files of a directory.

    python -m tests.vectors [DIR]

prints one line for each file, with how many values passed, failed and are excused by a numbered
fault of the README beside them. Ends with 1 where anything failed.
"""

import sys
from pathlib import Path

import click

from tests.vectors.run import REFERENCE, tallies

SHOWN = 10


@click.command(help=__doc__)
@click.argument(
    "folder", default=REFERENCE, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def main(folder: Path) -> None:
    """Prints the lines, and the first failures of each file below it."""
    failed = 0
    for tally in tallies(folder):
        click.echo(str(tally))
        for failure in tally.failures[:SHOWN]:
            click.echo(f"  {failure}")
        failed += len(tally.failures)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
