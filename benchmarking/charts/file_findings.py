"""What complaint files show, item by item: the share of files that show it, with its interval.

Each row has the item's title and its share in words above a line from 0 to 100%. The mark is the
share, the bar its 95% interval; a hollow mark without a bar is a share of too few files for one.
Rows in grey are items on which the two readers agreed too seldom: they come last, without rank.
"""

from collections.abc import Sequence
from functools import partial
from html import escape
from itertools import accumulate
from typing import Any

import pandas as pd

from benchmarking.charts.chart import GRID, INK, OWN, PEERS, QUIET, Chart, figure
from benchmarking.file_review.file_findings import (
    FileFindings,
    FoundGroup,
    ItemFinding,
    ends_in_words,
)
from benchmarking.statistics.agreement import Interval
from benchmarking.voices.heard import Limits

_HEAD = 26
_TEXT = 22
_LANE = 26
_NOTE = 19
_GAP = 10
_BAR = 9
_MARK = 13
_TICKS = (0, 0.5, 1)
NOT_RANKED = "not ranked: readers agreed too seldom"

Trace = dict[str, Any]


def draw(group: FoundGroup) -> Chart:
    """One group of items; it has at least one."""
    return Chart(
        figure=_figure(group.findings),
        sentence=_sentence(group),
        alt=_alt(group),
        make_table=partial(_table, group),
    )


def _table(group: FoundGroup) -> pd.DataFrame:
    return pd.DataFrame([_row(one, place) for place, one in _places(group)])


def interval_in_words(low: float, high: float) -> str:
    """An interval as "30–50%"."""
    return f"{low:.0%}–{high:.0%}".replace("%–", "–")


def _places(group: FoundGroup) -> list[tuple[str, ItemFinding]]:
    ranked = [(str(place), one) for place, one in enumerate(group.ranked, 1)]
    return [*ranked, *(("", one) for one in group.not_ranked)]


def _figure(findings: Sequence[ItemFinding]) -> Any:
    heights = [_height(one) for one in findings]
    tops = list(accumulate(heights, initial=_HEAD))
    height = tops[-1]
    lanes = [(top + _TEXT + _LANE / 2, one) for top, one in zip(tops, findings, strict=False)]
    return figure(
        [trace for trace in _traces(lanes) if trace["x"]],
        height,
        margin={"l": 6, "r": 8, "t": 0, "b": 0},
        xaxis={"range": [-0.02, 1.02], "visible": False, "fixedrange": True},
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        hovermode=False,
        annotations=[*_head(), *_texts(tops, findings)],
    )


def _height(one: ItemFinding) -> int:
    return _TEXT + _LANE + (0 if one.is_settled else _NOTE) + _GAP


def _traces(lanes: Sequence[tuple[float, ItemFinding]]) -> list[Trace]:
    ends = [(x, y) for y, _ in lanes for x in (0.0, 1.0, None)]
    ticks = [(x, y) for y, _ in lanes for x in _TICKS]
    bars = [(y, one) for y, one in lanes if one.limits is not None]
    traces = [
        _trace(ends, mode="lines", line={"color": GRID, "width": 2}),
        _trace(ticks, mode="markers", marker=_tick()),
    ]
    for settled, ink in ((True, OWN), (False, PEERS)):
        mine = [(y, one) for y, one in bars if one.is_settled is settled]
        inked = [
            (x, y)
            for y, one in mine
            if one.limits is not None
            for x in (one.limits.low, one.limits.high, None)
        ]
        traces.append(_trace(inked, mode="lines", line={"color": ink, "width": _BAR}))
        marks = [(one.share, y) for y, one in lanes if one.is_settled is settled]
        shown = [(x, y) for x, y in marks if x is not None]
        form = {"symbol": "diamond", "size": _MARK, "color": "white", "opacity": 1}
        traces.append(
            _trace(shown, mode="markers", marker={**form, "line": {"color": ink, "width": 2.5}})
        )
    return traces


def _tick() -> dict[str, object]:
    line = {"color": GRID, "width": 2}
    return {"symbol": "line-ns", "size": 10, "line": line, "opacity": 1}


