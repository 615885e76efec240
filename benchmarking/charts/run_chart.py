"""One series of one trust month by month, with its limits: a run chart of the XmR kind.

Points are months: grey circles where nothing is unusual; where a rule holds, another shape, blue
for an improvement, orange for a concern, purple where neither side is better. The solid line is
the mean, the dashed ones the limits within which months vary by themselves, the dotted one the
target. An upright line marks where limits begin anew. Look for shapes, not for single ups and
downs.
"""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

import pandas as pd

from benchmarking.charts.chart import Chart
from benchmarking.charts.decimals import two_places
from benchmarking.charts.run_chart_figure import run_figure, within
from benchmarking.results import trend_words
from benchmarking.results.trends import Trend
from benchmarking.series.months import month_in_words
from benchmarking.statistics.spc import Signal

NO_LINE = "Too few months"
NO_TARGET = "No target"


def draw(trend: Trend) -> Chart:
    """The months of one series, from the first that is recorded to the last."""
    return Chart(
        figure=run_figure(trend),
        sentence=_sentence(trend),
        alt=_alt(trend),
        make_table=partial(table, trend),
    )


def table(trend: Trend) -> pd.DataFrame:
    """One row per month: counts, percent, mean, limits, target, and why it stands out."""
    rows = []
    for place, (point, judged) in enumerate(
        zip(trend.timeline.points, trend.chart.points, strict=True)
    ):
        figure = point.figure
        rows.append(
            {
                "Month": month_in_words(point.month),
                "In time": trend_words.NOT_RECORDED if figure is None else figure.in_time,
                "Due": trend_words.NOT_RECORDED if figure is None else figure.due,
                "Percent": _percent(point.percent, trend_words.of_month(point)),
                "Mean": _percent(judged.centre, NO_LINE),
                "Lower limit": _percent(judged.low, NO_LINE),
                "Upper limit": _percent(judged.high, NO_LINE),
                "Target": _percent(point.target, NO_TARGET),
                "What stands out": _stands_out(trend, place),
            }
        )
    return pd.DataFrame(rows, columns=_COLUMNS, dtype=object)


_COLUMNS = [
    *("Month", "In time", "Due", "Percent", "Mean", "Lower limit", "Upper limit", "Target"),
    "What stands out",
]


def _percent(share: float | None, otherwise: str) -> object:
    return otherwise if share is None else two_places(within(share))


def _stands_out(trend: Trend, place: int) -> str:
    judged = trend.chart.points[place]
    if judged.signal is Signal.NONE:
        # Without limits nobody can say that a month is ordinary.
        has_limits = judged.low is not None and judged.value is not None
        return "Nothing unusual" if has_limits else "–"
    kind = judged.judgement.name.capitalize()
    return f"{kind}: {trend.chart.point_in_words(place)}"


def _sentence(trend: Trend) -> str:
    """Which months there are, and how many stand out."""
    points = trend.timeline.points
    if not points:
        return "There are no months to draw."
    said = f"{'1 month' if len(points) == 1 else f'{len(points)} months'}, {_period(trend)}"
    if all(judged.low is None for judged in trend.chart.points):
        return f"{said}."
    many = sum(judged.signal is not Signal.NONE for judged in trend.chart.points)
    return f"{said}: 1 stands out." if many == 1 else f"{said}: {many or 'none'} stand out."


def _period(trend: Trend) -> str:
    first, *_, last = (p.month for p in (trend.timeline.points[0], *trend.timeline.points))
    if first == last:
        return month_in_words(first)
    return f"{month_in_words(first)} to {month_in_words(last)}"


def _alt(trend: Trend) -> str:
    measured = [point.percent for point in trend.timeline.measured if point.percent is not None]
    said = [f"{trend.series.title}, {trend.trust.name}: {_sentence(trend)}"]
    if measured:
        low, high = trend_words.percent(min(measured)), trend_words.percent(max(measured))
        said.append(f"Each is {low}." if low == high else f"Months range from {low} to {high}.")
    said += [*_lines(trend), *_runs(trend)]
    if trend.timeline.latest:
        said.append(f"Latest: {trend_words.of_month(trend.timeline.latest)}.")
    return " ".join(said)


def _lines(trend: Trend) -> Iterator[str]:
    """Mean, limits and target as they are at the end, and where limits began anew."""
    if not trend.timeline.points:
        return
    judged, target = trend.chart.points[-1], trend.timeline.points[-1].target
    if judged.centre is not None:
        yield f"Mean {trend_words.percent(judged.centre)}."
    if judged.low is not None and judged.high is not None:
        low, high = (trend_words.percent(within(line)) for line in (judged.low, judged.high))
        yield f"Limits {low} to {high}."
    if target is not None:
        yield f"Target {trend_words.target(target)}."
    for rebase in trend.timeline.rebases:
        yield f"Limits begin anew in {month_in_words(rebase.from_month)}."


def _runs(trend: Trend) -> Iterator[str]:
    """Months that stand out, neighbours for the same reason together."""
    places = range(len(trend.chart.points))
    for why, run in groupby(places, key=lambda place: _stands_out(trend, place)):
        found = list(run)
        if trend.chart.points[found[0]].signal is Signal.NONE:
            continue
        first, last = (trend.timeline.points[at].month for at in (found[0], found[-1]))
        when = month_in_words(first)
        if first != last:
            when = f"{when} to {month_in_words(last)}"
        yield f"{when}: {why[:1].lower()}{why[1:]}."
