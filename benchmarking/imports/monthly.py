"""A trust's monthly figures from its own CSV file, in our template: all of it right, or nothing.

The columns are trust, series, month, in_time and due, in any order. A row whose two figures are
both blank is one that nobody filled in: it says nothing, and nothing is made of it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from benchmarking.imports import opening
from benchmarking.imports.ko41a_rows import NotAFigure, whole_number
from benchmarking.imports.opening import Handed, Table, normalised
from benchmarking.imports.refusal import Fault, ImportRefused, shown
from benchmarking.imports.template_columns import positions
from benchmarking.series.model import Series
from benchmarking.series.months import EARLIEST, last_ended, month_code, month_in_words, read_month

COLUMNS = ("trust", "series", "month", "in_time", "due")
IN_TIME, DUE = COLUMNS[3:]

_AS_CSV = "Save the table as CSV UTF-8 (comma delimited), in parts if it is long, and choose that"

Key = tuple[str, str, date]


@dataclass(frozen=True)
class MonthlyRow:
    """One row of the file, every value of it checked."""

    number: int
    trust: str
    series_id: str
    month: date
    in_time: int
    due: int

    @property
    def key(self) -> Key:
        return (self.trust, self.series_id, self.month)


@dataclass(frozen=True)
class MonthlyFile:
    """What a file says. ``not_filled_in`` counts its rows without figures.

    ``set_aside`` names columns that nobody asked for.
    """

    name: str
    sha256: str
    rows: tuple[MonthlyRow, ...]
    not_filled_in: int
    set_aside: tuple[str, ...]


@dataclass(frozen=True)
class Allowed:
    """What may stand in a file: these trusts' codes, these series, months that are over today.

    ``own`` is the one trust whose figures somebody may hand in; None where all may come.
    """

    trusts: Collection[str]
    series: Sequence[Series]
    today: date
    own: str | None = None


def read(source: Path | bytes, allowed: Allowed, name: str = "the file") -> MonthlyFile:
    """The figures in a file.

    Args:
        source: the path of a CSV file, or its bytes.
        allowed: what may stand in it.
        name: what bytes are called in messages.

    Raises:
        ImportRefused: with every fault of the file, each as row, what is wrong, what to do.
    """
    table = _table(source, name)
    stands_at = positions(table, COLUMNS, _AS_CSV)
    rows: list[MonthlyRow] = []
    faults: list[Fault] = []
    blank = 0
    for number, cells in table.rows:
        if len(cells) != len(table.header):
            problem = f"it has {len(cells)} cells, the header has {len(table.header)}"
            remedy = "Give each row as many cells as the header"
            faults.append(Fault(f"row {number}", problem, remedy))
            continue
        said = {column: cells[at].strip() for column, at in stands_at.items()}
        if not said[IN_TIME] and not said[DUE]:
            blank += 1
            continue
        row, wrong = _row(number, said, allowed)
        rows += [row] if row else []
        faults += wrong
    faults += _repeated(rows)
    if faults:
        raise ImportRefused(sorted(faults, key=_in_order_of_rows))
    if not rows:
        remedy = "Fill in in_time and due for at least one month"
        raise ImportRefused([Fault(table.name, "no row of it has figures", remedy)])
    aside = tuple(shown(c) for c in table.header if normalised(c) not in COLUMNS and c.strip())
    return MonthlyFile(table.name, table.sha256, tuple(rows), blank, aside)


def _table(source: Path | bytes, name: str) -> Table:
    """The file as a table; what is wrong with it is said to whoever made it, not published it."""
    try:
        handed = opening.take(source, name)
        if handed.is_zip:
            raise ImportRefused([Fault(handed.name, _zip_is(handed), _AS_CSV)])
        opening.csv_names(handed)
        return opening.table_of(handed, handed.name)
    except ImportRefused as refused:
        raise ImportRefused(replace(f, remedy=_AS_CSV) for f in refused.faults) from None


def _zip_is(handed: Handed) -> str:
    is_workbook = b"[Content_Types].xml" in handed.content
    return "this is a workbook, not a CSV file" if is_workbook else "this is a ZIP, not a CSV file"


def _row(
    number: int, said: Mapping[str, str], allowed: Allowed
) -> tuple[MonthlyRow | None, list[Fault]]:
    """The row, if it can be read in full; and everything that is wrong with it."""
    where = f"row {number}"
    month = read_month(said["month"])
    faults = [
        *_trust_faults(where, said["trust"], allowed),
        *_series_faults(where, said["series"], allowed.series),
        *_month_faults(where, said["month"], month, allowed.today),
    ]
    in_time = _count(where, IN_TIME, said, faults)
    due = _count(where, DUE, said, faults)
    if in_time is not None and due is not None and in_time > due:
        problem = f"in_time is {in_time:,} and due is {due:,}, so more were in time than were due"
        faults.append(Fault(where, problem, "Correct one of the two"))
    if faults or month is None or in_time is None or due is None:
        return None, faults
    trust, series_id = _code(said["trust"]), said["series"].lower()
    return MonthlyRow(number, trust, series_id, month, in_time, due), []


def _code(said: str) -> str:
    return said.upper()


def _trust_faults(where: str, said: str, allowed: Allowed) -> Iterator[Fault]:
    code = _code(said)
    place = f"{where}, column trust"
    if allowed.own is not None and code != allowed.own:
        problem = f"{shown(said) or 'nothing'} is not your trust, {allowed.own}"
        yield Fault(place, problem, "Take the row out, or correct the code")
    elif code not in allowed.trusts:
        problem = f"{shown(said) or 'nothing'} is not the code of a trust here"
        yield Fault(place, problem, "Write the code under which the trust is listed here")


def _series_faults(where: str, said: str, series: Sequence[Series]) -> Iterator[Fault]:
    known = [one.id for one in series]
    if said.lower() not in known:
        problem = f"{shown(said) or 'nothing'} is not a series"
        yield Fault(f"{where}, column series", problem, f"Write one of: {', '.join(known)}")


def _month_faults(where: str, said: str, month: date | None, today: date) -> Iterator[Fault]:
    place = f"{where}, column month"
    newest = last_ended(today)
    if month is None:
        problem = f"{shown(said) or 'nothing'} is not a month"
        yield Fault(place, problem, f"Write it like {month_code(newest)}")
    elif month > newest:
        problem = f"{month_in_words(month)} is not over yet"
        yield Fault(place, problem, f"Hand in months up to {month_in_words(newest)}")
    elif month < EARLIEST:
        problem = f"{month_in_words(month)} is before the complaints regulations took effect"
        yield Fault(place, problem, f"Hand in months from {month_in_words(EARLIEST)} on")


def _count(where: str, column: str, said: Mapping[str, str], faults: list[Fault]) -> int | None:
    try:
        return whole_number(said[column])
    except NotAFigure as wrong:
        remedy = "Write a whole number, 0 or more; leave both figures blank to say nothing"
        faults.append(Fault(f"{where}, column {column}", wrong.problem, remedy))
        return None


def _repeated(rows: Sequence[MonthlyRow]) -> Iterator[Fault]:
    first: dict[Key, int] = {}
    for row in rows:
        if row.key in first:
            problem = (
                f"{month_in_words(row.month)} of {row.series_id} of {row.trust} is in row "
                f"{first[row.key]} already"
            )
            yield Fault(f"row {row.number}", problem, "Keep one of the two rows")
        first.setdefault(row.key, row.number)


def _in_order_of_rows(fault: Fault) -> int:
    """The number in "row 12, column month"."""
    return int(fault.where.removeprefix("row ").split(",")[0])
