"""Intervals: known limits, what they must do at their edges, and slow twins that define them."""

from functools import cache
from math import comb, exp, factorial, gamma, inf, isnan, nan, pi, sqrt
from statistics import NormalDist, fmean, stdev

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarking.statistics import intervals
from benchmarking.statistics.intervals import (
    EXACT_BELOW,
    NoMeanLimits,
    byar,
    exact,
    mean_limits,
    rate_limits,
    wilson,
)

Z = 1.959963984540054


def pair(limits: intervals.Limits) -> tuple[float, float]:
    return float(limits.low), float(limits.high)


# Known values. Wilson: Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.


@pytest.mark.parametrize(
    "events, out_of, low, high",
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_limits_of_the_paper(events: int, out_of: int, low: float, high: float):
    assert pair(wilson(events, out_of)) == (
        pytest.approx(low, abs=5e-5),
        pytest.approx(high, abs=5e-5),
    )


# Exact: Garwood's limits as tabled for 95%, to three places.
@pytest.mark.parametrize(
    "events, low, high",
    [(0, 0.0, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (9, 4.115, 17.085)],
)
def test_exact_gives_the_tabled_limits(events: int, low: float, high: float):
    assert pair(exact(events)) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


# Student's t: the usual table of two-sided 5% points.
@pytest.mark.parametrize(
    "values, reach", [(2, 12.706), (3, 4.303), (6, 2.571), (11, 2.228), (31, 2.042), (121, 1.980)]
)
def test_a_mean_reaches_as_far_as_the_table_of_t_says(values: int, reach: float):
    found = mean_limits(values, 10, sqrt(values))
    assert pair(found) == (pytest.approx(10 - reach, abs=5e-4), pytest.approx(10 + reach, abs=5e-4))


# Slow twins.


def binomial_centre_by_search(events: int, out_of: int, *, upper: bool) -> float:
    """The share at which the score test just rejects, found by halving."""
    share = events / out_of
    low, high = (share, 1.0) if upper else (0.0, share)
    for _ in range(200):
        middle = (low + high) / 2
        error = sqrt(middle * (1 - middle) / out_of)
        rejects = (abs(share - middle) / error if error else inf) > Z
        if rejects == upper:
            high = middle
        else:
            low = middle
    return (low + high) / 2


@pytest.mark.parametrize("events, out_of", [(1, 2), (7, 10), (3, 40), (1563, 1993), (1, 100_000)])
def test_wilson_limits_are_where_the_score_test_turns(events: int, out_of: int):
    low, high = pair(wilson(events, out_of))
    assert low == pytest.approx(binomial_centre_by_search(events, out_of, upper=False), rel=1e-9)
    assert high == pytest.approx(binomial_centre_by_search(events, out_of, upper=True), rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_the_score_test_turned_round_for_any_count(counted: tuple[int, int]):
    events, out_of = counted
    low, high = pair(wilson(events, out_of))
    assert low == pytest.approx(
        binomial_centre_by_search(events, out_of, upper=False), rel=1e-9, abs=1e-15
    )
    assert high == pytest.approx(binomial_centre_by_search(events, out_of, upper=True), rel=1e-9)


def poisson_at_most(events: int, mean: float) -> float:
    return sum(exp(-mean) * mean**k / factorial(k) for k in range(events + 1))


@pytest.mark.parametrize("events", range(EXACT_BELOW))
def test_exact_limits_leave_a_fortieth_in_each_tail(events: int):
    low, high = pair(exact(events))
    assert poisson_at_most(events, high) == pytest.approx(0.025, rel=1e-9)
    if events:
        assert 1 - poisson_at_most(events - 1, low) == pytest.approx(0.025, rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.sampled_from([0.8, 0.95, 0.998]))
def test_exact_limits_leave_the_same_in_each_tail(events: int, confidence: float):
    low, high = pair(exact(events, confidence))
    outside = (1 - confidence) / 2
    assert poisson_at_most(events, high) == pytest.approx(outside, rel=1e-8)
    if events:
        assert 1 - poisson_at_most(events - 1, low) == pytest.approx(outside, rel=1e-8)


def byar_by_hand(events: int, confidence: float) -> tuple[float, float]:
    """Breslow and Day's formula, one count at a time."""
    z = NormalDist().inv_cdf(1 - (1 - confidence) / 2)
    low = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3
    more = events + 1
    return low, more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3


@given(st.lists(st.integers(10, 100_000), min_size=1, max_size=8), st.sampled_from([0.95, 0.998]))
def test_rates_of_ten_events_or_more_are_byars_by_hand(events: list[int], confidence: float):
    found = rate_limits(events, [250.0] * len(events), 1000, confidence)
    by_hand = [byar_by_hand(count, confidence) for count in events]
    assert found.low.tolist() == pytest.approx([4 * low for low, _ in by_hand])
    assert found.high.tolist() == pytest.approx([4 * high for _, high in by_hand])


@cache
def t_quantile_by_search(freedom: int) -> float:
    """The point beyond which a fortieth of t lies: Simpson's rule, and halving."""
    peak = gamma((freedom + 1) / 2) / (sqrt(freedom * pi) * gamma(freedom / 2))

    def up_to(point: float) -> float:
        steps = 2000
        heights = [
            peak * (1 + (point * k / steps) ** 2 / freedom) ** (-(freedom + 1) / 2)
            for k in range(steps + 1)
        ]
        odd, even = sum(heights[1::2]), sum(heights[2:-1:2])
        return point / steps / 3 * (heights[0] + 4 * odd + 2 * even + heights[-1])

    low, high = 0.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if up_to(middle) < 0.475 else (low, middle)
    return (low + high) / 2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 100), min_size=2, max_size=9), min_size=1, max_size=5))
