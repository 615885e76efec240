"""How far two readings of the same units agree: two reviewers, or a trust and its reviewer.

Levels are whole numbers from 1; NaN is no level. A unit without both readings is left out and
counted. The cross-table comes with every figure, because no single figure says all of it.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.statistics.arrays import Floats, Whole, floats
from benchmarking.statistics.intervals import CONFIDENCE, wilson

LEAST_PAIRS = 2
REPEATS = 2000
# A fixed start, so that a page shows the same interval each time it is opened.
SEED = 2014
# With fewer repeats that give a kappa, the interval would be of the lucky ones alone.
LEAST_SHARE_OF_REPEATS = 0.95


class Weighting(StrEnum):
    """What a disagreement costs: all the same, by levels apart, or by their square."""

    UNWEIGHTED = "unweighted"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class NoAgreement(StrEnum):
    """NoAgreement there is no figure of agreement, in words that stand where it would."""

    FEW_PAIRS = "fewer than 2 units have both readings"
    ONE_LEVEL = "both readings are the same level throughout"
    ONE_SIDED = "one reader gave the same level throughout"
    NO_DISAGREEMENT = "the readings never differ, so drawing them again shows no spread"
    TOO_FEW_REPEATS = "too few units, or too few levels in use, to draw them again"


@dataclass(frozen=True)
class TooLittleToSay:
    """No figure, and why. ``pairs`` units have both readings, ``left_out`` have not."""

    why: NoAgreement
    pairs: int
    left_out: int

    def in_words(self) -> str:
        """As "Too few to say: fewer than 2 units have both readings (1 of 8)"."""
        return f"Too few to say: {self.why} ({self.pairs} of {self.pairs + self.left_out})"


@dataclass(frozen=True)
class Share:
    """How many pairs are the same, as a share from 0 to 1 with its Wilson interval."""

    same: int
    pairs: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Gap:
    """How many first readings are higher, the same and lower than the second, in units.

    ``mean`` is the mean of first minus second in levels: a second figure, to be labelled so,
    since levels are ordered words and not amounts.
    """

    higher: int
    same: int
    lower: int
    mean: float


@dataclass(frozen=True)
class Interval:
    """Percentiles of kappa over units drawn again; ``repeats`` gave a kappa."""

    low: float
    high: float
    repeats: int


@dataclass(frozen=True)
class Kappa:
    """Agreement beyond chance: 1 is complete, 0 what chance would give, below 0 less.

    ``error`` is the asymptotic standard error.
    """

    weighting: Weighting
    value: float
    error: float
    interval: Interval | TooLittleToSay


@dataclass(frozen=True)
class Agreement:
    """How two readings agree. ``table`` has a row for each first level, a column for each second.

    ``spearman`` and ``kendall`` (tau-b) say whether units are put in the same order.
    """

    table: tuple[tuple[int, ...], ...]
    pairs: int
    left_out: int
    exact: Share
    gap: Gap
    unweighted: Kappa | TooLittleToSay
    linear: Kappa | TooLittleToSay
    quadratic: Kappa | TooLittleToSay
    spearman: float | TooLittleToSay
    kendall: float | TooLittleToSay


def agreement(
    first: ArrayLike, second: ArrayLike, levels: int, repeats: int = REPEATS, seed: int = SEED
) -> Agreement | TooLittleToSay:
    """How two readings of the same units agree, or why that cannot be said.

    Args:
        first: one level for each unit, from 1 to ``levels``; NaN where there is none.
        second: the other reading of the same units, in the same order.
        levels: how many levels the scale has, used or not.
        repeats: how often the units are drawn again for the intervals of kappa.
        seed: where the drawing starts; the same seed gives the same intervals.

    Raises:
        ValueError: the readings differ in length, or one is no level of the scale.

    Source:
        Cohen (1960, 1968); Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72,
        323-327, for the standard errors; Efron and Tibshirani (1993), chapter 13, for the
        intervals.
    """
    table, left_out = cross_table(first, second, levels)
    pairs = int(table.sum())
    if pairs < LEAST_PAIRS:
        return TooLittleToSay(NoAgreement.FEW_PAIRS, pairs, left_out)
    drawn = np.random.default_rng(seed).multinomial(pairs, table.ravel() / pairs, size=repeats)
    again = drawn.reshape(-1, levels, levels)
    return Agreement(
        table=tuple(tuple(int(n) for n in row) for row in table),
        pairs=pairs,
        left_out=left_out,
        exact=_exact(table),
        gap=_gap(table),
        unweighted=_kappa(table, left_out, Weighting.UNWEIGHTED, again),
        linear=_kappa(table, left_out, Weighting.LINEAR, again),
        quadratic=_kappa(table, left_out, Weighting.QUADRATIC, again),
        spearman=_number(spearman(table), table, left_out),
        kendall=_number(kendall(table), table, left_out),
    )


def cross_table(first: ArrayLike, second: ArrayLike, levels: int) -> tuple[Whole, int]:
    """Counts of (levels, levels), first readings down, and how many units lack a reading.

    Raises:
        ValueError: the readings differ in length, or one is no level of the scale.
    """
    down, across = floats(first).ravel(), floats(second).ravel()
    if down.shape != across.shape:
        raise ValueError(f"{down.size} first readings meet {across.size} second. Pair them.")
    both = ~(np.isnan(down) | np.isnan(across))
    for given in (down, across):
        some = given[~np.isnan(given)]
        if not np.all(np.isin(some, np.arange(1, levels + 1))):
            raise ValueError(f"A level is no whole number from 1 to {levels}. Check the levels.")
    cells = (down[both] - 1) * levels + across[both] - 1
    counts = np.bincount(cells.astype(np.int64), minlength=levels**2)
    return counts.reshape(levels, levels), int(both.size - both.sum())


def kappa_of(tables: ArrayLike, weighting: Weighting) -> Floats:
    """Kappa of each cross-table of (..., levels, levels); NaN where only one level is in use."""
    p, weights = _shares(tables), _weights(floats(tables).shape[-1], weighting)
    seen = np.sum(weights * p, axis=(-2, -1))
    by_chance = _by_chance(p, weights)
    # All on one level leaves chance nothing to miss; rounding can leave it a hair.
    left = np.where(_levels_in_use(p) > 1, 1 - by_chance, np.nan)
    return (seen - by_chance) / left


def error_of(tables: ArrayLike, weighting: Weighting) -> Floats:
    """Asymptotic standard error of each kappa; NaN where there is no kappa.

    Source:
        Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72, 323-327, formula 14.
    """
    counts = floats(tables)
    p, weights = _shares(counts), _weights(counts.shape[-1], weighting)
    value, by_chance = kappa_of(counts, weighting), _by_chance(p, weights)
    miss = (1 - value)[..., None]
    # The mean weight that each first, and each second, level meets in the other reading.
    met_by_first = np.einsum("ij,...j->...i", weights, p.sum(axis=-2)) * miss
    met_by_second = np.einsum("ij,...i->...j", weights, p.sum(axis=-1)) * miss
    off = weights - met_by_first[..., :, None] - met_by_second[..., None, :]
    spread = np.sum(p * off**2, axis=(-2, -1)) - (value - by_chance * (1 - value)) ** 2
    # At complete agreement nothing is left, but for what rounding leaves on either side of 0.
    complete = np.trace(counts, axis1=-2, axis2=-1) == counts.sum(axis=(-2, -1))
    spread = np.where(complete, 0.0, np.maximum(spread, 0))
    left = np.where(np.isnan(value), np.nan, 1 - by_chance)
    return np.sqrt(spread / np.maximum(counts.sum(axis=(-2, -1)), 1)) / left


def spearman(table: ArrayLike) -> float:
    """Spearman's rank correlation with ties averaged; NaN where one reading never varies."""
    counts = floats(table)
    down, across = (_average_ranks(counts.sum(axis=axis)) for axis in (1, 0))
    total, mean = counts.sum(), (counts.sum() + 1) / 2
    together = np.sum(counts * np.outer(down - mean, across - mean))
    spreads = [np.sum(counts.sum(axis=1) * (down - mean) ** 2)]
    spreads.append(np.sum(counts.sum(axis=0) * (across - mean) ** 2))
    product = float(np.sqrt(spreads[0]) * np.sqrt(spreads[1]))
    return float(together) / product if total and product else float("nan")


