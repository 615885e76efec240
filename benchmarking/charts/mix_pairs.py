"""What a trust's complaints are about, beside its peers.

Shows the parts that differ most from the peers' middle, from "more often here" to "less often
here". Each row: the trust's share as a blue dot with its 95% interval, the peers' middle as a dark
tick and their middle half as a grey bar. A dot outside the bar is unlike most peers. The table
has all parts.
"""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import accumulate

import pandas as pd
import plotly.graph_objects as go

from benchmarking.charts.chart import GRID, INK, OWN, PEERS, QUIET, Chart, figure
from benchmarking.charts.decimals import two_places
from benchmarking.complaints import words
from benchmarking.complaints.mixes import MixAmongPeers, MixPart
from benchmarking.statistics.quantiles import Spread

MOST_ROWS = 8
_LEAST = 0.05
_HEAD = 30
_TEXT = 20
_LANE = 24
_SPACE = 12
_LINE_OF_TEXT = 38
_EDGE = 14  # a dot at nought is whole, and so is the nought below it

Trace = dict[str, object]
Span = tuple[float, float]


@dataclass(frozen=True)
class _Row:
    """One part and how many pixels from the top it begins."""

    part: MixPart
    top: int

    @property
    def lane(self) -> float:
        return self.top + _TEXT * len(_lines(self.part)) + _LANE / 2


def draw(mix: MixAmongPeers) -> Chart:
    """The parts of one trust's mix that differ most from its peers'."""
    return Chart(
        figure=_figure(mix),
        sentence=words.mix_sentence(mix),
        alt=_alt(mix),
        make_table=partial(table, mix),
    )


def shown(mix: MixAmongPeers) -> tuple[MixPart, ...]:
    """The parts in the picture: most above the peers' middle first, most below it last.

    Where nothing can be compared, the largest parts. What would show as 0.0% of the trust and
    of most of its peers is left out.
    """
    told = [p for p in mix.parts if max(_size(p), *(_middle_half(p) or (0,))) >= _LEAST]
    if any(part.difference is not None for part in told):
        far = sorted(told, key=lambda part: -abs(part.difference or 0))[:MOST_ROWS]
        return tuple(sorted(far, key=lambda part: -(part.difference or 0)))
    return tuple(sorted(told, key=lambda part: -_size(part))[:MOST_ROWS])


def _size(part: MixPart) -> float:
    if part.own is not None:
        return part.own.value
    return part.spread.median if isinstance(part.spread, Spread) else 0


def _figure(mix: MixAmongPeers) -> go.Figure:
    parts = shown(mix)
    heights = [_TEXT * len(_lines(part)) + _LANE + _SPACE for part in parts]
    tops = accumulate(heights, initial=_HEAD)
    rows = [_Row(part, top) for part, top in zip(parts, tops, strict=False)]
    height = _HEAD + sum(heights)
    return figure(
        [trace for trace in _traces(rows) if trace["x"]],
        height + 26,
        margin={"l": _EDGE, "r": 4, "t": 0, "b": 26},
        xaxis={
            "range": [0, max(_reaches(parts), default=1) * 1.04],
            "ticksuffix": "%",
            "tickfont": {"size": 13, "color": QUIET},
            "gridcolor": GRID,
            "zerolinecolor": GRID,
            "nticks": 6,
            "fixedrange": True,
        },
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        hovermode=False,
        annotations=[*_head(mix), *(note for row in rows for note in _texts(row))],
    )


def _reaches(parts: Sequence[MixPart]) -> Iterator[float]:
    for part in parts:
        if part.own:
            yield part.own.high
        if isinstance(part.spread, Spread):
            yield (part.spread.quartiles or (part.spread.median,))[-1]


def _traces(rows: Sequence[_Row]) -> list[Trace]:
    return [
        _spans(rows, _middle_half, color=PEERS, width=10),
        _marks(rows, _median, symbol="line-ns", size=18, line={"color": INK, "width": 3}),
        _spans(rows, _interval, color=OWN, width=2),
        _marks(rows, _own, symbol="circle", size=13, color=OWN),
    ]


def _middle_half(part: MixPart) -> Span | None:
    return part.spread.quartiles if isinstance(part.spread, Spread) else None


