"""Scales on which a figure scatters evenly, whatever its size, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarking.statistics.arrays import Floats


@dataclass(frozen=True)
class Scale:
    """A way there and back. What comes back is never outside what the figure can be."""

    name: str
    to: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]


def _log(values: Floats) -> Floats:
    # Nothing observed has no finite logarithm. It sorts below everything, as it should.
    return np.log(values, out=np.full_like(values, -np.inf), where=~(values <= 0))


def _arcsine(shares: Floats) -> Floats:
    return np.arcsin(np.sqrt(shares))


def _from_arcsine(angles: Floats) -> Floats:
    # Beyond these angles the sine turns round, and a limit below 0% would come out above it.
    return np.sin(np.clip(angles, 0, np.pi / 2)) ** 2


def _from_root(roots: Floats) -> Floats:
    return np.maximum(roots, 0) ** 2


def _from_log(logarithms: Floats) -> Floats:
    # A limit may be further out than any number goes.
    return np.exp(np.clip(logarithms, -700, 700))


def _as_it_is(values: Floats) -> Floats:
    return values


SQUARE_ROOT = Scale("square root", np.sqrt, _from_root)
ARCSINE = Scale("arcsine of the square root", _arcsine, _from_arcsine)
LOG = Scale("logarithm", _log, _from_log)
PLAIN = Scale("as it is", _as_it_is, _as_it_is)
