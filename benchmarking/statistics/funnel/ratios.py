"""Funnels of observed against expected counts, and of two counts against each other."""

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.statistics.arrays import Flags, Floats
from benchmarking.statistics.funnel import tails
from benchmarking.statistics.funnel.bands import NoBand, refused
from benchmarking.statistics.funnel.counts import checked
from benchmarking.statistics.funnel.funnel import Funnel, Units, funnel_of
from benchmarking.statistics.funnel.method import CQC, Method
from benchmarking.statistics.funnel.scales import LOG, SQUARE_ROOT, Scale
from benchmarking.statistics.intervals import Limits

LEAST_EXPECTED = 5


def ratio_funnel(
    observed: ArrayLike, expected: ArrayLike, method: Method = CQC, scale: Scale = SQUARE_ROOT
) -> Funnel:
    """Observed against expected counts, as ratios around 1; sizes are expected counts.

    A unit of which fewer than 5 would be expected has no band.

    Args:
        observed: counts, (..., units).
        expected: how many would be usual: see ``expected_counts``.
        method: how it is worked out.
        scale: SQUARE_ROOT, or LOG as for hospital mortality.
    """
    counts = checked(observed, expected)
    error = _of_logarithm if scale is LOG else of_root
    small = counts.sizes < LEAST_EXPECTED
    units = Units(
        value=counts.rate,
        size=counts.sizes,
        y=scale.to(counts.rate),
        s=error(counts.sizes),
        target=np.ones((*counts.rate.shape[:-1], 1)),
        scale=scale,
        refusals=refused(counts.refusals, small, NoBand.TOO_LITTLE_EXPECTED),
        error=error,
        chance=_poisson,
        tail=lambda units: tails.poisson_tail(*counts.at(units)),
    )
    return funnel_of(units, method)


def of_root(sizes: Floats) -> Floats:
    """The standard error of the root of a ratio, or of the arcsine of the root of a share."""
    return 0.5 / np.sqrt(sizes)


def _of_logarithm(expected: Floats) -> Floats:
    return 1 / np.sqrt(expected)


def _poisson(expected: Floats, tail: float) -> Limits:
    found = tails.poisson_limits(expected, tail)
    return Limits(found.low / expected, found.high / expected)


def count_ratio_funnel(events: ArrayLike, others: ArrayLike, method: Method = CQC) -> Funnel:
    """Ratios of two counts that both vary by chance, against the pooled ratio.

    Not for counts by staff or bed days, which are as good as fixed: use ``ratio_funnel``.

    Args:
        events: counts, (..., units).
        others: the counts they are compared with; the sizes.
        method: how it is worked out.

    Source:
        Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, appendix A.3: the logarithm
        with a half added to each count. Given their sum, one count is binomial.
    """
    counts = checked(events, others)
    pooled = counts.pooled
    share = pooled / (1 + pooled)
    ratio = np.broadcast_to(pooled, counts.rate.shape)

    def tail(units: Flags) -> Floats:
        number, other = counts.at(units)
        return tails.binomial_tail(number, number + other, ratio[units] / (1 + ratio[units]))

    def chance(sizes: Floats, at: float) -> Limits:
        both = np.clip(np.round(sizes * (1 + pooled)), 1, tails.MOST)
        found = tails.binomial_limits(both, share, at)
        rest = [np.maximum(both - limit, 1) for limit in (found.low, found.high)]
        return Limits(found.low / rest[0], found.high / rest[1])

    units = Units(
        value=counts.rate,
        size=counts.sizes,
        y=np.log((counts.events + 0.5) / (counts.sizes + 0.5)),
        s=_two_counts(counts.events, counts.sizes),
        target=pooled,
        scale=LOG,
        refusals=counts.refusals,
        error=lambda sizes: _two_counts(sizes * pooled, sizes),
        chance=chance,
        tail=tail,
    )
    return funnel_of(units, method)


def _two_counts(first: Floats, second: Floats) -> Floats:
    """The standard error of the logarithm of a ratio of two counts."""
    return np.sqrt(first / (first + 0.5) ** 2 + second / (second + 0.5) ** 2)
