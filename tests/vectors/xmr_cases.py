"""The series of xmr_cases.csv and xmr_inputs.csv, each with our chart of it."""

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarking.polarity import Polarity
from benchmarking.statistics.spc import Rules, XmrChart, xmr
from tests.vectors.tally import is_missing, table

POLARITIES = {
    "increase": Polarity.HIGHER_IS_BETTER,
    "decrease": Polarity.LOWER_IS_BETTER,
    "neutral": Polarity.NEUTRAL,
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
