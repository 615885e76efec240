"""The frame of a file review from a trust's own file, or pasted: all of it right, or nothing.

The file is CSV, or a workbook of which the first sheet is read.

The columns are reference, closed_on and outcome, in any order. Any other column is refused by
name, because a frame is to name nobody.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from benchmarking.imports import opening, survey_workbooks
from benchmarking.imports.opening import Handed, Table, normalised
from benchmarking.imports.refusal import Fault, ImportRefused, shown
from benchmarking.imports.template_columns import positions
from benchmarking.reviewed_files import ClosedComplaint, Outcome, in_canonical_order

COLUMNS = ("reference", "closed_on", "outcome")
LONGEST_REFERENCE = 40
# The complaints regulations took effect then.
EARLIEST = date(2009, 4, 1)
_MOST_COLUMNS = 50

_AS_CSV = "Save the table as CSV UTF-8 (comma delimited) and choose that, or paste it"
_TAKE_OUT = "Take the column out: a frame holds references, days and outcomes, and names nobody"
_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9 ./_#-]*")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y")
_OUTCOMES: Mapping[str, Outcome] = {
    "upheld": Outcome.UPHELD,
    "fully_upheld": Outcome.UPHELD,
    "partly_upheld": Outcome.PARTLY_UPHELD,
    "partially_upheld": Outcome.PARTLY_UPHELD,
    "not_upheld": Outcome.NOT_UPHELD,
    "other": Outcome.OTHER,
}


@dataclass(frozen=True)
class Allowed:
    """What may stand in a frame: days up to today, and references that identify nobody.

    ``identifies`` says what a text looks like that may tell who somebody is ("an NHS number"),
    and nothing of other texts.
    """

    today: date
    identifies: Callable[[str], str]


def read(content: bytes, allowed: Allowed, name: str = "the file") -> tuple[ClosedComplaint, ...]:
    """The closed complaints in a file, in canonical order.

    Raises:
        ImportRefused: with every fault of the file, each as row, what is wrong, what to do.
    """
    table = _table(content, name)
    stands_at = positions(table, COLUMNS, _AS_CSV, _TAKE_OUT)
    found: list[tuple[int, ClosedComplaint]] = []
    faults: list[Fault] = []
    for number, cells in table.rows:
        if len(cells) != len(table.header):
            problem = f"it has {len(cells)} cells, the header has {len(table.header)}"
            remedy = "Give each row as many cells as the header"
            faults.append(Fault(f"row {number}", problem, remedy))
            continue
        said = {column: cells[at].strip() for column, at in stands_at.items()}
        row, wrong = _row(number, said, allowed)
        found += [(number, row)] if row else []
        faults += wrong
    faults += _repeated(found)
    if faults:
        raise ImportRefused(sorted(faults, key=_in_order_of_rows))
    return in_canonical_order(row for _, row in found)


def from_pasted(text: str) -> bytes:
    """Rows as somebody copied them from a spreadsheet, as a CSV file.

    Cells copied from a spreadsheet are divided by tabs; commas and semicolons are taken, too.
    """
    lines = text.lstrip("\ufeff").splitlines()
    first = lines[0] if lines else ""
    mark = next((mark for mark in ("\t", ";") if mark in first), ",")
    written = io.StringIO()
    csv.writer(written).writerows(csv.reader(lines, delimiter=mark))
    return written.getvalue().encode("utf-8", "replace")


def _table(content: bytes, name: str) -> Table:
    """The file as a table; what is wrong with it is said to whoever made it."""
    try:
        handed = opening.take(content, name)
        if handed.is_zip and b"[Content_Types].xml" in handed.content:
            return _first_sheet(handed)
        if handed.is_zip:
            raise ImportRefused([Fault(handed.name, "this is a ZIP, not a CSV file", _AS_CSV)])
        opening.csv_names(handed)
        return opening.table_of(handed, handed.name)
    except ImportRefused as refused:
        raise ImportRefused(replace(f, remedy=_AS_CSV) for f in refused.faults) from None


def _first_sheet(handed: Handed) -> Table:
    """The first sheet of a workbook as a table."""
    survey_workbooks.check(handed.content, handed.name)
    every = survey_workbooks.rows(handed.content, handed.name, _MOST_COLUMNS, lambda _: None)
    rows = [(number, tuple(cells)) for number, cells in islice(every, opening.MOST_ROWS + 1)]
    if len(rows) > opening.MOST_ROWS:
        problem = f"it has {opening.MOST_ROWS:,} rows or more"
        raise ImportRefused([Fault(handed.name, problem, _AS_CSV)])
    if len(rows) < 2:
        problem = "it has a header at most, and no rows"
        raise ImportRefused([Fault(handed.name, problem, _AS_CSV)])
    return Table(handed.name, handed.sha256, "", rows[0][1], tuple(rows[1:]))


def _row(
    number: int, said: Mapping[str, str], allowed: Allowed
) -> tuple[ClosedComplaint | None, list[Fault]]:
    """The row, if it can be read in full; and everything that is wrong with it."""
    where = f"row {number}"
    reference, day = " ".join(said["reference"].split()), _day(said["closed_on"])
    outcome = _OUTCOMES.get(normalised(said["outcome"]))
    faults = [
        *_reference_faults(where, reference, allowed),
        *_day_faults(where, said["closed_on"], day, allowed.today),
    ]
    if outcome is None:
        problem = f"{shown(said['outcome']) or 'nothing'} is not an outcome"
        remedy = f"Write one of: {', '.join(Outcome)}"
        faults.append(Fault(f"{where}, column outcome", problem, remedy))
    if faults or day is None or outcome is None:
        return None, faults
    return ClosedComplaint(reference, day, outcome), []


def _reference_faults(where: str, reference: str, allowed: Allowed) -> Iterator[Fault]:
    place = f"{where}, column reference"
    remedy = "Write the number under which the trust keeps the complaint, and no name"
    looks_like = allowed.identifies(reference)
    if looks_like:
        # What may tell who somebody is, is not repeated.
        yield Fault(place, f"the reference looks like {looks_like}", remedy)
    elif len(reference) > LONGEST_REFERENCE:
        yield Fault(place, f"it is longer than {LONGEST_REFERENCE} characters", remedy)
    elif not _REFERENCE.fullmatch(reference):
        problem = f"{shown(reference) or 'nothing'} is not a reference with a number"
        yield Fault(place, problem, remedy)


def _day(said: str) -> date | None:
    # A workbook and some systems write an hour behind the day: midnight, which says nothing.
    day = said.removesuffix("00:00:00").rstrip(" T")
    for form in _DAYS:
        try:
            return datetime.strptime(f"{day} +0000", f"{form} %z").date()
        except ValueError:
            continue
    return None


def _day_faults(where: str, said: str, day: date | None, today: date) -> Iterator[Fault]:
    place = f"{where}, column closed_on"
    if day is None:
        problem = f"{shown(said) or 'nothing'} is not a day"
        yield Fault(place, problem, f"Write it like {today.isoformat()} or {today:%d/%m/%Y}")
    elif day > today:
        yield Fault(place, f"{shown(said)} has not come yet", "Hand in complaints that are closed")
    elif day < EARLIEST:
        problem = f"{shown(said)} is before the complaints regulations took effect"
        yield Fault(place, problem, "Correct the year")


def _repeated(found: list[tuple[int, ClosedComplaint]]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, row in found:
        reference = row.reference.casefold()
        if reference in first:
            problem = f"{shown(row.reference)} is in row {first[reference]} already"
            yield Fault(f"row {number}", problem, "Keep one of the two rows")
        first.setdefault(reference, number)


def _in_order_of_rows(fault: Fault) -> int:
    """The number in "row 12, column outcome"."""
    return int(fault.where.removeprefix("row ").split(",")[0])
