"""How much more the units of a funnel differ than chance alone would make them.

All arrays have the units on the last axis, so that a matrix of statements by trusts is one call;
NaN is a unit without a figure, which takes no part.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarking.statistics.arrays import Floats

Trim = Callable[[Floats, float], Floats]


@dataclass(frozen=True, eq=False)
class Dispersion:
    """What the trimmed z-scores say; one number for each row of the matrix.

    ``phi`` is their mean square: 1 where chance explains everything. ``tau2`` is the variance
    between units on the funnel's scale, 0 where chance is enough. ``units`` had a part in it.
    """

    phi: Floats
    tau2: Floats
    units: Floats


def winsorised(z: Floats, share: float) -> Floats:
    """z-scores with the outer ones drawn in to the quantiles ``share`` and 1 - ``share``.

    Source:
        Spiegelhalter (2005), Quality and Safety in Health Care 14, 347-351; quantiles by
        Hyndman and Fan's type 7.
    """
    if z.shape[-1] == 0:
        return z
    ordered = np.sort(z, axis=-1)  # NaN last
    last = np.maximum(np.sum(~np.isnan(z), axis=-1, keepdims=True) - 1, 0)
    return np.clip(z, _quantile(ordered, last, share), _quantile(ordered, last, 1 - share))


def _quantile(ordered: Floats, last: np.ndarray, share: float) -> Floats:
    place = last * share
    below = place.astype(np.intp)
    above = np.minimum(below + 1, last)
    weight = place - below
    low, high = (np.take_along_axis(ordered, at, axis=-1) for at in (below, above))
    # Where the two are equal, or infinite alike, there is nothing to go between.
    step = np.subtract(high, low, out=np.zeros_like(low), where=high != low)
    return low + weight * step


def truncated(z: Floats, share: float) -> Floats:
    """z-scores without the outer ones: those in the lowest and highest ``share`` by rank are NaN.

    Ranks of ties are averaged, and count units without a figure as the package does that the
    method is usually run with.

    Source:
        NHS Digital, Summary Hospital-level Mortality Indicator, methodology: a trim of 10%.
    """
    if share == 0:
        return z
    groups = 1 / share
    group = np.floor(_average_ranks(z) * groups / (z.shape[-1] + 1))
    return np.where((group > 0) & (group < groups - 1), z, np.nan)


def _average_ranks(z: Floats) -> Floats:
    rows = z.reshape(-1, z.shape[-1])
    return np.array([_ranks_of(row) for row in rows]).reshape(z.shape)


def _ranks_of(row: Floats) -> Floats:
    ordered = np.sort(row[~np.isnan(row)])
    lowest = np.searchsorted(ordered, row, side="left")
    highest = np.searchsorted(ordered, row, side="right")
    return np.where(np.isnan(row), np.nan, (lowest + highest + 1) / 2)


def dispersion(z: Floats, s: Floats) -> Dispersion:
    """What trimmed z-scores with standard errors ``s`` say of the differences between units.

    Source:
        Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202; DerSimonian and Laird
        (1986), Controlled Clinical Trials 7, 177-188.
    """
    used = np.isfinite(z)
    if not used.all():
        z, s = np.where(used, z, 0.0), np.where(used, s, np.inf)
    units = used.sum(axis=-1, dtype=np.float64)
    squares = np.vecdot(z, z)
    weights = 1 / (s * s)
    total = weights.sum(axis=-1)
    room = total - np.vecdot(weights, weights) / np.where(total > 0, total, 1)
    # One unit alone leaves no room to differ.
    some = (units > 1) & (room > 0)
    tau2 = np.maximum(squares - (units - 1), 0) / np.where(some, room, 1)
    return Dispersion(squares / np.maximum(units, 1), np.where(some, tau2, 0.0), units)
