"""Ranks, equal parts of a group, and quantiles, against R and PHEindicatormethods."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarking.statistics.quantiles import NoPart, quantile, quantile_group
from benchmarking.statistics.ranking import ranks
from tests.vectors.tally import Tally, table

RANKS, PARTS, QUANTILES = "ranks.csv", "phe_quantiles.csv", "r_quantiles.csv"


def check_ranks(folder: Path) -> Tally:
    """Ranks with ties at their lowest and at their average, and shares at or below."""
    tally = Tally(RANKS)
    for name, rows in table(folder, RANKS).groupby("set", sort=False):
        found = ranks(rows["value"])
        for column, ours in (
            ("rank_min_low_first", found.lowest),
            ("rank_average", found.average),
            ("share_at_or_below", found.at_or_below),
        ):
            for unit, one, other in zip(rows["group"], ours, rows[column], strict=True):
                tally.compare(f"{name} {unit} {column}", float(one), float(other))
    return tally


def check_parts(folder: Path) -> Tally:
    """The part of its group that each value lies in; empty where there are too few values."""
    tally = Tally(PARTS)
    cases = table(folder, PARTS).groupby(["set", "nquantiles", "invert"], sort=False)
    for (name, parts, invert), rows in cases:
        ours = quantile_group(rows["value"], int(parts), invert=_is_true(invert))
        for unit, one, other in zip(rows["group"], ours, rows["quantile"], strict=True):
            said = None if isinstance(one, NoPart) else float(one)
            tally.compare(f"{name} {parts} {invert} {unit}", said, float(other))
    return tally


def check_quantiles(folder: Path) -> Tally:
    """Types 6 and 7 of the sets whose values stand in the other two files."""
    tally = Tally(QUANTILES)
    sets = _values_by_set(folder)
    expected = table(folder, QUANTILES)
    shares = [column for column in expected.columns if column.endswith("%")]
    for _, row in expected.iterrows():
        name, kind = row["set"], int(row["r_quantile_type"])
        if name not in sets:
            tally.failures.append(f"{name}: the other files hold no values of this set")
            continue
        known = sets[name][~np.isnan(sets[name])]
        tally.compare(f"{name} n", float(known.size), float(row["n"]))
        wanted = [float(share.removesuffix("%")) / 100 for share in shares]
        ours = quantile(known, wanted, 6 if kind == 6 else 7) if kind in (6, 7) else ()
        for share, one in zip(shares, ours or [None] * len(shares), strict=True):
            tally.compare(f"{name} type {kind} {share}", one, float(row[share]))
    return tally


def _values_by_set(folder: Path) -> dict[str, np.ndarray]:
    """The values of every set, each unit once; one file may hold sets that the other lacks."""
    both = pd.concat([table(folder, name)[["set", "group", "value"]] for name in (RANKS, PARTS)])
    once = both.drop_duplicates(["set", "group"])
    return {str(name): rows["value"].to_numpy(float) for name, rows in once.groupby("set")}


def _is_true(said: object) -> bool:
    return str(said).upper() == "TRUE"


CHECKS: dict[str, Callable[[Path], Tally]] = {
    RANKS: check_ranks,
    PARTS: check_parts,
    QUANTILES: check_quantiles,
}
