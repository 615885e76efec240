"""One trust's rate among its peers', each with its interval.

Shows every trust of a group as a dot, the lowest first, with its 95% interval as a thin line:
the trust in blue, peers in grey, hollow where a figure covers part of the year. The dark line is
the middle of the peers, the pale band their middle half. Read how far the blue interval lies from
the dark line. The order is by figure and says nothing about merit.
"""

from collections.abc import Sequence
from functools import partial
from html import escape

import pandas as pd
import plotly.graph_objects as go

from benchmarking.charts.chart import GRID, INK, OWN, PEERS, PEERS_DARK, QUIET, Chart, figure
from benchmarking.charts.decimals import two_places
from benchmarking.charts.marks import Label, Trace, dots, label, whiskers
from benchmarking.complaints import words
from benchmarking.complaints.rates import Rate, RateAmongPeers
from benchmarking.indicators import Kind
from benchmarking.statistics.quantiles import Spread

BAND = "#F0F4F5"
_HEIGHT = 300
_ROOM_BELOW = 0.16


def draw(found: RateAmongPeers, what: str) -> Chart:
    """One rate of one trust among its peers; ``what`` it counts, to stand after the figure."""
    return Chart(
        figure=_figure(found),
        sentence=words.standing(found, what),
        alt=_alt(found),
        make_table=partial(table, found),
    )


def _figure(found: RateAmongPeers) -> go.Figure:
    rates = found.in_order
    place = {rate.code: at for at, rate in enumerate(rates)}
    suffix = "%" if found.indicator.kind is Kind.SHARE else ""
    return figure(
        [trace for trace in _traces(found, place) if trace["x"]],
        _HEIGHT,
        margin={"l": 44, "r": 4, "t": 30, "b": 24},
        xaxis={
            "range": [-0.8, len(rates) - 0.2],
            "visible": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [0, _top(found)],
            "gridcolor": GRID,
            "zerolinecolor": PEERS,
            "ticksuffix": suffix,
            "tickfont": {"size": 13, "color": QUIET},
            "nticks": 6,
            "fixedrange": True,
        },
        shapes=_shapes(found),
        annotations=_labels(found, place),
    )


def _top(found: RateAmongPeers) -> float:
    """Where the scale ends."""
    return 1.06 * max((rate.high for rate in found.in_order), default=1)


def _traces(found: RateAmongPeers, place: dict[str, int]) -> list[Trace]:
    peers = found.peers
    whole = [rate for rate in peers if not found.is_partial(rate)]
    part = [rate for rate in peers if found.is_partial(rate)]
    own = [found.own] if isinstance(found.own, Rate) else []
    symbol = "circle-open" if own and found.is_partial(own[0]) else "circle"
    thick = {"width": 2.5}
    return [
        _whiskers(peers, place, color=PEERS, width=1.5),
        _dots(found, whole, place, color=PEERS_DARK, size=7),
        _dots(found, part, place, color=PEERS_DARK, size=7, symbol="circle-open", line=thick),
        _whiskers(own, place, color=OWN, width=3),
        _dots(found, own, place, color=OWN, size=13, symbol=symbol, line={**thick, "color": OWN}),
    ]


def _whiskers(rates: Sequence[Rate], place: dict[str, int], **line: object) -> Trace:
    return whiskers([(place[rate.code], rate.low, rate.high) for rate in rates], **line)


def _dots(
    found: RateAmongPeers, rates: Sequence[Rate], place: dict[str, int], **marker: object
) -> Trace:
    across = [place[rate.code] for rate in rates]
    texts = [_hover(found, rate) for rate in rates]
    return dots(across, [rate.value for rate in rates], texts, **marker)


def _hover(found: RateAmongPeers, rate: Rate) -> str:
    indicator = found.indicator
    limits = words.interval(indicator, rate.low, rate.high)
    return (
        f"<b>{escape(found.trust_of(rate.code).name)}</b><br>{words.number(indicator, rate.value)} "
        f"({limits})<br>{rate.events:,} of {words.size(rate.exposure)}"
    )


