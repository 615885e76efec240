"""XmR charts again, slowly and from the rules as they are written down: one point at a time.

Means are exact fractions. Nothing here is shared with the package.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import isfinite

from benchmarking.statistics.spc import Rules


@dataclass
class Slow:
    """One series; ``better`` is 1, -1 or 0. Lines are None where there are none."""

    values: list[float]
    rules: Rules
    better: int = 0
    target: float | None = None
    baseline: int | None = None
    rebase: set[int] = field(default_factory=set)

    def present(self, place: int) -> bool:
        return isfinite(self.values[place])

    def groups(self) -> list[list[int]]:
        """The places of each group; months without a figure among them only where they break."""
        found: list[list[int]] = [[]]
        for place in range(len(self.values)):
            if place in self.rebase and place > 0:
                found.append([])
            if self.present(place) or self.rules.gaps_break:
                found[-1].append(place)
        return found

    def lines(self, group: list[int]) -> tuple[float | None, float | None, float | None, int]:
        """Mean, lower and upper limit, and how many points they are made from."""
        base = group if self.baseline is None else group[: self.baseline]
        numbers = [Fraction(self.values[place]) for place in base if self.present(place)]
        if not numbers:
            return None, None, None, 0
        mean = float(sum(numbers) / len(numbers))
        ranges = [
            abs(self.values[after] - self.values[before])
            for before, after in pairwise(base)
            if self.present(before) and self.present(after)
        ]
        if len(ranges) + 1 < self.rules.least_points:
            return mean, None, None, len(ranges) + 1
        width = average(ranges)
        if self.rules.screening:
            kept = [size for size in ranges if size < 3.267 * width]
            width = average(kept) if kept else 0.0
        return mean, mean - 2.66 * width, mean + 2.66 * width, len(ranges) + 1

    def signals(self) -> list[tuple[str, int]]:
        """The name of each point's signal, and its side."""
        found = [("NONE", 0)] * len(self.values)
        for group in self.groups():
            mean, low, high, _ = self.lines(group)
            if mean is None or low is None or high is None:
                continue
            near = (high - mean) * 2 / 3
            of_group = [self.values[place] for place in group]
            for at, place in enumerate(group):
                if self.present(place):
                    found[place] = self.chosen(of_group, at, mean, (low, high), near)
        return found

    def chosen(
        self, values: list[float], at: int, mean: float, limits: tuple[float, float], near: float
    ) -> tuple[str, int]:
        side = (values[at] > mean) - (values[at] < mean)
        hits = []
        if is_outside(values[at], limits):
            hits.append(("OUTSIDE", side))
        if direction := trend_at(values, at, self.rules.trend):
            hits.append(("TREND", direction))
        if self.rules.two_of_three and in_two_of_three(values, at, mean, limits, near):
            hits.append(("TWO_OF_THREE", side))
        if in_shift(values, at, mean, self.rules.shift):
            hits.append(("SHIFT", side))
        if self.rules.improvement_first and self.better:
            hits.sort(key=lambda hit: hit[1] != self.better)
        return hits[0] if hits else ("NONE", 0)

    def latest(self) -> int | None:
        places = [place for place in self.groups()[-1] if self.present(place)]
        return places[-1] if places else None

    def variation(self) -> str:
        *_, low, _, made_from = self.lines(self.groups()[-1])
        latest = self.latest()
        if made_from == 0 or latest is None:
            return "NO_POINTS"
        if low is None:
            return "TOO_FEW_POINTS"
        _, side = self.signals()[latest]
        if side == 0:
            return "COMMON_CAUSE"
        height = "HIGH" if side > 0 else "LOW"
        if self.better == 0:
            return f"NEUTRAL_{height}"
        return f"{'IMPROVEMENT' if side == self.better else 'CONCERN'}_{height}"

    def assurance(self) -> str:
        group = self.groups()[-1]
        _, low, high, made_from = self.lines(group)
        if made_from == 0:
            return "NO_POINTS"
        if self.target is None:
            return "NO_TARGET"
        if self.better == 0:
            return "NO_GOOD_SIDE"
        if low is None or high is None:
            return "TOO_FEW_POINTS"
        return self.judged(self.target, low, high, [self.values[place] for place in group])

    def judged(self, target: float, low: float, high: float, values: list[float]) -> str:
        if all(value == target for value in values if isfinite(value)):
            return "PASSING"
        if low <= target <= high:
            return "HIT_OR_MISS"
        return "PASSING" if (target < low) == (self.better > 0) else "FAILING"

    def is_clear(self) -> bool:
        """Whether no figure is so near a line that rounding decides on which side it lies.

        Lying on the mean or a limit is clear: both ways of reckoning reach the same float.
        """
        for group in self.groups():
            mean, low, high, _ = self.lines(group)
            if mean is None or low is None or high is None:
                continue
            near = (high - mean) * 2 / 3
            asked = [self.values[place] for place in group if self.present(place)]
            asked += [] if self.target is None else [self.target]
            gaps = [abs(value - line) for value in asked for line in (low, mean, high)]
            close = [abs(abs(value - mean) - near) for value in asked if near]
            if any(0 < gap < 1e-9 for gap in gaps) or any(gap < 1e-9 for gap in close):
                return False
        return True


def average(numbers: list[float]) -> float:
    return float(sum(map(Fraction, numbers)) / len(numbers))


def is_outside(value: float, limits: tuple[float, float]) -> bool:
    return value < limits[0] or value > limits[1]


def windows(values: list[float], at: int, length: int) -> list[list[float]]:
    """Every stretch of so many months that holds the place and has no month without a figure."""
    starts = range(max(at - length + 1, 0), min(at, len(values) - length) + 1)
    found = [values[start : start + length] for start in starts]
    return [window for window in found if all(map(isfinite, window))]


def in_shift(values: list[float], at: int, mean: float, length: int) -> bool:
    return any(
        all(value > mean for value in window) or all(value < mean for value in window)
        for window in windows(values, at, length)
    )


def trend_at(values: list[float], at: int, length: int) -> int:
    """The direction of the last trend that holds the place, 0 without one."""
    found = 0
    for window in windows(values, at, length):
        steps = [after - before for before, after in pairwise(window)]
        if all(step > 0 for step in steps):
            found = 1
        elif all(step < 0 for step in steps):
            found = -1
    return found


def in_two_of_three(
    values: list[float], at: int, mean: float, limits: tuple[float, float], near: float
) -> bool:
    def is_close(value: float) -> bool:
        return abs(value - mean) > near and not is_outside(value, limits)

    if not is_close(values[at]):
        return False
    return any(
        sum(map(is_close, window)) >= 2
        and (all(value > mean for value in window) or all(value < mean for value in window))
        for window in windows(values, at, 3)
    )
