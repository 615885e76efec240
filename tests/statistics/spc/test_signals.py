"""The rule book: which points stand out. Each row is what follows fourteen quiet points.

The quiet points are +1 and -1 in turn, ending with -1, and alone make the lines: the mean is 0,
the limits are at 5.32 and the near limits at 3.55 to either side.

O is outside the limits, T a trend, 2 two of three, S a shift, and . nothing.
"""

from dataclasses import replace

import numpy as np
import pytest

from benchmarking.polarity import Polarity
from benchmarking.statistics.spc import (
    AS_THE_EXCEL_TOOL,
    MAKING_DATA_COUNT,
    Judgement,
    Point,
    Rules,
    Signal,
    xmr,
)

QUIET = [1.0, -1.0] * 7
LETTERS = {
    Signal.NONE: ".",
    Signal.OUTSIDE: "O",
    Signal.TREND: "T",
    Signal.TWO_OF_THREE: "2",
    Signal.SHIFT: "S",
}


def after(
    points: str,
    rules: Rules = MAKING_DATA_COUNT,
    polarity: Polarity = Polarity.HIGHER_IS_BETTER,
) -> tuple[Point, ...]:
    """The points that follow the quiet ones; ? is a month without a figure."""
    values = [float(given.replace("?", "nan")) for given in points.split()]
    chart = xmr([*QUIET, *values], rules=rules, polarity=polarity, baseline=14).of(0)
    assert not any(point.signal for point in chart.points[:13])
    return chart.points[14:]


def letters(points: tuple[Point, ...]) -> str:
    return "".join(LETTERS[point.signal] for point in points)


def sides(points: tuple[Point, ...]) -> str:
    return "".join("-0+"[point.side + 1] for point in points)


@pytest.mark.parametrize(
    "points, found, why",
    [
        ("5.3 -5.3", "..", "within the limits"),
        ("5.33", "O", "above the upper limit"),
        ("-5.33", "O", "below the lower limit"),
        ("5.32", ".", "a point on the limit is not outside"),
        ("-5.32", ".", "a point on the limit is not outside"),
    ],
)
def test_outside_the_limits(points: str, found: str, why: str):
    assert letters(after(points)) == found, why


@pytest.mark.parametrize(
    "points, found, why",
    [
        ("1 1 1 1 1 1", "......", "six on one side"),
        ("1 1 1 1 1 1 1", "SSSSSSS", "seven on one side"),
        ("1 1 1 1 1 1 1 1", "SSSSSSSS", "eight on one side"),
        ("1 1 1 1 1 1 1 -1", "SSSSSSS.", "the point that ends it is not part of it"),
        ("-1 -1 -1 -1 -1 -1", "SSSSSS", "the last quiet point is the seventh"),
        ("1 1 1 0 1 1 1 1", "........", "a point on the mean breaks it"),
        ("1 1 1 -1 1 1 1 1", "........", "a point on the other side breaks it"),
        ("1 1 1 ? 1 1 1 1", "SSS.SSSS", "a month without a figure is passed over"),
    ],
)
def test_shift(points: str, found: str, why: str):
    assert letters(after(points)) == found, why


@pytest.mark.parametrize(
    "points, found, why",
    [
        ("-2 -1.5 -1 -.5 .5 1", "......", "six points rising"),
        ("-2 -1.5 -1 -.5 .5 1 1.5", "TTTTTTT", "seven points rising"),
        ("-2 -1.5 -1 -.5 .5 1 1.5 0", "TTTTTTT.", "the point that ends it is not part of it"),
        ("2 1.5 1 .5 -.5 -1 -1.5", "TTTTTTT", "seven points falling"),
        ("-2 -1.5 -1 -1 .5 1 1.5 2", "........", "a tie breaks it"),
        ("-2 -1.5 -1 -.5 -.6 .5 1 1.5", "........", "a step back breaks it"),
        ("-2 -1.5 -1 ? -.5 .5 1 1.5", "TTT.TTTT", "a month without a figure is passed over"),
    ],
)
def test_trend(points: str, found: str, why: str):
    assert letters(after(points)) == found, why


@pytest.mark.parametrize(
    "points, found, why",
    [
        ("4 1 4", "2.2", "two of three close to the upper limit; only those two"),
        ("4 4 1", "22.", "the third may come after"),
        ("1 4 4", ".22", "the third may come before"),
        ("-4 -1 -4", "2.2", "close to the lower limit"),
        ("4 4 4", "222", "three of three"),
        ("4 1 1 4", "....", "two of four"),
        ("4 -1 4", "...", "the third is on the other side of the mean"),
        ("4 0 4", "...", "the third is on the mean"),
        ("4 4", "..", "the third is the last quiet point, on the other side"),
        ("-4 -4", "22", "the third is the last quiet point, on the same side"),
        ("4 -4 4", "...", "on opposite sides"),
        ("3.5 1 3.5", "...", "not close enough"),
        ("6 1 4", "O..", "a point outside does not count as close"),
        ("6 4 4", "O22", "but it may be the third"),
        ("4 ? 1 4", "2..2", "a month without a figure is passed over"),
    ],
)
def test_two_of_three(points: str, found: str, why: str):
    assert letters(after(points)) == found, why


