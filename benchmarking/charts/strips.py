"""Rows of an ordered scale: peers as grey bars above a line, trusts as marks below it.

Each row carries the whole text of its statement above it, in lines short enough for a phone.
One unit of the vertical axis is one pixel, so that text and ink keep their distances.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from typing import Any

import plotly.graph_objects as go

from benchmarking.charts.chart import FONT, GRID, INK, OWN, PEERS, PEERS_DARK, QUIET, figure

# 42 letters of 14 pixels fit into a window of 320.
_LINE_OF_TEXT = 42
_TEXT = 17
_BARS = 30
_COUNT = 15
_LANE = 22
_GAP = 22
_HEAD = 58
_HALF_BAR = 0.42

Trace = dict[str, Any]


@dataclass(frozen=True)
class Lane:
    """Where one trust is on the scale, by places from 0; None where it has no level.

    ``said`` stands in place of a mark where there is none ("Don't know").
    """

    evidenced: int | None
    claimed: int | None = None
    last: int | None = None
    said: str = ""


@dataclass(frozen=True)
class Strip:
    """One statement: its text, its peers' counts and median, and a lane for each trust."""

    number: str
    text: str
    note: str
    counts: tuple[int, ...]
    median: int | None
    lanes: tuple[Lane, ...]

    @property
    def lines(self) -> list[str]:
        return textwrap.wrap(f"{self.number} {self.text}", _LINE_OF_TEXT)

    @property
    def notes(self) -> list[str]:
        return textwrap.wrap(self.note, _LINE_OF_TEXT)

    @property
    def height(self) -> int:
        bars = _BARS + _COUNT if self.counts else 0
        text = _TEXT * (len(self.lines) + len(self.notes))
        return text + bars + _LANE * len(self.lanes) + _GAP


@dataclass(frozen=True)
class _Placed:
    """A strip and how many pixels from the top it begins."""

    strip: Strip
    top: int

    @property
    def baseline(self) -> int:
        strip = self.strip
        text = _TEXT * (len(strip.lines) + len(strip.notes))
        return self.top + text + (_BARS + _COUNT if strip.counts else 0)

    def lane(self, number: int) -> float:
        return self.baseline + _LANE * (number + 0.6)


def strips_figure(strips: Sequence[Strip], levels: Sequence[str], marks: Sequence[str]) -> go.Figure:
    """The rows under one head.

    Args:
        strips: the rows, from the top.
        levels: the words of the scale, the lowest first.
        marks: the form of each lane's marks ("circle", "square").
    """
    tops = accumulate((strip.height for strip in strips), initial=_HEAD)
    placed = [_Placed(strip, top) for strip, top in zip(strips, tops, strict=False)]
    traces = [trace for trace in _traces(placed, len(levels), marks) if len(trace["x"])]
    height = _HEAD + sum(strip.height for strip in strips)
    return figure(
        traces,
        height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"range": [-0.5, len(levels) - 0.5], "visible": False, "fixedrange": True},
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        hovermode=False,
        # Plotly's default one is larger than everything else in the figure, and unused here.
        template={},
        annotations=[*_head(levels), *_texts(placed)],
    )


def _traces(placed: Sequence[_Placed], levels: int, marks: Sequence[str]) -> Iterator[Trace]:
    yield _bars(placed)
    yield _lines(_medians(placed), color=INK, width=3)
    yield _counts(placed)
    yield _lines(_lanes(placed, levels), color=GRID, width=2)
    yield _lines(_claims(placed), color=OWN, width=2)
    for number, mark in enumerate(marks):
        ink = OWN if number == 0 else INK
        last = [(p.lane(number), lane.last) for p, lane in _of_lane(placed, number)]
        yield _marks(last, symbol="line-ns", size=20, line={"color": QUIET, "width": 3})
        claimed = [(p.lane(number), _above(lane)) for p, lane in _of_lane(placed, number)]
        hollow = {"color": ink, "width": 2.5}
        yield _marks(claimed, symbol=mark, size=13, color="white", line=hollow)
        shown = [(p.lane(number), lane.evidenced) for p, lane in _of_lane(placed, number)]
        yield _marks(shown, symbol=mark, size=15, color=ink)


def _of_lane(placed: Sequence[_Placed], number: int) -> Iterator[tuple[_Placed, Lane]]:
    return ((p, p.strip.lanes[number]) for p in placed if number < len(p.strip.lanes))


def _above(lane: Lane) -> int | None:
    """The claim, where it says more than the evidence."""
    return None if lane.claimed == lane.evidenced else lane.claimed


