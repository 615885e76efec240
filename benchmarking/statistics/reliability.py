"""Whether the items of a scale measure one thing: Cronbach's alpha, an internal check.

Alpha rises with the number of items and says nothing about what is measured; it is shown to
those who look after a standard, never as a result about a trust.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.statistics.arrays import Flags, Floats, Whole, floats

LEAST_ITEMS = 3
LEAST_RESPONDENTS = 30


class NoAlpha(StrEnum):
    """Why there is no alpha, in words to stand where it would."""

    FEW_ITEMS = "fewer than 3 items"
    FEW_RESPONDENTS = "some two items were both answered by fewer than 30 people"
    CONSTANT_ITEMS = "everybody gave the same answer to some item"
    NO_SUM = "the items cancel each other out"


@dataclass(frozen=True)
class TooLittleForAlpha:
    """No alpha, and why.

    ``respondents`` is how many people answered both of the two items that fewest answered
    both; ``constant`` are the places of items that everybody answered the same, from 0.
    """

    why: NoAlpha
    items: int
    respondents: int
    constant: tuple[int, ...]

    def in_words(self) -> str:
        """As "Too few to say: fewer than 3 items (2 items, 40 respondents)"."""
        return (
            f"Too few to say: {self.why} ({self.items} items, {self.respondents} respondents)"
            if self.why in (NoAlpha.FEW_ITEMS, NoAlpha.FEW_RESPONDENTS)
            else f"Nothing to say: {self.why}"
        )


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha: 1 where all items move as one, 0 where they have nothing in common.

    ``raw`` is worked out on covariances, ``standardised`` on correlations; ``average_r`` is
    the mean correlation of two items. Below 0, some items run against the others.
    ``respondents`` is as in ``TooLittleForAlpha``; ``constant`` items were left out.
    """

    raw: float
    standardised: float
    average_r: float
    items: int
    respondents: int
    constant: tuple[int, ...]


def reliability(answers: ArrayLike) -> Alpha | TooLittleForAlpha:
    """Alpha of a scale, where there is enough to show it, or why there is not.

    Args:
        answers: a row for each respondent, a column for each item; NaN where not answered.

    Raises:
        ValueError: the answers are no table.
    """
    found = alpha(answers)
    items, common, constant = _counted(_table(answers))
    why = _refusal(items, common, constant)
    if why:
        return TooLittleForAlpha(why, items, common, constant)
    return found


def alpha(answers: ArrayLike) -> Alpha | TooLittleForAlpha:
    """Alpha from two items and two respondents on: for checking, not for showing.

    Covariances are of those who answered both items. Items that everybody answered the same
    are left out, and named.

    Args:
        answers: as for ``reliability``.

    Raises:
        ValueError: the answers are no table.

    Source:
        Cronbach (1951), Psychometrika 16, 297-334; missing answers and items without variance
        as in the R package psych.
    """
    table = _table(answers)
    varies = _varies(table)
    constant = tuple(np.flatnonzero(~varies).tolist())
    some = table[:, varies]
    items, common, _ = _counted(some)
    if items < 2:
        return TooLittleForAlpha(NoAlpha.FEW_ITEMS, items, common, constant)
    if common < 2:
        return TooLittleForAlpha(NoAlpha.FEW_RESPONDENTS, items, common, constant)
    covariances = _covariances(some)
    deviations = np.sqrt(np.diag(covariances))
    correlations = covariances / np.outer(deviations, deviations)
    raw, standardised = _alpha_of(covariances), _alpha_of(correlations)
    if raw is None or standardised is None:
        return TooLittleForAlpha(NoAlpha.NO_SUM, items, common, constant)
    average = (correlations.sum() - items) / (items * (items - 1))
    return Alpha(raw, standardised, float(average), items, common, constant)


def _table(answers: ArrayLike) -> Floats:
    table = floats(answers)
    if table.ndim != 2:
        raise ValueError("The answers are no table. Give a row a respondent, a column an item.")
    return np.where(np.isfinite(table), table, np.nan)


def _varies(table: Floats) -> Flags:
    answered = ~np.isnan(table)
    highest = np.max(table, axis=0, where=answered, initial=-np.inf)
    return highest > np.min(table, axis=0, where=answered, initial=np.inf)


def _counted(table: Floats) -> tuple[int, int, tuple[int, ...]]:
    both = _both_answered(table)
    common = int(both.min()) if both.size else 0
    return table.shape[1], common, tuple(np.flatnonzero(~_varies(table)).tolist())


def _both_answered(table: Floats) -> Whole:
    answered = (~np.isnan(table)).astype(np.int64)
    return answered.T @ answered


def _refusal(items: int, common: int, constant: tuple[int, ...]) -> NoAlpha | None:
    if items < LEAST_ITEMS:
        return NoAlpha.FEW_ITEMS
    if common < LEAST_RESPONDENTS:
        return NoAlpha.FEW_RESPONDENTS
    return NoAlpha.CONSTANT_ITEMS if constant else None


def _covariances(table: Floats) -> Floats:
    """Covariance of each two items over those who answered both."""
    answered = (~np.isnan(table)).astype(np.float64)
    both = answered.T @ answered
    # Measured from each item's own mean first, so that large answers lose no digits.
    centred = np.where(answered > 0, table - np.nanmean(table, axis=0), 0.0)
    means = (centred.T @ answered) / both
    return (centred.T @ centred - both * means * means.T) / (both - 1)


def _alpha_of(covariances: Floats) -> float | None:
    items, total = len(covariances), float(covariances.sum())
    own = float(np.trace(covariances))
    # Where the items cancel out, what rounding leaves of the sum would give any alpha at all.
    if total <= 1e-12 * own:
        return None
    return items / (items - 1) * (1 - own / total)
