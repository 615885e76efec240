"""A funnel: units against what is expected of them, and the limits around that."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from benchmarking.peers import allows_summary
from benchmarking.statistics.arrays import Flags, Floats, Whole, floats
from benchmarking.statistics.funnel.bands import Band, NoBand, banded, refused, verdict
from benchmarking.statistics.funnel.dispersion import Dispersion, dispersion
from benchmarking.statistics.funnel.method import Adjustment, Method
from benchmarking.statistics.funnel.scales import Scale
from benchmarking.statistics.intervals import Limits


@dataclass(frozen=True, eq=False)
class Units:
    """What a funnel is made of: figures of (..., units) and how chance moves them.

    ``value`` is the figure, ``size`` what its chance error depends on; NaN in both where a unit
    takes no part, and then ``refusals`` holds the code of the reason, else 0. ``y`` is the
    value on ``scale`` and ``s`` its standard error there. ``target`` is what is expected, one
    for each row. ``error`` gives the standard error at chosen sizes, ``chance`` the limits.
    ``tail`` gives how likely the counts of chosen units are by chance alone; None where only
    the normal curve is known.
    """

    value: Floats
    size: Floats
    y: Floats
    s: Floats
    target: Floats
    scale: Scale
    refusals: Whole
    error: Callable[[Floats], Floats]
    chance: Callable[[Floats, float], Limits]
    tail: Callable[[Flags], Floats] | None = None


@dataclass(frozen=True, eq=False)
class Funnel:
    """A funnel worked out; arrays of (..., units).

    ``z`` are the plain, ``z_trimmed`` the trimmed and ``z_adjusted`` the final z-scores.
    """

    units: Units
    method: Method
    z: Floats
    z_trimmed: Floats
    z_adjusted: Floats
    dispersion: Dispersion

    @cached_property
    def codes(self) -> Whole:
        """The band of each unit, or a reason: see ``verdict``."""
        return _codes(self.units, self.z_adjusted, self.method)

    def verdict(self, *place: int) -> Band | NoBand:
        """The band of one unit, or why it has none."""
        return verdict(int(self.codes[place]))

    def limits(self, sizes: ArrayLike, cut: float) -> Limits:
        """Limits at some sizes, adjusted as the method says: where |z_adjusted| is ``cut``."""
        centre, back = self.units.scale.to(self.units.target), self.units.scale.back
        reach = cut * _widened(self.units.error(floats(sizes)), self.dispersion, self.method)
        return Limits(back(centre - reach), back(centre + reach))

    def chance_limits(self, sizes: ArrayLike, cut: float) -> Limits:
        """Limits at some sizes if units differed by chance alone, from exact tails."""
        return self.units.chance(floats(sizes), float(ndtr(-cut)))

    def grid(self, points: int = 200) -> Floats:
        """Sizes from the smallest to the largest unit, to draw limits at; none without units."""
        sizes = self.units.size[np.isfinite(self.units.value)]
        return np.geomspace(sizes.min(), sizes.max(), points) if sizes.size else sizes


def funnel_of(units: Units, method: Method) -> Funnel:
    """The funnel of some units.

    Source:
        Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202.
    """
    off = units.y - units.scale.to(units.target)
    z = off / units.s
    trimmed = method.trim(z, method.trim_share)
    spread = dispersion(trimmed, units.s)
    adjusted = off / _widened(units.s, spread, method)
    return Funnel(units, method, z, trimmed, adjusted, spread)


def _widened(s: Floats, spread: Dispersion, method: Method) -> Floats:
    """Standard errors that allow for differences beyond chance, as far as the method does."""
    match method.adjustment:
        case Adjustment.NONE:
            return s
        case Adjustment.ADDITIVE:
            return np.sqrt(s**2 + spread.tau2[..., None])
        case Adjustment.MULTIPLICATIVE:
            return s * np.sqrt(np.maximum(spread.phi, 1))[..., None]


def _codes(units: Units, z: Floats, method: Method) -> Whole:
    codes = np.where(units.refusals == 0, banded(z, method.cuts), units.refusals)
    in_band = units.refusals == 0
    beyond = in_band & (codes != Band.AS_EXPECTED)
    if units.tail is not None and beyond.any():
        codes[beyond] = _confirmed(codes[beyond], units.tail(beyond), method)
    others = np.isfinite(units.value).sum(axis=-1, keepdims=True) - 1
    enough = np.vectorize(allows_summary, otypes=[bool])(others)
    return refused(codes, in_band & ~enough, NoBand.TOO_FEW_UNITS)


def _confirmed(codes: Whole, tail: Floats, method: Method) -> Whole:
    """Bands no further out than the exact tail allows: z-scores misfire where units are small."""
    allowed = sum((tail <= ndtr(-cut)).astype(np.int64) for cut in method.cuts)
    return np.sign(codes) * np.minimum(np.abs(codes), allowed)
