"""The ink of a run chart: points, lines, and what each line is called at its right end.

Places of the horizontal axis are months from 0; a line reaches half a month to either side of
its points, so that groups of limits meet where a new one begins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from benchmarking.charts.chart import GRID, INK, OWN, PEERS_DARK, QUIET, figure
from benchmarking.results import trend_words
from benchmarking.results.trends import Trend
from benchmarking.series.months import month_in_words, short_month
from benchmarking.statistics.spc import Judgement, Signal
from benchmarking.statistics.spc import Point as Judged

INKS = {
    Judgement.NONE: PEERS_DARK,
    Judgement.IMPROVEMENT: OWN,
    Judgement.CONCERN: "#ED8B00",
    Judgement.NEUTRAL: "#6F3B9E",
}
_SYMBOLS = {
    Signal.NONE: "circle",
    Signal.OUTSIDE: "diamond",
    Signal.TWO_OF_THREE: "star",
    Signal.SHIFT: "square",
}
_SIZES = {Signal.NONE: 7, Signal.OUTSIDE: 12, Signal.TREND: 12, Signal.TWO_OF_THREE: 13}
_SHIFT_SIZE = 10

_HEIGHT = 360
_TOP, _BOTTOM, _LEFT, _RIGHT = 48, 42, 46, 82
_LINE_OF_TEXT = 18
_TICKS = 6
_LOWEST, _HIGHEST = 0.0, 100.0
# Room above 100% and below the lowest mark, so that no mark is cut.
_ROOM = 0.04

Trace = dict[str, Any]


@dataclass(frozen=True)
class _Label:
    """What a line is called, and the percent at which it ends on the right."""

    text: str
    at: float


def run_figure(trend: Trend) -> go.Figure:
    """The months of a series with their lines; a plain frame where there are none."""
    months = [point.month for point in trend.timeline.points]
    low, high = _span(trend)
    ticks = _ticks(len(months))
    still = {"zeroline": False, "fixedrange": True, "tickfont": {"size": 13, "color": QUIET}}
    return figure(
        [trace for trace in _traces(trend) if trace["x"]],
        _HEIGHT,
        margin={"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        xaxis={
            **still,
            "range": [-0.8, max(len(months), 1) - 0.2],
            "tickvals": ticks,
            "ticktext": [short_month(months[at]).replace(" ", "<br>") for at in ticks],
            "showgrid": False,
        },
        yaxis={
            **still,
            "range": [low, high],
            "gridcolor": GRID,
            "tickvals": _percents(low),
            "ticktext": [f"{percent}%" for percent in _percents(low)],
        },
        shapes=[_upright(at) for at in _rebased(trend)],
        annotations=[
            _head(trend),
            *(_anew(trend, at) for at in _rebased(trend)),
            *_beside(_labels(trend), low, high),
        ],
    )


def within(share: float) -> float:
    """A line of a percentage where it is drawn: never below 0 or above 100."""
    return min(max(share, _LOWEST), _HIGHEST)


def _traces(trend: Trend) -> Iterator[Trace]:
    points = trend.chart.points
    yield _level([(a, b, y.low) for a, b, y in _groups(points)], PEERS_DARK, 1.5, "dash")
    yield _level([(a, b, y.high) for a, b, y in _groups(points)], PEERS_DARK, 1.5, "dash")
    yield _level([(a, b, y.centre) for a, b, y in _groups(points)], INK, 1.5, "solid")
    yield _targets(trend)
    yield {
        **_line(PEERS_DARK, 1.5, "solid"),
        "x": list(range(len(points))),
        "y": [point.value for point in points],
    }
    kinds = {(point.signal, point.side, point.judgement) for point in points}
    for signal, side, judgement in sorted(kinds):
        yield _marks(trend, signal, side, judgement)


def _groups(points: Sequence[Judged]) -> Iterator[tuple[float, float, Judged]]:
    """From where to where each group of limits reaches, and a point of it."""
    for _, run in groupby(enumerate(points), key=lambda placed: placed[1].group):
        found = list(run)
        yield found[0][0] - 0.5, found[-1][0] + 0.5, found[0][1]


def _line(color: str, width: float, dash: str) -> Trace:
    line = {"color": color, "width": width, "dash": dash}
    return {"type": "scatter", "mode": "lines", "line": line, "hoverinfo": "skip"}


def _level(lines: Sequence[tuple[float, float, float | None]], *form: Any) -> Trace:
    """Level lines, each from a left to a right place at a percent; none where that is None."""
    there = [(left, right, within(at)) for left, right, at in lines if at is not None]
    return {
        **_line(*form),
        "x": [x for left, right, _ in there for x in (left, right, None)],
        "y": [y for _, _, at in there for y in (at, at, None)],
    }


def _targets(trend: Trend) -> Trace:
    """The target as steps: it goes on from one month to the next, up or down where it changes."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for at, point in enumerate(trend.timeline.points):
        ends = (at - 0.5, at + 0.5) if point.target is not None else (None, None)
        xs += ends
        ys += [point.target, point.target]
    shown = any(y is not None for y in ys)
    return {**_line(INK, 2.5, "dot"), "x": xs if shown else [], "y": ys if shown else []}


