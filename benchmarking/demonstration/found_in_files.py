"""What two readers find in the complaint files of a fictional trust.

How often something is found follows what the trust really does. Readers mostly see the same;
about one or two items, which the words leave open, they differ too often to be compared.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from benchmarking.demonstration.newcomer import CURRENT, LAST, NEWCOMER
from benchmarking.replies import MISSING_FROM
from benchmarking.reviewed_files import Finding, Outcome
from benchmarking.standard import FileReview, ReviewItem, Standard
from benchmarking.statistics.disclosure import Counts

NO, PARTLY, YES, NOT_APPLICABLE = 1, 2, 3, MISSING_FROM

# The share of files that show a statement, by the level that evidence shows.
SHOWN_AT_LEVEL = (0.4, 0.58, 0.84, 0.94)
SPREAD = 0.04
PARTLY_OF_THE_REST = 0.55
APPLIES_NOT = 0.12
_NEVER = "Not applicable: never"
# These three speak of a fault, which there was more often in complaints that were upheld.
OF_A_FAULT = frozenset({"fa-responsibility", "fa-reason", "fa-remedy"})
WITH_A_FAULT = {
    Outcome.UPHELD: 1.0,
    Outcome.PARTLY_UPHELD: 0.95,
    Outcome.NOT_UPHELD: 0.25,
    Outcome.OTHER: 0.4,
}

READS_RIGHT = 0.97
READ_APART = 0.36

# In so many of the newcomer's files, by cycle and statement.
NEWCOMER_FOUND: Mapping[int, Mapping[str, int]] = {
    LAST: {"1.2": 21, "3.1": 15, "4.3": 22},
    CURRENT: {"1.4": 10, "3.1": 8, "4.3": 11},
}

Found = NDArray[np.int_]


@dataclass(frozen=True, eq=False)
class Readings:
    """What was found in drawn files: each an array of files by the instrument's items."""

    first: Found
    second: Found
    agreed: Found

    def findings(self, review: FileReview) -> tuple[Finding, ...]:
        """In how many files each pair of readings led to each answer, by item."""
        found: list[Finding] = []
        for place, item in enumerate(review.items):
            columns = (self.first[:, place], self.second[:, place], self.agreed[:, place])
            told = Counter(zip(*(column.tolist() for column in columns), strict=True))
            found += [
                Finding(item.id, first, second, agreed, files)
                for (first, second, agreed), files in sorted(told.items())
            ]
        return tuple(found)

    def counts(self, review: FileReview) -> Mapping[str, Counts]:
        """In how many files each item is shown, of those to which it applies."""
        yes, applies = (self.agreed == YES).sum(0), (self.agreed <= YES).sum(0)
        return {
            item.id: Counts(int(yes[place]), int(applies[place]))
            for place, item in enumerate(review.items)
        }


def draw_readings(
    standard: Standard,
    review: FileReview,
    levels: Mapping[str, int],
    outcomes: Sequence[Outcome],
    set_by_hand: Mapping[str, int],
    drawn: np.random.Generator,
) -> Readings:
    """What two readers find in files with these outcomes, item by item.

    Args:
        standard: the edition.
        review: its instrument.
        levels: the place of the level that evidence shows, by statement id.
        outcomes: of the files that were drawn.
        set_by_hand: in how many files a statement is shown, by its number, where that is set.
        drawn: chance.
    """
    truth = _truth(review, levels, outcomes, drawn)
    fixed = _places(standard, review, set_by_hand)
    for place, many in fixed.items():
        order = drawn.permutation(len(outcomes))
        truth[order[:many], place] = YES
        truth[order[many:], place] = drawn.choice([NO, PARTLY], len(outcomes) - many)
    first, second = _misread(truth, drawn), _misread(truth, drawn)
    for place in _left_open(review, fixed, drawn):
        files = drawn.permutation(len(outcomes))[: ceil(READ_APART * len(outcomes))]
        second[files, place] = _other(first[files, place], drawn)
    agreed = np.where(first == second, first, truth)
    for place in fixed:
        # Where both misread a file alike nobody notices; here the count is to come out.
        alike = first[:, place] == second[:, place]
        first[alike, place] = second[alike, place] = agreed[alike, place] = truth[alike, place]
    return Readings(first, second, agreed)


def set_for(code: str, cycle_place: int) -> Mapping[str, int]:
    """In how many files statements are shown, where that is set for a trust."""
    return NEWCOMER_FOUND.get(cycle_place, {}) if code == NEWCOMER else {}


def _truth(
    review: FileReview,
    levels: Mapping[str, int],
    outcomes: Sequence[Outcome],
    drawn: np.random.Generator,
) -> Found:
    """What the files hold: in full, in part, not, or does not apply."""
    shape = (len(outcomes), len(review.items))
    shares = [SHOWN_AT_LEVEL[_level(item, levels)] for item in review.items]
    shown = np.clip(shares + drawn.normal(0, SPREAD, shape[1]), 0.05, 0.98)
    by_chance, partly = drawn.random(shape), drawn.random(shape) < PARTLY_OF_THE_REST
    truth = np.where(by_chance < shown, YES, np.where(partly, PARTLY, NO))
    with_fault = drawn.random(shape[0]) < [WITH_A_FAULT[outcome] for outcome in outcomes]
    excused = drawn.random(shape) < APPLIES_NOT
    for place, item in enumerate(review.items):
        if item.id in OF_A_FAULT:
            truth[~with_fault, place] = NOT_APPLICABLE
        elif _NEVER not in item.guidance:
            truth[excused[:, place], place] = NOT_APPLICABLE
    return truth


def _level(item: ReviewItem, levels: Mapping[str, int]) -> int:
    """The level of the statement that an item measures; of the whole trust where it is none's."""
    of_trust = round(sum(levels.values()) / len(levels))
    return next((levels[about] for about in item.measures if about in levels), of_trust)


def _places(
    standard: Standard, review: FileReview, by_number: Mapping[str, int]
) -> Mapping[int, int]:
    numbers = {about: standard.statement_by_id[about].number for about in standard.statement_by_id}
    return {
        place: by_number[numbers[about]]
        for place, item in enumerate(review.items)
        for about in item.measures
        if numbers.get(about) in by_number
    }


def _misread(truth: Found, drawn: np.random.Generator) -> Found:
    return np.where(drawn.random(truth.shape) < READS_RIGHT, truth, _other(truth, drawn))


def _other(found: Found, drawn: np.random.Generator) -> Found:
    """The answer beside another: what somebody else may see in the same file."""
    up_or_down = np.where(drawn.random(found.shape) < 0.5, NO, YES)
    return np.where(found == PARTLY, up_or_down, np.where(found == NOT_APPLICABLE, NO, PARTLY))


def _left_open(
    review: FileReview, fixed: Mapping[int, int], drawn: np.random.Generator
) -> list[int]:
    """The places of one or two items that readers understand differently, one of a statement."""
    statements = [n for n in range(len(review.statements)) if n not in fixed]
    others = range(len(review.statements), len(review.items))
    one, another = int(drawn.choice(statements)), int(drawn.choice(others))
    return [one, another][: drawn.integers(1, 3)]
