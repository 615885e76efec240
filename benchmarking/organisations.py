"""NHS trusts as they were in one period, and which trust followed which.

A trust keeps the code and name of its period. Mergers are links between codes; nothing is
overwritten. Codes are not all ``R`` and two characters.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

MONTHS_IN_A_YEAR = 12
_TRUSTS = "organisations/trust_reference_{period}.csv"
_WITHOUT_RETURN = "organisations/trusts_without_return_{period}.csv"
_SUCCESSION = "organisations/trust_succession.csv"
# The months for which a trust existed are known from its staff numbers.
_MONTHS = "published/complaints_benchmark_{period}.csv"

Row = Mapping[str, str]


class OrganisationsError(Exception):
    """The files about organisations cannot be used, or a code is not among them."""


@dataclass(frozen=True)
class Succession:
    """One trust followed another. ``inferred`` means that no official file was found for it."""

    old_code: str
    new_code: str
    effective: date
    evidence: str

    @property
    def inferred(self) -> bool:
        return "INFERRED" in self.evidence


@dataclass(frozen=True)
class Trust:
    """One NHS trust in one period.

    ``ko41a_type`` and ``eric_type`` are the publishers' words, None where none is published.
    ``months_reported`` counts the months of the period for which staff numbers were
    published. ``published_return`` is False where KO41a has no row: not zero, not published.
    """

    code: str
    name: str
    period: str
    ko41a_type: str | None
    eric_type: str | None
    region_code: str
    region_name: str
    ics_code: str
    ics_name: str
    opened: date | None
    closed: date | None
    months_reported: int
    published_return: bool = True
    succession_notes: tuple[str, ...] = ()

    @property
    def part_year(self) -> bool:
        """Whether it existed for only part of the period."""
        return self.months_reported < MONTHS_IN_A_YEAR

    @property
    def part_year_note(self) -> str | None:
        """A sentence about the months covered, for a trust that needs one."""
        if not self.part_year:
            return None
        return (
            f"Existed for part of {self.period}: staff numbers were published for "
            f"{self.months_reported} of the 12 months."
        )


@dataclass(frozen=True)
class Organisations:
    """All trusts of a period, by code, and every succession on file."""

    period: str
    trusts: tuple[Trust, ...]
    successions: tuple[Succession, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Trust]:
        return {trust.code: trust for trust in self.trusts}

    def trust(self, code: str) -> Trust:
        """The trust with this code.

        Raises:
            OrganisationsError: no trust had this code in the period.
        """
        if code not in self.by_code:
            raise OrganisationsError(
                f"No NHS trust has the code {shown_code(code)} in {self.period}. "
                "Look the trust up by its name."
            )
        return self.by_code[code]

    @property
    def with_return(self) -> tuple[Trust, ...]:
        """The trusts that published complaints figures for the period."""
        return tuple(trust for trust in self.trusts if trust.published_return)

    def followed_by(self, code: str) -> tuple[str, ...]:
        """Codes of the trusts that took over from this one; two where it was split."""
        return tuple(s.new_code for s in self.successions if s.old_code == code)


def shown_code(said: str) -> str:
    """A code somebody gave, as it may be repeated to them: short, letters and digits only."""
    return re.sub(r"[^A-Za-z0-9-]", "", said)[:12] or "(no code)"


def load(data_folder: Path, period: str = "2024-25") -> Organisations:
    """The trusts of a period with their groups, months and succession.

    Args:
        data_folder: the folder that holds ``organisations`` and ``published``.
        period: the financial year, as in the names of the files.

    Raises:
        OrganisationsError: a file is missing, or with every unusable row, one a line.
    """
    successions = tuple(_successions(data_folder / _SUCCESSION))
    months = {
        row["org_code"]: row["fte_months"]
        for row in _rows(data_folder / _MONTHS.format(period=period))
    }
    returned = [
        {**row, "months_reported": months.get(row["org_code"], "")}
        for row in _rows(data_folder / _TRUSTS.format(period=period))
    ]
    silent = _rows(data_folder / _WITHOUT_RETURN.format(period=period))
    _check([*returned, *silent])
    names = {row["org_code"]: row["org_name"] for row in [*returned, *silent]}
    trusts = [
        _trust(row, period, published, _notes(row, period, successions, names))
        for rows, published in ((returned, True), (silent, False))
        for row in rows
    ]
    return Organisations(period, tuple(sorted(trusts, key=lambda t: t.code)), successions)


def _trust(row: Row, period: str, published_return: bool, notes: tuple[str, ...]) -> Trust:
    suffix = period.replace("-", "_")
    return Trust(
        code=row["org_code"],
        name=row["org_name"],
        period=period,
        ko41a_type=row["ko41a_org_type"] or None,
        eric_type=row["eric_trust_type"] or None,
        region_code=row[f"region_code_{suffix}"],
        region_name=row[f"region_name_{suffix}"],
        ics_code=row[f"ics_code_{suffix}"],
        ics_name=row[f"ics_name_{suffix}"],
        opened=_day_or_none(row["ods_open_date"]),
        closed=_day_or_none(row["ods_close_date"]),
        months_reported=int(row["months_reported"]),
        published_return=published_return,
        succession_notes=notes,
    )


def _notes(
    row: Row, period: str, successions: Sequence[Succession], names: Mapping[str, str]
) -> tuple[str, ...]:
    """What happened to a trust since the period began, a sentence each."""
    code, began = row["org_code"], date(int(period[:4]), 4, 1)
    notes = [
        _succession_note(succession, code, names)
        for succession in successions
        if code in (succession.old_code, succession.new_code) and succession.effective >= began
    ]
    return (*notes, *_name_note(row))


def _succession_note(succession: Succession, code: str, names: Mapping[str, str]) -> str:
    gone = succession.old_code == code
    other = succession.new_code if gone else succession.old_code
    other = f"{names[other]} ({other})" if other in names else f"the trust with code {other}"
    day = f"{succession.effective.day} {succession.effective:%B %Y}"
    unsure = " The official record of this has not been checked." if succession.inferred else ""
    return f"{'Became part of' if gone else 'Took over from'} {other} on {day}.{unsure}"


def _name_note(row: Row) -> tuple[str, ...]:
    column = next(column for column in row if column.startswith("ods_name_"))
    now, then = row[column], row["org_name"]
    if not now or _bare(now) == _bare(then):
        return ()
    year, month = column.removeprefix("ods_name_").split("_")
    return (f"Listed in {date(int(year), int(month), 1):%B %Y} as {now}.",)


def _bare(name: str) -> str:
    """A name without what publishers write differently: the article, marks and capitals."""
    return re.sub(r"^the|[^a-z]", "", name.lower())


def _check(rows: Sequence[Row]) -> None:
    codes = [row["org_code"] for row in rows]
    faults = [f"{code}: this code is listed twice. Keep one row." for code in _twice(codes)]
    for row in rows:
        months = row["months_reported"]
        if not months.isdecimal() or not 1 <= int(months) <= MONTHS_IN_A_YEAR:
            faults.append(
                f"{row['org_code']}: the months reported are {months[:12]!r}. "
                "Give a whole number from 1 to 12."
            )
    if faults:
        raise OrganisationsError("\n".join(faults))


def _twice(codes: Sequence[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def _successions(path: Path) -> list[Succession]:
    return [
        Succession(
            row["old_code"],
            row["new_code"],
            date.fromisoformat(row["effective_date"]),
            row["evidence"],
        )
        for row in _rows(path)
    ]


def _day_or_none(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        where = f"{path.parent.name}/{path.name}"
        raise OrganisationsError(f"{where}: there is no such file. Restore the data folder.")
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
