"""How complaints ended: upheld, partly upheld and not upheld, always the three together.

A bar for the trust in blues, one for its peers added up and one for all trusts in greys; the
darkest part is upheld, the palest not upheld. No colour is good or bad. The thin lines under the
trust's bar are 95% intervals of where one part ends and the next begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from benchmarking.charts.chart import FONT, INK, OWN, QUIET, Chart, figure
from benchmarking.charts.decimals import two_places
from benchmarking.complaints import words
from benchmarking.complaints.lookup import NEW, Nation
from benchmarking.complaints.mixes import MixAmongPeers, Share
from benchmarking.complaints.rates import Rate

_OWN_INKS = ((OWN, "white"), ("#84B3DE", INK), ("#D6E4F2", INK))
_INKS = (("#5B6B75", "white"), ("#AEB7BD", INK), ("#E3E7EA", INK))
_KEY = 30
_TITLE = 24
_BAR = 34
_GAP = 30

Trace = dict[str, object]


@dataclass(frozen=True)
class _Bar:
    """A row: whose it is, its shares in order, and whether it is the reader's trust."""

    whose: str
    shares: tuple[Share, ...]
    own: bool = False

    @property
    def title(self) -> str:
        return f"{self.whose}: {self.shares[0].out_of:,} resolved"


def draw(mix: MixAmongPeers) -> Chart:
    """The outcomes of one trust, of its peers together and of all trusts."""
    return Chart(
        figure=_figure([part.measure.label for part in mix.parts], _bars(mix)),
        sentence=words.outcome_sentence(mix),
        alt=_alt(mix),
        make_table=partial(table, mix),
    )


def draw_nation(nation: Nation) -> Chart:
    """The outcomes of all trusts alone."""
    bars = [_Bar(_all_trusts(nation.trusts), tuple(share for _, share in nation.outcomes))]
    sentence = words.national_outcomes(nation)
    year = nation.year
    columns = [f"{measure.label} [{year.column(measure.id)}]" for measure, _ in nation.outcomes]
    return Chart(
        figure=_figure([measure.label for measure, _ in nation.outcomes], bars),
        sentence=sentence,
        alt=f"One bar in three parts, {year.period}. {sentence}",
        make_table=partial(_rows, columns, bars),
    )


def _bars(mix: MixAmongPeers) -> list[_Bar]:
    """The rows there is something to show of."""
    own = tuple(part.own for part in mix.parts if part.own)
    pooled = tuple(part.pooled for part in mix.parts if part.pooled)
    nation = tuple(part.nation for part in mix.parts)
    bars = [
        _Bar(f"This trust ({mix.trust.code})", own, own=True),
        _Bar(f"{words.peers(mix.peers)} together", pooled),
        _Bar(_all_trusts(len(mix.year.figures)), nation),
    ]
    return [bar for bar in bars if bar.shares]


def _all_trusts(trusts: int) -> str:
    return f"All {trusts} NHS trusts together"


def _figure(labels: Sequence[str], bars: Sequence[_Bar]) -> go.Figure:
    tops = [_KEY + at * (_TITLE + _BAR + _GAP) for at in range(len(bars))]
    height = _KEY + len(bars) * (_TITLE + _BAR + _GAP) - _GAP // 2
    traces = [
        _part(share, bar, top, place)
        for bar, top in zip(bars, tops, strict=True)
        for place, share in enumerate(bar.shares)
    ]
    traces += [_boundaries(bar, top) for bar, top in zip(bars, tops, strict=True) if bar.own]
    return figure(
        traces,
        height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        barmode="stack",
        xaxis={"range": [-0.2, 100.2], "visible": False, "fixedrange": True},
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        # A figure that does not fit its part is left out; the table has it.
        uniformtext={"minsize": 13, "mode": "hide"},
        annotations=[_key(labels), *(_text(b, t) for b, t in zip(bars, tops, strict=True))],
    )


def _part(share: Share, bar: _Bar, top: int, place: int) -> Trace:
    ink, text = (_OWN_INKS if bar.own else _INKS)[place]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [round(share.value, 2)],
        "y": [top + _TITLE + _BAR / 2],
        "width": [_BAR],
        "marker": {"color": ink, "line": {"color": "white", "width": 1}},
        "text": [f"{share.value:.1f}%"],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": text, "size": 14, "family": FONT},
        "hoverinfo": "skip",
    }


def _boundaries(bar: _Bar, top: int) -> Trace:
    """Where the first part may end and the last begin: their shares' intervals."""
    first, last = bar.shares[0], bar.shares[-1]
    below = top + _TITLE + _BAR + 5
    spans = [(first.low, first.high), (100 - last.high, 100 - last.low)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [x for low, high in spans for x in (round(low, 2), round(high, 2), None)],
        # One below the other, because those of a small trust overlap.
        "y": [y for at in range(len(spans)) for y in (below + 7 * at, below + 7 * at, None)],
        "line": {"color": OWN, "width": 2},
        "marker": {"symbol": "line-ns-open", "size": 8, "color": OWN, "line": {"width": 2}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _key(labels: Sequence[str]) -> dict[str, object]:
    squares = [f'<span style="color:{ink};font-size:20px">■</span> ' for ink, _ in _INKS]
    said = " &nbsp; ".join(f"{s}{label}" for s, label in zip(squares, labels, strict=True))
    return _annotation(said, 0, QUIET)


def _text(bar: _Bar, top: int) -> dict[str, object]:
    return _annotation(f"<b>{bar.title}</b>" if bar.own else bar.title, top, INK)


def _annotation(text: str, y: float, color: str) -> dict[str, object]:
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "align": "left",
        "y": y,
        "yanchor": "top",
        "showarrow": False,
        "borderpad": 0,
        "font": {"color": color, "size": 14},
    }


def _alt(mix: MixAmongPeers) -> str:
    bars = " ".join(
        f"{bar.title}: "
        + words.listed(
            [
                f"{share.value:.1f}% {part.measure.label.lower()}"
                for part, share in zip(mix.parts, bar.shares, strict=True)
            ]
        )
        + "."
        for bar in _bars(mix)
    )
    return f"Bars in three parts, {mix.year.period}. {bars}"


def sums(nation: Nation) -> pd.DataFrame:
    """One row per published figure: its column and its sum over all trusts; staff last."""
    added = [(measure.id, Decimal(count)) for measure, count in nation.counts]
    if isinstance(nation.new, Rate):
        size = nation.year.catalogue.indicator(NEW).denominator[0]
        added.append((size, two_places(nation.new.exposure)))
    return pd.DataFrame(
        [
            {
                "Figure": nation.year.measure(measure).label,
                "Published column": nation.year.column(measure),
                "Sum over all trusts": total,
            }
            for measure, total in added
        ]
    )


def table(mix: MixAmongPeers) -> pd.DataFrame:
    """One row per outcome of the trust, of its peers together and of all trusts."""
    columns = [f"{part.measure.label} [{part.column}]" for part in mix.parts]
    return _rows(columns, _bars(mix))


def _rows(labels: Sequence[str], bars: Sequence[_Bar]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Whose": bar.whose,
                "Outcome": label,
                "Count": share.count,
                "Of resolved": share.out_of,
                "%": two_places(share.value),
                "95% interval from": two_places(share.low),
                "to": two_places(share.high),
            }
            for bar in bars
            for label, share in zip(labels, bar.shares, strict=True)
        ]
    )
