"""Measures speed and size: python -m benchmarks NAME. The table lies in docs/performance.md."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from benchmarks import (
    exports,
    hosted,
    imports,
    machine,
    memory,
    pages,
    replicas,
    responses,
    shown,
    statistics,
    tables,
)
from benchmarks import load as loading

Measure = Callable[[], Any]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where JSON goes.")
@click.option("--write", is_flag=True, help="Renew the tables in docs/performance.md.")
@click.pass_context
def cli(context: click.Context, out: Path | None, write: bool) -> None:
    """Measures the dashboard. JSON goes to standard output, or to a file."""
    context.obj = (out, write)


def _tell(context: click.Context, measures: Mapping[str, Measure]) -> None:
    """Measures one thing after another, and says each as soon as it is known."""
    out, write = context.obj
    on = machine.described()
    found: dict[str, Any] = {"machine": on}
    for name, measure in measures.items():
        click.echo(f"Measuring {name} …", err=True)
        found[name] = measure()
        table = shown.TABLES[name](found[name])
        click.echo(table, err=True)
        if write:
            tables.write(name, table, machine.sentence(on))
    said = json.dumps(found, indent=2, ensure_ascii=False)
    if out is None:
        sys.stdout.write(f"{said}\n")
    else:
        out.write_text(f"{said}\n", "utf-8")


SESSIONS, THINK, MINUTES, FURTHER = 200, 5.0, 3.0, 10_000


@cli.command()
@click.option("--sessions", default=SESSIONS, show_default=True, help="Tabs that are open at once.")
@click.option("--think", default=THINK, show_default=True, help="Mean seconds between two clicks.")
@click.option("--minutes", default=MINUTES, show_default=True, help="Before memory is looked at.")
@click.option("--further", default=FURTHER, show_default=True, help="Reruns after that.")
@click.pass_context
def load(context: click.Context, sessions: int, think: float, minutes: float, further: int) -> None:
    """Many people at once: all in one moment, and at their own pace (13 minutes)."""
    _tell(context, {"load": lambda: loading.measure(sessions, think, minutes, further)})


@cli.command(name="responses")
@click.option("--hundred-million", is_flag=True, help="100 million rows, too.")
@click.pass_context
def of_responses(context: click.Context, hundred_million: bool) -> None:
    """Importing and adding up millions of survey answers (2 minutes; 5 with 100 million)."""
    _tell(context, {"responses": lambda: responses.measure(responses.sizes(hundred_million))})


@cli.command(name="imports")
@click.option("--largest", default=1_000_000, show_default=True, help="Replies in one file.")
@click.pass_context
def of_imports(context: click.Context, largest: int) -> None:
    """Files that are brought, beside a plain reading of each (6 minutes)."""
    sizes = [size for size in imports.SIZES if size <= largest]
    _tell(context, {"imports": lambda: imports.measure(sizes)})


MEASURES: Mapping[str, Measure] = {
    "statistics": statistics.measure,
    "pages": pages.measure,
    "exports": exports.measure,
    "imports": imports.measure,
    "responses": lambda: responses.measure(responses.sizes(False)),
    "hosted": hosted.measure,
    "replicas": replicas.measure,
    "memory": memory.measure,
    "load": lambda: loading.measure(SESSIONS, THINK, MINUTES, FURTHER),
}

_PLAIN = {
    "pages": "What a rerun of each page costs, beside an empty app (2 minutes).",
    "statistics": "What each statistic costs (1 minute).",
    "exports": "Files that are taken away (10 seconds).",
    "hosted": "One reply to the hosted survey among a million answers (1 minute).",
    "replicas": "Two replicas over one PostgreSQL, beside one (4 minutes).",
    "memory": "Memory for each open tab, and over 10,000 reruns (12 minutes).",
}


def _command(name: str, says: str) -> click.Command:
    @click.pass_context
    def measure(context: click.Context) -> None:
        _tell(context, {name: MEASURES[name]})

    return click.Command(name, callback=measure, help=says)


for _name, _says in _PLAIN.items():
    cli.add_command(_command(_name, _says))


@cli.command(name="all")
@click.pass_context
def everything(context: click.Context) -> None:
    """All of these, one after another (about 35 minutes)."""
    _tell(context, MEASURES)


if __name__ == "__main__":
    cli(prog_name="python -m benchmarks")
