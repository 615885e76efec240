"""What chance alone would do: exact tails of counts, and the limits that follow from them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, bdtrik, betainc, gammainc, gammaincc, pdtr, pdtrik

from benchmarking.statistics.arrays import Floats, floats
from benchmarking.statistics.intervals import Limits

# A share of exactly 0 or 1 has no tails to invert; this is as good as that.
_NEARLY = 1e-12
# The binomial tail takes whole numbers of 32 bits.
MOST = 2e9

_Quantile = Callable[[float], Floats]
_Reached = Callable[[Floats], Floats]


def poisson_tail(observed: ArrayLike, expected: ArrayLike) -> Floats:
    """How likely a count at least this far out on its own side is, where ``expected`` is true."""
    counts, means = np.broadcast_arrays(floats(observed), floats(expected))
    above = counts > means
    upper = gammainc(np.where(above, counts, 1), means)
    return np.where(above, upper, gammaincc(counts + 1, means))


def binomial_tail(events: ArrayLike, out_of: ArrayLike, share: ArrayLike) -> Floats:
    """How likely a count at least this far out on its own side is, where ``share`` is true."""
    counts, totals, shares = np.broadcast_arrays(floats(events), floats(out_of), floats(share))
    above = counts > totals * shares
    rest = totals - counts
    upper = betainc(np.where(above, counts, 1), np.where(above, rest, 0) + 1, shares)
    below = ~above & (rest > 0)
    lower = betainc(np.where(below, rest, 1), np.where(below, counts, 0) + 1, 1 - shares)
    return np.where(above, upper, np.where(below, lower, 1.0))


def poisson_limits(expected: ArrayLike, tail: float) -> Limits:
    """Counts beyond which a Poisson count lies with probability ``tail``, on either side.

    A whole count is beyond a limit exactly where its ``poisson_tail`` is smaller than ``tail``;
    between whole counts the limits are interpolated, so that their curve is smooth.

    Source:
        Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, appendix A.1.1.
    """
    means = floats(expected)
    return _limits(
        lambda p: pdtrik(p, means), lambda k: np.where(k < 0, 0.0, pdtr(np.abs(k), means)), tail
    )


def binomial_limits(out_of: ArrayLike, share: ArrayLike, tail: float) -> Limits:
    """As ``poisson_limits``, for events out of a whole number from 1 to ``MOST``; rounded."""
    totals = np.clip(np.round(floats(out_of)), 1, MOST)
    shares = np.clip(floats(share), _NEARLY, 1 - _NEARLY)

    def reached(count: Floats) -> Floats:
        inside = np.clip(count, 0, totals)
        return np.where(count < 0, 0.0, bdtr(inside, totals.astype(np.int64), shares))

    found = _limits(lambda p: bdtrik(p, totals, shares), reached, tail)
    return Limits(found.low, np.minimum(found.high, totals))


def _limits(quantile: _Quantile, reached: _Reached, tail: float) -> Limits:
    return Limits(
        np.maximum(_between(quantile, reached, tail), 0.0),
        1 + _between(quantile, reached, 1 - tail),
    )


def _between(quantile: _Quantile, reached: _Reached, share: float) -> Floats:
    """The quantile between the last whole count that stays below ``share`` and the next."""
    # Rounding can leave the inverse a hair above a whole count.
    count = np.maximum(np.ceil(quantile(share) - 1e-9), 0.0)
    here, before = reached(count), reached(count - 1)
    return count - np.clip((here - share) / np.maximum(here - before, 1e-300), 0, 1)
