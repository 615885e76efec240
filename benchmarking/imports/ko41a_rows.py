"""The rows of a KO41a table: found by column name, every cell checked, nothing guessed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarking.imports.opening import Table, normalised
from benchmarking.imports.refusal import Fault, ImportRefused, shown
from benchmarking.indicators import Collection

YEAR, CODE, NAME, TYPE = "Year", "Organisation_Code", "Organisation_Name", "Organisation_Type"
NEEDED = (YEAR, CODE, NAME, TYPE)
PLACES = ("NHS_England_Region_Code", "NHS_England_Region_Name", "ICS_Code", "ICS_Name")
LARGEST = 9_999_999
LONGEST_TEXT = 200
OWN_FILE = "Use the publisher's own file, unchanged"

_CODE = re.compile(r"[A-Z0-9]{3,6}")
_YEAR = re.compile(r"(20[0-9]{2})[-/]([0-9]{2})")
# Thousands commas are read: spreadsheets add them on saving, and with exactly three digits
# after each they can mean nothing else. A comma anywhere else is refused.
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(,[0-9]{3})+")
_NEGATIVE = re.compile("[-\u2212][0-9.,]+")
_NOT_GIVEN = ("-", "\u2013", "\u2014", ".", "..", ":", "n/a", "na", "nan", "null", "none")
_ALL_TOGETHER = ("TOTAL", "ENGLAND", "ALL")


class NotAFigure(ValueError):
    """A cell is no whole number. Carries what is wrong and the way out."""

    def __init__(self, problem: str, remedy: str):
        super().__init__(f"{problem}. {remedy}.")
        self.problem, self.remedy = problem, remedy


@dataclass(frozen=True)
class Columns:
    """Where each wanted column stands, and the columns nobody asked for."""

    positions: Mapping[str, int]
    set_aside: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One organisation: its row in the file, texts by column name and counts by measure id."""

    number: int
    texts: Mapping[str, str]
    counts: Mapping[str, int]

    @property
    def code(self) -> str:
        return self.texts[CODE]

    @property
    def where(self) -> str:
        """The row as it is named to a person."""
        return f"row {self.number} ({shown(f'{self.code} {self.texts[NAME]}')})"


def columns_of(table: Table, collection: Collection) -> Columns:
    """Positions of the columns by their published names; capitals and marks do not matter.

    Raises:
        ImportRefused: naming every column that is missing or stands there twice.
    """
    names = [normalised(column) for column in table.header]
    wanted = (*NEEDED, *(measure.column for measure in collection.measures))
    faults = [
        Fault(table.name, f"the column {column} is missing", OWN_FILE)
        for column in wanted
        if normalised(column) not in names
    ]
    known = {normalised(column): column for column in (*wanted, *PLACES)}
    faults += [
        Fault(table.name, f"the column {known.get(name, shown(name))} stands there twice", OWN_FILE)
        for name, times in Counter(names).items()
        if times > 1 and name
    ]
    if faults:
        raise ImportRefused(faults)
    positions = {known[name]: at for at, name in enumerate(names) if name in known}
    aside = [shown(c) or "(no name)" for c in table.header if normalised(c) not in known]
    return Columns(positions, tuple(aside))


