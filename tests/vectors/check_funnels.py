"""FunnelPlotR's funnels and expected ranges of survey scores, against ours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarking.statistics import funnel
from benchmarking.statistics.arrays import Floats, Whole
from benchmarking.statistics.funnel import CQC, LOG, SHMI, Adjustment, Funnel, Method
from tests.vectors.tally import Tally, table

# The package writes the two quantiles of the normal curve with seven digits.
CUTS = (1.959964, 3.090232)
LEVELS = ("95", "998")

ADJUSTED_RATIO, RATIO_OF_COUNTS, TURNED_ANGLE, CHANCE_RATIO = 1, 2, 3, 4
REFUSED, ONE_UNIT, NOTHING_AT_RISK = 5, 6, 7
METAFOR = 9

# A column of ours, and for each unit the fault that excuses a difference, or 0.
Column = tuple[Floats, Whole]
Columns = dict[str, Column]


@dataclass(frozen=True, eq=False)
class Case:
    """One row of funnel_cases.csv with its inputs, summed by group.

    ``ratio`` is of the sums as they are; the SHMI method rounds denominators after that.
    """

    said: Mapping[str, Any]
    groups: pd.DataFrame
    ratio: Floats

    @property
    def kind(self) -> str:
        """PR, RC, SR-CQC or SR-SHMI."""
        kind = self.said["data_type"]
        return f"{kind}-{self.said['sr_method']}" if kind == "SR" else kind

    @property
    def sizes(self) -> Floats:
        """Denominators, as drawn on the axis."""
        return self.groups["denominator"].to_numpy(dtype=float)

    @property
    def method(self) -> Method:
        chosen = SHMI if self.kind == "SR-SHMI" else CQC
        widens = Adjustment.ADDITIVE if self.said["draw_adjusted"] else Adjustment.NONE
        return replace(chosen, trim_share=float(self.said["trim_by"]), cuts=CUTS, adjustment=widens)

    def funnel(self) -> Funnel:
        numbers = self.groups["numerator"], self.groups["denominator"]
        match self.kind:
            case "PR":
                return funnel.share_funnel(*numbers, self.method)
            case "RC":
                return funnel.count_ratio_funnel(*numbers, self.method)
            case "SR-SHMI":
                return funnel.ratio_funnel(*numbers, self.method, LOG)
        return funnel.ratio_funnel(*numbers, self.method)


def cases(folder: Path) -> list[Case]:
    """All cases of the folder."""
    inputs = table(folder, "funnel_inputs.csv")
    known = {
        name: pd.DataFrame(rows.groupby("group")[["numerator", "denominator"]].sum(skipna=False))
        for name, rows in inputs.groupby("dataset")
    }
    return [_case(said, known[said["dataset"]]) for said in _rows(folder, "funnel_cases.csv")]


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in table(folder, name).to_dict("records")]


def _case(said: Mapping[str, Any], groups: pd.DataFrame) -> Case:
    ratio = (groups["numerator"] / groups["denominator"]).to_numpy(dtype=float)
    rounds = (
        said["data_type"] == "SR" and said["sr_method"] == "SHMI" and bool(said["shmi_rounding"])
    )
    if rounds:
        groups = groups.assign(denominator=groups["denominator"].round(2))
    return Case(said, groups, ratio)


def check_cases(folder: Path) -> Tally:
    """phi, tau2 and target of every case."""
    tally = Tally("funnel_cases.csv")
    for case in cases(folder):
        made, name = case.funnel(), str(case.said["case"])
        if case.said["status"] != "ok":
            # What the package refuses, a funnel of ours must still be made of.
            tally.compare(f"{name}, made", bool(np.isfinite(made.units.target).all()), True)
            tally.excused[REFUSED] += 1
            continue
        _dispersion(tally, name, case, made)
        tally.compare(f"{name}, target", float(made.units.target[0]), case.said["target"])
    return tally


def _dispersion(tally: Tally, name: str, case: Case, made: Funnel) -> None:
    # Without adjustment the package says 0 for both, whatever they are.
    unsaid = REFUSED if not case.said["draw_adjusted"] else None
    alone = ONE_UNIT if len(case.groups) == 1 else None
    tally.compare(f"{name}, phi", float(made.dispersion.phi), case.said["phi"], excuse=unsaid)
    tau2 = float(made.dispersion.tau2)
    tally.compare(f"{name}, tau2", tau2, case.said["tau2"], excuse=unsaid or alone)


def check_units(folder: Path) -> Tally:
    """Every unit: scale, z-scores, limits and flags."""
    tally = Tally("funnel_units.csv.gz")
    units = table(folder, "funnel_units.csv.gz")
    rows = dict(list(units.groupby("case")))
    for case in cases(folder):
        if case.said["case"] in rows:
            theirs = rows[case.said["case"]].set_index("group").reindex(case.groups.index)
            _units(tally, case, theirs)
    return tally


def _units(tally: Tally, case: Case, theirs: pd.DataFrame) -> None:
    made = case.funnel()
    for column, (ours, excuses) in {**_scores(case, made), **_limits(case, made)}.items():
        if np.isnan(theirs[column].to_numpy(dtype=float)).all():
            continue  # not drawn in this case
        where = [f"{case.said['case']}, {group}, {column}" for group in theirs.index]
        tally.compare_column(where, ours, theirs[column], excuses)


def _scores(case: Case, made: Funnel) -> Columns:
    units, sizes = made.units, case.sizes
    # The package gives a standard error to units without a numerator, too.
    s = np.where(np.isnan(units.s), units.error(np.where(sizes > 0, sizes, 1)), units.s)
    found = {
        "rr": case.ratio,
        "target_transformed": np.full(len(sizes), float(units.scale.to(units.target)[0])),
        "Y": units.y,
        "s_z": s,
        "z_unadjusted": made.z,
        "z_trimmed": made.z_trimmed,
        "trimmed_flag": _trimmed(case, made),
        "derived_z_adjusted": made.z_adjusted,
    }
    excuses = np.where(sizes == 0, NOTHING_AT_RISK, 0)
    return {column: (ours, excuses) for column, ours in found.items()}


def _trimmed(case: Case, made: Funnel) -> Floats:
    """1 where a z-score was drawn in or left out, or stands at the edge itself."""
    if case.kind == "SR-SHMI":
        return np.isnan(made.z_trimmed).astype(float)
    inside = (made.z > np.nanmin(made.z_trimmed)) & (made.z < np.nanmax(made.z_trimmed))
    return np.where(np.isnan(made.z), np.nan, 1.0 - inside)


def _limits(case: Case, made: Funnel) -> Columns:
    found: Columns = {}
    for level, cut in zip(LEVELS, CUTS, strict=True):
        plain, adjusted = _plain(case, cut), _adjusted(case, made, cut)
        found[f"LCL{level}"], found[f"UCL{level}"] = plain
        found[f"OD{level}LCL"], found[f"OD{level}UCL"] = adjusted
        low, high = adjusted if case.said["used_adjusted"] else plain
        found[f"outlier_{level}"] = _outside(case, low, high)
    return found


def _plain(case: Case, cut: float) -> tuple[Column, Column]:
    """Limits as if chance alone were at work."""
    alone = replace(case, said={**case.said, "draw_adjusted": False})
    made = alone.funnel()
    if not case.kind.startswith("SR"):
        return _adjusted(alone, made, cut)
    limits = made.chance_limits(_drawn(case), cut)
    return _columns(case, limits.low, limits.high, np.full(len(case.sizes), CHANCE_RATIO))


def _adjusted(case: Case, made: Funnel, cut: float) -> tuple[Column, Column]:
    sizes = _drawn(case)
    limits = made.limits(sizes, cut)
    excuses = np.full(
        len(sizes), {"SR-CQC": ADJUSTED_RATIO, "RC": RATIO_OF_COUNTS}.get(case.kind, 0)
    )
    if case.kind == "PR":
        turned = (limits.low == 0) | (limits.high == 1)
        excuses = np.where(turned, TURNED_ANGLE, 0)
    return _columns(case, limits.low, limits.high, excuses)


def _drawn(case: Case) -> Floats:
    return np.where(case.sizes > 0, case.sizes, np.nan)


def _columns(case: Case, low: Floats, high: Floats, excuses: Whole) -> tuple[Column, Column]:
    factor = float(case.said["multiplier"])
    return (factor * low, excuses), (factor * high, excuses)


def _outside(case: Case, low: Column, high: Column) -> Column:
    value = case.ratio * float(case.said["multiplier"])
    flags = 1.0 - ((value >= low[0]) & (value <= high[0]))
    return np.where(np.isnan(value), np.nan, flags), low[1]


def check_scores(folder: Path) -> Tally:
    """phi, tau2 and target of survey scores; metafor's estimators beside them are another's."""
    tally = Tally("expected_range_cases.csv")
    units = dict(list(table(folder, "expected_range_units.csv").groupby("case")))
    for said in _rows(folder, "expected_range_cases.csv"):
        made = _score_funnel(units[said["case"]], float(said["trim_by"]))
        for name, ours in (
            ("n", float(made.dispersion.units)),
            ("target_mean_of_units", float(made.units.target[0])),
            ("phi", float(made.dispersion.phi)),
            ("tau2", float(made.dispersion.tau2)),
        ):
            tally.compare(f"{said['case']}, {name}", ours, said[name])
        other = said["metafor_dl_tau2_no_winsorising_weighted_mean"]
        tally.compare(
            f"{said['case']}, metafor", float(made.dispersion.tau2), other, excuse=METAFOR
        )
    return tally


def check_score_units(folder: Path) -> Tally:
    """z-scores of survey scores."""
    tally = Tally("expected_range_units.csv")
    trims = {r["case"]: float(r["trim_by"]) for r in _rows(folder, "expected_range_cases.csv")}
    for case, rows in table(folder, "expected_range_units.csv").groupby("case"):
        made = _score_funnel(rows, trims[case])
        for column, ours in (
            ("z", made.z),
            ("z_winsorised", made.z_trimmed),
            ("derived_z_adjusted", made.z_adjusted),
        ):
            where = [f"{case}, {unit}, {column}" for unit in rows["unit"]]
            tally.compare_column(where, ours, rows[column])
    return tally


def _score_funnel(rows: pd.DataFrame, trim: float) -> Funnel:
    many = np.full(len(rows), 1000)  # not said; only the band asks for it
    return funnel.score_funnel(rows["score"], rows["se"], many, replace(CQC, trim_share=trim))


CHECKS: dict[str, Callable[[Path], Tally]] = {
    "funnel_cases.csv": check_cases,
    "funnel_units.csv.gz": check_units,
    "expected_range_cases.csv": check_scores,
    "expected_range_units.csv": check_score_units,
}
