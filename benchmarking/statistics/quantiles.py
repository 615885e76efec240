"""The middle of a group's values, and the bounds of its middle half, where there are enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.peers import allows_quartiles, allows_summary
from benchmarking.statistics.ordinal import TooFewPeers


@dataclass(frozen=True)
class Spread:
    """How a group's values lie: how many, the median, and the lower and upper quartile.

    ``quartiles`` is None where the group is too small for them.
    """

    values: int
    median: float
    quartiles: tuple[float, float] | None


def spread_of(values: Sequence[float]) -> Spread | TooFewPeers:
    """How other trusts' values lie, or that there are too few of them to say.

    Args:
        values: one for each other trust that has one; the trust itself is not among them.
    """
    if not allows_summary(len(values)):
        return TooFewPeers(len(values))
    low, median, high = type_7(values, (0.25, 0.5, 0.75))
    quartiles = (low, high) if allows_quartiles(len(values)) else None
    return Spread(len(values), median, quartiles)


def type_7(values: ArrayLike, shares: Sequence[float]) -> tuple[float, ...]:
    """The values that these shares of a group reach or stay below, by linear interpolation.

    Raises:
        ValueError: there are no values, or one is missing.

    Source:
        Hyndman and Fan (1996), American Statistician 50, 361-365, definition 7: the default
        of R, NumPy and spreadsheets.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.size == 0 or np.any(np.isnan(numbers)):
        raise ValueError("There is no value, or one is missing. Leave out what has no value.")
    return tuple(float(found) for found in np.quantile(numbers, shares, method="linear"))
