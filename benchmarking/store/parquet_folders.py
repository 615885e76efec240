"""Tables as Parquet in folders that DuckDB, Spark and Trino read as they are ("hive" partitions).

A table is a folder, each value of its first column a folder ``name=value`` in it, and that column
stands in the folder's name alone.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow
from pyarrow import parquet

from benchmarking.store import on_disk
from benchmarking.store.database import StoreError

SCHEMA = "schema.json"
README = "README.md"
FORMAT = "benchmark extract 1"
_FILE = "part-0.parquet"


class ColumnType(Enum):
    """What stands in a column, and what Parquet calls it."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    YES_OR_NO = "yes or no"
    DAY = "day"


_TYPES = {
    ColumnType.TEXT: pyarrow.string(),
    ColumnType.WHOLE: pyarrow.int64(),
    ColumnType.NUMBER: pyarrow.float64(),
    ColumnType.YES_OR_NO: pyarrow.bool_(),
    ColumnType.DAY: pyarrow.date32(),
}


@dataclass(frozen=True)
class Column:
    """A column, and what it means. Where it may be empty, ``meaning`` says what that means."""

    name: str
    type: ColumnType
    meaning: str


@dataclass(frozen=True)
class Table:
    """Rows with a value for each column. The first column, a text, is the partition."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]


class ExtractFailed(StoreError):
    """No extract was written. Says why; what was there before is as it was."""


def write(folder: Path, tables: Sequence[Table], readme: str) -> None:
    """Writes an extract, in place of an earlier one that is there.

    It is written beside its place and moved there, so that nobody reads half of it.

    Args:
        folder: a new or an empty folder, or an earlier extract.
        tables: what to write.
        readme: what it says of itself; a dictionary of its columns is added.

    Raises:
        ExtractFailed: something else is in the folder, or it cannot be written.
    """
    _refuse_strangers(folder)
    with _failing_in_words(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with on_disk.new_folder(folder.parent) as half:
            for table in tables:
                _write_table(half / table.name, table)
            (half / README).write_text(f"{readme}\n{_dictionary(tables)}", encoding="utf-8")
            (half / SCHEMA).write_text(json.dumps(_schema(tables), indent=1), encoding="utf-8")
            _put_in_place(half, folder)


def _write_table(folder: Path, table: Table) -> None:
    partition, *columns = table.columns
    schema = pyarrow.schema([(column.name, _TYPES[column.type]) for column in columns])
    parts: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in table.rows:
        parts[row[0]].append(row[1:])
    folder.mkdir()
    for value, rows in sorted(parts.items()):
        place = folder / f"{partition.name}={quote(value, safe='')}"
        place.mkdir()
        arrays = [
            pyarrow.array([row[number] for row in rows], field.type)
            for number, field in enumerate(schema)
        ]
        # Snappy, because every reader has it.
        parquet.write_table(
            pyarrow.Table.from_arrays(arrays, schema=schema), place / _FILE, compression="snappy"
        )


def _schema(tables: Sequence[Table]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "tables": [
            {
                "name": table.name,
                "about": table.about,
                "partition": table.columns[0].name,
                "rows": len(table.rows),
                "columns": [
                    {"name": c.name, "type": c.type.value, "meaning": c.meaning}
                    for c in table.columns
                ],
            }
            for table in tables
        ],
    }


_HOW_TO_READ = """\
Each table is a folder of Parquet files, partitioned by its first column as DuckDB, Spark and
Trino expect it. With DuckDB:

    SELECT * FROM read_parquet('levels/*/*.parquet', hive_partitioning = true)
"""


def _dictionary(tables: Sequence[Table]) -> str:
    return "\n".join([_HOW_TO_READ, *(_described(table) for table in tables)])


def _described(table: Table) -> str:
    rows = f"{len(table.rows):,} rows, a folder for each `{table.columns[0].name}`."
    head = f"## {table.name}\n\n{table.about} {rows}"
    lines = [f"| `{c.name}` | {c.type.value} | {c.meaning} |" for c in table.columns]
    return "\n".join([head, "", "| Column | Type | Meaning |", "|---|---|---|", *lines, ""])


def _refuse_strangers(folder: Path) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        is_ours = json.loads((folder / SCHEMA).read_text("utf-8"))["format"] == FORMAT
    except (OSError, ValueError, TypeError, KeyError):
        is_ours = False
    if not is_ours:
        raise ExtractFailed(
            f"{folder}: there is something else here, and an extract replaces all of it. "
            f"Name a new folder, or that of an earlier extract. Nothing was changed."
        )


def _put_in_place(half: Path, folder: Path) -> None:
    if folder.exists():
        before = folder.with_name(f"{half.name}-before")
        folder.rename(before)
        half.rename(folder)
        shutil.rmtree(before)
    else:
        half.rename(folder)


@contextmanager
def _failing_in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExtractFailed(
            f"{folder}: the extract was not written. Check that there is room and that this "
            f"program may write there. The system said: {error.strerror or error}"
        ) from error
