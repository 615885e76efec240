"""Rates and shares of every trust, each with its counts and interval, and one among its peers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import isnan

import numpy as np
import pandas as pd

from benchmarking.complaints.years import Year
from benchmarking.indicators import Indicator, Kind
from benchmarking.organisations import Trust
from benchmarking.peers import PeerGroup
from benchmarking.statistics import intervals, quantiles
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.quantiles import Spread


class Gap(StrEnum):
    """Why a trust has no figure. None of these is a zero."""

    NO_RETURN = "no return was published, which is not zero"
    NO_DENOMINATOR = "what to divide by was not published"
    NOTHING_TO_DIVIDE_BY = "there was nothing to divide by"
    OTHER_TYPE = "it means nothing for this type of trust"


@dataclass(frozen=True)
class Rate:
    """One trust's rate or share, in units of the indicator, with its 95% interval.

    ``events`` of ``exposure`` make it. ``covered`` counts the months, quarters, ... of the year
    that the exposure covers; None where that is not told or does not matter.
    """

    code: str
    events: int
    exposure: float
    value: float
    low: float
    high: float
    covered: int | None = None


Figure = Rate | Gap
Rates = Mapping[str, Figure]


@dataclass(frozen=True, eq=False)
class RateAmongPeers:
    """One trust's rate among those of its peers.

    ``peers`` are the others that have a figure, the lowest first; ``without`` those that have
    none, and why.
    """

    year: Year
    indicator: Indicator
    trust: Trust
    group: PeerGroup
    own: Figure
    peers: tuple[Rate, ...]
    without: tuple[tuple[str, Gap], ...]

    @cached_property
    def spread(self) -> Spread | TooFewPeers:
        """How the peers' figures lie, the trust's own left out."""
        return quantiles.spread_of([rate.value for rate in self.peers])

    @cached_property
    def in_order(self) -> tuple[Rate, ...]:
        """All that have a figure, the lowest first; the trust after peers that equal it."""
        own = (self.own,) if isinstance(self.own, Rate) else ()
        return tuple(sorted((*self.peers, *own), key=lambda rate: rate.value))

    def trust_of(self, code: str) -> Trust:
        """The trust behind a code."""
        return self.year.organisations.by_code[code]

    def is_partial(self, rate: Rate) -> bool:
        """Whether a rate covers only part of the year."""
        coverage = self.indicator.coverage
        short = coverage is not None and rate.covered is not None and rate.covered < coverage.full
        return short or self.trust_of(rate.code).part_year


def rates(year: Year, indicator: Indicator) -> Rates:
    """Every trust's figure of a rate or share, by code; or why there is none."""
    frame = year.figures
    events = frame[list(indicator.numerator)].sum(axis=1, skipna=False)
    exposure = frame[list(indicator.denominator)].sum(axis=1, skipna=False)
    covered = frame[indicator.coverage.measure] if indicator.coverage else np.nan
    found = pd.DataFrame({"events": events, "exposure": exposure, "covered": covered})
    limits = _limits(indicator, found)
    made = {
        str(code): _figure(str(code), indicator, *numbers)
        for code, *numbers in zip(
            found.index,
            found["events"].tolist(),
            found["exposure"].tolist(),
            limits.low.tolist(),
            limits.high.tolist(),
            found["covered"].tolist(),
            strict=True,
        )
    }
    return {
        trust.code: _for(trust, indicator, made.get(trust.code, Gap.NO_RETURN))
        for trust in year.organisations.trusts
    }


def together(year: Year, indicator: Indicator) -> Figure:
    """All trusts that have a figure, added up into one."""
    found = [rate for rate in rates(year, indicator).values() if isinstance(rate, Rate)]
    if not found:
        return Gap.NO_DENOMINATOR
    events = sum(rate.events for rate in found)
    exposure = sum(rate.exposure for rate in found)
    limits = _limits(indicator, pd.DataFrame({"events": [events], "exposure": [exposure]}))
    low, high = float(limits.low[0]), float(limits.high[0])
    return Rate("all trusts", events, exposure, indicator.per * events / exposure, low, high)


def among_peers(
    year: Year, indicator: Indicator, found: Rates, trust: Trust, group: PeerGroup
) -> RateAmongPeers:
    """One trust's rate among those of a group, from everybody's rates."""
    figures = {code: found[code] for code in group.codes}
    peers = [figure for figure in figures.values() if isinstance(figure, Rate)]
    return RateAmongPeers(
        year=year,
        indicator=indicator,
        trust=trust,
        group=group,
        own=found[trust.code],
        peers=tuple(sorted(peers, key=lambda rate: rate.value)),
        without=tuple((code, gap) for code, gap in figures.items() if isinstance(gap, Gap)),
    )


def _limits(indicator: Indicator, found: pd.DataFrame) -> intervals.Limits:
    if indicator.kind is Kind.SHARE:
        shares = intervals.wilson(found["events"], found["exposure"])
        return intervals.Limits(indicator.per * shares.low, indicator.per * shares.high)
    return intervals.rate_limits(found["events"], found["exposure"], indicator.per)


def _figure(
    code: str,
    indicator: Indicator,
    events: float,
    exposure: float,
    low: float,
    high: float,
    covered: float,
) -> Figure:
    if isnan(events) or isnan(exposure):
        return Gap.NO_DENOMINATOR
    if exposure <= 0:
        return Gap.NOTHING_TO_DIVIDE_BY
    value = indicator.per * events / exposure
    months = None if isnan(covered) else int(covered)
    return Rate(code, int(events), exposure, value, low, high, months)


def _for(trust: Trust, indicator: Indicator, figure: Figure) -> Figure:
    """The figure, unless it would mean nothing for a trust of this type."""
    if figure is Gap.NO_RETURN or indicator.holds_for(trust.eric_type):
        return figure
    return Gap.OTHER_TYPE
