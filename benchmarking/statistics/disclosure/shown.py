"""What may be shown of a count or a share. Pages and exports render these, and nothing else.

None of them holds what it hides: a ``Coarse`` share knows neither its part nor its whole.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

UNDER_10, OVER_90 = 5, 95


@dataclass(frozen=True)
class Counts:
    """How many, of how many; or how much both changed, which may be negative."""

    part: int
    out_of: int

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.part + other.part, self.out_of + other.out_of)

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(self.part - other.part, self.out_of - other.out_of)


class Why(StrEnum):
    """Why a figure is suppressed, in words that stand in its place."""

    # Nothing of 10 here: ten that all say the same are not enough either (see ``waves``).
    FEW_REPLIES = "not enough responses"
    SMALL_COUNT = "suppressed (from 1 to 7)"
    # One reason for small counts and for those that would give them away: two would tell which
    # of them are small.
    IN_A_TABLE = "suppressed, so that no small number can be worked out"


@dataclass(frozen=True)
class Missing:
    """There is no figure: nobody counted, or nobody published. Not zero and not suppressed."""

    def in_words(self) -> str:
        return "no figure"


@dataclass(frozen=True)
class Suppressed:
    """There is a figure, and it is not shown."""

    why: Why

    def in_words(self) -> str:
        return str(self.why)


@dataclass(frozen=True)
class Count:
    """A count, exact or rounded. A rounded 0 is a true 0."""

    count: int
    rounded: bool = False

    def in_words(self) -> str:
        """As "1,234" or "about 1,235"."""
        return f"about {self.count:,}" if self.rounded and self.count else f"{self.count:,}"


@dataclass(frozen=True)
class RoundedShare:
    """A share of which both counts are rounded; the part may be suppressed."""

    part: Count | Suppressed
    out_of: Count

    @property
    def percent(self) -> int | None:
        """Whole percent of the rounded counts; None where the part is suppressed or out of 0."""
        if isinstance(self.part, Suppressed) or not self.out_of.count:
            return None
        return whole_percent(self.part.count, self.out_of.count)

    def in_words(self) -> str:
        """As "about 40 of about 95 (42%)"."""
        percent = "" if self.percent is None else f" ({self.percent}%)"
        return f"{self.part.in_words()} of {self.out_of.in_words()}{percent}"


@dataclass(frozen=True)
class Coarse:
    """A share to the nearest 5%, of too few replies for more: no counts, no interval, no range.

    ``percent`` is 10, 15, ... 90; 5 stands for "under 10%" and 95 for "over 90%", the middle of
    what they cover, where a mark is drawn.
    """

    percent: int

    def in_words(self) -> str:
        """As "about 70%", "under 10%" or "over 90%"."""
        ends = {UNDER_10: "under 10%", OVER_90: "over 90%"}
        return ends.get(self.percent, f"about {self.percent}%")


@dataclass(frozen=True)
class InFull:
    """A share with its counts, from which an interval and a supported range may be made."""

    part: int
    out_of: int

    @property
    def percent(self) -> int | None:
        """Whole percent, halves up; None out of 0."""
        return whole_percent(self.part, self.out_of) if self.out_of else None

    def in_words(self) -> str:
        """As "38 of 96 (40%)"."""
        percent = "" if self.percent is None else f" ({self.percent}%)"
        return f"{self.part:,} of {self.out_of:,}{percent}"


Shown = Missing | Suppressed | RoundedShare | Coarse | InFull
ShownCount = Missing | Suppressed | Count


def whole_percent(part: int, out_of: int) -> int:
    """Whole percent, halves up."""
    return int(Fraction(100 * part, out_of) + Fraction(1, 2))
