"""Answers to ratings. Rules are plain functions with an id and a version; schemes are data.

A rule is never changed once used: a new version gets a new id, so that an old rating can be
worked out again.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarking.standard import AnswerScale, Missing, RatingScheme


@dataclass(frozen=True)
class Spread:
    """How answers are spread: (choice, number) for each valued choice, lowest first.

    ``applicable`` leaves out "not applicable"; ``answered`` counts answers with a value.
    """

    counts: tuple[tuple[str, int], ...]
    answered: int
    applicable: int
    dont_know: int
    not_applicable: int


@dataclass(frozen=True)
class Rating:
    """A word for a set of answers, or the reason why there is none.

    ``word`` is None where too little was answered; ``percent`` only where the rule makes one;
    ``limited`` says that a limiter held the word down.
    """

    scheme: str
    word: str | None
    choice: str | None
    percent: int | None
    limited: bool
    spread: Spread
    why: str


def spread(scale: AnswerScale, choices: Sequence[str | None]) -> Spread:
    """How answers are spread; None is a question nobody has answered."""
    counted = Counter(choices)
    missing = {
        kind: sum(counted[c.id] for c in scale.choices if c.missing is kind) for kind in Missing
    }
    valued = tuple((choice.id, counted[choice.id]) for choice in scale.valued)
    return Spread(
        counts=valued,
        answered=sum(number for _, number in valued),
        applicable=len(choices) - missing[Missing.NOT_APPLICABLE],
        dont_know=missing[Missing.DONT_KNOW],
        not_applicable=missing[Missing.NOT_APPLICABLE],
    )


def rate(scheme: RatingScheme, scale: AnswerScale, choices: Sequence[str | None]) -> Rating:
    """The rating of a set of answers under a scheme.

    Args:
        scheme: its rule, and how much must be answered.
        scale: the scale that the choices are from.
        choices: one evidenced choice per statement; None where nobody answered.
    """
    found = spread(scale, choices)
    needed = math.ceil(scheme.minimum_answered * found.applicable)
    if found.applicable == 0:
        return Rating(scheme.id, None, None, None, False, found, "Nothing applies here")
    if found.answered < needed:
        why = f"Not enough answered: {found.answered} of {found.applicable}, {needed} needed"
        return Rating(scheme.id, None, None, None, False, found, why)
    return RULES[scheme.rule](scheme, scale, found)


def lower_median_choice(scale: AnswerScale, counts: Mapping[str, int]) -> str | None:
    """The middle answer; of two middle ones the lower. None where there is no answer."""
    total = sum(counts.get(choice.id, 0) for choice in scale.valued)
    passed = 0
    for choice in scale.valued:
        passed += counts.get(choice.id, 0)
        if total and passed >= (total + 1) // 2:
            return choice.id
    return None


def _lower_median(scheme: RatingScheme, scale: AnswerScale, found: Spread) -> Rating:
    middle = lower_median_choice(scale, dict(found.counts))
    word = scale.by_id[middle].label if middle else None
    why = f"Lower median of {found.answered} evidenced levels"
    return Rating(scheme.id, word, middle, None, False, found, why)


def _percentage_with_limiters(scheme: RatingScheme, scale: AnswerScale, found: Spread) -> Rating:
    """Sum of levels over the highest possible sum, in whole percent (halves up), in bands."""
    levels = {choice.id: choice.level or 0 for choice in scale.valued}
    highest = max(levels.values())
    total = sum(levels[choice] * number for choice, number in found.counts)
    percent = math.floor(100 * total / (highest * found.answered) + 0.5)
    band = [band for band in scheme.bands if band.from_percent <= percent][-1].id
    final = _limit(scheme, scale, found, band)
    word = next(b.word for b in scheme.bands if b.id == final)
    why = f"{total} of {highest * found.answered} points"
    return Rating(scheme.id, word, None, percent, final != band, found, why)


def _limit(scheme: RatingScheme, scale: AnswerScale, found: Spread, band: str) -> str:
    """The band after its limiters: a limited band meets the limiters of the lower one too."""
    order = [choice.id for choice in scale.valued]
    lowest = min(order.index(choice) for choice, number in found.counts if number)
    for limiter in scheme.limiters:
        if limiter.within == band and lowest <= order.index(limiter.any_at_or_below):
            return _limit(scheme, scale, found, limiter.limits_to)
    return band


RULES: Mapping[str, Callable[[RatingScheme, AnswerScale, Spread], Rating]] = {
    "lower-median@1": _lower_median,
    "percentage-with-limiters@1": _percentage_with_limiters,
}
