"""Counts and what they are out of, checked before a funnel is made of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.statistics.arrays import Flags, Floats, Whole, floats
from benchmarking.statistics.funnel.bands import NoBand, refused

# No figure of the health service comes near the one or the other.
LARGEST, SMALLEST = 1e9, 1e-9


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts and sizes of (..., units), NaN where a unit cannot be used, and why it cannot."""

    events: Floats
    sizes: Floats
    refusals: Whole

    @property
    def rate(self) -> Floats:
        """Events by size, NaN where a unit cannot be used."""
        return self.events / self.sizes

    @property
    def pooled(self) -> Floats:
        """All events by all sizes, one for each row; 0 where nothing can be used."""
        sizes = np.nansum(self.sizes, axis=-1, keepdims=True)
        return np.nansum(self.events, axis=-1, keepdims=True) / np.where(sizes > 0, sizes, 1)

    def at(self, units: Flags) -> tuple[Floats, Floats]:
        """Events and sizes of chosen units."""
        return self.events[units], self.sizes[units]


def checked(events: ArrayLike, sizes: ArrayLike, *, part_of_whole: bool = False) -> Counts:
    """Counts with a reason for each unit that cannot be used.

    Args:
        events: counts, (..., units).
        sizes: what they are divided by, of the same shape.
        part_of_whole: whether events are part of the size, and so cannot be more.
    """
    counts, totals = np.broadcast_arrays(floats(events), floats(sizes))
    if _all_usable(counts, totals) and not (part_of_whole and np.any(counts > totals)):
        return Counts(counts, totals, np.zeros(counts.shape, dtype=np.int64))
    codes = _refusals(counts, totals, part_of_whole)
    usable = codes == 0
    return Counts(np.where(usable, counts, np.nan), np.where(usable, totals, np.nan), codes)


def _all_usable(counts: Floats, totals: Floats) -> bool:
    """What is nearly always so, found without arrays in between. Empty arrays are not."""
    if counts.size == 0:
        return False
    # The least of numbers with a NaN among them is NaN, and not at least 0.
    usable = counts.min() >= 0 and totals.min() >= SMALLEST
    return bool(usable and counts.max() <= LARGEST and totals.max() <= LARGEST)


def _refusals(counts: Floats, totals: Floats, part_of_whole: bool) -> Whole:
    present = np.isfinite(counts) & np.isfinite(totals)
    impossible = beyond(counts) | beyond(totals) | (part_of_whole & (counts > totals))
    codes = np.where(present, 0, int(NoBand.NO_FIGURE))
    codes = refused(codes, present & impossible, NoBand.IMPOSSIBLE)
    nothing = present & (totals == 0) & ~beyond(counts)
    return refused(codes, nothing, NoBand.NOTHING_AT_RISK)


def beyond(numbers: Floats) -> Flags:
    """Which are negative, or too large or too small to be true."""
    return (numbers < 0) | (numbers > LARGEST) | ((numbers > 0) & (numbers < SMALLEST))


def expected_counts(events: ArrayLike, exposure: ArrayLike) -> Floats:
    """How many events each unit would have at the pooled rate of all; NaN without exposure.

    Indirect standardisation with one stratum: exposure times all events over all exposure, of
    the units that have both.
    """
    sizes = floats(exposure)
    some = np.isfinite(sizes) & (sizes > 0) & ~beyond(sizes)
    return np.where(some, np.where(some, sizes, 0) * checked(events, exposure).pooled, np.nan)
