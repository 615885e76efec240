"""Rows of an ordered scale: peers as grey bars above a line, trusts as marks below it.

Below the trusts come the other voices, where there are any (``heard_lanes``).

Each row carries the whole text of its statement above it, in lines short enough for a phone.
One unit of the vertical axis is one pixel, so that text and ink keep their distances.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from itertools import accumulate
from typing import Any

import plotly.graph_objects as go

from benchmarking.charts.chart import FONT, GRID, INK, OWN, PEERS, QUIET, figure
from benchmarking.charts.heard_lanes import BORDERS, HeardLane, heard_traces

# So many letters of 15 pixels fit into a window of 320; the note's are smaller.
_LINE_OF_TEXT = 38
_LINE_OF_NOTE = 44
_TEXT = 20
_BARS = 28
_BAR = 30
_COUNT = 18
_LANE = 24
_GAP = 18
_HEAD = 62

Trace = dict[str, Any]


# The statements are the same in every picture; wrapping them was a third of drawing one.
@lru_cache(maxsize=4096)
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, width))


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
    """One statement: its text, its peers' counts and median, and a lane for each trust.

    ``heard`` are the lanes of the voices beside the trust's own, ``gap`` says in bold where
    one of them lies clearly apart.
    """

    number: str
    text: str
    note: str
    counts: tuple[int, ...]
    median: int | None
    lanes: tuple[Lane, ...]
    heard: tuple[HeardLane, ...] = ()
    gap: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        return _wrapped(f"{self.number} {self.text}", _LINE_OF_TEXT)

    @property
    def notes(self) -> tuple[str, ...]:
        return _wrapped(self.note, _LINE_OF_NOTE)

    @property
    def gaps(self) -> tuple[str, ...]:
        return _wrapped(self.gap, _LINE_OF_NOTE)

    @cached_property
    def to_baseline(self) -> int:
        """Pixels from the top to the line that the bars stand on."""
        bars = _BARS + _COUNT if self.counts else 0
        said = len(self.lines) + len(self.notes) + len(self.gaps)
        return _TEXT * said + bars + 2

    @property
    def height(self) -> int:
        return self.to_baseline + _LANE * (len(self.lanes) + len(self.heard)) + _GAP


@dataclass(frozen=True)
class _Placed:
    """A strip and how many pixels from the top it begins."""

    strip: Strip
    top: int

    @property
    def baseline(self) -> int:
        return self.top + self.strip.to_baseline

    def top_of(self, count: int) -> float:
        """Where a bar for this many ends; the tallest of a row is as high as any other's."""
        return self.baseline - _BARS * count / (max(self.strip.counts) or 1)

    def lane(self, number: int) -> float:
        return self.baseline + _LANE * (number + 0.6)

    @property
    def heard(self) -> list[tuple[float, HeardLane]]:
        """The lanes of the other voices, each with its height."""
        first = len(self.strip.lanes)
        return [(self.lane(n), lane) for n, lane in enumerate(self.strip.heard, start=first)]


def strips_figure(
    strips: Sequence[Strip], levels: Sequence[str], marks: Sequence[str]
) -> go.Figure:
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
        shapes=[_border(at, height) for at in BORDERS] if any(s.heard for s in strips) else [],
        annotations=[*_head(levels), *(text for text in _texts(placed) if text["text"])],
    )


def _border(at: float, height: int) -> dict[str, object]:
    """A line between the columns of two levels, behind everything."""
    line = {"color": GRID, "width": 1.5, "dash": "dot"}
    ends = {"x0": at, "x1": at, "y0": _HEAD, "y1": height}
    return {"type": "line", "layer": "below", "line": line, **ends}


def _traces(placed: Sequence[_Placed], levels: int, marks: Sequence[str]) -> Iterator[Trace]:
    yield _bars(placed)
    middle = [(p.baseline + 1, p.strip.median) for p in placed]
    yield _marks(middle, symbol="line-ew", size=_BAR - 6, line={"color": INK, "width": 3})
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
    yield from heard_traces([lane for p in placed for lane in p.heard], levels)


def _of_lane(placed: Sequence[_Placed], number: int) -> Iterator[tuple[_Placed, Lane]]:
    return ((p, p.strip.lanes[number]) for p in placed if number < len(p.strip.lanes))


def _above(lane: Lane) -> int | None:
    """The claim, where it says more than the evidence."""
    return None if lane.claimed == lane.evidenced else lane.claimed


def _bars(placed: Sequence[_Placed]) -> Trace:
    """Peers as thick lines: one trace, as wide on a phone as on a large screen."""
    ends = [
        (place, height)
        for p in placed
        for place, count in enumerate(p.strip.counts)
        if count
        for height in (p.baseline, p.top_of(count), None)
    ]
    line = {"color": PEERS, "width": _BAR}
    return _trace([x for x, _ in ends], [y for _, y in ends], mode="lines", line=line)


def _counts(placed: Sequence[_Placed]) -> Trace:
    found = [
        (place, p.top_of(count) - 9, str(count))
        for p in placed
        for place, count in enumerate(p.strip.counts)
    ]
    return _trace(
        [x for x, _, _ in found],
        [y for _, y, _ in found],
        mode="text",
        text=[said for _, _, said in found],
        textfont={"size": 13, "color": QUIET, "family": FONT},
    )


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
        yield _beside("<br>".join([f"<b>{number}</b> {start}", *rest]), p.top, 15, INK)
        below = p.top + _TEXT * len(p.strip.lines)
        yield _beside("<br>".join(map(escape, p.strip.notes)), below, 14, QUIET)
        below += _TEXT * len(p.strip.notes)
        gap = "<br>".join(map(escape, p.strip.gaps))
        yield _beside(gap and f"<b>{gap}</b>", below, 14, INK)
        for number_of_lane, lane in enumerate(p.strip.lanes):
            yield _beside(escape(lane.said), p.lane(number_of_lane) - 11, 14, INK)
        for height, heard in p.heard:
            yield _beside(escape(heard.said), height - 11, 14, QUIET)


def _beside(text: str, y: float, size: int, color: str) -> dict[str, object]:
    font = {"size": size, "color": color}
    return _annotation(text, x=0, y=y, xref="paper", xanchor="left", align="left", font=font)


def _annotation(text: str, **form: object) -> dict[str, object]:
    shared = {"yanchor": "top", "showarrow": False, "borderpad": 0, "bgcolor": "white"}
    return {"text": text, **shared, **form}