def test_limits_of_means_are_those_worked_out_one_by_one(groups: list[list[int]]):
    sizes, means = [len(g) for g in groups], [fmean(g) for g in groups]
    found = mean_limits(sizes, means, [stdev(g) for g in groups])
    reaches = [t_quantile_by_search(len(g) - 1) * stdev(g) / sqrt(len(g)) for g in groups]
    apart = zip(means, reaches, strict=True)
    assert found.low.tolist() == pytest.approx([m - r for m, r in apart], rel=1e-8, abs=1e-6)
    apart = zip(means, reaches, strict=True)
    assert found.high.tolist() == pytest.approx([m + r for m, r in apart], rel=1e-8, abs=1e-6)


@pytest.mark.parametrize("events", [10, 25, 188, 1941])
def test_byar_is_close_to_exact_from_ten_events_on(events: int):
    near, right = byar(events), exact(events)
    assert pair(near) == (
        pytest.approx(float(right.low), rel=2e-3),
        pytest.approx(float(right.high), rel=2e-3),
    )


def test_wilson_holds_the_true_share_about_as_often_as_it_says():
    shares, out_of = np.linspace(0.05, 0.95, 181), 50
    found = wilson(np.arange(out_of + 1), np.full(out_of + 1, out_of))
    covers = [
        sum(
            comb(out_of, k) * share**k * (1 - share) ** (out_of - k)
            for k in range(out_of + 1)
            if found.low[k] <= share <= found.high[k]
        )
        for share in shares
    ]
    assert np.mean(covers) == pytest.approx(0.95, abs=0.005)


# Edges.


def test_none_and_all_reach_the_end_of_the_scale_and_still_have_width():
    found = wilson([0, 7], [7, 7])
    assert (found.low[0], found.high[1]) == (0.0, 1.0)
    assert found.high[0] == pytest.approx(0.3543, abs=5e-5)
    assert found.low[1] == pytest.approx(1 - 0.3543, abs=5e-5)


def test_no_limit_of_a_share_lies_outside_nought_and_one():
    events = [k for n in range(1, 60) for k in range(n + 1)]
    out_of = [n for n in range(1, 60) for _ in range(n + 1)]
    found = wilson(events, out_of)
    assert np.all(found.low >= 0) and np.all(found.high <= 1)
    assert np.all(found.low <= found.high)


def test_what_nothing_was_at_risk_of_has_no_limits():
    share, rate = wilson([0, 3], [0, 5]), rate_limits([4, 4], [0, 10])
    assert [isnan(low) for low in share.low] == [True, False]
    assert [isnan(high) for high in rate.high] == [True, False]


def test_a_missing_count_has_no_limits_and_spoils_no_other():
    share, rate = wilson([np.nan, 3], [5, 5]), rate_limits([np.nan, 12], [10, 10])
    assert isnan(share.low[0]) and isnan(share.high[0])
    assert isnan(rate.low[0]) and isnan(rate.high[0])
    assert share.low[1] > 0 and rate.low[1] > 0


