"""XmR charts against NHSRplotthedots, and how far abspc agrees.

The package draws limits from any number of points, and lets a month without a figure end runs
and moving ranges; both are settings of ours. In two cases our words differ from its on purpose,
and each is told from the inputs and counted in the notes:

- where one trend ends and another begins at the next point, the package names the first trend's
  last point by the step between the two, which belongs to neither;
- where every point is the target itself, the package says "inconsistent" and we say passing.

It also says "inconsistent" of a series that has no limits, where we give a reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarking.indicators import Polarity
from benchmarking.statistics.spc import Assurance, Point, Rules, Signal, Variation, XmrChart, xmr
from tests.vectors.tally import Tally, is_missing, table

CONSTANT, ABSPC = 10, 8
WARNED_BELOW = 13
POLARITIES = {
    "increase": Polarity.HIGHER_IS_BETTER,
    "decrease": Polarity.LOWER_IS_BETTER,
    "neutral": Polarity.NEUTRAL,
}
SIGNALS = {
    Signal.OUTSIDE: {1: "Above UCL", -1: "Below LCL"},
    Signal.TREND: {1: "7 Point Trend (Increasing)", -1: "7 Point Trend (Decreasing)"},
    Signal.TWO_OF_THREE: {1: "2 in 3 Above CL", -1: "2 in 3 Below CL"},
    Signal.SHIFT: {1: "7 Points Above CL", -1: "7 Points Below CL"},
}
ASSURANCES = {
    Assurance.PASSING: ("consistent_pass", "pass"),
    Assurance.FAILING: ("consistent_fail", "fail"),
    Assurance.HIT_OR_MISS: ("inconsistent", "inconsistent"),
}
ABSPC_ASSURANCES = {
    Assurance.PASSING: "pass",
    Assurance.FAILING: "fail",
    Assurance.HIT_OR_MISS: "hit_or_miss",
    Assurance.NO_TARGET: "no_target",
}


@dataclass(frozen=True)
class Case:
    """One series with its settings and our chart of it. ``first`` is the first group's number."""

    months: tuple[str, ...]
    chart: XmrChart
    target: float | None
    baseline: int | None
    screening: bool
    first: int

    def groups(self) -> dict[int, list[int]]:
        """The places of each group's months, by the package's number of the group."""
        found: dict[int, list[int]] = {}
        for place, point in enumerate(self.chart.points):
            found.setdefault(point.group + self.first, []).append(place)
        return found

    def group_of(self, place: int) -> list[int]:
        return self.groups()[self.chart.points[place].group + self.first]

    def last_group(self) -> list[int]:
        return self.group_of(len(self.months) - 1)

    def values(self, places: list[int]) -> list[float | None]:
        return [self.chart.points[place].value for place in places]

    def is_constant(self, places: list[int]) -> bool:
        """Whether fault 10 applies: screening leaves a group no range, all of them being 0."""
        steps = [
            after - before
            for before, after in pairwise(self.values(places)[: self.baseline])
            if before is not None and after is not None
        ]
        return self.screening and bool(steps) and not any(steps)

    def excuse(self, places: list[int]) -> int | None:
        return CONSTANT if self.is_constant(places) else None


# Reading the inputs.


def cases(folder: Path) -> dict[str, Case]:
    """Every series of the folder that has any months, by name."""
    months = table(folder, "xmr_inputs.csv").sort_values("date", kind="stable")
    given: dict[str, list[tuple[str, float]]] = {}
    for row in months.to_dict("records"):
        given.setdefault(str(row["series"]), []).append((str(row["date"]), float(row["value"])))
    settings = [
        row
        for row in table(folder, "xmr_cases.csv").to_dict("records")
        if str(row["series"]) in given
    ]
    found: dict[str, Case] = {}
    for screening in (True, False):
        same = [row for row in settings if is_true(row["screen_outliers"]) is screening]
        if same:
            found |= charted(same, given, screening=screening)
    return found


def is_true(cell: object) -> bool:
    return str(cell).upper() == "TRUE"


def charted(
    settings: list[dict], given: dict[str, list[tuple[str, float]]], *, screening: bool
) -> dict[str, Case]:
    """All series with these settings, in one call; the shorter ones filled up with nothing."""
    months = [[date for date, _ in given[str(row["series"])]] for row in settings]
    values = np.full((len(settings), max(map(len, months))), np.nan)
    for at, row in enumerate(settings):
        values[at, : len(months[at])] = [value for _, value in given[str(row["series"])]]
    rebase = [rebased_at(row["rebase"], had) for row, had in zip(settings, months, strict=True)]
    counts = [row["fix_after_n_points"] for row in settings]
    baselines = [None if is_missing(count) else int(count) for count in counts]
    targets = [float(row["target"]) for row in settings]
    charts = xmr(
        values,
        rules=Rules("As the package", screening=screening, least_points=2, gaps_break=True),
        polarity=[POLARITIES[str(row["improvement_direction"])] for row in settings],
        targets=targets,
        baseline=baselines,
        rebase=rebase,
    )
    return {
        str(row["series"]): Case(
            months=tuple(months[at]),
            chart=replace(charts.of(at), points=charts.of(at).points[: len(months[at])]),
            target=None if is_missing(targets[at]) else targets[at],
            baseline=baselines[at],
            screening=screening,
            first=int(0 in rebase[at]),
        )
        for at, row in enumerate(settings)
    }


