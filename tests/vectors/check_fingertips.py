"""Control limits and significance against PHEindicatormethods, which computes for Fingertips."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarking.statistics.arrays import Floats
from benchmarking.statistics.fingertips import (
    Against,
    CurveLimits,
    against,
    crude_rate_limits,
    pooled,
    ratio_limits,
    share_limits,
    verdict,
)
from benchmarking.statistics.intervals import Limits, rate_limits, wilson
from tests.vectors.tally import Tally, table

CONFIDENCES = {"2s": 0.95, "3s": 0.998}
# The package refuses, or gets wrong by rounding, a set in which every trust has all of its cases.
ALL_AT_100_PERCENT = 5

WORDS = {
    Against.MUCH_LOWER: "Low (0.001)",
    Against.LOWER: "Low (0.025)",
    Against.SIMILAR: "Not significant",
    Against.HIGHER: "High (0.025)",
    Against.MUCH_HIGHER: "High (0.001)",
}

Columns = dict[str, Floats]


def limits(folder: Path) -> Tally:
    """The control limits of each set, from the events and exposures of its trusts."""
    tally = Tally("fingertips_funnel_limits.csv")
    units = dict(iter(table(folder, "funnel_inputs.csv").groupby("dataset")))
    for dataset, rows in table(folder, tally.file).groupby("dataset"):
        trusts = units[dataset]
        is_share = str(rows["statistic"].iloc[0]).startswith("proportion")
        excuse = ALL_AT_100_PERCENT if is_share and _is_full(trusts) else None
        for column, ours in _limit_columns(rows, trusts).items():
            for row, mine, theirs in zip(range(len(rows)), ours, rows[column], strict=True):
                where = f"{dataset}, row {row + 1}, {column}"
                tally.compare(where, float(mine), theirs, excuse=excuse)
    return tally


def _limit_columns(rows: pd.DataFrame, trusts: pd.DataFrame) -> Columns:
    statistic = str(rows["statistic"].iloc[0])
    average = float(pooled(trusts["numerator"], trusts["denominator"]))
    if statistic.startswith("proportion"):
        return _share_columns(rows, average)
    if statistic.startswith("rate"):
        return _rate_columns(rows, average, _factor(statistic))
    return _ratio_columns(rows, is_count="count" in statistic)


def _share_columns(rows: pd.DataFrame, average: float) -> Columns:
    # The factor stands nowhere but in the baseline: a whole number, such as 100.
    per = max(float(np.round(rows["baseline"].iloc[0] / average)) if average else 100.0, 1.0)
    columns = {"baseline": np.full(len(rows), average * per)}
    for name, confidence in CONFIDENCES.items():
        found = share_limits(average, rows["Population"], per, confidence)
        columns[f"lower_{name}_limit"] = found.low
        # The package draws nothing above 100, whatever the factor.
        columns[f"upper_{name}_limit"] = np.minimum(found.high, 100)
    return columns


def _ratio_columns(rows: pd.DataFrame, *, is_count: bool) -> Columns:
    columns: Columns = {}
    for name, confidence in CONFIDENCES.items():
        per = 1 if is_count else 100
        found = ratio_limits(rows["Observed_events"], per, confidence, as_drawn=True)
        columns |= _curve_columns(name, found, "exp_events", less=1 if is_count else 0)
    return columns


def _rate_columns(rows: pd.DataFrame, average: float, per: float) -> Columns:
    columns = {"baseline": np.full(len(rows), average * per)}
    for name, confidence in CONFIDENCES.items():
        found = crude_rate_limits(rows["Events"], average, per, confidence, as_drawn=True)
        columns |= _curve_columns(name, found, "population_1_year")
    return columns


def _curve_columns(name: str, found: CurveLimits, size: str, less: float = 0) -> Columns:
    return {
        f"lower_{name}_limit": found.low - less,
        f"upper_{name}_limit": found.high - less,
        f"lower_{name}_{size}": found.size_at_low,
        f"upper_{name}_{size}": found.size_at_high,
    }


def _factor(statistic: str) -> float:
    """The 1,000 of "rate (crude per 1,000)"."""
    found = re.search(r"per ([\d, ]+)", statistic)
    return float(re.sub(r"\D", "", found[1])) if found else 1.0


def significance(folder: Path) -> Tally:
    """Where each trust lies against its set's average, or a ratio against 1."""
    tally = Tally("fingertips_funnel_significance.csv")
    for _, rows in table(folder, tally.file).groupby(["dataset", "statistic"]):
        dataset, statistic = (str(rows[name].iloc[0]) for name in ("dataset", "statistic"))
        excuse = ALL_AT_100_PERCENT if statistic == "proportion" and _is_full(rows) else None
        events, out_of = (rows[name].to_numpy() for name in ("numerator", "denominator"))
        benchmark = 1.0 if statistic == "ratio" else float(pooled(events, out_of))
        usual, strict = (
            _limits_of(statistic, events, out_of, confidence) for confidence in (0.95, 0.998)
        )
        codes = against(usual, strict, benchmark)
        for group, code, theirs in zip(rows["group"], codes, rows["significance"], strict=True):
            mine = verdict(int(code))
            words = WORDS[mine] if isinstance(mine, Against) else None
            tally.compare(f"{dataset}, {statistic}, {group}", words, theirs, excuse=excuse)
    return tally


def _limits_of(statistic: str, events: Floats, out_of: Floats, confidence: float) -> Limits:
    if statistic == "proportion":
        return wilson(events, out_of, confidence)
    return rate_limits(events, out_of, 1, confidence)


def _is_full(trusts: pd.DataFrame) -> bool:
    some = trusts.dropna(subset=["numerator", "denominator"])
    return bool((some["numerator"] == some["denominator"]).all())


CHECKS: dict[str, Callable[[Path], Tally]] = {
    "fingertips_funnel_limits.csv": limits,
    "fingertips_funnel_significance.csv": significance,
}
