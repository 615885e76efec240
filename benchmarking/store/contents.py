"""What a database holds, as numbers that can be compared: row counts, digests and sequences.

They are worked out from values as Python has them, so that both engines give the same.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from hashlib import blake2b
from typing import Any

from benchmarking.store.database import Reading
from benchmarking.store.migrate import tables

# Rows that are in memory at once.
AT_ONCE = 20_000
_BITS = 256
_Rows = Sequence[tuple[Any, ...]]
# Told after each batch: the table, and how many of its rows are done.
Tell = Callable[[str, int], None]


def silent(_table: str, _rows: int) -> None:
    """Tells nobody how far it has come."""


@dataclass(frozen=True)
class Content:
    """What one table holds. Equal rows in another order have the same digest."""

    rows: int
    digest: str


NOTHING = Content(0, "0" * (_BITS // 4))


class Tally:
    """Counts rows and adds up the hash of each, so that their order does not matter."""

    def __init__(self) -> None:
        self._rows, self._sum = 0, 0

    def add(self, rows: _Rows) -> None:
        """Counts these rows in."""
        for row in rows:
            said = blake2b(repr(row).encode(), digest_size=_BITS // 8).digest()
            self._sum += int.from_bytes(said, "big")
        self._rows += len(rows)
        self._sum %= 1 << _BITS

    @property
    def content(self) -> Content:
        return Content(self._rows, f"{self._sum:0{_BITS // 4}x}")


def columns_of(reading: Reading) -> Mapping[str, tuple[str, ...]]:
    """The columns of every table, in their order."""
    rows = reading.rows(
        """
        SELECT table_name, column_name
        FROM information_schema.columns
        WHERE table_schema = current_schema()
        ORDER BY table_name, ordinal_position
        """
    )
    found: dict[str, list[str]] = {table: [] for table in sorted(tables(reading))}
    for row in rows:
        if row["table_name"] in found:
            found[row["table_name"]].append(row["column_name"])
    return {table: tuple(names) for table, names in found.items()}


def rows_of(reading: Reading, table: str, columns: Sequence[str]) -> Generator[_Rows, None, None]:
    """The rows of a table, in batches and in no order; who does not take all of them closes it."""
    yield from reading.batches(f"SELECT {', '.join(columns)} FROM {table}", AT_ONCE)


def contents_of(reading: Reading, tell: Tell = silent) -> dict[str, Content]:
    """What every table holds."""
    return {
        table: _content_of(reading, table, columns, tell)
        for table, columns in columns_of(reading).items()
    }


def _content_of(reading: Reading, table: str, columns: Sequence[str], tell: Tell) -> Content:
    tally = Tally()
    for rows in rows_of(reading, table, columns):
        tally.add(rows)
        tell(table, tally.content.rows)
    return tally.content


def sequences_of(reading: Reading) -> dict[str, int]:
    """The last number that every sequence gave; 0 where it gave none."""
    rows = reading.rows(
        """
        SELECT sequencename, coalesce(last_value, start_value - 1) AS given
        FROM pg_catalog.pg_sequences
        WHERE schemaname = current_schema()
        ORDER BY sequencename
        """
    )
    return {row["sequencename"]: int(row["given"]) for row in rows}


def parents_first(named: Sequence[str], keys: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Tables in an order in which no row comes before one that it refers to.

    Args:
        named: the tables.
        keys: (table, table that its rows refer to).
    """
    sorter: TopologicalSorter[str] = TopologicalSorter({table: set() for table in sorted(named)})
    for table, parent in sorted(keys):
        if table != parent:
            sorter.add(table, parent)
    return tuple(sorter.static_order())
