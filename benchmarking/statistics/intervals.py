"""Intervals: how far a count, a rate or a share could lie from what was seen, by chance alone.

Arrays in, arrays out: one call serves every trust. Confidence is a share, 0.95 unless told.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

CONFIDENCE = 0.95
# Byar's approximation is too rough below ten events, and needless: the exact limits are at hand.
EXACT_BELOW = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Limits:
    """Lower and upper limits, as many as there were counts; NaN where nothing was at risk."""

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
    counts, totals = _numbers(events), _numbers(out_of)
    if np.any(counts < 0) or np.any(counts > totals):
        raise ValueError("A part is negative or larger than its whole. Check the counts.")
    z = _z(confidence)
    some = np.where(totals > 0, totals, np.nan)
    share = counts / some
    centre = share + z * z / (2 * some)
    # At none or all, the usual error has no width; the terms in z² keep a small trust from
    # looking certain.
    spread = z * np.sqrt(share * (1 - share) / some + z * z / (4 * some**2))
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
    counts, sizes = _numbers(events), _numbers(exposure)
    factor = per / np.where(sizes > 0, sizes, np.nan)
    precise, approximate = exact(counts, confidence), byar(counts, confidence)
    few = counts < EXACT_BELOW
    return Limits(
        factor * np.where(few, precise.low, approximate.low),
        factor * np.where(few, precise.high, approximate.high),
    )


def exact(events: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Exact limits of a Poisson count.

    Source:
        Garwood (1936), Biometrika 28, 437-442: quantiles of chi-square, here as gamma.
    """
    counts, tail = _counts(events), (1 - confidence) / 2
    low = np.where(counts > 0, gammaincinv(np.where(counts > 0, counts, 1), tail), 0.0)
    return Limits(np.where(np.isnan(counts), np.nan, low), gammaincinv(counts + 1, 1 - tail))


def byar(events: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Byar's limits of a Poisson count: close to exact from 10 events on.

    Source:
        Breslow and Day (1987), Statistical Methods in Cancer Research II, page 69.
    """
    counts, z = _counts(events), _z(confidence)
    some = np.where(counts > 0, counts, 1)
    low = np.where(counts > 0, counts * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3, 0.0)
    more = counts + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return Limits(np.where(np.isnan(counts), np.nan, np.maximum(low, 0.0)), high)


def _counts(events: ArrayLike) -> Floats:
    counts = _numbers(events)
    if np.any(counts < 0):
        raise ValueError("A count is negative. Check the counts.")
    return counts


def _numbers(given: ArrayLike) -> Floats:
    return np.asarray(given, dtype=np.float64)


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence of {confidence} is impossible. Give a share, such as 0.95.")
    return float(ndtri(0.5 + confidence / 2))
