"""Tables in docs/performance.md, renewed between two marks each; what stands around them stays."""

import re
from collections.abc import Sequence
from pathlib import Path

from benchmarking.settings import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"

Cell = str | float | None


class NoMarks(ValueError):
    """A document has no place for a table. Says which marks it needs."""


def markdown(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table; a cell that nobody measured is blank."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def renewed(document: str, name: str, table: str, foot: str) -> str:
    """The document with this table, and the line below it, in the place of those before.

    Raises:
        NoMarks: it has no place for a table of this name.
    """
    begin, end = f"<!-- measured: {name} -->", f"<!-- end of {name} -->"
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not place.search(document):
        raise NoMarks(f"The document has no place for “{name}”. Add {begin} and {end} to it.")
    return place.sub(lambda _: f"{begin}\n{table}\n\n{foot}\n{end}", document, count=1)


def write(name: str, table: str, foot: str, path: Path = DOCUMENT) -> None:
    """Renews one table of a file; raises as ``renewed``."""
    document = path.read_text("utf-8")
    path.write_text(renewed(document, name, table, foot), "utf-8")


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:,}" if isinstance(cell, int | float) else str(cell)
