"""Ranks, equal parts of a group, and quantiles, against R and PHEindicatormethods."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import Any

from benchmarking.statistics.quantiles import NoPart, quantile, quantile_group
from benchmarking.statistics.ranking import ranks
from tests.vectors.tally import Tally, table

Row = Mapping[Hashable, Any]

RANKS, PARTS, QUANTILES = "ranks.csv", "phe_quantiles.csv", "r_quantiles.csv"


def check_ranks(folder: Path) -> Tally:
    """Ranks with ties at their lowest and at their average, and shares at or below."""
    tally = Tally(RANKS)
    for (name,), rows in _cases(folder, RANKS, "set").items():
        found = ranks([float(row["value"]) for row in rows])
        for column, ours in (
            ("rank_min_low_first", found.lowest),
            ("rank_average", found.average),
            ("share_at_or_below", found.at_or_below),
        ):
            for row, one in zip(rows, ours.tolist(), strict=True):
                tally.compare(f"{name} {row['group']} {column}", one, float(row[column]))
    return tally


def check_parts(folder: Path) -> Tally:
    """The part of its group that each value lies in; empty where there are too few values."""
    tally = Tally(PARTS)
    for case, rows in _cases(folder, PARTS, "set", "nquantiles", "invert").items():
        values = [float(row["value"]) for row in rows]
        ours = quantile_group(values, int(case[1]), invert=case[2].upper() == "TRUE")
        for row, one in zip(rows, ours, strict=True):
            said = None if isinstance(one, NoPart) else float(one)
            tally.compare(f"{' '.join(case)} {row['group']}", said, float(row["quantile"]))
    return tally


def _cases(folder: Path, name: str, *columns: str) -> dict[tuple[str, ...], list[Row]]:
    """The rows of a file, by what stands in these columns."""
    cases: dict[tuple[str, ...], list[Row]] = {}
    for row in table(folder, name).to_dict("records"):
        cases.setdefault(tuple(str(row[column]) for column in columns), []).append(row)
    return cases


def check_quantiles(folder: Path) -> Tally:
    """Types 6 and 7 of the sets whose values stand in the other two files."""
    tally = Tally(QUANTILES)
    sets = _values_by_set(folder)
    for row in table(folder, QUANTILES).to_dict("records"):
        name, kind = str(row["set"]), int(row["r_quantile_type"])
        shares = [str(column) for column in row if str(column).endswith("%")]
        known = sets.get(name, [])
        tally.compare(f"{name} n", float(len(known)), float(row["n"]))
        ours = _quantiles(known, [float(share.removesuffix("%")) / 100 for share in shares], kind)
        for share, one in zip(shares, ours, strict=True):
            tally.compare(f"{name} type {kind} {share}", one, float(row[share]))
    return tally


def _quantiles(known: list[float], shares: list[float], kind: int) -> Sequence[float | None]:
    """Ours; None for each share of a set that no file holds, or of a type that we do not have."""
    if not known or kind not in {6, 7}:
        return [None] * len(shares)
    return quantile(known, shares, 6 if kind == 6 else 7)


def _values_by_set(folder: Path) -> dict[str, list[float]]:
    """The known values of every set, each unit once; a file may hold sets that others lack."""
    units: dict[tuple[str, str], float] = {}
    for name in (RANKS, PARTS):
        for row in table(folder, name).to_dict("records"):
            units[str(row["set"]), str(row["group"])] = float(row["value"])
    sets: dict[str, list[float]] = {}
    for (name, _), value in units.items():
        if not isnan(value):
            sets.setdefault(name, []).append(value)
    return sets


CHECKS: dict[str, Callable[[Path], Tally]] = {
    RANKS: check_ranks,
    PARTS: check_parts,
    QUANTILES: check_quantiles,
}
