"""Ranks, and how far chance alone could move them.

Ranks count from 1, the lowest figure. Neither end is the better one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.peers import allows_quartiles, allows_summary
from benchmarking.statistics.arrays import Floats, Whole, floats
from benchmarking.statistics.intervals import CONFIDENCE
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.shrinkage import NoFigure, Prior, gaps, prior

# 10,000 draws leave a probability a standard error of at most half a per cent.
DRAWS = 10_000
SEED = 2014
# Ten times the trusts there are. The table of units by ranks grows with the square.
MOST_UNITS = 2_000
# A group worth so many events differs by chance alone, as far as can be computed.
_ALIKE = 1e9
_NUMBERS_AT_ONCE = 500_000
# The most that may lie beyond either limit, and what rounding makes of it.
_TAIL = (1 - CONFIDENCE) / 2 + 1e-12


@dataclass(frozen=True, eq=False)
class Ranks:
    """Ranks from the lowest value, NaN where there is no value.

    Equal values share a rank: in ``lowest`` that of the first of them, in ``average`` the
    middle of theirs. ``at_or_below`` is the share of all values that are not higher.
    """

    lowest: Floats
    average: Floats
    at_or_below: Floats


@dataclass(frozen=True)
class Place:
    """A unit's rank among ``units``, and where its rank could lie if chance is allowed for.

    ``rank`` is that of the figure as it stands, ties in the middle. ``low`` to ``high`` hold
    the rank of the true figure with 95% probability, ``expected`` is its mean: an extreme
    figure made of few events lies outside them. ``lowest_quarter`` and ``highest_quarter`` are
    the probabilities that the true figure is among the lowest, or the highest, quarter of the
    units; None where these are too few for quarters.
    """

    rank: float
    low: int
    high: int
    expected: float
    lowest_quarter: float | None
    highest_quarter: float | None
    units: int

    def in_words(self) -> str:
        """The rank with its interval, as "12 of 48 from the lowest, 95% interval 5 to 24"."""
        said = f"{self.rank:g} of {self.units} from the lowest"
        return f"{said}, {CONFIDENCE:.0%} interval {self.low} to {self.high}"


Places = tuple[Place | NoFigure, ...] | TooFewPeers


def ranks(values: ArrayLike) -> Ranks:
    """The ranks of values from the lowest, with ties, and the shares at or below each.

    Args:
        values: any shape; the last axis is what is ranked, NaN where there is no value.
    """
    given = floats(values)
    order = np.argsort(given, axis=-1, kind="stable")
    ordered = np.take_along_axis(given, order, axis=-1)
    places = np.broadcast_to(np.arange(given.shape[-1]), given.shape)
    # NaN, at the end, equals nothing, so that each is a run of its own.
    begins = np.ones(given.shape, dtype=bool)
    begins[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    first = np.maximum.accumulate(np.where(begins, places, 0), axis=-1)
    ends = np.roll(begins, -1, axis=-1)
    backwards = np.where(ends, places, given.shape[-1])[..., ::-1]
    last = np.minimum.accumulate(backwards, axis=-1)[..., ::-1]
    known = np.maximum(np.sum(~np.isnan(given), axis=-1, keepdims=True), 1)
    missing = np.isnan(ordered)

    def back(found: Floats) -> Floats:
        placed = np.empty(given.shape)
        np.put_along_axis(placed, order, np.where(missing, np.nan, found), axis=-1)
        return placed

    return Ranks(back(first + 1.0), back((first + last) / 2 + 1), back((last + 1) / known))


def places_of_rates(
    events: ArrayLike, exposure: ArrayLike, *, draws: int = DRAWS, seed: int = SEED
) -> Places:
    """Where each unit ranks by its rate, with an interval and the chances of the outer quarters.

    Args:
        events: counts, one for each unit; NaN where there is none.
        exposure: what each was at risk of them, in any one unit.
        draws: how often the true rates are drawn; the work grows with it.
        seed: of the draws. The same counts give the same places, in whatever order they come,
            and units with the same counts the same place.

    Returns:
        One place for each unit in the order given, or why it has none. Too few where fewer
        than six units (one and five others) have a rate; no quarters where fewer than nine.

    Raises:
        ValueError: more units than ``MOST_UNITS``, or no draws.

    Source:
        Goldstein and Spiegelhalter (1996), Journal of the Royal Statistical Society A 159,
        385-443, and Marshall and Spiegelhalter (1998), BMJ 316, 1701-1704: the true figures
        are drawn from their posterior distributions, and ranked in each draw. The posteriors
        are those of ``shrunken_rates``. Drawing from each unit's own counts alone gives
        intervals that are too short (of 95%, 80 to 90% hold where units differ little), and
        finds somebody in the lowest quarter where nobody is. Expected rank: Lingsma and others
        (2009), BMC Medical Research Methodology 9, 53.
    """
    return _places(floats(events), floats(exposure), draws, seed, is_share=False)


def places_of_shares(
    events: ArrayLike, out_of: ArrayLike, *, draws: int = DRAWS, seed: int = SEED
) -> Places:
    """Where each unit ranks by its share; all as ``places_of_rates``, from ``shrunken_shares``.

    Args:
        events: counts, one for each unit, each a part of its whole; NaN where there is none.
        out_of: the whole.
        draws: how often the true shares are drawn.
        seed: of the draws.

    Raises:
        ValueError: more units than ``MOST_UNITS``, or no draws.
    """
    return _places(floats(events), floats(out_of), draws, seed, is_share=True)


def outer_quarter(units: int) -> int:
    """How many of so many units are the lowest quarter, or the highest: rounded up.

    So many as ``quantile_group`` puts in the first of four parts.
    """
    return -(-units // 4)


def _places(counts: Floats, sizes: Floats, draws: int, seed: int, *, is_share: bool) -> Places:
    if draws < 1:
        raise ValueError(f"{draws} draws show nothing. Ask for 1,000 or more.")
    if counts.size > MOST_UNITS:
        raise ValueError(f"{counts.size:,} units are too many. Rank {MOST_UNITS:,} or fewer.")
    why = gaps(counts, sizes, is_share=is_share)
    known = np.array([gap is None for gap in why], dtype=bool)
    others = int(known.sum()) - 1
    if not allows_summary(others):
        return TooFewPeers(max(others, 0))
    # In an order of their own, not the caller's, each unit always meets the same draws.
    counts, sizes = counts[known], sizes[known]
    order = np.lexsort((sizes, counts))
    group = prior(counts, sizes, is_share=is_share)
    table = _simulated(counts[order], sizes[order], group, draws, seed, is_share=is_share)
    table = _shared(table, counts[order], sizes[order])
    made = dict(zip(order.tolist(), _read(table), strict=True))
    raw = ranks(counts / sizes).average.tolist()
    found = iter([Place(rank, *made[unit], len(raw)) for unit, rank in enumerate(raw)])
    return tuple(next(found) if gap is None else gap for gap in why)


def _simulated(
    counts: Floats, sizes: Floats, group: Prior, draws: int, seed: int, *, is_share: bool
) -> Whole:
    """How often each unit (row) had each rank (column)."""
    units = counts.size
    rarer = min(group.mean, 1 - group.mean) if is_share else group.mean
    if np.isinf(group.worth) or rarer * group.worth > _ALIKE:
        # Nobody can be told apart: every rank is as likely as any other.
        return np.ones((units, units), dtype=np.int64)
    table = np.zeros(units * units, dtype=np.int64)
    column = np.arange(units)
    for figures in _drawn(counts, sizes, group, draws, seed, is_share=is_share):
        at_rank = np.argsort(figures, axis=-1)
        table += np.bincount((at_rank * units + column).ravel(), minlength=units * units)
    return table.reshape(units, units)


def _drawn(
    counts: Floats, sizes: Floats, group: Prior, draws: int, seed: int, *, is_share: bool
) -> Iterator[Floats]:
    """True figures as they may be, a draw a row, some rows at a time.

    Rates from their gamma distributions. Of shares the odds, which have the same ranks: a
    share very near to 1 would be rounded to it.
    """
    chance = np.random.default_rng(seed)
    rows = max(1, _NUMBERS_AT_ONCE // counts.size)
    seen = group.mean * group.worth + counts
    unseen = (1 - group.mean) * group.worth + sizes - counts
    for start in range(0, draws, rows):
        shape = (min(rows, draws - start), counts.size)
        events = chance.standard_gamma(seen, shape)
        below = chance.standard_gamma(unseen, shape) if is_share else sizes + group.worth
        yield events / below


def _shared(table: Whole, counts: Floats, sizes: Floats) -> Whole:
    """The same table, where units that are the same in everything share what was drawn."""
    differs = (np.diff(counts) != 0) | (np.diff(sizes) != 0)
    starts = np.concatenate([[0], np.flatnonzero(differs) + 1])
    repeats = np.diff(np.append(starts, counts.size))
    return np.repeat(np.add.reduceat(table, starts, axis=0), repeats, axis=0)


def _read(table: Whole) -> Iterator[tuple[int, int, float, float | None, float | None]]:
    """Limits, mean, and chances of the outer quarters, of each row."""
    units = table.shape[0]
    up_to = np.cumsum(table, axis=1) / np.sum(table, axis=1, keepdims=True)
    low = np.sum(up_to <= _TAIL, axis=1) + 1
    high = np.sum(1 - up_to > _TAIL, axis=1) + 1
    # The mean of a rank is how often it is above each.
    expected = units - np.sum(up_to[:, :-1], axis=1)
    quarter = outer_quarter(units)
    lowest, highest = up_to[:, quarter - 1], 1 - up_to[:, units - quarter - 1]
    enough = allows_quartiles(units - 1)
    for row in range(units):
        down = float(lowest[row]) if enough else None
        up = float(highest[row]) if enough else None
        yield int(low[row]), int(high[row]), float(expected[row]), down, up