def kendall(table: ArrayLike) -> float:
    """Kendall's tau-b; NaN where one reading never varies."""
    counts = floats(table)
    same_way, other_way = _beyond(counts), _beyond(counts[:, ::-1])[:, ::-1]
    balance = float(np.sum(counts * (same_way - other_way)))
    pairs = counts.sum() ** 2
    untied = [float(pairs - np.sum(counts.sum(axis=axis) ** 2)) for axis in (1, 0)]
    product = float(np.sqrt(untied[0]) * np.sqrt(untied[1]))
    return 2 * balance / product if product else float("nan")


def _beyond(counts: Floats) -> Floats:
    """For each cell, how many units lie further down and further across."""
    after = np.cumsum(np.cumsum(counts[::-1, ::-1], axis=0), axis=1)[::-1, ::-1]
    return np.pad(after[1:, 1:], ((0, 1), (0, 1)))


def _average_ranks(totals: Floats) -> Floats:
    return np.cumsum(totals) - (totals - 1) / 2


def _shares(tables: ArrayLike) -> Floats:
    counts = floats(tables)
    totals = counts.sum(axis=(-2, -1), keepdims=True)
    return counts / np.where(totals > 0, totals, np.nan)


def _weights(levels: int, weighting: Weighting) -> Floats:
    apart = np.abs(np.subtract.outer(np.arange(levels), np.arange(levels)))
    if weighting is Weighting.UNWEIGHTED:
        return (apart == 0).astype(np.float64)
    share = apart / max(levels - 1, 1)
    return 1 - (share if weighting is Weighting.LINEAR else share**2)


