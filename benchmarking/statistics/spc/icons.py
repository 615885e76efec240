"""What stands beside a chart: is the latest point unusual, and will the target be met?

Where neither side is better, nothing here says improvement or concern.
"""

from enum import IntEnum

import numpy as np

from benchmarking.statistics.arrays import Flags, Floats, Whole


class Judgement(IntEnum):
    """Whether a signal is good news. Neutral where neither side is better."""

    NONE = 0
    IMPROVEMENT = 1
    CONCERN = 2
    NEUTRAL = 3


class Variation(IntEnum):
    """The variation icon, or why there is none."""

    COMMON_CAUSE = 0
    IMPROVEMENT_HIGH = 1
    IMPROVEMENT_LOW = 2
    CONCERN_HIGH = 3
    CONCERN_LOW = 4
    NEUTRAL_HIGH = 5
    NEUTRAL_LOW = 6
    TOO_FEW_POINTS = 11
    NO_POINTS = 12

    @property
    def is_icon(self) -> bool:
        """False where this is a reason in place of an icon."""
        return self < Variation.TOO_FEW_POINTS

    def in_words(self) -> str:
        """What the icon says, for those who do not see it."""
        return _VARIATION[self]


_VARIATION = {
    Variation.COMMON_CAUSE: "Common cause: no significant change",
    Variation.IMPROVEMENT_HIGH: "Significant improvement: high or rising",
    Variation.IMPROVEMENT_LOW: "Significant improvement: low or falling",
    Variation.CONCERN_HIGH: "Significant concern: high or rising",
    Variation.CONCERN_LOW: "Significant concern: low or falling",
    Variation.NEUTRAL_HIGH: "Significant change: high or rising",
    Variation.NEUTRAL_LOW: "Significant change: low or falling",
    Variation.TOO_FEW_POINTS: "Too few points to say",
    Variation.NO_POINTS: "No figures to make limits from",
}


class Assurance(IntEnum):
    """The assurance icon, or why there is none."""

    HIT_OR_MISS = 0
    PASSING = 1
    FAILING = 2
    NO_TARGET = 11
    NO_GOOD_SIDE = 12
    TOO_FEW_POINTS = 13
    NO_POINTS = 14

    @property
    def is_icon(self) -> bool:
        """False where this is a reason in place of an icon."""
        return self < Assurance.NO_TARGET

    def in_words(self) -> str:
        """What the icon says, for those who do not see it."""
        return _ASSURANCE[self]


_ASSURANCE = {
    Assurance.HIT_OR_MISS: "Hit or miss: chance decides whether the target is met",
    Assurance.PASSING: "Consistently passing: the target is met unless something changes",
    Assurance.FAILING: "Consistently failing: the target is missed unless something changes",
    Assurance.NO_TARGET: "No target",
    Assurance.NO_GOOD_SIDE: "Neither higher nor lower is better, so no target is judged",
    Assurance.TOO_FEW_POINTS: "Too few points to say",
    Assurance.NO_POINTS: "No figures to make limits from",
}


def judgements(side: Whole, upwards: Whole) -> Whole:
    """Codes of ``Judgement`` from the sides of signals and from which way is up, of one shape."""
    told = np.where(side * upwards > 0, Judgement.IMPROVEMENT, Judgement.CONCERN)
    told = np.where(upwards == 0, Judgement.NEUTRAL, told)
    return np.where(side == 0, Judgement.NONE, told)


def variation(judgement: Whole, side: Whole, made_from: Whole, drawn: Flags) -> Whole:
    """Codes of ``Variation`` from the latest point of each series, (series,)."""
    icon = np.where(judgement > 0, 2 * judgement - (side > 0), Variation.COMMON_CAUSE)
    none = np.where(made_from > 0, Variation.TOO_FEW_POINTS, Variation.NO_POINTS)
    return np.where(drawn, icon, none)


def assurance(target: Floats, low: Floats, high: Floats, upwards: Whole, made_from: Whole) -> Whole:
    """Codes of ``Assurance`` from the target and the latest limits of each series, (series,).

    A target on a limit is neither passed nor failed for certain.
    """
    # 1 where the target is below what chance brings, -1 where it is above.
    beyond = (target < low).astype(np.int64) - (target > high)
    icon = np.where(beyond * upwards > 0, Assurance.PASSING, Assurance.HIT_OR_MISS)
    icon = np.where(beyond * upwards < 0, Assurance.FAILING, icon)
    reasons = [
        (made_from == 0, Assurance.NO_POINTS),
        (np.isnan(target), Assurance.NO_TARGET),
        (upwards == 0, Assurance.NO_GOOD_SIDE),
        (np.isnan(low), Assurance.TOO_FEW_POINTS),
    ]
    return np.select([where for where, _ in reasons], [why for _, why in reasons], icon)
