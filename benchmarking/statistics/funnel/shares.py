"""Funnels of shares: events that are part of a whole."""

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.statistics.arrays import Flags, Floats
from benchmarking.statistics.funnel import tails
from benchmarking.statistics.funnel.counts import checked
from benchmarking.statistics.funnel.funnel import Funnel, Units, funnel_of
from benchmarking.statistics.funnel.method import CQC, Method
from benchmarking.statistics.funnel.ratios import of_root
from benchmarking.statistics.funnel.scales import ARCSINE
from benchmarking.statistics.intervals import Limits


def share_funnel(events: ArrayLike, out_of: ArrayLike, method: Method = CQC) -> Funnel:
    """Shares against the pooled share of all units; sizes are what each is out of.

    Args:
        events: counts, (..., units).
        out_of: the counts they are part of.
        method: how it is worked out.
    """
    counts = checked(events, out_of, part_of_whole=True)
    pooled = counts.pooled
    everywhere = np.broadcast_to(pooled, counts.rate.shape)

    def tail(units: Flags) -> Floats:
        return tails.binomial_tail(*counts.at(units), everywhere[units])

    def chance(sizes: Floats, at: float) -> Limits:
        whole = np.maximum(np.round(sizes), 1)
        found = tails.binomial_limits(whole, pooled, at)
        return Limits(found.low / whole, found.high / whole)

    units = Units(
        value=counts.rate,
        size=counts.sizes,
        y=ARCSINE.to(counts.rate),
        s=of_root(counts.sizes),
        target=pooled,
        scale=ARCSINE,
        refusals=counts.refusals,
        error=of_root,
        chance=chance,
        tail=tail,
    )
    return funnel_of(units, method)