def _bars(placed: Sequence[_Placed]) -> Trace:
    """Peers as filled outlines: one trace, and the same ink for all, whatever their number."""
    corners: list[tuple[float | None, float | None]] = []
    for p in placed:
        most = max(p.strip.counts, default=0) or 1
        for place, count in enumerate(p.strip.counts):
            left, right = place - _HALF_BAR, place + _HALF_BAR
            top = p.baseline - _BARS * count / most
            corners += [(left, p.baseline), (left, top), (right, top), (right, p.baseline)]
            corners += [(left, p.baseline), (None, None)]
    return _trace(
        [x for x, _ in corners],
        [y for _, y in corners],
        mode="lines",
        fill="toself",
        fillcolor=PEERS,
        line={"width": 0},
    )


def _counts(placed: Sequence[_Placed]) -> Trace:
    found = [
        (place, p.baseline - _BARS * count / (max(p.strip.counts) or 1) - 8, count)
        for p in placed
        for place, count in enumerate(p.strip.counts)
    ]
    return _trace(
        [x for x, _, _ in found],
        [y for _, y, _ in found],
        mode="text",
        text=[str(count) for _, _, count in found],
        textfont={"size": 12, "color": QUIET, "family": FONT},
    )


def _medians(placed: Sequence[_Placed]) -> list[tuple[float, float, float]]:
    return [
        (p.strip.median - _HALF_BAR, p.strip.median + _HALF_BAR, p.baseline)
        for p in placed
        if p.strip.median is not None
    ]


def _lanes(placed: Sequence[_Placed], levels: int) -> list[tuple[float, float, float]]:
    return [(0, levels - 1, p.lane(n)) for p in placed for n in range(len(p.strip.lanes))]


def _claims(placed: Sequence[_Placed]) -> list[tuple[float, float, float]]:
    return [
        (lane.evidenced, claimed, p.lane(number))
        for p in placed
        for number, lane in enumerate(p.strip.lanes)
        if (claimed := _above(lane)) is not None and lane.evidenced is not None
    ]


def _lines(segments: Sequence[tuple[float, float, float]], **line: object) -> Trace:
    """Level segments, each from a left to a right place at a height."""
    x = [value for left, right, _ in segments for value in (left, right, None)]
    y = [value for _, _, height in segments for value in (height, height, None)]
    return _trace(x, y, mode="lines", line=line)


def _marks(found: Sequence[tuple[float, int | None]], **marker: object) -> Trace:
    there = [(height, place) for height, place in found if place is not None]
    heights, places = [height for height, _ in there], [place for _, place in there]
    return _trace(places, heights, mode="markers", marker={"opacity": 1, **marker})


def _trace(x: Sequence[object], y: Sequence[object], **form: object) -> Trace:
    # A go.Scatter would be validated here: 17 ms a chart in place of 2.
    shared = {"type": "scatter", "cliponaxis": False, "hoverinfo": "skip"}
    return {**shared, "x": list(x), "y": list(y), **form}


def _head(levels: Sequence[str]) -> list[dict[str, object]]:
    return [
        _annotation(
            "<br>".join([f"<b>{place + 1}</b>", *map(escape, textwrap.wrap(word, 12))]),
            x=place,
            y=0,
            xanchor="center",
            align="center",
            font={"size": 13, "color": INK},
        )
        for place, word in enumerate(levels)
    ]


def _texts(placed: Sequence[_Placed]) -> Iterator[dict[str, object]]:
    for p in placed:
        first, *rest = map(escape, p.strip.lines)
        number, _, start = first.partition(" ")
        lines = [f"<b>{number}</b> {start}", *rest]
        yield _beside("<br>".join(lines), p.top, INK)
        if p.strip.notes:
            below = p.top + _TEXT * len(lines)
            yield _beside("<br>".join(map(escape, p.strip.notes)), below, QUIET)
        for number_of_lane, lane in enumerate(p.strip.lanes):
            if lane.said:
                yield _beside(f" {escape(lane.said)} ", p.lane(number_of_lane) - 9, INK)


def _beside(text: str, y: float, color: str) -> dict[str, object]:
    return _annotation(
        text, x=0, y=y, xref="paper", xanchor="left", align="left", font={"color": color}
    )


def _annotation(text: str, **form: object) -> dict[str, object]:
    return {
        "text": text,
        "yanchor": "top",
        "showarrow": False,
        "borderpad": 0,
        "bgcolor": "white",
        **form,
    }
