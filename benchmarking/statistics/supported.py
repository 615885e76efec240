"""Which levels a share supports, and whether a claimed level lies outside them.

A share with its interval supports every level that the interval touches. Two cut points divide
the scale: below the first is level 1, from the first level 2, from the second "3 or above", with
which level 4 is compatible, since only an independent check shows level 4. A gap between claim
and range is robust when it survives moving both cuts by 5 points either way.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.statistics.arrays import Flags, Floats, Whole, floats
from benchmarking.statistics.intervals import CONFIDENCE, Limits, wilson

# From 10 to 29 replies a share is shown, and no range (docs: rules of honesty, 9).
LEAST_REPLIES = 30
HIGHEST_LEVEL = 4
TOP_RANGE = 3
SHIFT = 0.05


@dataclass(frozen=True)
class Cuts:
    """Where a voice's shares pass from level 1 to 2, and from 2 to "3 or above": policy.

    Raises:
        ValueError: the cuts are no rising shares between 0 and 1.
    """

    second: float
    third: float

    def __post_init__(self) -> None:
        if not 0 < self.second < self.third < 1:
            raise ValueError(
                f"Cuts of {self.second} and {self.third} divide no scale. Give two shares "
                f"between 0 and 1, the lower first, such as 0.4 and 0.7."
            )

    def moved(self, by: float) -> tuple[float, float]:
        """Both cuts, moved by a share."""
        return self.second + by, self.third + by


class NoRange(IntEnum):
    """Why there is no supported range, or no gap."""

    NOT_MEASURED = 11
    NO_REPLY = 12
    TOO_FEW_REPLIES = 13
    NOT_CLAIMED = 14

    def in_words(self) -> str:
        """The reason, to stand where the range or the gap would."""
        return _WHY_NOT[self]


_WHY_NOT = {
    NoRange.NOT_MEASURED: "not measured by this voice",
    NoRange.NO_REPLY: "nobody has answered",
    NoRange.TOO_FEW_REPLIES: "too few to say",
    NoRange.NOT_CLAIMED: "no level claimed",
}


@dataclass(frozen=True)
class Range:
    """The levels that one share supports, from ``lowest`` to ``highest``, 1 to 4.

    The range that reaches the top ends at 4; the share itself shows "3 or above".
    """

    lowest: int
    highest: int

    def in_words(self) -> str:
        """As "1", "1–2", "3 or above" or "2–3 or above"."""
        last = min(self.highest, TOP_RANGE)
        span = str(last) if self.lowest == last else f"{self.lowest}–{last}"
        return f"{span} or above" if self.highest > TOP_RANGE else span


@dataclass(frozen=True, eq=False)
class Supported:
    """What each share supports; arrays alike, one entry for each statement.

    ``limits`` are NaN, ``lowest`` and ``highest`` are 0, where ``codes`` names a reason;
    ``codes`` is 0 where there is a range.
    """

    limits: Limits
    lowest: Whole
    highest: Whole
    codes: Whole
    cuts: Cuts

    def range_at(self, *place: int) -> Range | NoRange:
        """The range of one statement, or why it has none."""
        code = int(self.codes[place])
        return NoRange(code) if code else Range(int(self.lowest[place]), int(self.highest[place]))


class Direction(IntEnum):
    """Which way a claim lies outside what a voice supports."""

    UNDER_CLAIMED = -1
    NONE = 0
    OVER_CLAIMED = 1

    def in_words(self) -> str:
        """As "claimed higher than supported"."""
        return _DIRECTIONS[self]


_DIRECTIONS = {
    Direction.UNDER_CLAIMED: "claimed lower than supported",
    Direction.NONE: "claimed as supported",
    Direction.OVER_CLAIMED: "claimed higher than supported",
}


@dataclass(frozen=True)
class ClaimGap:
    """One claim against one range: ``size`` in levels to the nearest supported one.

    ``robust_size`` is the smallest size while the cuts move; 0 is a gap that does not survive.
    """

    direction: Direction
    size: int
    robust_size: int

    @property
    def robust(self) -> bool:
        """Whether the gap survives moving the cuts."""
        return self.robust_size > 0


@dataclass(frozen=True, eq=False)
class ClaimGaps:
    """Claims against ranges; arrays alike, one entry for each statement.

    ``directions`` are codes of ``Direction``; all three are 0 where ``codes`` names a reason.
    """

    directions: Whole
    sizes: Whole
    robust_sizes: Whole
    codes: Whole

    def gap_at(self, *place: int) -> ClaimGap | NoRange:
        """The gap of one statement, or why none can be told."""
        code = int(self.codes[place])
        if code:
            return NoRange(code)
        direction = Direction(int(self.directions[place]))
        return ClaimGap(direction, int(self.sizes[place]), int(self.robust_sizes[place]))


def supported(
    positive: ArrayLike, replies: ArrayLike, cuts: Cuts, least: int = LEAST_REPLIES
) -> Supported:
    """The levels that each share supports with its 95% Wilson interval.

    Args:
        positive: replies that agree, or files that show it in full; NaN where the voice is
            not asked.
        replies: all replies or files that count, each at least its ``positive``; NaN likewise.
        cuts: where the voice's shares pass from level to level.
        least: with fewer replies there is no range.

    Raises:
        ValueError: a number is negative, or a part is larger than its whole.
    """
    part, whole = np.broadcast_arrays(floats(positive), floats(replies))
    limits, codes = wilson(part, whole, CONFIDENCE), _reasons(part, whole, least)
    known = codes == 0
    limits = Limits(np.where(known, limits.low, np.nan), np.where(known, limits.high, np.nan))
    lowest, highest = _levels(limits, *cuts.moved(0))
    return Supported(limits, np.where(known, lowest, 0), np.where(known, highest, 0), codes, cuts)


def claim_gaps(claimed: ArrayLike, found: Supported, shift: float = SHIFT) -> ClaimGaps:
    """How far each claimed level lies outside what is supported, and whether that is robust.

    A gap is robust when it keeps its direction while the cuts move by any amount up to
    ``shift``. Ranges only sink as a cut rises, so the two ends of the movement hold the
    smallest gaps, and moving each cut on its own adds nothing to moving both together.

    Args:
        claimed: levels from 1 to 4; NaN where there is none.
        found: what the voice supports, for the same statements.
        shift: how far the cuts move either way, as a share.

    Raises:
        ValueError: a claim is no level from 1 to 4, or the shift is negative.
    """
    claims = np.broadcast_to(floats(claimed), found.codes.shape)
    _check(claims, shift)
    codes = np.where((found.codes == 0) & np.isnan(claims), int(NoRange.NOT_CLAIMED), found.codes)
    claims = np.where(codes == 0, claims, 0).astype(np.int64)
    over, under = _outside(claims, found.limits, found.cuts, 0, 0)
    over_still, under_still = _outside(claims, found.limits, found.cuts, -shift, shift)
    known = codes == 0
    return ClaimGaps(
        directions=np.where(known, np.sign(over - under), 0),
        sizes=np.where(known, over + under, 0),
        robust_sizes=np.where(known, over_still + under_still, 0),
        codes=codes,
    )


def largest_first(gaps: ClaimGaps) -> Whole:
    """Places of statements, the largest robust gap first, then the largest gap; unknown last.

    Equal gaps stay in the order given. For one trust, that is one row of gaps.
    """
    return np.lexsort((-gaps.sizes, -gaps.robust_sizes, gaps.codes != 0))


def _reasons(part: Floats, whole: Floats, least: int) -> Whole:
    codes = np.where(whole < least, int(NoRange.TOO_FEW_REPLIES), 0)
    codes = np.where(whole <= 0, int(NoRange.NO_REPLY), codes)
    missing = ~(np.isfinite(part) & np.isfinite(whole))
    return np.where(missing, int(NoRange.NOT_MEASURED), codes)


def _levels(limits: Limits, second: float, third: float) -> tuple[Whole, Whole]:
    """Lowest and highest level that each interval touches."""
    lowest = 1 + _reached(limits.low, second) + _reached(limits.low, third)
    highest = 1 + _reached(limits.high, second) + _reached(limits.high, third)
    return lowest, np.where(highest == TOP_RANGE, HIGHEST_LEVEL, highest)


def _reached(shares: Floats, cut: float) -> Whole:
    return (shares >= cut).astype(np.int64)


def _outside(
    claims: Whole, limits: Limits, cuts: Cuts, low_cuts: float, high_cuts: float
) -> tuple[Whole, Whole]:
    """Levels by which claims lie above the range with the cuts moved to ``low_cuts``, where
    ranges are highest, and below it with the cuts moved to ``high_cuts``.
    """
    _, highest = _levels(limits, *cuts.moved(low_cuts))
    lowest, _ = _levels(limits, *cuts.moved(high_cuts))
    return np.maximum(claims - highest, 0), np.maximum(lowest - claims, 0)


def _check(claims: Floats, shift: float) -> None:
    some: Flags = ~np.isnan(claims)
    if not np.all(np.isin(claims[some], np.arange(1, HIGHEST_LEVEL + 1))):
        raise ValueError("A claimed level is no whole number from 1 to 4. Check the claims.")
    if shift < 0:
        raise ValueError(f"The cuts cannot move by {shift}. Give a share, such as 0.05.")
