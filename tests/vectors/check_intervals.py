"""Intervals of shares, rates, counts and means against PHEindicatormethods, epitools and base R."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarking.statistics.arrays import Floats
from benchmarking.statistics.intervals import Limits, byar, exact, mean_limits, rate_limits, wilson
from tests.vectors.tally import Tally, table


def shares(folder: Path) -> Tally:
    """Wilson's limits, as the package and a second one give them."""
    tally = Tally("wilson.csv")
    for confidence, rows in _by_confidence(folder, tally.file):
        ours = wilson(rows["x"], rows["n"], confidence)
        names = [_label(confidence, row) for row in rows[["x", "n"]].to_numpy()]
        _pairs(tally, names, rows, "lower", "upper", ours)
        _pairs(tally, names, rows, "epitools_lower", "epitools_upper", ours)
    return tally


def rates(folder: Path) -> Tally:
    """Exact limits under 10 events and Byar's from 10, and exact limits of all beside them."""
    tally = Tally("rates_byar_exact.csv")
    for confidence, rows in _by_confidence(folder, tally.file):
        factor = rows["multiplier"].to_numpy()
        ours, alone = rate_limits(rows["x"], rows["n"], 1, confidence), exact(rows["x"], confidence)
        per = factor / rows["n"].to_numpy()
        names = [_label(confidence, row) for row in rows[["x", "n"]].to_numpy()]
        both = Limits(factor * ours.low, factor * ours.high)
        _pairs(tally, names, rows, "lower", "upper", both)
        second = Limits(per * alone.low, per * alone.high)
        _pairs(tally, names, rows, "base_r_exact_lower", "base_r_exact_upper", second)
    return tally


def counts(folder: Path) -> Tally:
    """Byar's limits of counts alone."""
    tally = Tally("byar_counts.csv")
    for confidence, rows in _by_confidence(folder, tally.file):
        names = [_label(confidence, row) for row in rows[["count"]].to_numpy()]
        ours = byar(rows["count"], confidence)
        _pairs(tally, names, rows, "byar_lower", "byar_upper", ours)
    return tally


def means(folder: Path) -> Tally:
    """Limits of means from the values of each group."""
    tally = Tally("means.csv")
    values = table(folder, "means_inputs.csv").groupby("group")["value"]
    given = {str(group): np.asarray(some, dtype=np.float64) for group, some in values}
    for row in table(folder, tally.file).to_dict("records"):
        some = given[str(row["group"])]
        deviation = np.std(some, ddof=1) if len(some) > 1 else np.nan
        confidence = float(str(row["confidence"]).rstrip("%")) / 100
        ours = mean_limits(len(some), np.mean(some), deviation, confidence)
        for column, limit in (("lowercl", ours.low), ("uppercl", ours.high)):
            tally.compare(f"{row['group']}, {column}", float(limit), row[column])
    return tally


def _by_confidence(folder: Path, name: str) -> Iterator[tuple[float, pd.DataFrame]]:
    for confidence, rows in table(folder, name).groupby("confidence"):
        yield float(str(confidence)), rows


def _label(confidence: float, row: Floats) -> str:
    return f"{' of '.join(f'{number:g}' for number in row)} at {confidence:g}"


def _pairs(
    tally: Tally, names: list[str], rows: pd.DataFrame, low: str, high: str, found: Limits
) -> None:
    for column, ours in ((low, found.low), (high, found.high)):
        # The second package's columns may be left out of a folder.
        if column in rows:
            for name, mine, theirs in zip(names, ours, rows[column], strict=True):
                tally.compare(f"{name}, {column}", float(mine), theirs)


CHECKS: dict[str, Callable[[Path], Tally]] = {
    "wilson.csv": shares,
    "rates_byar_exact.csv": rates,
    "byar_counts.csv": counts,
    "means.csv": means,
}
