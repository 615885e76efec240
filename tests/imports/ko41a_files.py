"""The published KO41a file, and copies of it with one thing changed."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarking import indicators, organisations
from benchmarking.imports import ko41a
from benchmarking.imports.ko41a import Ko41aReturn
from benchmarking.imports.refusal import ImportRefused

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PUBLISHED = DATA / "published" / "ko41a_2024-25_org_level.csv"
CATALOGUE = indicators.load(DATA)
TRUSTS = organisations.load(DATA)
ROWS = list(csv.reader(io.StringIO(PUBLISHED.read_bytes().decode("ascii"), newline="")))
HEADER = ROWS[0]
SITE_HEADER = [*HEADER[:7], "Site_Code", "Site_Name", *HEADER[7:]]
CODE = HEADER.index("Organisation_Code")


def read(content: bytes | Path) -> Ko41aReturn:
    return ko41a.read(content, CATALOGUE, TRUSTS)


def refusal(content: bytes | Path) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        read(content)
    return refused.value


def told(content: bytes | Path) -> list[str]:
    return [str(fault) for fault in refusal(content).faults]


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def changed(code: str, **cells: str | int) -> list[list[str]]:
    """The published rows with some cells of one organisation changed; +1 adds to a count."""
    rows = [list(row) for row in ROWS]
    row = rows[position(code)]
    for column, value in cells.items():
        at = HEADER.index(column)
        row[at] = str(int(row[at]) + value) if isinstance(value, int) else value
    return rows


def position(code: str) -> int:
    """Where an organisation stands in ROWS; its row in a spreadsheet is one more."""
    return next(at for at, row in enumerate(ROWS) if row[CODE] == code)


def headed(old: str, new: str) -> list[list[str]]:
    """The published rows under a changed header."""
    return [[column.replace(old, new) for column in HEADER], *ROWS[1:]]


def with_cells(code: str, **cells: str | int) -> bytes:
    return csv_of(changed(code, **cells))


def zip_of(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(f"{name.replace('__', ' ')}.csv", content)
    return packed.getvalue()