def rebased_at(given: object, dates: list[str]) -> list[int]:
    """The places of the dates to rebase at; the package passes over dates without a row."""
    asked = set() if is_missing(given) else set(str(given).split(";"))
    return [place for place, date in enumerate(dates) if date in asked]


# Our answers in the package's words.


def point_said(case: Case, place: int) -> dict[str, object]:
    """One point as the package puts it, by column of xmr_points.csv."""
    point, group = case.chart.points[place], case.group_of(place)
    side = named_side(case, place)
    outside = None
    if point.value is not None and point.low is not None:
        outside = point.signal is Signal.OUTSIDE
    return {
        "value": point.value,
        "rebase_group": point.group + case.first,
        "mean": point.centre,
        "lpl": point.low,
        "upl": point.high,
        "outside_limits": outside,
        "relative_to_mean": relative(point),
        "close_to_limits": close(point),
        "special_cause_type": SIGNALS[point.signal][side] if point.signal else "Common Cause",
        "special_cause_flag": bool(point.signal),
        "point_type": point_type(side, case.chart.polarity),
        "short_group_warning": len(group) < WARNED_BELOW,
    }


# What fault 10 may change: all that hangs on the limits.
ON_LIMITS = {
    *("lpl", "upl", "outside_limits", "close_to_limits"),
    *("special_cause_type", "special_cause_flag", "point_type"),
}


def relative(point: Point) -> int | None:
    if point.value is None or point.centre is None:
        return None
    return int(np.sign(point.value - point.centre))


def close(point: Point) -> bool | None:
    if point.value is None or point.near_low is None or point.near_high is None:
        return None
    beyond = point.value < point.near_low or point.value > point.near_high
    return beyond and point.signal is not Signal.OUTSIDE


def point_type(side: int, polarity: Polarity) -> str:
    if side == 0:
        return "common_cause"
    if polarity is Polarity.NEUTRAL:
        return f"special_cause_neutral_{'high' if side > 0 else 'low'}"
    good = (side > 0) == (polarity is Polarity.HIGHER_IS_BETTER)
    return f"special_cause_{'improvement' if good else 'concern'}"


def named_side(case: Case, place: int) -> int:
    """Our side of the point's signal, but for the last point of a trend that touches another."""
    group = case.group_of(place)
    values, at = case.values(group), group.index(place)
    if case.chart.points[place].signal is not Signal.TREND or not touches(values, at):
        return case.chart.points[place].side
    now, then = values[at], values[at + 1]
    return 1 if now is not None and then is not None and then > now else -1


def touches(values: list[float | None], at: int) -> bool:
    """Whether one trend of seven ends at a point and another begins at the next."""
    steps = steps_of_trends(values)
    return at - 1 in steps and at not in steps and at + 1 in steps


def steps_of_trends(values: list[float | None]) -> set[int]:
    """The steps that are part of six in a row one way, each by the place it starts from."""
    signs = [
        0 if before is None or after is None else (after > before) - (after < before)
        for before, after in pairwise(values)
    ]
    return {
        step
        for start in range(len(signs) - 5)
        if abs(sum(signs[start : start + 6])) == 6
        for step in range(start, start + 6)
    }


def variation_said(case: Case) -> str:
    """The package's icon is of the last row, even where that month has no figure."""
    variation = case.chart.variation
    if case.chart.points[-1].value is None or not variation.is_icon:
        return Variation.COMMON_CAUSE.name.lower()
    return variation.name.lower()


def assurance_said(case: Case) -> tuple[str | None, str | None]:
    """The package's type and icon; "inconsistent" wherever it cannot compare, None if not asked."""
    if case.target is None or case.chart.polarity is Polarity.NEUTRAL:
        return (None, None)
    unclear = not case.chart.assurance.is_icon or is_always_on_target(case)
    return ASSURANCES[Assurance.HIT_OR_MISS if unclear else case.chart.assurance]


def is_always_on_target(case: Case) -> bool:
    """Whether all the last group's points are the target, and fault 10 is not the reason."""
    last = case.last_group()
    values = {value for value in case.values(last) if value is not None}
    return values == {case.target} and not case.is_constant(last)


# The checks.


def rows_with_cases(tally: Tally, folder: Path) -> Iterator[tuple[dict, Case]]:
    """The expected rows whose series (and month, where they have one) is among the inputs.

    A row of any other fails.
    """
    known = cases(folder)
    for row in table(folder, tally.file).to_dict("records"):
        case = known.get(str(row["series"]))
        if case is None or str(row.get("date", case.months[0])) not in case.months:
            tally.compare(f"{row['series']} {row.get('date', '')}", "not in the inputs", "a row")
        else:
            yield row, case