def _shapes(found: RateAmongPeers) -> list[dict[str, object]]:
    if not isinstance(found.spread, Spread):
        return []
    across = {"xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    middle = found.spread.median
    shapes = [{**across, "type": "line", "y0": middle, "y1": middle}]
    shapes[0]["line"] = {"color": INK, "width": 2}
    if found.spread.quartiles is None:
        return shapes
    low, high = found.spread.quartiles
    band = {**across, "type": "rect", "y0": low, "y1": high, "line": {"width": 0}}
    return [{**band, "fillcolor": BAND}, *shapes]


def _labels(found: RateAmongPeers, place: dict[str, int]) -> list[Label]:
    labels = [
        label(
            found.indicator.short_title,
            x=0,
            y=1,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            font={"size": 13, "color": QUIET},
        )
    ]
    if isinstance(found.spread, Spread):
        said = f"middle of peers {words.number(found.indicator, found.spread.median)}"
        # Dots rise from left to right, so below the line on the right nothing is drawn.
        corner = {"x": 1, "xref": "paper", "xanchor": "right", "yanchor": "top"}
        labels.append(label(said, y=found.spread.median, **corner))
    if isinstance(found.own, Rate):
        labels.append(_own_label(found, found.own, place[found.own.code]))
    return labels


def _own_label(found: RateAmongPeers, own: Rate, at: int) -> Label:
    said = f"<b>This trust {words.number(found.indicator, own.value)}</b>"
    font = {"color": OWN}
    # The same emptiness: above on the left of a dot, below on the right of it.
    side = "right" if at > 0.35 * len(found.in_order) else "left"
    # Far down there is no room below, and what lies to the right is hardly higher.
    if side == "right" or own.low < _ROOM_BELOW * _top(found):
        above = {"y": own.high, "yanchor": "bottom", "yshift": 6}
        return label(said, x=at, xanchor=side, font=font, **above)
    below = {"y": own.low, "yanchor": "top", "yshift": -6}
    return label(said, x=at, xanchor=side, font=font, **below)


def _alt(found: RateAmongPeers) -> str:
    indicator = found.indicator
    said = [f"{indicator.title}, {found.year.period}: {len(found.peers)} peers as dots in order."]
    if found.peers:
        low, high = found.peers[0].value, found.peers[-1].value
        said.append(f"They range from {words.interval(indicator, low, high)}.")
    if isinstance(found.spread, Spread):
        said.append(f"Their middle is {words.number(indicator, found.spread.median)}.")
    if isinstance(found.spread, Spread) and found.spread.quartiles:
        said.append(f"Their middle half is {words.interval(indicator, *found.spread.quartiles)}.")
    if isinstance(found.own, Rate):
        limits = words.interval(indicator, found.own.low, found.own.high)
        own = words.number(indicator, found.own.value)
        said.append(f"{found.trust.name} has {own}, 95% interval {limits}.")
    return " ".join(said)


def table(found: RateAmongPeers) -> pd.DataFrame:
    """One row per trust with a figure, this one first, then peers from the lowest.

    Published figures stand under their published column's name, in brackets after ours.
    """
    own = [found.own] if isinstance(found.own, Rate) else []
    rates = [*own, *found.peers]
    trusts = [found.trust_of(rate.code) for rate in rates]
    return pd.DataFrame(
        {
            "Trust": [trust.name for trust in trusts],
            "Code": [trust.code for trust in trusts],
            **published_columns(found, rates),
            found.indicator.short_title: [two_places(rate.value) for rate in rates],
            "95% interval from": [two_places(rate.low) for rate in rates],
            "to": [two_places(rate.high) for rate in rates],
        }
    )


def published_columns(found: RateAmongPeers, rates: Sequence[Rate]) -> dict[str, list[object]]:
    """The figures that each rate is made of, as published, under their published names."""
    published = found.year.figures.loc[[rate.code for rate in rates]]
    return {_head(found, m): _plain(published[m]) for m in found.indicator.measures}


def _head(found: RateAmongPeers, measure: str) -> str:
    return f"{found.year.measure(measure).label} [{found.year.column(measure)}]"


def _plain(column: pd.Series) -> list[object]:
    """Published figures as published: whole numbers without a point."""
    whole = all(float(figure_of).is_integer() for figure_of in column)
    return [int(figure_of) if whole else two_places(figure_of) for figure_of in column]
