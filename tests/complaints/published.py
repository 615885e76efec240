"""The slow, obvious twin: the page's figures straight from the published files, by column name."""

import csv
from functools import cache
from math import sqrt
from statistics import median, quantiles

from benchmarking.settings import ROOT

FOLDER = ROOT / "data" / "published"
KO41A = "ko41a_2024-25_org_level.csv"
ACTIVITY = "complaints_benchmark_2024-25.csv"
Z = 1.959963984540054


@cache
def rows(file: str, code_column: str) -> dict[str, dict[str, str]]:
    """Each row of a file as text, by code."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as opened:
        return {row[code_column]: row for row in csv.DictReader(opened)}


@cache
def trusts() -> list[str]:
    """Codes of the NHS trusts: those that the second file lists."""
    return list(rows(ACTIVITY, "org_code"))


def figure(code: str, column: str) -> float | None:
    """What stands in the column of one file or the other; None where it is blank."""
    row = rows(KO41A, "Organisation_Code")[code]
    said = row[column] if column in row else rows(ACTIVITY, "org_code")[code][column]
    return float(said) if said else None


def of_type(eric_type: str, *, without: str) -> list[str]:
    """The other trusts of an ERIC type."""
    listed = rows(ACTIVITY, "org_code")
    return [c for c in trusts() if listed[c]["eric_trust_type"] == eric_type and c != without]


def eric_type(code: str) -> str:
    return rows(ACTIVITY, "org_code")[code]["eric_trust_type"]


def ratio(code: str, above: str, below: tuple[str, ...], per: int) -> float | None:
    """A rate or share; None where something is not published."""
    parts = [figure(code, column) for column in (above, *below)]
    if any(part is None for part in parts):
        return None
    top, *bottom = [part for part in parts if part is not None]
    return per * top / sum(bottom)


def middle(values: list[float | None]) -> float:
    return median(value for value in values if value is not None)


def middle_half(values: list[float | None]) -> tuple[float, float]:
    known = [value for value in values if value is not None]
    low, _, high = quantiles(known, n=4, method="inclusive")
    return low, high


def total(column: str) -> float:
    """The sum over all NHS trusts."""
    return sum(figure(code, column) or 0 for code in trusts())


def wilson_limits(count: float, out_of: float) -> tuple[float, float]:
    """In per cent."""
    share = count / out_of
    centre = share + Z * Z / (2 * out_of)
    spread = Z * sqrt(share * (1 - share) / out_of + Z * Z / (4 * out_of * out_of))
    shrink = 1 + Z * Z / out_of
    low, high = (centre - spread) / shrink, (centre + spread) / shrink
    return 100 * max(low, 0), 100 * min(high, 1)


def byar_limits(count: float, exposure: float, per: int) -> tuple[float, float]:
    """For ten events or more."""
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3
    high = more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3
    return per * low / exposure, per * high / exposure
