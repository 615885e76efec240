"""``import survey``: replies of complainants of any of the trusts here, from a file."""

from pathlib import Path

import click

from benchmarking import server, settings
from benchmarking.survey import loads

_STEPS = 1000


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cycle", "cycle_id", required=True, help="The cycle in which people were asked.")
@click.option("--trust", "trust_code", default="", help="The trust all replies are of.")
@click.option("--mapping", "mapping_name", default="", help="A mapping that this trust has saved.")
def survey(file: Path, cycle_id: str, trust_code: str, mapping_name: str) -> None:
    """Import replies to the complainant survey (a CSV or XLSX file in our template).

    A column trust says whose each reply is; without it, name the trust. All of the file is
    stored, or nothing.
    """
    running = server.start(settings.read())
    try:
        with click.progressbar(length=_STEPS, label="Reading", show_pos=False) as bar:
            report = loads.load(
                running.database,
                running.library,
                file,
                cycle_id,
                trust_code=trust_code.strip().upper(),
                mapping_name=mapping_name,
                told=lambda share: bar.update(max(0, int(share * _STEPS) - bar.pos)),
            )
    finally:
        running.database.close()
    click.echo(report)
