"""A funnel: every trust of a group against what is expected of it, by size.

Across: how many complaints would be expected of a trust (for shares: how many they are out of).
Up: the observed by the expected number, 1 being just as expected (for shares: the share). The
lines close in as trusts grow, because chance moves small numbers more. Solid: limits that allow for
differences that are usual between trusts; dotted: for chance alone. Above and below mean more and
less, not better or worse. Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202.
"""

from collections.abc import Sequence
from functools import partial
from html import escape

import numpy as np
import pandas as pd

from benchmarking.charts.chart import GRID, INK, OWN, PEERS, PEERS_DARK, QUIET, Chart, figure
from benchmarking.charts.decimals import two_places
from benchmarking.charts.marks import Label, Trace, dots, label
from benchmarking.charts.rates_in_order import published_columns
from benchmarking.complaints import expectation_words as say
from benchmarking.complaints import words
from benchmarking.complaints.expectations import Expectation
from benchmarking.indicators import Kind
from benchmarking.statistics.arrays import Floats
from benchmarking.statistics.funnel import CUTS, Band, NoBand

_HEIGHT = 380
# Enough for lines that bend but little, and a third of the bytes.
_POINTS = 60
_LEVELS = ("95%", "99.8%")
_DOTTED = {"color": PEERS, "width": 1, "dash": "dot"}
_SOLID = ({"color": PEERS_DARK, "width": 1.5, "dash": "dash"}, {"color": PEERS_DARK, "width": 1.5})


def draw(found: Expectation) -> Chart:
    """One figure of one trust in the funnel of its group."""
    return Chart(
        figure=figure(
            [*_lines(found), *_dots(found)],
            _HEIGHT,
            margin={"l": 48, "r": 52, "t": 30, "b": 44},
            xaxis=_across(found),
            yaxis=_upwards(found),
            annotations=_labels(found),
        ),
        sentence=say.funnel_sentence(found),
        alt=_alt(found),
        make_table=partial(table, found),
    )


def _factor(found: Expectation) -> float:
    """From the funnel's units to those on the axis: per cent for shares."""
    indicator = found.found.indicator
    return indicator.per if indicator.kind is Kind.SHARE else 1


def _values(found: Expectation) -> Floats:
    return _factor(found) * found.funnel.units.value


def _largest(values: Floats) -> float:
    return float(np.max(values[np.isfinite(values)], initial=0))


def _top(found: Expectation) -> float:
    """The upper end of the axis: all trusts, and 100% at most."""
    highest = _largest(_values(found))
    return 104 if found.found.indicator.kind is Kind.SHARE else max(1.1 * highest, 1.6)


def _across(found: Expectation) -> dict[str, object]:
    share = found.found.indicator.kind is Kind.SHARE
    largest = _largest(found.funnel.units.size)
    return {
        "range": [0, 1.03 * largest or 1],
        "title": {
            "text": "Out of how many complaints" if share else "Complaints expected",
            "font": {"size": 13, "color": QUIET},
        },
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "tickcolor": PEERS,
        "tickfont": {"size": 13, "color": QUIET},
        "tickformat": ",d",
        "nticks": 6,
        "fixedrange": True,
    }


def _upwards(found: Expectation) -> dict[str, object]:
    share = found.found.indicator.kind is Kind.SHARE
    return {
        "range": [0, _top(found)],
        "gridcolor": GRID,
        "zerolinecolor": PEERS,
        "ticksuffix": "%" if share else "×",
        "tickfont": {"size": 13, "color": QUIET},
        "nticks": 6,
        "fixedrange": True,
    }


def _lines(found: Expectation) -> list[Trace]:
    made, sizes = found.funnel, found.funnel.grid(_POINTS)
    if sizes.size == 0:
        return []
    target = np.full(sizes.size, float(made.units.target[0]))
    traces = [_line(found, sizes, target, {"color": INK, "width": 2})]
    for cut, solid in zip(CUTS, _SOLID, strict=True):
        for limits, look in (
            (made.chance_limits(sizes, cut), _DOTTED),
            (made.limits(sizes, cut), solid),
        ):
            traces += [_line(found, sizes, side, look) for side in (limits.low, limits.high)]
    return traces


def _line(found: Expectation, sizes: Floats, at: Floats, look: dict[str, object]) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.round(sizes, 1).tolist(),
        "y": np.round(_factor(found) * at, 3).tolist(),
        "line": look,
        "hoverinfo": "skip",
    }


def _dots(found: Expectation) -> list[Trace]:
    """Peers by the shape of their band, then the trust itself above all."""
    drawn = np.flatnonzero(np.isfinite(found.funnel.units.value)).tolist()
    places = [at for at in drawn if at != found.place]
    shapes = {at: _shape(found, at) for at in places}
    traces = [
        _marks(found, [at for at in places if shapes[at] == shape], symbol=shape[0], size=shape[1])
        for shape in dict.fromkeys(shapes.values())
    ]
    if found.place in drawn:
        symbol, size = _shape(found, found.place)
        line = {"width": 2.5, "color": OWN}
        traces.append(
            _marks(found, [found.place], symbol=symbol, size=size + 6, color=OWN, line=line)
        )
    return traces


