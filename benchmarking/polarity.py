"""Which direction of a figure is the good one, if any."""

from enum import StrEnum


class Polarity(StrEnum):
    """Whether more is better. Volume and outcomes of complaints are always neutral."""

    NEUTRAL = "neutral"
    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
