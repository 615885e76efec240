"""The lines of a chart: what they are made of, and where there are none."""

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from benchmarking.statistics.spc import AS_THE_EXCEL_TOOL, MAKING_DATA_COUNT, Variation, xmr

# Fourteen points whose mean is 0 and whose moving ranges are all 2.
QUIET = [1.0, -1.0] * 7
WIDTH = 2.66 * 2


def lines(chart) -> tuple:
    last = chart.points[-1]
    return last.low, last.centre, last.high


def test_limits_lie_2_66_average_moving_ranges_from_the_mean():
    assert lines(xmr(QUIET).of(0)) == (-WIDTH, 0, WIDTH)


def test_near_limits_lie_two_thirds_of_the_way():
    point = xmr(QUIET).of(0).points[0]
    assert (point.near_low, point.near_high) == pytest.approx((-WIDTH * 2 / 3, WIDTH * 2 / 3))


# Thirteen ranges of 2 and one of 30: the average is 56 / 14 = 4, and 30 is more than 3.267 x 4.
SPIKE = [*QUIET, 29.0]


def test_screening_leaves_out_a_moving_range_far_above_the_average():
    low, centre, high = lines(xmr(SPIKE).of(0))
    assert centre == pytest.approx(29 / 15)
    assert (low, high) == pytest.approx((29 / 15 - WIDTH, 29 / 15 + WIDTH))


def test_without_screening_every_moving_range_counts():
    low, _, high = lines(xmr(SPIKE, rules=AS_THE_EXCEL_TOOL).of(0))
    assert (low, high) == pytest.approx((29 / 15 - 2.66 * 4, 29 / 15 + 2.66 * 4))


def test_screening_is_done_once():
    """Only the range of 100 goes. A second round would take those of 10, too."""
    values = [*[1.0, -1.0] * 12, 9.0, -1.0, 99.0]
    ranges = [2] * 23 + [10, 10]
    assert 10 < 3.267 * (sum(ranges) + 100) / 26 < 100
    assert 3.267 * sum(ranges) / 25 < 10
    chart = xmr(values).of(0)
    assert chart.points[0].high == pytest.approx(sum(values) / 27 + 2.66 * sum(ranges) / 25)


# Baseline.


def test_a_baseline_makes_the_limits_from_the_first_points_alone():
    chart = xmr([*QUIET, 50.0, 60.0], baseline=14).of(0)
    assert lines(chart) == (-WIDTH, 0, WIDTH)
    assert chart.made_from == 14


def test_a_baseline_longer_than_the_series_is_the_whole_series():
    assert lines(xmr(QUIET, baseline=99).of(0)) == lines(xmr(QUIET).of(0))


def test_each_series_may_have_a_baseline_of_its_own():
    longer = [*QUIET, 3.0, 3.0]
    charts = xmr([longer, longer], baseline=[14, None])
    assert charts.centre[:, 0].tolist() == [0, pytest.approx(6 / 16)]


def test_a_baseline_of_fewer_points_than_limits_need_makes_none():
    chart = xmr(QUIET, baseline=12).of(0)
    assert chart.why_no_limits == "Too few points: 12 of 13"
    assert lines(chart) == (None, 0, None)


def test_a_baseline_counts_figures_and_passes_over_missing_months():
    chart = xmr([nan, *QUIET, 50.0], baseline=14).of(0)
    assert lines(chart) == (-WIDTH, 0, WIDTH)


# Rebase.


def test_a_rebase_gives_the_points_from_there_on_lines_of_their_own():
    values = QUIET + [10 + value for value in QUIET]
    chart = xmr(values, rebase=[[14]]).of(0)
    assert {point.centre for point in chart.points[:14]} == {0}
    assert {point.centre for point in chart.points[14:]} == {10}
    assert [point.group for point in chart.points] == [0] * 14 + [1] * 14


def test_a_baseline_counts_anew_in_each_rebase_group():
    group = [*QUIET, 5.0]
    chart = xmr(group + [10 + value for value in group], rebase=[[15]], baseline=14).of(0)
    assert {point.centre for point in chart.points} == {0, 10}


def test_a_rebase_at_the_first_point_changes_nothing():
    assert xmr(QUIET, rebase=[[0]]).of(0) == xmr(QUIET).of(0)


def test_rebase_points_may_come_in_any_order_and_twice():
    charts = xmr(np.arange(9), rebase=[[6, 3, 3]])
    assert charts.group.tolist() == [[0, 0, 0, 1, 1, 1, 2, 2, 2]]


def test_a_short_group_has_only_its_mean_be_it_first_or_last():
    chart = xmr([4.0, 6.0, *QUIET, 7.0], rebase=[[2, 16]]).of(0)
    first, middle, last = chart.points[0], chart.points[2], chart.points[16]
    assert (first.low, first.centre) == (None, 5)
    assert (middle.low, middle.centre) == (-WIDTH, 0)
    assert (last.low, last.centre) == (None, 7)
    assert chart.why_no_limits == "Too few points: 1 of 13"


