"""Points that stand out: outside the limits, in a trend, two of three, in a shift."""

from enum import IntEnum

import numpy as np

from benchmarking.statistics.arrays import Flags, Floats, Whole
from benchmarking.statistics.spc.limits import ProcessLimits
from benchmarking.statistics.spc.rules import Rules


class Signal(IntEnum):
    """Why a point stands out, in the order in which the rules are asked."""

    NONE = 0
    OUTSIDE = 1
    TREND = 2
    TWO_OF_THREE = 3
    SHIFT = 4

    def in_words(self, side: int, rules: Rules) -> str:
        """What is seen, as "below the lower limit"; ``side`` is 1 for high or rising, else -1."""
        high = side > 0
        return {
            Signal.NONE: "nothing unusual",
            Signal.OUTSIDE: "above the upper limit" if high else "below the lower limit",
            Signal.TREND: f"one of {rules.trend} or more in a row that {_rise(high)}",
            Signal.TWO_OF_THREE: f"one of two in three close to the {_limit(high)} limit",
            Signal.SHIFT: f"one of {rules.shift} or more in a row {_above(high)} the mean",
        }[self]


def _rise(high: bool) -> str:
    return "rise" if high else "fall"


def _limit(high: bool) -> str:
    return "upper" if high else "lower"


def _above(high: bool) -> str:
    return "above" if high else "below"


def signals(
    rows: Floats, limits: ProcessLimits, rules: Rules, upwards: Whole
) -> tuple[Whole, Whole]:
    """Codes of ``Signal`` and the side of each, both (rows, points); rows without limits have none.

    The side is 1 for high or rising and -1 for low or falling. A point that is both the last
    of one trend and the first of another goes with the later.

    Args:
        rows: (rows, points); NaN where there is no figure.
        limits: the lines of the rows.
        rules: how many points make a signal, and which of several is shown.
        upwards: (rows,); 1 where higher is better, -1 where lower is, 0 where neither.
    """
    side = _sides(rows, limits)
    outside = (rows > limits.high[:, None]) | (rows < limits.low[:, None])
    close = (rows > limits.near_high[:, None]) | (rows < limits.near_low[:, None])
    trend = _trends(rows, rules.trend)
    found = np.stack(
        [
            outside,
            trend != 0,
            two_of_three(close & ~outside, side) if rules.two_of_three else np.zeros_like(outside),
            in_runs(side > 0, rules.shift) | in_runs(side < 0, rules.shift),
        ]
    )
    found &= limits.drawn[:, None]
    sides = np.stack([side, trend, side, side])
    return _chosen(found, sides, upwards if rules.improvement_first else None)


def _chosen(found: Flags, sides: Whole, upwards: Whole | None) -> tuple[Whole, Whole]:
    """The first rule that holds at each point; the first of an improvement where asked for."""
    first = found.argmax(axis=0)
    if upwards is not None:
        improves = found & (sides * upwards[:, None] > 0)
        first = np.where(improves.any(axis=0), improves.argmax(axis=0), first)
    some = found.any(axis=0)
    side = np.take_along_axis(sides, first[None], axis=0)[0]
    return np.where(some, first + 1, Signal.NONE), np.where(some, side, 0)


def _sides(rows: Floats, limits: ProcessLimits) -> Whole:
    centre = limits.centre[:, None]
    return (rows > centre).astype(np.int64) - (rows < centre)


def in_runs(flags: Flags, length: int) -> Flags:
    """Which flags of each row are among ``length`` or more in a row that are set."""
    found = np.zeros_like(flags)
    starts = flags.shape[1] - length + 1
    if starts > 0:
        whole = np.logical_and.reduce([flags[:, at : at + starts] for at in range(length)])
        for at in range(length):
            found[:, at : at + starts] |= whole
    return found


def _trends(rows: Floats, points: int) -> Whole:
    """1 where a point is one of so many in a row that rise, -1 that fall, else 0; ties end both."""
    steps = np.diff(rows, axis=1)
    rising = _ends_of(in_runs(steps > 0, points - 1))
    falling = _ends_of(in_runs(steps < 0, points - 1))
    onwards = np.zeros(rows.shape, dtype=np.int64)
    onwards[:, :-1] = (steps > 0).astype(np.int64) - (steps < 0)
    return np.where(rising & falling, onwards, rising.astype(np.int64) - falling)


def _ends_of(steps: Flags) -> Flags:
    """The points on either end of steps."""
    outer = np.zeros((len(steps), 1), dtype=np.bool_)
    return np.hstack([steps, outer]) | np.hstack([outer, steps])


def two_of_three(close: Flags, side: Whole) -> Flags:
    """Which close points share three in a row with another, all three on one side of the mean."""
    found = np.zeros_like(close)
    starts = close.shape[1] - 2
    if starts <= 0:
        return found
    at_least_two = sum(close[:, at : at + starts].astype(np.int64) for at in range(3)) >= 2
    one_side = np.abs(sum(side[:, at : at + starts] for at in range(3))) == 3
    for at in range(3):
        found[:, at : at + starts] |= at_least_two & one_side
    return found & close
