"""Every trust of a group by rank, each with the ranks that chance allows it.

Across: trusts by their figure, the lowest first. Up: the rank, 1 being the lowest figure. The line
of a trust holds its true rank with 95% probability; the shorter the line, the surer the rank. The
order says nothing about merit. Source: Goldstein and Spiegelhalter (1996), JRSS A 159, 385-443.
"""

from collections.abc import Sequence
from functools import partial
from html import escape

import pandas as pd

from benchmarking.charts.chart import GRID, OWN, PEERS, PEERS_DARK, QUIET, Chart, figure
from benchmarking.charts.decimals import two_places
from benchmarking.charts.marks import Label, Trace, dots, label, whiskers
from benchmarking.charts.rates_in_order import published_columns
from benchmarking.complaints import expectation_words as say
from benchmarking.complaints import words
from benchmarking.complaints.expectations import Expectation
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.ranking import Place
from benchmarking.statistics.shrinkage import Shrunken

_HEIGHT = 340


def draw(found: Expectation) -> Chart:
    """One figure of one trust by rank in its group."""
    sentences = [say.rank_sentence(found), say.shrunken_sentence(found)]
    return Chart(
        figure=figure(
            [trace for trace in _traces(found) if trace["x"]],
            _HEIGHT,
            margin={"l": 40, "r": 4, "t": 30, "b": 10},
            xaxis={"range": [-0.8, len(found.rates) - 0.2], "visible": False, "fixedrange": True},
            yaxis={
                "range": [0.3, len(found.rates) + 0.7],
                "gridcolor": GRID,
                "zeroline": False,
                "tickfont": {"size": 13, "color": QUIET},
                "nticks": 6,
                "fixedrange": True,
            },
            annotations=_labels(found),
        ),
        sentence=" ".join(sentence for sentence in sentences if sentence),
        alt=_alt(found),
        make_table=partial(table, found),
    )


def _places(found: Expectation) -> dict[int, Place]:
    if isinstance(found.ranks, TooFewPeers):
        return {}
    return {at: place for at, place in enumerate(found.ranks) if isinstance(place, Place)}


def _traces(found: Expectation) -> list[Trace]:
    places = _places(found)
    own = [at for at in places if at == found.place]
    peers = [at for at in places if at != found.place]
    return [
        whiskers([(at, places[at].low, places[at].high) for at in peers], color=PEERS, width=1.5),
        _dots(found, places, peers, color=PEERS_DARK, size=6),
        whiskers([(at, places[at].low, places[at].high) for at in own], color=OWN, width=3),
        _dots(found, places, own, color=OWN, size=13),
    ]


def _dots(
    found: Expectation, places: dict[int, Place], those: Sequence[int], **marker: object
) -> Trace:
    texts = [_hover(found, at, places[at]) for at in those]
    return dots(those, [places[at].rank for at in those], texts, **marker)


def _hover(found: Expectation, at: int, place: Place) -> str:
    rate = found.rates[at]
    return (
        f"<b>{escape(found.found.trust_of(rate.code).name)}</b><br>"
        f"{words.number(found.found.indicator, rate.value)}<br>{place.in_words()}"
    )


def _labels(found: Expectation) -> list[Label]:
    corner = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "yanchor": "bottom"}
    quiet = {"font": {"size": 13, "color": QUIET}, "xanchor": "left"}
    labels = [label("Rank, 1 being the lowest figure", **corner, **quiet)]
    place = found.own_rank
    if place is None or found.place is None:
        return labels
    # Dots rise from left to right: above them on the left, below on the right nothing is drawn.
    right = found.place > 0.5 * len(found.rates)
    spot = {"y": place.low, "yanchor": "top"} if right else {"y": place.high, "yanchor": "bottom"}
    side = "right" if right else "left"
    said = f"<b>This trust: {place.rank:g} ({place.low} to {place.high})</b>"
    return [*labels, label(said, x=found.place, xanchor=side, font={"color": OWN}, **spot)]


def _alt(found: Expectation) -> str:
    return (
        f"{found.found.indicator.title}, {found.found.year.period}: {len(found.rates)} trusts by "
        f"rank, each with the ranks that chance allows it. {say.rank_sentence(found)}"
    )


def table(found: Expectation) -> pd.DataFrame:
    """One row per trust, this one first, then from the lowest: figure, ranks, probabilities."""
    places = _places(found)
    order = sorted(places, key=lambda at: (at != found.place, at))
    rates = [found.rates[at] for at in order]
    trusts = [found.found.trust_of(rate.code) for rate in rates]
    ranked = [places[at] for at in order]
    return pd.DataFrame(
        {
            "Trust": [trust.name for trust in trusts],
            "Code": [trust.code for trust in trusts],
            **published_columns(found.found, rates),
            found.found.indicator.short_title: [two_places(rate.value) for rate in rates],
            "Drawn towards the group": [_shrunken(found, at) for at in order],
            "Rank from the lowest": [f"{place.rank:g}" for place in ranked],
            "95% interval from": [place.low for place in ranked],
            "to": [place.high for place in ranked],
            "Chance of lowest quarter": [_chance(place.lowest_quarter) for place in ranked],
            "Chance of highest quarter": [_chance(place.highest_quarter) for place in ranked],
        }
    )


def _shrunken(found: Expectation, at: int) -> object:
    if isinstance(found.shrunken, TooFewPeers):
        return "Too few to say"
    own = found.shrunken.figures[at]
    return two_places(own.shrunken) if isinstance(own, Shrunken) else "Too few to say"


def _chance(share: float | None) -> str:
    return "Too few to say" if share is None else f"{share:.1%}"