def test_a_rate_is_exact_below_ten_events_and_byars_from_ten():
    found = rate_limits([9, 10], [500, 500], per=1000)
    assert (found.low[0], found.high[0]) == (2 * exact(9).low, 2 * exact(9).high)
    assert (found.low[1], found.high[1]) == (2 * byar(10).low, 2 * byar(10).high)


def test_more_confidence_is_wider():
    assert pair(wilson(7, 20, 0.998))[0] < pair(wilson(7, 20))[0]
    assert pair(rate_limits(7, 20, confidence=0.998))[1] > pair(rate_limits(7, 20))[1]


@pytest.mark.parametrize("events, out_of", [(-1, 5), (6, 5)])
def test_a_part_that_is_no_part_is_refused(events: int, out_of: int):
    with pytest.raises(ValueError, match="A part is negative or larger than its whole."):
        wilson(events, out_of)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="A count is negative. Check the counts."):
        rate_limits(-1, 10)


def test_a_confidence_of_95_is_refused():
    with pytest.raises(ValueError, match="A confidence of 95 is impossible. Give a share"):
        wilson(1, 2, 95)


@pytest.mark.parametrize("of", [exact, byar])
def test_the_intervals_of_counts_refuse_it_too(of):
    with pytest.raises(ValueError, match="A confidence of 1.5 is impossible."):
        of(3, 1.5)


def test_what_is_infinite_is_no_figure():
    share, rate = wilson([3, 3], [np.inf, 4]), rate_limits([3, np.inf, 3], [np.inf, 4, 4])
    assert np.isnan(share.low).tolist() == [True, False]
    assert np.isnan(rate.high).tolist() == [True, True, False]


def test_byar_has_no_lower_limit_where_its_formula_goes_below_nothing():
    found = byar([0, 1, 1000], 0.998)
    assert np.isnan(found.low).tolist() == [True, True, False]
    assert not np.any(np.isnan(found.high))
    assert rate_limits([0, 1], [1, 1], confidence=0.998).low.tolist() == [
        0.0,
        pytest.approx(0.0010005, rel=1e-4),
    ]


# Means.


@pytest.mark.parametrize(
    "values, mean, deviation, why",
    [
        (0, nan, nan, NoMeanLimits.NO_FIGURE),
        (1, 3.5, nan, NoMeanLimits.TOO_FEW_VALUES),
        (1, 3.5, 0, NoMeanLimits.TOO_FEW_VALUES),
        (nan, 3.5, 1, NoMeanLimits.NO_FIGURE),
        (5, nan, 1, NoMeanLimits.NO_FIGURE),
        (5, 3.5, nan, NoMeanLimits.NO_FIGURE),
        (5, inf, 1, NoMeanLimits.NO_FIGURE),
        (2, 3.5, 0.5, None),
    ],
)
def test_a_mean_without_limits_says_why(values, mean, deviation, why):
    found = mean_limits([values], [mean], [deviation])
    assert found.why_not(0) is why
    assert isnan(found.low[0]) is (why is not None)
    assert isnan(found.high[0]) is (why is not None)


def test_the_reasons_are_words():
    assert NoMeanLimits.NO_FIGURE.in_words() == "no figure"
    assert NoMeanLimits.TOO_FEW_VALUES.in_words() == (
        "too few to say: an interval of a mean needs 2 values"
    )


def test_values_that_are_all_equal_give_limits_without_width():
    found = mean_limits([2, 30], [4, 0], [0, 0])
    assert (found.low.tolist(), found.high.tolist()) == ([4, 0], [4, 0])


def test_a_hundredfold_outlier_widens_the_interval_of_its_own_mean_alone():
    plain = mean_limits([5, 5], [2, 2], [1, 1])
    found = mean_limits([5, 5], [2, 41.2], [1, 88.8])
    assert found.low[0] == plain.low[0]
    assert found.high[1] - found.low[1] == pytest.approx(88.8 * (plain.high[1] - plain.low[1]))


@pytest.mark.parametrize("values, deviation", [(-1, 1), (3, -0.1)])
def test_negative_sizes_and_deviations_are_refused(values: int, deviation: float):
    with pytest.raises(ValueError, match="A number of values or a standard deviation is negative."):
        mean_limits(values, 1, deviation)
