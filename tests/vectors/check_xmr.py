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
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarking.polarity import Polarity
from benchmarking.statistics.spc import Assurance, Point, Signal, Variation
from tests.vectors.tally import Tally, is_missing, table
from tests.vectors.xmr_cases import Case, cases, is_true

CONSTANT, ABSPC = 10, 8
WARNED_BELOW = 13
# Columns that a point outside the limits changes.
ON_SIGNALS = {
    *("special_cause_type", "special_cause_flag", "point_type", "common_cause"),
    *("special_cause_improvement", "special_cause_concern", "variation_type", "variation_icon"),
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


def fault(case: Case, places: list[int], column: str, theirs: object) -> int | None:
    """10 where the package has lost a group's limits and this is what follows from it.

    ``places`` are the points the column is about. Without limits it has no answer for what
    compares with them, calls the target "inconsistent", and misses the points that lie outside.
    """
    if not case.is_constant(case.group_of(places[-1])):
        return None
    if column in {"lpl", "upl", "outside_limits", "close_to_limits"}:
        follows = is_missing(theirs)
    elif column.startswith("assurance"):
        follows = theirs == "inconsistent"
    else:
        outside = [case.chart.points[place].signal is Signal.OUTSIDE for place in places]
        follows = column in ON_SIGNALS and any(outside)
    return CONSTANT if follows else None


def rows_with_cases(
    tally: Tally, folder: Path, excuse: int | None = None
) -> Iterator[tuple[dict, Case]]:
    """The expected rows whose series (and month, where they have one) is among the inputs.

    A row of any other fails, if it is not excused.
    """
    known = cases(folder)
    for row in table(folder, tally.file).to_dict("records"):
        case = known.get(str(row["series"]))
        if case is None or str(row.get("date", case.months[0])) not in case.months:
            where = f"{row['series']} {row.get('date', '')}"
            tally.compare(where, "not in the inputs", "a row", excuse=excuse)
        else:
            yield row, case


def check_points(folder: Path) -> Tally:
    tally, touching = Tally("xmr_points.csv"), 0
    for row, case in rows_with_cases(tally, folder):
        place = case.months.index(str(row["date"]))
        for column, ours in point_said(case, place).items():
            where, theirs = f"{row['series']} {row['date']} {column}", row[column]
            tally.compare(where, ours, theirs, excuse=fault(case, [place], column, theirs))
        touching += named_side(case, place) != case.chart.points[place].side
    if touching:
        tally.notes.append(f"{touching} points end a trend that touches another: named as there")
    return tally


def check_summary(folder: Path) -> Tally:
    tally, refused, always = Tally("xmr_summary.csv"), set(), set()
    for row, case in rows_with_cases(tally, folder):
        name = str(row["series"])
        if str(row["status"]) != "ok":
            refused.add(name)
            continue
        compare_group(tally, case, row)
        if case.chart.assurance is Assurance.PASSING and is_always_on_target(case):
            always.add(name)
    if refused:
        tally.notes.append(f"Refused by the package alone: {', '.join(sorted(refused))}")
    if always:
        tally.notes.append(f"Always on target, passing with us alone: {', '.join(sorted(always))}")
    return tally


def compare_group(tally: Tally, case: Case, row: dict) -> None:
    where = f"{row['series']} group {row['rebase_group']}"
    places = case.groups().get(int(row["rebase_group"]))
    if places is None:
        tally.compare(where, "not in the inputs", "a row")
        return
    last = case.last_group()[-1:]
    for column, ours in group_said(case, places).items():
        about = places[-1:] if column == "variation_type" else places
        excuse = fault(case, about, column, row[column])
        tally.compare(f"{where} {column}", ours, row[column], excuse=excuse)
    for column, ours in icons_said(case, places).items():
        excuse = fault(case, last, column, row[column])
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
    for row, case in rows_with_cases(tally, folder, ABSPC):
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
    for row, case in rows_with_cases(tally, folder, ABSPC):
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
