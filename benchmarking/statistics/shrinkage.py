"""Rates and shares drawn towards their group's, the more the fewer events stand behind them.

A figure made of a few events says little by itself; what is usual in the group says more. The
shrunken figure weighs the two, and states the weight. It stands beside the raw one, never
instead of it.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.peers import allows_summary
from benchmarking.statistics.arrays import Flags, Floats, floats
from benchmarking.statistics.ordinal import TooFewPeers

# A group says at least as much as half an event seen and (for shares) half an event not seen:
# what Jeffreys's prior says of a unit about which nothing is known.
LEAST_EVENTS = 0.5
# No count of anything in the health service comes near the one or the other.
_LARGEST, _SMALLEST = 1e15, 1e-9


class NoFigure(StrEnum):
    """Why a unit has no rate or share."""

    MISSING = "there is no figure"
    NOTHING_AT_RISK = "there was nothing to divide by"
    IMPOSSIBLE = "its counts cannot be right"


@dataclass(frozen=True)
class Prior:
    """What a group says about one of its units, before that unit's own counts are looked at.

    ``mean`` is the pooled rate or share, ``variance`` that of the true figures from unit to
    unit, and ``worth`` the exposure (for shares: the number of cases) that the group counts
    for; infinite where the figures differ no more than chance makes them.
    """

    mean: float
    variance: float
    worth: float
    units: int


@dataclass(frozen=True)
class Shrunken:
    """A raw figure, the same drawn towards its group's, and what its own counts weigh in that.

    ``own_weight`` is 1 where the group adds nothing, and 0 where it says everything.
    """

    raw: float
    shrunken: float
    own_weight: float


@dataclass(frozen=True)
class Shrinkage:
    """Shrunken figures of a group, one for each unit in the order given, or why there is none.

    ``mean`` is the group's pooled figure and ``spread`` the standard deviation of the true
    figures from unit to unit, both in the units of the figures; ``units`` counts those that
    have a figure.
    """

    mean: float
    spread: float
    units: int
    figures: tuple[Shrunken | NoFigure, ...]


def shrunken_rates(
    events: ArrayLike, exposure: ArrayLike, per: float = 1.0
) -> Shrinkage | TooFewPeers:
    """Rates of events per exposure, each drawn towards the group's pooled rate.

    Args:
        events: counts, one for each unit; NaN where there is none.
        exposure: what each was at risk of them, in any one unit; an expected number gives
            shrunken ratios of observed to expected.
        per: the factor of the rate, such as 1,000 staff.

    Returns:
        None below 0. Too few where fewer than six units (one and five others) have a rate.

    Source:
        Marshall (1991), Applied Statistics 40, 283-294: gamma-distributed true rates, fitted by
        their pooled mean and moments; the posterior mean is the shrunken rate. See ``prior``.
    """
    return _shrunken(floats(events), floats(exposure), per, is_share=False)


def shrunken_shares(
    events: ArrayLike, out_of: ArrayLike, per: float = 1.0
) -> Shrinkage | TooFewPeers:
    """Shares of a whole, each drawn towards the group's pooled share.

    Args:
        events: counts, one for each unit, each a part of its whole; NaN where there is none.
        out_of: the whole.
        per: 100 for per cent.

    Returns:
        All from 0 to ``per``. Too few where fewer than six units (one and five others) have a
        share.

    Source:
        Martuzzi and Elliott (1996), Statistics in Medicine 15, 1867-1873: the same for shares,
        with beta-distributed true shares. See ``prior``.
    """
    return _shrunken(floats(events), floats(out_of), per, is_share=True)


def prior(counts: Floats, sizes: Floats, *, is_share: bool) -> Prior:
    """What a group says about one of its units.

    Args:
        counts: events of each unit, none missing.
        sizes: exposure or whole of each, none 0.
        is_share: whether the counts are parts of their wholes.

    Source:
        Kleinman (1973), Journal of the American Statistical Association 68, 46-54, with the
        sizes as weights: the squared distances from the pooled mean, less what chance gives,
        divided by how often the true variance is in them. For rates the same equation with
        the variance of a Poisson count, as DerSimonian and Laird (1986) solve it. Both allow
        for the mean being estimated, which Marshall's own moments do not.
    """
    units, total = counts.size, float(sizes.sum())
    mean = min(float(counts.sum()) / total, 1.0 if is_share else np.inf)
    chance = mean * (1 - mean) if is_share else mean
    excess = float(np.sum(sizes * (counts / sizes - mean) ** 2)) - (units - 1) * chance
    room = total - float(np.sum(sizes**2)) / total - (units - 1 if is_share else 0)
    # Wholes of one case each leave no room: chance and true differences look alike in them.
    variance = excess / room if excess > 0 and room > 1e-9 * total else 0.0
    if variance == 0 or chance == 0:
        return Prior(mean, 0.0, np.inf, units)
    rarer = min(mean, 1 - mean) if is_share else mean
    worth = chance / variance - (1 if is_share else 0)
    return Prior(mean, variance, max(worth, LEAST_EVENTS / rarer), units)


def gaps(counts: Floats, sizes: Floats, *, is_share: bool) -> tuple[NoFigure | None, ...]:
    """Why each unit has no figure; None where it has one."""
    reasons = (
        (NoFigure.MISSING, np.isnan(counts) | np.isnan(sizes)),
        (NoFigure.IMPOSSIBLE, _impossible(counts, sizes, is_share=is_share)),
        (NoFigure.NOTHING_AT_RISK, sizes == 0),
    )
    return tuple(
        next((reason for reason, holds in reasons if holds[unit]), None)
        for unit in range(counts.size)
    )


def _impossible(counts: Floats, sizes: Floats, *, is_share: bool) -> Flags:
    beyond = (counts < 0) | (counts > _LARGEST) | (sizes < 0) | (sizes > _LARGEST)
    next_to_nothing = (sizes > 0) & (sizes < _SMALLEST)
    return beyond | next_to_nothing | ((counts > sizes) & is_share)


def _shrunken(
    counts: Floats, sizes: Floats, per: float, *, is_share: bool
) -> Shrinkage | TooFewPeers:
    why = gaps(counts, sizes, is_share=is_share)
    known = np.array([gap is None for gap in why], dtype=bool)
    others = int(known.sum()) - 1
    if not allows_summary(others):
        return TooFewPeers(max(others, 0))
    group = prior(counts[known], sizes[known], is_share=is_share)
    weights = sizes[known] / (sizes[known] + group.worth)
    raw = counts[known] / sizes[known]
    drawn = group.mean + weights * (raw - group.mean)
    # A last digit of rounding must not carry a share past 0 or 1.
    drawn = np.clip(drawn, np.minimum(raw, group.mean), np.maximum(raw, group.mean))
    made = iter(zip((per * raw).tolist(), (per * drawn).tolist(), weights.tolist(), strict=True))
    return Shrinkage(
        mean=per * group.mean,
        spread=per * float(np.sqrt(group.variance)),
        units=group.units,
        figures=tuple(Shrunken(*next(made)) if gap is None else gap for gap in why),
    )