def _median(part: MixPart) -> float | None:
    return part.spread.median if isinstance(part.spread, Spread) else None


def _interval(part: MixPart) -> Span | None:
    return (part.own.low, part.own.high) if part.own else None


def _own(part: MixPart) -> float | None:
    return part.own.value if part.own else None


def _spans(rows: Sequence[_Row], span: Callable[[MixPart], Span | None], **line: object) -> Trace:
    found = [(row.lane, limits) for row in rows if (limits := span(row.part)) is not None]
    x = [x for _, (low, high) in found for x in (round(low, 2), round(high, 2), None)]
    return _trace(x, [y for lane, _ in found for y in (lane, lane, None)], mode="lines", line=line)


def _marks(
    rows: Sequence[_Row], place: Callable[[MixPart], float | None], **marker: object
) -> Trace:
    found = [(row.lane, at) for row in rows if (at := place(row.part)) is not None]
    x, y = [round(at, 2) for _, at in found], [lane for lane, _ in found]
    return _trace(x, y, mode="markers", marker={"opacity": 1, **marker})


def _trace(x: Sequence[object], y: Sequence[object], **form: object) -> Trace:
    shared = {"type": "scatter", "cliponaxis": False, "hoverinfo": "skip"}
    return {**shared, "x": list(x), "y": list(y), **form}


def _lines(part: MixPart) -> list[str]:
    return textwrap.wrap(part.measure.label, _LINE_OF_TEXT)


def _head(mix: MixAmongPeers) -> list[dict[str, object]]:
    said = [(mix.indicator.short_title, "left"), ("here (middle of peers)", "right")]
    return [_text(text, 0, side, QUIET) for text, side in said]


def _texts(row: _Row) -> Iterator[dict[str, object]]:
    yield _text("<br>".join(map(escape, _lines(row.part))), row.top, "left", INK)
    own = f"<b>{row.part.own.value:.1f}%</b>" if row.part.own else "–"
    median = _median(row.part)
    peers = "" if median is None else f" ({median:.1f}%)"
    yield _text(f"{own}{peers}", row.top, "right", INK)


def _text(text: str, y: float, side: str, color: str) -> dict[str, object]:
    return {
        "text": text,
        "x": 0 if side == "left" else 1,
        "xref": "paper",
        "xanchor": side,
        "xshift": -_EDGE if side == "left" else 4,
        "align": side,
        "y": y,
        "yanchor": "top",
        "showarrow": False,
        "borderpad": 0,
        "bgcolor": "white",
        "font": {"size": 14, "color": color},
    }


def _alt(mix: MixAmongPeers) -> str:
    rows = " ".join(_in_words(part) for part in shown(mix))
    title = f"{mix.indicator.title}, {mix.year.period}"
    return f"{title}: this trust's share beside the middle of its peers. {rows}"


def _in_words(part: MixPart) -> str:
    own = f"{part.own.value:.1f}%" if part.own else "no figure"
    median = _median(part)
    peers = "" if median is None else f", peers {median:.1f}%"
    return f"{part.measure.label}: {own}{peers}."


def table(mix: MixAmongPeers) -> pd.DataFrame:
    """One row per part, those named most often here above their peers first."""
    parts = sorted(mix.parts, key=lambda part: (-(part.difference or 0), -_size(part)))
    return pd.DataFrame([_row(part) for part in parts])


def _row(part: MixPart) -> dict[str, object]:
    row: dict[str, object] = {"Part": part.measure.label, "Published column": part.column}
    if part.own is not None:
        row |= {
            "Count": part.own.count,
            "Of": part.own.out_of,
            "%": two_places(part.own.value),
            "95% interval from": two_places(part.own.low),
            "to": two_places(part.own.high),
        }
    if isinstance(part.spread, Spread):
        row["Peers' middle %"] = two_places(part.spread.median)
        if part.spread.quartiles is not None:
            low, high = part.spread.quartiles
            row |= {"Middle half from": two_places(low), "up to": two_places(high)}
        if part.difference is not None:
            row["Difference in points"] = two_places(part.difference)
    return row | {"All trusts %": two_places(part.nation.value)}