def _marks(trend: Trend, signal: Signal, side: int, judgement: Judgement) -> Trace:
    at = [
        place
        for place, point in enumerate(trend.chart.points)
        if (point.signal, point.side, point.judgement) == (signal, side, judgement)
        and point.value is not None
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": at,
        "y": [trend.chart.points[place].value for place in at],
        "marker": {
            "symbol": symbol_of(signal, side),
            "size": _SIZES.get(signal, _SHIFT_SIZE),
            "color": INKS[judgement],
            "opacity": 1,
            # Orange on white is too pale for a small shape to be seen by itself.
            "line": {"color": INK, "width": 0 if signal is Signal.NONE else 1},
        },
        "text": [_hover(trend, place) for place in at],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def symbol_of(signal: Signal, side: int) -> str:
    """The shape of a point; a trend's shows which way it goes."""
    if signal is Signal.TREND:
        return "triangle-up" if side > 0 else "triangle-down"
    return _SYMBOLS[signal]


def _hover(trend: Trend, place: int) -> str:
    point = trend.timeline.points[place]
    if point.figure is None:
        return ""
    said = f"<b>{month_in_words(point.month)}: {trend_words.of_month(point)}</b>"
    counted = f"{trend_words.counts(point.figure)} due"
    judged = trend.chart.points[place]
    why = trend.chart.point_in_words(place) if judged.signal is not Signal.NONE else ""
    return "<br>".join(filter(None, [said, counted, why]))


def _span(trend: Trend) -> tuple[float, float]:
    """The percents at which the scale begins and ends: all marks and lines, to the next ten."""
    drawn = [
        within(value)
        for judged, point in zip(trend.chart.points, trend.timeline.points, strict=True)
        for value in (judged.value, judged.low, judged.high, point.target)
        if value is not None
    ]
    low, high = min(drawn, default=_LOWEST), max(drawn, default=_HIGHEST)
    # Ten points at least, or a month at 99% would look like a fall.
    floor = max(_LOWEST, 10 * ((min(low, high - 10)) // 10))
    top = min(_HIGHEST, max(floor + 10, -10 * (-high // 10)))
    room = _ROOM * (top - floor)
    return floor - room, top + room


def _percents(low: float) -> list[int]:
    """Where the scale has its lines."""
    span = _HIGHEST - low
    step = 5 if span <= 25 else 10 if span <= 60 else 20
    return list(range(0, 101, step))


def _ticks(months: int) -> list[int]:
    """The months that are named: the latest, and others at even distances before it."""
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60) if months <= step * _TICKS or step == 60)
    return list(range(months - 1, -1, -step))[::-1]


def _rebased(trend: Trend) -> list[int]:
    return [at for at, point in enumerate(trend.timeline.points) if point.rebase is not None]


def _upright(at: int) -> dict[str, object]:
    line = {"color": QUIET, "width": 1.5, "dash": "dot"}
    across = {"type": "line", "x0": at - 0.5, "x1": at - 0.5, "layer": "below"}
    return {**across, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _anew(trend: Trend, at: int) -> dict[str, object]:
    """The words over an upright line, on the side where there is room for them."""
    side = "left" if at < len(trend.timeline.points) / 2 else "right"
    month = short_month(trend.timeline.points[at].month)
    corner = {"yref": "paper", "y": 1, "xanchor": side, "yanchor": "bottom"}
    font = {"size": 13, "color": QUIET}
    return _text(f"New limits from {month}", x=at - 0.5, font=font, **corner)


def _head(trend: Trend) -> dict[str, object]:
    corner = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left"}
    font = {"size": 13, "color": QUIET}
    above = {"yanchor": "bottom", "yshift": _LINE_OF_TEXT + 6}
    return _text(trend.series.short_title, font=font, **corner, **above)


def _labels(trend: Trend) -> list[_Label]:
    """What the lines are called where they end; a limit beyond the scale says so."""
    if not trend.timeline.points:
        return []
    judged, target = trend.chart.points[-1], trend.timeline.points[-1].target
    named = [("Limit", judged.high), ("Mean", judged.centre), ("Limit", judged.low)]
    if judged.low == judged.high:
        # Months that do not vary have their limits on the mean.
        named = [("Mean", judged.centre)]
    labels = [
        _Label(f"{name} {trend_words.percent(within(at))}", within(at))
        for name, at in named
        if at is not None
    ]
    if target is not None:
        labels.append(_Label(f"<b>Target {trend_words.target(target)}</b>", target))
    return sorted(labels, key=lambda label: -label.at)


def _beside(labels: Sequence[_Label], low: float, high: float) -> list[dict[str, object]]:
    """The labels right of their lines, moved apart as far as their letters need."""
    pixels = _HEIGHT - _TOP - _BOTTOM
    wanted = [(high - label.at) / (high - low) * pixels for label in labels]
    places: list[float] = []
    for number, at in enumerate(wanted):
        room_below = pixels - _LINE_OF_TEXT * (len(wanted) - 1 - number)
        lowest = places[-1] + _LINE_OF_TEXT if places else 0
        places.append(min(max(at, lowest), room_below))
    form = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 2, "yref": "paper"}
    font = {"size": 13, "color": INK}
    return [
        _text(label.text, y=1 - at / pixels, yanchor="middle", font=font, **form)
        for label, at in zip(labels, places, strict=True)
    ]


def _text(text: str, **form: object) -> dict[str, object]:
    return {"text": text, "showarrow": False, "borderpad": 2, **form}