def check_points(folder: Path) -> Tally:
    tally, touching = Tally("xmr_points.csv"), 0
    for row, case in rows_with_cases(tally, folder):
        place = case.months.index(str(row["date"]))
        excuse = case.excuse(case.group_of(place))
        for column, ours in point_said(case, place).items():
            excused = excuse if column in ON_LIMITS else None
            where = f"{row['series']} {row['date']} {column}"
            tally.compare(where, ours, row[column], excuse=excused)
        touching += named_side(case, place) != case.chart.points[place].side
    if touching:
        tally.notes.append(f"{touching} points end a trend that touches another: named as there")
    return tally


def check_summary(folder: Path) -> Tally:
    tally, always = Tally("xmr_summary.csv"), set()
    for row, case in rows_with_cases(tally, folder):
        name = str(row["series"])
        if str(row["status"]) != "ok":
            tally.notes.append(f"The package refuses {name}, we do not")
            continue
        compare_group(tally, case, row)
        if case.chart.assurance is Assurance.PASSING and is_always_on_target(case):
            always.add(name)
    if always:
        tally.notes.append(f"Always on target, passing with us alone: {', '.join(sorted(always))}")
    return tally


def compare_group(tally: Tally, case: Case, row: dict) -> None:
    where = f"{row['series']} group {row['rebase_group']}"
    places = case.groups().get(int(row["rebase_group"]))
    if places is None:
        tally.compare(where, "not in the inputs", "a row")
        return
    for column, ours in group_said(case, places).items():
        excuse = None if column in {"n", "mean_col"} else case.excuse(places)
        tally.compare(f"{where} {column}", ours, row[column], excuse=excuse)
    for column, ours in icons_said(case, places).items():
        excuse = case.excuse(case.last_group())
        tally.compare(f"{where} {column}", ours, row[column], excuse=excuse)


def group_said(case: Case, places: list[int]) -> dict[str, object]:
    """One group as the package puts it, by column of xmr_summary.csv."""
    said = [point_said(case, place) for place in places]
    types = [point["point_type"] for point in said]
    return {
        "mean_col": said[0]["mean"],
        "lpl": said[0]["lpl"],
        "upl": said[0]["upl"],
        "n": len(said),
        "common_cause": sum(not point["special_cause_flag"] for point in said),
        "special_cause_improvement": types.count("special_cause_improvement"),
        "special_cause_concern": types.count("special_cause_concern"),
        "variation_type": types[-1],
    }


def icons_said(case: Case, places: list[int]) -> dict[str, object]:
    """The columns that are about the whole series; the type stands with the last group alone."""
    kind, icon = assurance_said(case)
    return {
        "assurance_type": kind if places == case.last_group() else None,
        "assurance_icon": icon,
        "variation_icon": variation_said(case),
    }


# abspc: another opinion, whose differences are counted and never fail.


def check_abspc_points(folder: Path) -> Tally:
    tally, agree = Tally("xmr_abspc_points.csv"), []
    for row, case in rows_with_cases(tally, folder):
        point = case.chart.points[case.months.index(str(row["date"]))]
        ours = {
            "mean": point.centre,
            "ucl": point.high,
            "lcl": point.low,
            "uwl": point.near_high,
            "lwl": point.near_low,
            "special_cause": bool(point.signal),
        }
        for column, value in ours.items():
            where = f"{row['series']} {row['date']} {column}"
            tally.compare(where, value, row[column], excuse=ABSPC)
        agree.append(ours["special_cause"] == is_true(row["special_cause"]))
    tally.notes.append(f"Whether a point stands out agrees on {sum(agree)} of {len(agree)}")
    return tally


def check_abspc_summary(folder: Path) -> Tally:
    tally, agree = Tally("xmr_abspc_summary.csv"), []
    for row, case in rows_with_cases(tally, folder):
        chart = case.chart
        ours = {
            "mean": chart.points[-1].centre,
            "lcl": chart.points[-1].low,
            "ucl": chart.points[-1].high,
            "variation": chart.variation.name.lower(),
            "assurance": ABSPC_ASSURANCES.get(chart.assurance),
        }
        for column, value in ours.items():
            tally.compare(f"{row['series']} {column}", value, row[column], excuse=ABSPC)
        agree.append([ours[icon] == row[icon] for icon in ("variation", "assurance")])
    variation, assurance = np.sum(agree, axis=0) if agree else (0, 0)
    tally.notes.append(
        f"Icons agree: variation on {variation}, assurance on {assurance} of {len(agree)}"
    )
    return tally


CHECKS: dict[str, Callable[[Path], Tally]] = {
    "xmr_points.csv": check_points,
    "xmr_summary.csv": check_summary,
    "xmr_abspc_points.csv": check_abspc_points,
    "xmr_abspc_summary.csv": check_abspc_summary,
}
