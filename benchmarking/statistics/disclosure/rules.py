"""The rule of each indicator: from counts to what may be shown of them.

An indicator names its rule by id (``none``, ``round-5``, ``three-step``). Each function takes a
part and what it is part of, None where nobody counted, and holds for one figure by itself;
``waves`` and ``suppression`` see to it that two figures together show no more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from benchmarking.statistics.disclosure.shown import (
    OVER_90,
    UNDER_10,
    Coarse,
    Count,
    InFull,
    Missing,
    RoundedShare,
    Shown,
    ShownCount,
    Suppressed,
    Why,
)

# Of rule 9 of the rules of honesty: nothing under 10 replies, everything from 30.
SHARE_FROM = 10
IN_FULL_FROM = 30

# Of the NHS's rule for patient-level counts.
COUNT_FROM = 8
NEAREST = 5


def as_published(part: int | None, out_of: int | None) -> Shown:
    """A share as it was published, whatever it was."""
    return Missing() if part is None or out_of is None else InFull(part, out_of)


def round_5(part: int | None, out_of: int | None) -> Shown:
    """A share of patient-level counts below national level, from rounded counts only.

    The percentage of 0 is 0: it says no more than the 0 that is shown anyway.

    Raises:
        ValueError: the part is negative or larger than its whole.

    Source:
        NHS Digital (2018), disclosure control for Hospital Episode Statistics and the Emergency
        Care Data Set.
    """
    if part is None or out_of is None:
        return Missing()
    _check(part, out_of)
    if 0 < out_of < COUNT_FROM:
        return Suppressed(Why.SMALL_COUNT)
    return RoundedShare(_rounded_or_suppressed(part), nearest_5(out_of))


def round_5_count(count: int | None, *, national: bool = False) -> ShownCount:
    """A patient-level count to the nearest 5; 0 stays 0, and 1 to 7 are suppressed.

    A total is added up first and rounded then: give it the sum of the true counts.

    Args:
        count: how many people; None where nobody counted.
        national: a count of the whole country is never suppressed, but rounded: the exact one
            would give suppressed trusts away.

    Raises:
        ValueError: the count is negative.
    """
    if count is None:
        return Missing()
    _check(count, count)
    return nearest_5(count) if national else _rounded_or_suppressed(count)


def nearest_5(count: int) -> Count:
    """A count to the nearest 5, where only 0 is shown as 0: 1 and 2 become 5."""
    nearest = NEAREST * round(count / NEAREST)
    return Count(max(nearest, NEAREST) if count else 0, rounded=True)


def three_step(part: int | None, out_of: int | None) -> Shown:
    """A share of survey replies or files: nothing under 10, coarse under 30, then in full.

    With the number of replies beside it, a share to the nearest 5% would be an exact one: of
    10, "70%" is 7, and "over 90%" is everybody. So under 30 no ``Shown`` holds it, and
    ``base_in_words`` says "10 to 29". Halves go to the even step, so that a share and its
    complement always add up to 100% and the two together tell no more than one.

    Raises:
        ValueError: the part is negative or larger than its whole.
    """
    if part is None or out_of is None:
        return Missing()
    _check(part, out_of)
    if out_of < SHARE_FROM:
        return Suppressed(Why.FEW_REPLIES)
    if out_of >= IN_FULL_FROM:
        return InFull(part, out_of)
    share = Fraction(part, out_of)
    if share < Fraction(1, 10):
        return Coarse(UNDER_10)
    if share > Fraction(9, 10):
        return Coarse(OVER_90)
    return Coarse(NEAREST * round(share * 100 / NEAREST))


def base_in_words(out_of: int, noun: str = "replies") -> str:
    """How many replies stand behind a three-step share, as far as that may be said.

    Args:
        out_of: of the snapshot that is shown, never of what has come in since.
        noun: what was counted, in the plural.
    """
    if out_of < SHARE_FROM:
        return f"not enough {noun}"
    if out_of < IN_FULL_FROM:
        return f"{SHARE_FROM} to {IN_FULL_FROM - 1} {noun}"
    return f"{out_of:,} {noun}"


@dataclass(frozen=True)
class Rule:
    """A rule that an indicator can name. ``says`` stands under each figure made with it."""

    id: str
    says: str
    show: Callable[[int | None, int | None], Shown]


RULES = {
    rule.id: rule
    for rule in (
        Rule("none", "Shown as published.", as_published),
        Rule(
            "round-5",
            "Counts are rounded to the nearest 5, counts from 1 to 7 are suppressed, and "
            "percentages are made from the rounded counts.",
            round_5,
        ),
        Rule(
            "three-step",
            "Under 10 replies nothing is shown, from 10 to 29 the share to the nearest 5%, from "
            "30 everything. Results move when at least 10 new replies have come that do not all "
            "say the same.",
            three_step,
        ),
    )
}


def rule_of(named: str) -> Rule:
    """The rule of this id.

    Raises:
        ValueError: there is no such rule.
    """
    if named not in RULES:
        raise ValueError(f'No disclosure rule is called "{named}". Use one of: {", ".join(RULES)}.')
    return RULES[named]


def _rounded_or_suppressed(count: int) -> Count | Suppressed:
    return Suppressed(Why.SMALL_COUNT) if 0 < count < COUNT_FROM else nearest_5(count)


def _check(part: int, out_of: int) -> None:
    if not 0 <= part <= out_of:
        raise ValueError(f"{part} of {out_of} cannot be right. Check the counts.")