def _head() -> list[dict[str, object]]:
    anchors = zip(_TICKS, ("left", "center", "right"), strict=True)
    return [
        _annotation(f"{tick:.0%}", x=tick, y=4, xanchor=anchor, font={"size": 13, "color": QUIET})
        for tick, anchor in anchors
    ]


def _texts(tops: Sequence[int], findings: Sequence[ItemFinding]) -> list[dict[str, object]]:
    found = []
    for top, one in zip(tops, findings, strict=False):
        ink = INK if one.is_settled else QUIET
        text = escape(one.item.title)
        left = {"x": 0, "xref": "paper", "xanchor": "left"}
        right = {"x": 1, "xref": "paper", "xanchor": "right"}
        found.append(_annotation(text, y=top, font={"size": 15, "color": ink}, **left))
        said = escape(one.shown.in_words())
        found.append(_annotation(said, y=top + 1, font={"size": 14, "color": QUIET}, **right))
        if not one.is_settled:
            below, quiet = top + _TEXT + _LANE, {"size": 13, "color": QUIET}
            found.append(_annotation(NOT_RANKED.capitalize(), y=below, font=quiet, **left))
    return found


def _annotation(text: str, **form: object) -> dict[str, object]:
    shared = {"yanchor": "top", "showarrow": False, "borderpad": 0, "bgcolor": "white"}
    return {"text": text, **shared, **form}


def _trace(points: Sequence[tuple[float | None, float]], **form: object) -> Trace:
    x = [None if across is None else round(across, 3) for across, _ in points]
    y = [None if across is None else height for across, height in points]
    return {"type": "scatter", "cliponaxis": False, "hoverinfo": "skip", "x": x, "y": y, **form}


def _sentence(group: FoundGroup) -> str:
    if not group.ranked:
        return "Nothing here can be ranked."
    first, last = group.ranked[0], group.ranked[-1]
    if first.share == last.share:
        every = "it" if first is last else "each of them"
        return f"Files show {every} alike: {first.shown.in_words()}."
    return f"Files show {ends_in_words(group.ranked)}."


def _alt(group: FoundGroup) -> str:
    told = [_in_words(one) for one in group.findings]
    return " ".join([f"{group.title}: share of files that show each item.", *told])


def _in_words(one: ItemFinding) -> str:
    said = f"{one.item.title}: {one.shown.in_words()}"
    if one.limits is not None:
        said += f", interval {interval_in_words(one.limits.low, one.limits.high)}"
    return f"{said}." if one.is_settled else f"{said}, {NOT_RANKED}."


def _row(one: ItemFinding, place: str) -> dict[str, object]:
    return {
        "Rank": place,
        "Item": one.item.title,
        "Measures": _closeness(one),
        "Files show it": one.shown.in_words(),
        "95% interval": _interval(one.limits),
        "Show it in part": one.partly.in_words() if one.partly else "",
        "Of": one.base,
        "Note": "" if one.is_settled else NOT_RANKED,
    }


def agreement_table(found: FileFindings) -> pd.DataFrame:
    """How far the two readers said the same at first, an item a row, the least agreed first."""
    rows = [
        {
            "Item": one.item.title,
            "Said the same": one.same.in_words(),
            "95% interval": _interval(one.same_limits),
            "Kappa (95% interval)": kappa_in_words(one) or "too few to say",
            "Differed most": one.differs or "not told",
        }
        for one in found.apart
    ]
    return pd.DataFrame(rows)


def _closeness(one: ItemFinding) -> str:
    """How closely the item measures its statement; nothing for items that measure none."""
    return ", ".join(dict.fromkeys(str(close) for close in one.item.measures.values()))


def _interval(limits: Limits | None) -> str:
    return "" if limits is None else interval_in_words(limits.low, limits.high)


def kappa_in_words(one: ItemFinding) -> str:
    """Linear kappa with its interval, as "0.62 (0.41 to 0.80)"; empty where there is none."""
    if one.kappa is None:
        return ""
    interval = one.kappa.interval
    known = isinstance(interval, Interval)
    spread = f" ({interval.low:.2f} to {interval.high:.2f})" if known else ""
    return f"{one.kappa.value:.2f}{spread}"
