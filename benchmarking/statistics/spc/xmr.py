"""XmR charts of many series at once, with the signals and icons of Making Data Count."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from benchmarking.polarity import Polarity
from benchmarking.statistics.arrays import Floats, Whole, floats
from benchmarking.statistics.spc import icons
from benchmarking.statistics.spc.charts import XmrCharts
from benchmarking.statistics.spc.limits import ProcessLimits, process_limits
from benchmarking.statistics.spc.presets import MAKING_DATA_COUNT
from benchmarking.statistics.spc.rules import Rules
from benchmarking.statistics.spc.segments import Segments, breaks_at, cut
from benchmarking.statistics.spc.signals import signals

# Beyond this the limits could leave what a float can hold.
LARGEST = 1e300

_UPWARDS = {Polarity.HIGHER_IS_BETTER: 1, Polarity.LOWER_IS_BETTER: -1, Polarity.NEUTRAL: 0}


def xmr(
    values: ArrayLike,
    *,
    rules: Rules = MAKING_DATA_COUNT,
    polarity: Polarity | Sequence[Polarity] = Polarity.NEUTRAL,
    targets: ArrayLike | None = None,
    baseline: int | Sequence[int | None] | None = None,
    rebase: Sequence[Sequence[int]] | None = None,
) -> XmrCharts:
    """Lines, signals and icons of every series.

    A month without a figure is passed over: the months on either side of it count as next to
    each other, unless ``rules.gaps_break``. Infinite figures, and those beyond 1e300, count as
    none. Each rebase group has its own lines, and no rule runs from one into the next. A group
    with fewer points than the rules ask for, be it the last or an earlier one, has only its
    mean: no limits and no signals.

    The variation icon is about the latest point. The assurance icon sets the target of the
    latest point's month against the limits of the last group; a target on a limit is hit or
    miss. But where every point of the last group is the target itself, such as 100% month
    after month, it is consistently passing: nothing was left to chance.

    Args:
        values: (series, points), or one series; in order of time, NaN or None without a figure.
        rules: how many points make a signal, and what the limits are made of.
        polarity: whether higher or lower is better; one for all series, or one for each.
        targets: one number, one for each series, or one for each point; in the unit of the
            values, NaN where there is none.
        baseline: how many points make the limits of each rebase group, from its first; None
            for all. One for all series, or one for each. Months without a figure count where
            they break runs.
        rebase: for each series, the places of the points, from 0, at which its lines begin
            anew; not necessarily in order.

    Raises:
        ValueError: the arguments are not of one size, or a baseline or place is impossible.

    Source:
        NHS England, Making Data Count; its rules as the package NHSRplotthedots 0.2.2 has them.
    """
    figures = _figures(values)
    series = len(figures)
    polarities = _polarities(polarity, series)
    upwards = np.array([_UPWARDS[one] for one in polarities], dtype=np.int64)
    goals = _goals(targets, figures.shape, one_series=np.ndim(values) < 2)
    pieces = cut(figures, breaks_at(rebase, figures.shape), keep_gaps=rules.gaps_break)
    lines = process_limits(pieces.values, _baselines(baseline, series)[pieces.series], rules)
    found, sides = signals(pieces.values, lines, rules, upwards[pieces.series])
    signal, side = pieces.unpacked(found), pieces.unpacked(sides)
    judgement = icons.judgements(side, upwards[:, None])
    made_from, drawn = lines.made_from[pieces.last], lines.drawn[pieces.last]
    now = _latest(pieces)
    beyond = (figures - goals) * upwards[:, None]
    return XmrCharts(
        value=figures,
        centre=lines.centre[pieces.row],
        low=lines.low[pieces.row],
        high=lines.high[pieces.row],
        near_low=lines.near_low[pieces.row],
        near_high=lines.near_high[pieces.row],
        signal=signal,
        side=side,
        judgement=judgement,
        target=goals,
        met=(beyond >= 0) & (upwards[:, None] != 0),
        missed=beyond < 0,
        group=pieces.group,
        variation=icons.variation(_at(judgement, now), _at(side, now), made_from, drawn),
        assurance=_assurance(pieces, lines, _at(goals, now), upwards),
        made_from=made_from,
        polarity=polarities,
        rules=rules,
    )


def _figures(values: ArrayLike) -> Floats:
    """The values as (series, points), with NaN for whatever is no figure to work with."""
    given = np.atleast_2d(floats(values))
    if given.ndim > 2:
        raise ValueError("The values have more than two dimensions. Give series by points.")
    return np.where(np.abs(given) <= LARGEST, given, np.nan)


def _goals(targets: ArrayLike | None, shape: tuple[int, int], *, one_series: bool) -> Floats:
    """The target of every point, NaN where there is none."""
    given = floats(np.nan if targets is None else targets)
    if given.ndim == 1 and not one_series:
        given = given[:, None]
    try:
        goals = np.broadcast_to(given, shape)
    except ValueError as wrong:
        raise ValueError(
            f"Targets of shape {given.shape} do not fit {shape[0]} series of {shape[1]} points. "
            f"Give one, one for each series, or one for each point."
        ) from wrong
    return np.where(np.abs(goals) <= LARGEST, goals, np.nan)


def _polarities(given: Polarity | Sequence[Polarity], series: int) -> tuple[Polarity, ...]:
    each = (given,) * series if isinstance(given, Polarity) else tuple(given)
    _check_number(len(each), series, "polarities")
    return each


def _baselines(given: int | Sequence[int | None] | None, series: int) -> Floats:
    """How many points of each series make its limits; infinite for all of them."""
    each = given if isinstance(given, Sequence) else (given,) * series
    _check_number(len(each), series, "baselines")
    counts = floats([np.inf if one is None else one for one in each])
    if np.any(counts < 1):
        raise ValueError("A baseline has no points. Give 1 or more, or None for all.")
    return counts


def _check_number(given: int, series: int, what: str) -> None:
    if given != series:
        raise ValueError(f"There are {given} {what} for {series} series. Give one for each.")


def _latest(pieces: Segments) -> Whole:
    """The place of each series' latest figure in its last group, -1 where it has none there."""
    among = pieces.present & (pieces.row == pieces.last[:, None])
    return np.where(among, np.arange(among.shape[1]), -1).max(axis=1, initial=-1)


def _at(given: np.ndarray, places: Whole) -> np.ndarray:
    """What each series has at its place; anything where there is none, which nobody then uses."""
    if given.shape[1] == 0:
        return np.zeros(len(given), dtype=given.dtype)
    return given[np.arange(len(given)), places]


def _assurance(pieces: Segments, lines: ProcessLimits, target: Floats, upwards: Whole) -> Whole:
    last = pieces.last
    codes = icons.assurance(
        target, lines.low[last], lines.high[last], upwards, lines.made_from[last]
    )
    rows = pieces.values[last]
    always_met = np.all(np.isnan(rows) | (rows == target[:, None]), axis=1)
    certain = always_met & (codes == icons.Assurance.HIT_OR_MISS)
    return np.where(certain, icons.Assurance.PASSING, codes)
