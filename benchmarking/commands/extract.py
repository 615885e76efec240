"""``extract``: what was published, as Parquet for analysts."""

from pathlib import Path

import click

from benchmarking import indicators, settings
from benchmarking.access import Grant, Person, Role
from benchmarking.assessing.sheets import NotThere
from benchmarking.keeping import Once
from benchmarking.moments import utc_now
from benchmarking.operations import extracts
from benchmarking.standard import load_library
from benchmarking.store.copying import refuse_other_schema
from benchmarking.store.existing import open_existing
from benchmarking.visit import Visit


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--cycle", "cycle_id", metavar="ID", help="Levels of this released cycle alone.")
def extract(folder: Path, cycle_id: str | None) -> None:
    """Write what was published into FOLDER as Parquet, in place of an earlier extract.

    It holds what inspectors may see, and nothing more. --cycle limits the levels; monthly figures
    and published complaints belong to no cycle, so all of them are written each time. A DuckDB file
    belongs to one process: while a server has it, name the file of a backup with
    BENCHMARK_DATABASE.
    """
    chosen = settings.read()
    database = open_existing(chosen.database)
    # Whoever can run this can read the database; the files hold what an inspector may see.
    host = Person(0, "host", (Grant(Role.INSPECTOR, None),))
    try:
        refuse_other_schema(database)
        visit = Visit(host, database, load_library(chosen.standards), utc_now())
        found = extracts.write(visit, indicators.load(chosen.reference), folder, Once(), cycle_id)
    except NotThere as told:
        raise click.ClickException(str(told)) from None
    finally:
        database.engine.dispose()
    for table in found:
        click.echo(f"{table.name}: {len(table.rows):,} rows")
    click.echo(f"Written to {folder}; README.md there says what each column means.")
