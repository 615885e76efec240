"""Five bands from far below to far above what was expected, in words that judge nothing."""

from enum import IntEnum

import numpy as np

from benchmarking.statistics.arrays import Flags, Floats, Whole

# 95% and 99.8%. No source gives the regulator's own; they are the custom of funnel plots.
CUTS = (1.96, 3.09)


class Band(IntEnum):
    """Where a figure lies against what was expected."""

    MUCH_LOWER = -2
    LOWER = -1
    AS_EXPECTED = 0
    HIGHER = 1
    MUCH_HIGHER = 2

    def in_words(self) -> str:
        """As "much higher than expected"; never better or worse."""
        return _IN_WORDS[self]


_IN_WORDS = {
    Band.MUCH_LOWER: "much lower than expected",
    Band.LOWER: "lower than expected",
    Band.AS_EXPECTED: "as expected",
    Band.HIGHER: "higher than expected",
    Band.MUCH_HIGHER: "much higher than expected",
}


class NoBand(IntEnum):
    """Why a figure has no band."""

    NO_FIGURE = 11
    NOTHING_AT_RISK = 12
    TOO_LITTLE_EXPECTED = 13
    TOO_FEW_ANSWERS = 14
    TOO_FEW_UNITS = 15
    IMPOSSIBLE = 16

    def in_words(self) -> str:
        """The reason, to stand where the band would."""
        return _WHY_NOT[self]


_WHY_NOT = {
    NoBand.NO_FIGURE: "no figure",
    NoBand.NOTHING_AT_RISK: "nothing to divide by",
    NoBand.TOO_LITTLE_EXPECTED: "too small to say: fewer than 5 would be expected",
    NoBand.TOO_FEW_ANSWERS: "too few to say: fewer than 30 answered",
    NoBand.TOO_FEW_UNITS: "too few others to say what is expected",
    NoBand.IMPOSSIBLE: "not possible: negative, larger than its whole, too large or too small",
}


def verdict(code: int) -> Band | NoBand:
    """The band or the reason behind a code of ``Funnel.verdicts``."""
    return NoBand(code) if code in _WHY_NOT_CODES else Band(code)


_WHY_NOT_CODES = frozenset(NoBand)


def banded(z: Floats, cuts: tuple[float, float]) -> Whole:
    """Codes of bands from z-scores: beyond the first cut, and beyond the second."""
    size = np.abs(z)
    steps = (size > cuts[0]).astype(np.int64) + (size > cuts[1])
    return np.where(z < 0, -steps, steps)


def refused(codes: Whole, where: Flags, why: NoBand) -> Whole:
    """Codes with a reason in place of the band, where there is none to give."""
    return np.where(where, int(why), codes)