def _by_chance(p: Floats, weights: Floats) -> Floats:
    return np.einsum("...i,ij,...j->...", p.sum(axis=-1), weights, p.sum(axis=-2))


def _levels_in_use(p: Floats) -> Whole:
    return np.sum(p.sum(axis=-1) + p.sum(axis=-2) > 0, axis=-1)


def _exact(table: Whole) -> Share:
    same, pairs = int(np.trace(table)), int(table.sum())
    limits = wilson(same, pairs, CONFIDENCE)
    return Share(same, pairs, same / pairs, float(limits.low), float(limits.high))


def _gap(table: Whole) -> Gap:
    apart = np.subtract.outer(np.arange(len(table)), np.arange(len(table)))
    return Gap(
        higher=int(table[apart > 0].sum()),
        same=int(table[apart == 0].sum()),
        lower=int(table[apart < 0].sum()),
        mean=float(np.sum(table * apart) / table.sum()),
    )


def _refusal(table: Whole, left_out: int) -> TooLittleToSay | None:
    used = [int(np.count_nonzero(table.sum(axis=axis))) for axis in (1, 0)]
    if min(used) > 1:
        return None
    one = max(used) == 1 and bool(np.trace(table))
    return TooLittleToSay(
        NoAgreement.ONE_LEVEL if one else NoAgreement.ONE_SIDED, int(table.sum()), left_out
    )


def _number(value: float, table: Whole, left_out: int) -> float | TooLittleToSay:
    return _refusal(table, left_out) or value


def _kappa(
    table: Whole, left_out: int, weighting: Weighting, again: Whole
) -> Kappa | TooLittleToSay:
    if refusal := _refusal(table, left_out):
        return refusal
    value, error = float(kappa_of(table, weighting)), float(error_of(table, weighting))
    return Kappa(weighting, value, error, _interval(table, left_out, kappa_of(again, weighting)))


def _interval(table: Whole, left_out: int, kappas: Floats) -> Interval | TooLittleToSay:
    pairs, found = int(table.sum()), kappas[~np.isnan(kappas)]
    if np.trace(table) == pairs:
        return TooLittleToSay(NoAgreement.NO_DISAGREEMENT, pairs, left_out)
    if not found.size or found.size < LEAST_SHARE_OF_REPEATS * kappas.size:
        return TooLittleToSay(NoAgreement.TOO_FEW_REPEATS, pairs, left_out)
    outside = (1 - CONFIDENCE) / 2
    low, high = np.quantile(found, (outside, 1 - outside))
    return Interval(float(low), float(high), int(found.size))
