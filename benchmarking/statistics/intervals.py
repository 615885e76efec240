"""Intervals: how far a count, a rate, a share or a mean could lie from what was seen, by chance.

Arrays in, arrays out: one call serves every trust. Confidence is a share, 0.95 unless told. What
is infinite is no figure, as what is missing.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv, stdtrit

from benchmarking.statistics.arrays import Floats, Whole, floats, normal_quantile

CONFIDENCE = 0.95
# Byar's approximation is too rough below ten events, and needless: the exact limits are at hand.
EXACT_BELOW = 10


@dataclass(frozen=True, eq=False)
class Limits:
    """Lower and upper limits, one pair for each figure or size; NaN where there are none."""

    low: Floats
    high: Floats


def wilson(events: ArrayLike, out_of: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Limits of shares, from 0 to 1 and never outside; NaN where ``out_of`` is 0.

    Args:
        events: counts, each from 0 to its ``out_of``; NaN where there is none.
        out_of: the counts they are part of.
        confidence: the share of such intervals that hold the true share.

    Raises:
        ValueError: a count is negative or larger than what it is part of.

    Source:
        Wilson (1927), J. Am. Stat. Assoc. 22, 209-212, without continuity correction.
    """
    counts, totals = _finite(events), _finite(out_of)
    if np.any(counts < 0) or np.any(counts > totals):
        raise ValueError("A part is negative or larger than its whole. Check the counts.")
    z = normal_quantile(confidence)
    some = np.where(totals > 0, totals, np.nan)
    share = counts / some
    centre = share + z * z / (2 * some)
    # At none or all, the usual error has no width; the terms in z² keep a small trust from
    # looking certain.
    spread = z * np.sqrt(share * (1 - share) / some + (z / (2 * some)) ** 2)
    shrink = 1 + z * z / some
    # Rounding can leave the end of 0% or 100% a hair inside or outside.
    low = np.where(share == 0, 0.0, np.clip((centre - spread) / shrink, 0, 1))
    high = np.where(share == 1, 1.0, np.clip((centre + spread) / shrink, 0, 1))
    return Limits(low, high)


def rate_limits(
    events: ArrayLike, exposure: ArrayLike, per: float = 1, confidence: float = CONFIDENCE
) -> Limits:
    """Limits of rates: exact below 10 events, Byar's from 10; NaN where there is no exposure.

    Args:
        events: counts; NaN where there is none.
        exposure: what they are divided by (staff, bed days, ...), more than 0.
        per: the factor of the rate, 1,000 for "per 1,000 staff".
        confidence: the share of such intervals that hold the true rate.

    Raises:
        ValueError: a count is negative.

    Source:
        The rule of the public health observatories' guide to confidence intervals; see
        ``exact`` and ``byar`` for the formulas.
    """
    counts, sizes = _counts(events), _finite(exposure)
    some = np.where(sizes > 0, sizes, np.nan)
    precise, approximate = exact(counts, confidence), byar(counts, confidence)
    few = counts < EXACT_BELOW
    return Limits(
        per * np.where(few, precise.low, approximate.low) / some,
        per * np.where(few, precise.high, approximate.high) / some,
    )


def exact(events: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Exact limits of a Poisson count; NaN where there is none.

    Raises:
        ValueError: a count is negative.

    Source:
        Garwood (1936), Biometrika 28, 437-442: quantiles of chi-square, here as gamma.
    """
    counts, tail = _counts(events), _tail(confidence)
    low = np.where(counts > 0, gammaincinv(np.where(counts > 0, counts, 1), tail), 0.0)
    return Limits(np.where(np.isnan(counts), np.nan, low), gammaincinv(counts + 1, 1 - tail))


def byar(events: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Byar's limits of a Poisson count: close to exact from 10 events on.

    The lower limit is NaN where the formula has none, at no event and, with much confidence, at
    one or two: take ``exact`` there, as ``rate_limits`` does.

    Raises:
        ValueError: a count is negative.

    Source:
        Breslow and Day (1987), Statistical Methods in Cancer Research II, page 69.
    """
    counts, z = _counts(events), normal_quantile(confidence)
    some = np.where(counts > 0, counts, np.nan)
    low = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    more = counts + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return Limits(np.where(low < 0, np.nan, low), high)


class NoMeanLimits(IntEnum):
    """Why a mean has no interval."""

    NO_FIGURE = 11
    TOO_FEW_VALUES = 12

    def in_words(self) -> str:
        """The reason, to stand where the interval would."""
        return _WHY_NOT[self]


_WHY_NOT = {
    NoMeanLimits.NO_FIGURE: "no figure",
    NoMeanLimits.TOO_FEW_VALUES: "too few to say: an interval of a mean needs 2 values",
}


@dataclass(frozen=True, eq=False)
class MeanLimits(Limits):
    """Limits of means; NaN where ``codes`` names a reason, 0 where there is an interval."""

    codes: Whole

    def why_not(self, *place: int) -> NoMeanLimits | None:
        """Why one mean has no interval, or None where it has one."""
        code = int(self.codes[place])
        return NoMeanLimits(code) if code else None


def mean_limits(
    values: ArrayLike, means: ArrayLike, deviations: ArrayLike, confidence: float = CONFIDENCE
) -> MeanLimits:
    """Limits of means, in the unit of the values; values that are all equal give no width.

    Args:
        values: how many values each mean is of.
        means: the means; NaN where there is none.
        deviations: standard deviations of the values, by n - 1; not used where there is one
            value.
        confidence: the share of such intervals that hold the true mean.

    Raises:
        ValueError: a standard deviation or a number of values is negative.

    Source:
        Student (1908), Biometrika 6, 1-25.
    """
    counts, centre, spread = np.broadcast_arrays(*map(_finite, (values, means, deviations)))
    if np.any(counts < 0) or np.any(spread < 0):
        raise ValueError("A number of values or a standard deviation is negative. Check them.")
    few = counts < 2
    codes = np.where(few, int(NoMeanLimits.TOO_FEW_VALUES), 0)
    missing = np.isnan(counts) | np.isnan(centre) | (np.isnan(spread) & ~few)
    codes = np.where(missing, int(NoMeanLimits.NO_FIGURE), codes)
    some = np.where(codes == 0, counts, np.nan)
    reach = stdtrit(some - 1, 1 - _tail(confidence)) * spread / np.sqrt(some)
    return MeanLimits(centre - reach, centre + reach, codes)


def _tail(confidence: float) -> float:
    normal_quantile(confidence)  # refuses what is no confidence
    return (1 - confidence) / 2


def _finite(given: ArrayLike) -> Floats:
    numbers = floats(given)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _counts(events: ArrayLike) -> Floats:
    counts = _finite(events)
    if np.any(counts < 0):
        raise ValueError("A count is negative. Check the counts.")
    return counts
