"""Intervals: known limits, what they must do at their edges, and slow twins that define them."""

from math import comb, exp, factorial, inf, isnan, sqrt

import numpy as np
import pytest

from benchmarking.statistics import intervals
from benchmarking.statistics.intervals import EXACT_BELOW, byar, exact, rate_limits, wilson

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


def poisson_at_most(events: int, mean: float) -> float:
    return sum(exp(-mean) * mean**k / factorial(k) for k in range(events + 1))


@pytest.mark.parametrize("events", range(EXACT_BELOW))
def test_exact_limits_leave_a_fortieth_in_each_tail(events: int):
    low, high = pair(exact(events))
    assert poisson_at_most(events, high) == pytest.approx(0.025, rel=1e-9)
    if events:
        assert 1 - poisson_at_most(events - 1, low) == pytest.approx(0.025, rel=1e-9)


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