def test_a_rebase_after_the_last_figure_leaves_nothing_to_make_limits_from():
    chart = xmr([*QUIET, nan], rebase=[[14]]).of(0)
    assert chart.variation is Variation.NO_POINTS
    assert chart.points[-1].centre is None


# Few points.


@pytest.mark.parametrize("points, drawn", [(1, False), (2, False), (12, False), (13, True)])
def test_limits_begin_at_thirteen_points(points: int, drawn: bool):
    chart = xmr(QUIET[:points]).of(0)
    assert (chart.points[0].low is not None) is drawn
    assert chart.why_no_limits == (None if drawn else f"Too few points: {points} of 13")


def test_how_many_points_make_limits_is_a_rule():
    assert xmr([5.0, 7.0], rules=replace(MAKING_DATA_COUNT, least_points=2)).of(0).points[
        0
    ].high == (pytest.approx(6 + 2.66 * 2))


def test_one_point_is_its_own_mean():
    assert lines(xmr([5.0]).of(0)) == (None, 5, None)


def test_a_series_without_a_figure_is_told_so():
    chart = xmr([nan, nan]).of(0)
    assert chart.why_no_limits == "No figures to make limits from"
    assert lines(chart) == (None, None, None)


def test_no_months_and_no_series_are_no_fault():
    assert xmr(np.empty((2, 0))).of(1).points == ()
    assert xmr(np.empty((2, 0))).of(1).variation is Variation.NO_POINTS
    assert xmr(np.empty((0, 24))).variation.shape == (0,)


# Missing months.


def test_a_month_without_a_figure_is_passed_over():
    with_gaps = [QUIET[0], nan, nan, *QUIET[1:8], nan, *QUIET[8:]]
    chart = xmr(with_gaps).of(0)
    assert lines(chart) == (-WIDTH, 0, WIDTH)
    assert chart.made_from == 14
    assert chart.points[1].value is None and chart.points[1].centre == 0


def test_where_gaps_break_no_moving_range_spans_one():
    rules = replace(MAKING_DATA_COUNT, gaps_break=True)
    values = [*QUIET, nan, 40.0, 42.0]
    centre = 82 / 16
    assert lines(xmr(values, rules=rules).of(0)) == pytest.approx(
        (centre - WIDTH, centre, centre + WIDTH)
    )


def test_where_gaps_break_points_without_neighbours_make_no_limits():
    rules = replace(MAKING_DATA_COUNT, gaps_break=True)
    chart = xmr([value for point in QUIET for value in (point, nan)], rules=rules).of(0)
    assert chart.why_no_limits == "Too few points: 1 of 13"


@pytest.mark.parametrize("no_figure", [nan, inf, -inf, None, 1e301, -1e308])
def test_what_cannot_be_worked_with_counts_as_no_figure(no_figure: float | None):
    chart = xmr(np.array([*QUIET, no_figure])).of(0)
    assert lines(chart) == (-WIDTH, 0, WIDTH)
    assert chart.points[-1].value is None


# No variation.


@pytest.mark.parametrize("rules", [MAKING_DATA_COUNT, AS_THE_EXCEL_TOOL])
@pytest.mark.parametrize("value", [0.0, 0.1, 100.0, -7.3, 1e299])
def test_a_constant_series_has_its_limits_on_the_mean_and_no_signal(value: float, rules):
    chart = xmr([value] * 18, rules=rules).of(0)
    assert lines(chart) == (value, value, value)
    assert chart.variation is Variation.COMMON_CAUSE
    assert not any(point.signal for point in chart.points)


@pytest.mark.parametrize("longest", [np.longdouble, np.float64])
def test_a_point_on_the_mean_lies_on_it_whatever_floats_the_machine_has(longest, monkeypatch):
    monkeypatch.setattr(np, "longdouble", longest)
    assert xmr([0.1, 0.2, 0.3] * 5).of(0).points[1].centre == 0.2
    assert xmr([0.1] * 18).of(0).points[0].high == 0.1


def test_where_only_screened_ranges_vary_the_limits_lie_on_the_mean():
    assert lines(xmr([10.0] * 12 + [11.0] * 12).of(0)) == (10.5, 10.5, 10.5)


# What is refused.


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"baseline": 0}, "A baseline has no points. Give 1 or more, or None for all."),
        ({"baseline": [13, 13]}, "There are 2 baselines for 1 series. Give one for each."),
        ({"polarity": []}, "There are 0 polarities for 1 series. Give one for each."),
        ({"rebase": [[2], [3]]}, "There are 2 lists of rebase points for 1 series."),
        ({"rebase": [[14]]}, "Series 0 is to be rebased at place 14, but has 14 points."),
        ({"rebase": [[-1]]}, "Series 0 is to be rebased at place -1, but has 14 points."),
        ({"targets": [1, 2, 3]}, "do not fit 1 series of 14 points. Give one, one for each series"),
    ],
)
def test_impossible_settings_are_refused(settings: dict, message: str):
    with pytest.raises(ValueError, match=message):
        xmr(QUIET, **settings)


def test_values_of_three_dimensions_are_refused():
    with pytest.raises(ValueError, match="more than two dimensions. Give series by points."):
        xmr(np.zeros((2, 3, 4)))
