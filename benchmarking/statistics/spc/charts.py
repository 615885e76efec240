"""What XmR charts show, as numbers: all series at once, and one of them for a page."""

from dataclasses import dataclass
from math import isnan

from benchmarking.polarity import Polarity
from benchmarking.statistics.arrays import Flags, Floats, Whole
from benchmarking.statistics.spc.icons import Assurance, Judgement, Variation
from benchmarking.statistics.spc.rules import Rules
from benchmarking.statistics.spc.signals import Signal


@dataclass(frozen=True)
class Point:
    """One month of one series. None: no figure, no line or no target there.

    ``side`` is 1 for a high or rising signal, -1 for a low or falling one, 0 without a signal.
    ``met`` is None where there is nothing to meet: no figure, no target or no better side.
    ``group`` counts from 0 and rises where the limits are rebased.
    """

    value: float | None
    centre: float | None
    low: float | None
    high: float | None
    near_low: float | None
    near_high: float | None
    signal: Signal
    side: int
    judgement: Judgement
    target: float | None
    met: bool | None
    group: int


@dataclass(frozen=True)
class XmrChart:
    """One series as it is drawn: its months, its icons, and the rules they come from.

    ``made_from`` is how many points the latest limits rest on, or would if they were enough.
    """

    points: tuple[Point, ...]
    variation: Variation
    assurance: Assurance
    made_from: int
    polarity: Polarity
    rules: Rules

    @property
    def why_no_limits(self) -> str | None:
        """Why the latest months have no limits, as "Too few points: 9 of 13"; None if they have."""
        if self.variation is Variation.NO_POINTS:
            return self.variation.in_words()
        if self.variation is Variation.TOO_FEW_POINTS:
            return f"Too few points: {self.made_from} of {self.rules.least_points}"
        return None

    def variation_in_words(self) -> str:
        """What the variation icon says, or why there is none."""
        return self.why_no_limits or self.variation.in_words()

    def assurance_in_words(self) -> str:
        """What the assurance icon says, or why there is none."""
        if self.assurance is Assurance.TOO_FEW_POINTS and self.why_no_limits:
            return self.why_no_limits
        return self.assurance.in_words()

    def point_in_words(self, place: int) -> str:
        """Why one month stands out, as "above the upper limit"; counted from 0."""
        point = self.points[place]
        if point.value is None:
            return "no figure"
        return point.signal.in_words(point.side, self.rules)


@dataclass(frozen=True, eq=False)
class XmrCharts:
    """All series: arrays of (series, points), and of (series,) from ``variation`` on.

    Figures and lines are in the unit of the values, NaN where there are none. ``signal``,
    ``judgement``, ``variation`` and ``assurance`` hold the codes of their enumerations. ``met``
    and ``missed`` are both False where there is nothing to meet. ``Point`` and ``XmrChart``
    say what each means.
    """

    value: Floats
    centre: Floats
    low: Floats
    high: Floats
    near_low: Floats
    near_high: Floats
    signal: Whole
    side: Whole
    judgement: Whole
    target: Floats
    met: Flags
    missed: Flags
    group: Whole
    variation: Whole
    assurance: Whole
    made_from: Whole
    polarity: tuple[Polarity, ...]
    rules: Rules

    def of(self, series: int) -> XmrChart:
        """One series, counted from 0, without a NaN."""
        return XmrChart(
            points=tuple(self._point(series, place) for place in range(self.value.shape[1])),
            variation=Variation(self.variation[series]),
            assurance=Assurance(self.assurance[series]),
            made_from=int(self.made_from[series]),
            polarity=self.polarity[series],
            rules=self.rules,
        )

    def _point(self, series: int, place: int) -> Point:
        at = (series, place)
        judged = bool(self.met[at] or self.missed[at])
        return Point(
            value=_number(self.value[at]),
            centre=_number(self.centre[at]),
            low=_number(self.low[at]),
            high=_number(self.high[at]),
            near_low=_number(self.near_low[at]),
            near_high=_number(self.near_high[at]),
            signal=Signal(self.signal[at]),
            side=int(self.side[at]),
            judgement=Judgement(self.judgement[at]),
            target=_number(self.target[at]),
            met=bool(self.met[at]) if judged else None,
            group=int(self.group[at]),
        )


def _number(found: float) -> float | None:
    return None if isnan(found) else float(found)
