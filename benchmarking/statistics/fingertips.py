"""Comparison with a benchmark, and control limits, as the Fingertips public health profiles do.

A trust's own interval is held against the benchmark's value: nothing here allows for differences
between trusts beyond chance, as a funnel does. Trusts lie on the last axis; arrays hold codes,
whose meaning ``verdict`` gives.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, gammainc, gammainccinv, gammaincinv, gammaln

from benchmarking.polarity import Polarity
from benchmarking.statistics.arrays import Floats, Whole, floats, normal_quantile
from benchmarking.statistics.intervals import CONFIDENCE, Limits, exact

# Beyond these, the profiles call a figure lower or higher, and much lower or much higher.
CONFIDENCES = (CONFIDENCE, 0.998)
QUINTILES = 5
# How far the profiles' tools search for a Poisson limit, and where they break off its sums.
HALVINGS = 23
NEGLIGIBLE = 1e-10


class Against(IntEnum):
    """Where an interval lies against a benchmark; beyond 99.8% is beyond 95% too."""

    MUCH_LOWER = -2
    LOWER = -1
    SIMILAR = 0
    HIGHER = 1
    MUCH_HIGHER = 2

    def in_words(self, polarity: Polarity = Polarity.NEUTRAL) -> str:
        """As "higher (95%)"; better or worse only where the indicator has a good side."""
        if self is Against.SIMILAR:
            return "similar"
        return f"{_side(self > 0, polarity)} ({'99.8%' if abs(self) == 2 else '95%'})"


class NotCompared(IntEnum):
    """Why a figure is not compared."""

    NO_INTERVAL = 11
    NO_BENCHMARK = 12
    BENCHMARK_ITSELF = 13
    TOO_FEW_TRUSTS = 14

    def in_words(self) -> str:
        """The reason, to stand where the comparison would."""
        return _WHY_NOT[self]


_WHY_NOT = {
    NotCompared.NO_INTERVAL: "no figure",
    NotCompared.NO_BENCHMARK: "nothing to compare with",
    NotCompared.BENCHMARK_ITSELF: "the benchmark itself",
    NotCompared.TOO_FEW_TRUSTS: "too few to say: fifths need 5 trusts with a figure",
}


def verdict(code: int) -> Against | NotCompared:
    """What a code of ``against`` means."""
    return NotCompared(code) if code >= min(NotCompared) else Against(code)


def against(
    usual: Limits, strict: Limits, benchmark: ArrayLike, itself: ArrayLike = False
) -> Whole:
    """Codes of ``Against`` for intervals against a benchmark, or of ``NotCompared``.

    With Wilson intervals and the pooled share, this is the same as asking whether a share lies
    outside the control limits of ``share_limits``; with ``rate_limits`` of events and events
    expected, against 1, it is the profiles' significance of a ratio.

    Args:
        usual: limits at 95%; NaN where there is no figure.
        strict: limits of the same figures at 99.8%.
        benchmark: the value they are compared with, in the same unit; NaN where there is none.
        itself: True for a figure that is the benchmark.

    Source:
        Fingertips, the profiles' technical guidance on comparisons with a benchmark.
    """
    value = floats(benchmark)
    codes = _side_of(usual, value) + _side_of(strict, value)
    unknown = np.isnan(usual.low) | np.isnan(usual.high)
    codes = np.where(unknown, int(NotCompared.NO_INTERVAL), codes)
    codes = np.where(np.isfinite(value), codes, int(NotCompared.NO_BENCHMARK))
    return np.where(np.asarray(itself), int(NotCompared.BENCHMARK_ITSELF), codes)


def pooled(events: ArrayLike, out_of: ArrayLike) -> Floats:
    """All trusts' events for each one of what they are out of: the benchmark's value.

    Trusts that lack a count, or have nothing to divide by, take no part; NaN where all do.
    """
    counts, sizes = np.broadcast_arrays(floats(events), floats(out_of))
    known = np.isfinite(counts) & np.isfinite(sizes) & (sizes > 0)
    total = np.sum(sizes, axis=-1, where=known)
    return np.sum(counts, axis=-1, where=known) / np.where(total > 0, total, np.nan)


@dataclass(frozen=True)
class Fifth:
    """The fifth of the trusts that a figure is in, 1 the lowest to 5 the highest."""

    place: int

    def in_words(self, polarity: Polarity = Polarity.NEUTRAL) -> str:
        """As "highest fifth"; best or worst only where the indicator has a good side."""
        return f"{_FIFTHS[polarity][self.place - 1]} fifth"


_UPWARDS = ("worst", "worse", "middle", "better", "best")
_FIFTHS = {
    Polarity.NEUTRAL: ("lowest", "low", "middle", "high", "highest"),
    Polarity.HIGHER_IS_BETTER: _UPWARDS,
    Polarity.LOWER_IS_BETTER: _UPWARDS[::-1],
}


def fifth(code: int) -> Fifth | NotCompared:
    """What a code of ``fifths`` means."""
    return NotCompared(code) if code >= min(NotCompared) else Fifth(code)


def fifths(values: ArrayLike) -> Whole:
    """Which fifth of the trusts each figure is in, from 1, or a code of ``NotCompared``.

    Where trusts do not divide by five, the lower fifths hold one more. Trusts with equal
    figures are in one fifth, the lowest that any of them reaches; the profiles leave it to
    chance.

    Source:
        Fingertips; the division is that of NTILE(5) in SQL.
    """
    numbers = floats(values)
    numbers = np.where(np.isfinite(numbers), numbers, np.nan)
    known = np.sum(~np.isnan(numbers), axis=-1, keepdims=True)
    small, extra = known // QUINTILES, known % QUINTILES
    ahead = _lower_than_each(numbers)
    in_larger = ahead // (small + 1)
    in_smaller = extra + (ahead - extra * (small + 1)) // np.maximum(small, 1)
    places = 1 + np.where(ahead < extra * (small + 1), in_larger, in_smaller)
    codes = np.where(known < QUINTILES, int(NotCompared.TOO_FEW_TRUSTS), places)
    return np.where(np.isnan(numbers), int(NotCompared.NO_INTERVAL), codes)


def share_limits(
    average: ArrayLike, out_of: ArrayLike, per: float = 100, confidence: float = CONFIDENCE
) -> Limits:
    """Control limits of a share: beyond them, a Wilson interval does not hold the average.

    Args:
        average: the pooled share, from 0 to 1.
        out_of: the sizes at which limits are wanted; NaN comes out where nothing is counted.
        per: the factor of the figure, 100 for percentages.
        confidence: 0.95 or 0.998 on the profiles.

    Returns:
        Limits from 0 to ``per``.

    Raises:
        ValueError: the average is no share.
    """
    share, sizes = floats(average), floats(out_of)
    if np.any(share < 0) or np.any(share > 1):
        raise ValueError("The average is no share from 0 to 1. Divide events by what they are of.")
    some = np.where(sizes > 0, sizes, np.nan)
    reach = normal_quantile(confidence) * np.sqrt(share * (1 - share) / some)
    return Limits(
        per * np.clip(share - reach, 0, 1),
        per * np.clip(share + reach, 0, 1),
    )


@dataclass(frozen=True, eq=False)
class CurveLimits(Limits):
    """Control limits of a ratio or rate, drawn through numbers of events.

    ``size_at_low`` and ``size_at_high`` are the events expected, or the exposure, at which
    that many events lie just on the lower and on the upper limit: where to draw each point.
    """

    size_at_low: Floats
    size_at_high: Floats


def ratio_limits(
    events: ArrayLike, per: float = 1, confidence: float = CONFIDENCE, *, as_drawn: bool = False
) -> CurveLimits:
    """Control limits of observed to expected events, from Poisson tails.

    Args:
        events: numbers of events from 1 on; NaN comes out below.
        per: the factor of the ratio, 100 for a standardised ratio.
        confidence: 0.95 or 0.998 on the profiles.
        as_drawn: False for exact limits; True for those that the profiles' tools find, which
            are right to four digits at one event and to six or more from ten on.

    Source:
        Fingertips, technical guidance; Garwood (1936), Biometrika 28, 437-442, for the tails.
    """
    counts = floats(events)
    some = np.where(np.isfinite(counts) & (counts >= 1), counts, np.nan)
    expected = exact(some, confidence)
    if as_drawn:
        expected = _searched(expected, some, (1 - confidence) / 2)
    low, high = per * some / expected.high, per * some / expected.low
    return CurveLimits(low, high, expected.high, expected.low)


def crude_rate_limits(
    events: ArrayLike,
    average: ArrayLike,
    per: float = 1000,
    confidence: float = CONFIDENCE,
    *,
    as_drawn: bool = False,
) -> CurveLimits:
    """Control limits of a rate: those of the ratio to what the average lets expect.

    Args:
        events: numbers of events from 1 on; NaN comes out below.
        average: the pooled rate, in events for each one of the exposure; more than 0.
        per: the factor of the rate, 1,000 for "per 1,000 staff".
        confidence: as for ``ratio_limits``.
        as_drawn: as for ``ratio_limits``.
    """
    given = floats(average)
    rate = np.where(np.isfinite(given) & (given > 0), given, np.nan)
    ratio = ratio_limits(events, per, confidence, as_drawn=as_drawn)
    return CurveLimits(
        rate * ratio.low, rate * ratio.high, ratio.size_at_low / rate, ratio.size_at_high / rate
    )


def _searched(expected: Limits, events: Floats, tail: float) -> Limits:
    """Expected events as the profiles' tools find them.

    They halve the range of e / (1 + events + e), from 0 to 1, and break off the sums of the
    tails where a term falls below ``NEGLIGIBLE`` of the total.
    """
    low = gammaincinv(events, tail + (1 - tail) * _left_off(expected.low))
    high = gammainccinv(events + 1, tail * (1 - _left_off(expected.high)))
    return Limits(_halved(low, events), _halved(high, events))


def _halved(expected: Floats, events: Floats) -> Floats:
    cells = 2.0**HALVINGS
    place = (np.floor(cells * expected / (1 + events + expected)) + 0.5) / cells
    return (1 + events) * place / (1 - place)


def _left_off(means: Floats) -> Floats:
    """What lies beyond the first negligible term of a Poisson sum."""
    term = means + 8 * np.sqrt(means) + 20
    # From above, Newton's steps on the logarithm of a term come down to it and never pass it.
    for _ in range(20):
        excess = term * np.log(means) - means - gammaln(term + 1) - np.log(NEGLIGIBLE)
        term = term - excess / (np.log(means) - digamma(term + 1))
    return gammainc(np.ceil(term), means)


def _side_of(limits: Limits, value: Floats) -> Whole:
    return (limits.low > value).astype(np.int64) - (limits.high < value)


def _side(higher: bool, polarity: Polarity) -> str:
    if polarity is Polarity.NEUTRAL:
        return "higher" if higher else "lower"
    return "better" if higher is (polarity is Polarity.HIGHER_IS_BETTER) else "worse"


def _lower_than_each(numbers: Floats) -> Whole:
    """How many figures of the row are lower than each; those without a figure do not count."""
    order = np.argsort(numbers, axis=-1)  # NaN last
    ordered = np.take_along_axis(numbers, order, axis=-1)
    places = np.broadcast_to(np.arange(numbers.shape[-1]), numbers.shape)
    tied = np.zeros(numbers.shape, dtype=np.bool_)
    tied[..., 1:] = ordered[..., 1:] == ordered[..., :-1]
    first = np.maximum.accumulate(np.where(tied, 0, places), axis=-1)
    ahead = np.empty(numbers.shape, dtype=np.int64)
    np.put_along_axis(ahead, order, first, axis=-1)
    return ahead