def _shape(found: Expectation, at: int) -> tuple[str, int]:
    """Symbol and size: a triangle points where a trust stands out, large beyond 99.8%."""
    verdict = found.verdicts[at]
    partial = "-open" if found.found.is_partial(found.rates[at]) else ""
    if isinstance(verdict, NoBand):
        return "x-thin-open", 6
    if verdict is Band.AS_EXPECTED:
        return f"circle{partial}", 7
    symbol = "triangle-up" if verdict > 0 else "triangle-down"
    return f"{symbol}{partial}", 12 if abs(verdict) > 1 else 9


def _marks(found: Expectation, places: Sequence[int], **marker: object) -> Trace:
    across = [round(float(found.funnel.units.size[at]), 1) for at in places]
    up = [float(_values(found)[at]) for at in places]
    texts = [_hover(found, at) for at in places]
    return dots(across, up, texts, **{"color": PEERS_DARK, **marker})


def _hover(found: Expectation, at: int) -> str:
    rate, indicator = found.rates[at], found.found.indicator
    said = f"<b>{escape(found.found.trust_of(rate.code).name)}</b><br>"
    said += f"{words.number(indicator, rate.value)}, {rate.events:,} of {words.size(rate.exposure)}"
    if indicator.kind is Kind.RATE:
        said += f"<br>{found.funnel.units.size[at]:,.0f} expected"
    return f"{said}<br>{found.verdicts[at].in_words()}"


def _labels(found: Expectation) -> list[Label]:
    indicator = found.found.indicator
    up = indicator.short_title if indicator.kind is Kind.SHARE else "Observed ÷ expected"
    corner = {"xref": "paper", "yref": "paper", "x": 0, "y": 1}
    quiet = {"font": {"size": 13, "color": QUIET}}
    labels = [label(up, xanchor="left", yanchor="bottom", **corner, **quiet)]
    labels += _levels(found)
    if found.place is not None and np.isfinite(found.funnel.units.value[found.place]):
        labels.append(_own_label(found, found.place))
    return labels


def _levels(found: Expectation) -> list[Label]:
    """The name of each limit at its right end, where the lines are flattest."""
    sizes = found.funnel.grid()
    if sizes.size == 0:
        return []
    labels = []
    for cut, level in zip(CUTS, _LEVELS, strict=True):
        limits = found.funnel.limits(sizes[-1:], cut)
        for end in (limits.low, limits.high):
            y = _factor(found) * float(end[0])
            if 0 < y <= _top(found):
                spot = {"x": 1, "xref": "paper", "xanchor": "left", "y": y, "yanchor": "middle"}
                labels.append(label(level, font={"size": 12, "color": QUIET}, **spot))
    return labels


def _own_label(found: Expectation, at: int) -> Label:
    y, x = float(_values(found)[at]), float(found.funnel.units.size[at])
    right = x > 0.6 * _largest(found.funnel.units.size)
    return label(
        "<b>This trust</b>",
        x=x,
        y=y,
        xanchor="right" if right else "left",
        yanchor="bottom",
        xshift=-8 if right else 8,
        yshift=6,
        font={"color": OWN},
        bgcolor="rgba(255,255,255,.8)",
    )


def _alt(found: Expectation) -> str:
    title = found.found.indicator.title
    return (
        f"Funnel of {len(found.rates)} trusts, {title}, {found.found.year.period}. "
        f"{say.funnel_sentence(found)} All figures and bands are in the table below."
    )


def table(found: Expectation) -> pd.DataFrame:
    """One row per trust, this one first: published figures, what is expected, the band."""
    own = [] if found.place is None else [found.place]
    places = [*own, *(at for at in range(len(found.rates)) if at != found.place)]
    rates = [found.rates[at] for at in places]
    trusts = [found.found.trust_of(rate.code) for rate in rates]
    return pd.DataFrame(
        {
            "Trust": [trust.name for trust in trusts],
            "Code": [trust.code for trust in trusts],
            **published_columns(found.found, rates),
            **_expected_columns(found, places),
            "z-score": [_figure(found.funnel.z_adjusted[at]) for at in places],
            "Band": [found.verdicts[at].in_words() for at in places],
        }
    )


def _expected_columns(found: Expectation, places: Sequence[int]) -> dict[str, list[object]]:
    indicator, units = found.found.indicator, found.funnel.units
    if indicator.kind is Kind.SHARE:
        return {indicator.short_title: [two_places(found.rates[at].value) for at in places]}
    return {
        "Expected": [_figure(units.size[at]) for at in places],
        "Observed ÷ expected": [_figure(units.value[at]) for at in places],
    }


def _figure(value: float) -> object:
    return two_places(float(value)) if np.isfinite(value) else "–"
