"""The middle of a group's values, the bounds of its middle half, and equal parts of a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.peers import allows_quartiles, allows_summary
from benchmarking.statistics.arrays import Floats, floats
from benchmarking.statistics.ordinal import TooFewPeers

# Hyndman and Fan's number of a definition of quantiles, and NumPy's name for it.
QuantileType = Literal[6, 7]
_NAMES: dict[QuantileType, Literal["weibull", "linear"]] = {6: "weibull", 7: "linear"}
_MIDDLE_HALF = (0.25, 0.5, 0.75)


class NoPart(StrEnum):
    """Why a value lies in no part of its group."""

    NO_VALUE = "there is no value"
    TOO_FEW = "there are fewer values than parts"


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
    return _spread(len(values), *type_7(values, _MIDDLE_HALF))


def spreads_of(columns: ArrayLike) -> tuple[Spread | TooFewPeers, ...]:
    """``spread_of`` for each column of (trusts, columns), all at once."""
    values = floats(columns)
    many = values.shape[0]
    if not allows_summary(many):
        return (TooFewPeers(many),) * values.shape[1]
    found = np.quantile(_complete(values), _MIDDLE_HALF, axis=0, method=_NAMES[7])
    return tuple(_spread(many, *column) for column in found.T.tolist())


def type_7(values: ArrayLike, shares: Sequence[float]) -> tuple[float, ...]:
    """The values that these shares of a group reach or stay below; see ``quantile``."""
    return quantile(values, shares)


def quantile(
    values: ArrayLike, shares: Sequence[float], kind: QuantileType = 7
) -> tuple[float, ...]:
    """The values that these shares of a group reach or stay below, by linear interpolation.

    Args:
        values: at least one, none missing, in any order.
        shares: each from 0 to 1.
        kind: 7, as everything shown here; 6 to compare with tools that use it.

    Raises:
        ValueError: there are no values, or one is missing or infinite; or a share is none.

    Source:
        Hyndman and Fan (1996), American Statistician 50, 361-365. Definition 7 is the default
        of R, NumPy and spreadsheets, definition 6 a spreadsheet's PERCENTILE.EXC.
    """
    numbers = _complete(floats(values))
    if any(not 0 <= share <= 1 for share in shares):
        raise ValueError(f"{list(shares)}: a share lies between 0 and 1. Divide a per cent by 100.")
    return tuple(float(found) for found in np.quantile(numbers, shares, method=_NAMES[kind]))


def _complete(numbers: Floats) -> Floats:
    if numbers.size == 0 or not np.all(np.isfinite(numbers)):
        raise ValueError("There is no value, or one is missing. Leave out what has no value.")
    return numbers


def _spread(values: int, low: float, median: float, high: float) -> Spread:
    return Spread(values, median, (low, high) if allows_quartiles(values) else None)


def quantile_group(
    values: ArrayLike, groups: int, invert: bool = False
) -> tuple[int | NoPart, ...]:
    """The part of a group that each value lies in, from 1 to ``groups``, the lowest values in 1.

    The parts are as equal as ties allow: equal values share the part of the first of them.

    Args:
        values: one for each unit, NaN where it has none.
        groups: how many parts; 4 for quarters, 5 for fifths.
        invert: counts from the highest value instead.

    Raises:
        ValueError: fewer than two parts were asked for.

    Source:
        ``phe_quantile`` of PHEindicatormethods 2.1.0, in whole numbers: with 20 parts and more
        that rounds, and puts a few values one part too low.
    """
    if groups < 2:
        raise ValueError(f"{groups} parts divide nothing. Ask for two or more.")
    numbers = -floats(values) if invert else floats(values)
    known = np.sort(numbers[~np.isnan(numbers)])
    if known.size < groups:
        return tuple(NoPart.NO_VALUE if np.isnan(one) else NoPart.TOO_FEW for one in numbers)
    below = np.searchsorted(known, numbers)
    return tuple(
        NoPart.NO_VALUE if np.isnan(one) else int(lower) * groups // known.size + 1
        for one, lower in zip(numbers, below, strict=True)
    )