@pytest.mark.parametrize(
    "points, found, why",
    [
        ("-2 -1.5 -1 -.5 .5 1 6", "TTTTTTO", "outside comes before trend"),
        ("4 3.9 3.8 3.7 3 2 1", "TTTTTTT", "trend comes before two of three and before shift"),
        ("4 1 4 1 1 1 1", "2S2SSSS", "two of three comes before shift"),
        ("6 1 1 1 1 1 1", "OSSSSSS", "outside comes before shift, and still counts in it"),
    ],
)
def test_the_first_rule_that_applies_is_shown(points: str, found: str, why: str):
    assert letters(after(points)) == found, why


# Sides and judgements.


@pytest.mark.parametrize(
    "points, side, why",
    [
        ("6 -6", "+-", "outside: the limit"),
        ("1 1 1 1 1 1 1", "+++++++", "shift: the side of the mean"),
        ("4 1 4", "+0+", "two of three: the side of the mean"),
        ("4 3.9 3.8 3.7 3 2 1", "-------", "trend: its direction, though all lie above the mean"),
        ("-2 -1 0 1 2 3 3.5 3 2 1 0 -1 -2", "++++++-------", "a peak goes with the later trend"),
        ("-2 -1 0 1 2 3 3.5 -2 -1 0 1 2 3 3.5", "+" * 14, "the end of a trend keeps its own"),
    ],
)
def test_the_side_of_a_signal(points: str, side: str, why: str):
    assert sides(after(points)) == side, why


@pytest.mark.parametrize(
    "polarity, high, low",
    [
        (Polarity.HIGHER_IS_BETTER, Judgement.IMPROVEMENT, Judgement.CONCERN),
        (Polarity.LOWER_IS_BETTER, Judgement.CONCERN, Judgement.IMPROVEMENT),
        (Polarity.NEUTRAL, Judgement.NEUTRAL, Judgement.NEUTRAL),
    ],
)
def test_whether_a_signal_is_good_news(polarity: Polarity, high: Judgement, low: Judgement):
    found = after("6 1 -6", polarity=polarity)
    assert [point.judgement for point in found] == [high, Judgement.NONE, low]


# Settings.


@pytest.mark.parametrize(
    "settings, points, found",
    [
        ({"shift": 6}, "1 1 1 1 1 1", "SSSSSS"),
        ({"shift": 8}, "1 1 1 1 1 1 1", "......."),
        ({"trend": 6}, "-2 -1.5 -1 -.5 .5 1", "TTTTTT"),
        ({"trend": 8}, "-2 -1.5 -1 -.5 .5 1 1.5", "......."),
        ({"two_of_three": False}, "4 1 4", "..."),
        ({"gaps_break": True}, "1 1 1 ? 1 1 1 1", "........"),
        ({"gaps_break": True}, "-2 -1.5 -1 ? -.5 .5 1 1.5", "........"),
        ({"gaps_break": True}, "4 ? 1 4", "...."),
        ({"gaps_break": True}, "? 1 1 1 1 1 1 1", ".SSSSSSS"),
    ],
)
def test_the_rules_can_be_set(settings: dict, points: str, found: str):
    assert letters(after(points, replace(MAKING_DATA_COUNT, **settings))) == found


def test_the_excel_tool_shows_the_improvement_where_a_point_is_both():
    falling_above = "4 3.9 3.8 3.7 3 2 1"
    assert letters(after(falling_above)) == "TTTTTTT"
    assert letters(after(falling_above, AS_THE_EXCEL_TOOL)) == "2222SSS"
    fewer_is_better = after(falling_above, AS_THE_EXCEL_TOOL, Polarity.LOWER_IS_BETTER)
    assert letters(fewer_is_better) == "TTTTTTT"
    no_better_side = after(falling_above, AS_THE_EXCEL_TOOL, Polarity.NEUTRAL)
    assert letters(no_better_side) == "TTTTTTT"


# Rebase.


def test_no_rule_runs_across_a_rebase():
    """Seven above the mean, seven rising, and two of three, each cut in two."""
    for run in ([1.0] * 7, [-2, -1.5, -1, -0.5, 0.5, 1, 1.5], [4.0, 4.0, 1.0]):
        values = [*QUIET, *run, *([-1.0, 1.0] * 7)]
        cut = 14 + (1 if len(run) == 3 else 4)
        whole = xmr(values, baseline=14)
        parted = xmr(values, baseline=14, rebase=[[cut]])
        assert np.any(whole.signal[0])
        assert parted.low[0, -1] < 0 < parted.high[0, -1]
        assert not np.any(parted.signal[0])


def test_a_short_group_has_no_signal():
    short = xmr([*QUIET, 50, 51, 52, 53, 54, 55, 56], rebase=[[14]])
    assert not np.any(short.signal)


# Words.


@pytest.mark.parametrize(
    "points, said",
    [
        ("1", "nothing unusual"),
        ("?", "no figure"),
        ("6", "above the upper limit"),
        ("-6", "below the lower limit"),
        ("-2 -1.5 -1 -.5 .5 1 1.5", "one of 7 or more in a row that rise"),
        ("2 1.5 1 .5 -.5 -1 -1.5", "one of 7 or more in a row that fall"),
        ("4 1 4", "one of two in three close to the upper limit"),
        ("-4 -1 -4", "one of two in three close to the lower limit"),
        ("1 1 1 1 1 1 1", "one of 7 or more in a row above the mean"),
        ("-1 -1 -1 -1 -1 -1 -1", "one of 7 or more in a row below the mean"),
    ],
)
def test_a_point_says_why_it_stands_out(points: str, said: str):
    values = [float(given.replace("?", "nan")) for given in points.split()]
    chart = xmr([*QUIET, *values], baseline=14).of(0)
    assert chart.point_in_words(len(chart.points) - 1) == said