def rows_of(
    table: Table, columns: Columns, collection: Collection
) -> tuple[list[Row], list[Fault]]:
    """Every row, and every fault in them. A count that could not be read is left out."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, cells in table.rows:
        if len(cells) != len(table.header):
            problem = f"it has {len(cells)} cells, the header has {len(table.header)}"
            faults.append(Fault(f"row {number}", problem, OWN_FILE))
            continue
        row = Row(number, _texts(cells, columns), {})
        counts, unread = _counts(row, cells, columns, collection)
        rows.append(replace(row, counts=counts))
        faults += [*unread, *_row_faults(row)]
    return rows, [*faults, *_repeated(rows), *_period_faults(rows)]


def whole_number(said: str) -> int:
    """The count in a cell, 0 to 9,999,999; thousands commas are read.

    Raises:
        NotAFigure: blank, suppressed, not given, negative, or not a whole number. None of these
            is a zero.
    """
    said = said.strip()
    if _WHOLE.fullmatch(said):
        count = int(said.replace(",", ""))
        if count <= LARGEST:
            return count
        raise NotAFigure(f"{shown(said)} is too large to be true", OWN_FILE)
    if not said:
        raise NotAFigure("the cell is empty, and empty is not zero", OWN_FILE)
    if "*" in said:
        raise NotAFigure(f"{shown(said)} is suppressed, and suppressed is not zero", OWN_FILE)
    if said.lower() in _NOT_GIVEN:
        raise NotAFigure(f"{shown(said)} stands for no figure, and that is not zero", OWN_FILE)
    if _NEGATIVE.fullmatch(said):
        raise NotAFigure(f"{shown(said)} is negative, and complaints are counted", OWN_FILE)
    raise NotAFigure(f"{shown(said)} is not a whole number", OWN_FILE)


def period_of(said: str) -> str | None:
    """A financial year as "2024-25", or None where it is none."""
    match = _YEAR.fullmatch(said)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        return None
    return f"{match[1]}-{match[2]}"


def _texts(cells: Sequence[str], columns: Columns) -> dict[str, str]:
    at = columns.positions
    return {c: " ".join(cells[at[c]].split()) for c in (*NEEDED, *PLACES) if c in at}


def _counts(
    row: Row, cells: Sequence[str], columns: Columns, collection: Collection
) -> tuple[dict[str, int], list[Fault]]:
    counts: dict[str, int] = {}
    faults: list[Fault] = []
    for measure in collection.measures:
        try:
            counts[measure.id] = whole_number(cells[columns.positions[measure.column]])
        except NotAFigure as error:
            where = f"{row.where}, column {measure.column}"
            faults.append(Fault(where, error.problem, error.remedy))
    return counts, faults


def _row_faults(row: Row) -> Iterator[Fault]:
    if {row.code.upper(), row.texts[NAME].upper()} & set(_ALL_TOGETHER):
        remedy = "Take the row out: totals are added up here"
        yield Fault(row.where, "this is a total, not an organisation", remedy)
    elif not _CODE.fullmatch(row.code):
        problem = f"{shown(row.code) or 'nothing'} is not an organisation code"
        remedy = "Give the code of three to six capital letters and digits"
        yield Fault(f"{row.where}, column {CODE}", problem, remedy)
    for column, text in row.texts.items():
        if len(text) > LONGEST_TEXT or not text.isprintable():
            problem = f"the text is longer than {LONGEST_TEXT} letters or has hidden characters"
            yield Fault(f"{row.where}, column {column}", problem, OWN_FILE)
        elif not text and column in (NAME, TYPE):
            yield Fault(f"{row.where}, column {column}", "the cell is empty", OWN_FILE)


def _repeated(rows: Sequence[Row]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in rows:
        if row.code in first:
            problem = f"{shown(row.code)} is in row {first[row.code]} already"
            yield Fault(row.where, problem, "Keep one row for each organisation")
        first.setdefault(row.code, row.number)


def _period_faults(rows: Sequence[Row]) -> Iterator[Fault]:
    years = Counter(row.texts[YEAR] for row in rows)
    for said, times in years.items():
        if period_of(said) is None:
            rows_say = "1 row" if times == 1 else f"{times:,} rows"
            problem = f"{shown(said) or 'nothing'} is not a financial year (in {rows_say})"
            yield Fault(f"column {YEAR}", problem, "Write it like 2024-25")
    periods = {period for said in years if (period := period_of(said))}
    if len(periods) > 1:
        problem = f"the rows are of different years: {', '.join(sorted(periods))}"
        yield Fault(f"column {YEAR}", problem, "Import one year at a time")
