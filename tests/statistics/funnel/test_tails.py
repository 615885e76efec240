"""Chance limits leave what they say in each tail, and agree with the exact tail of each count."""

import numpy as np
import pytest
from scipy.special import ndtr

from benchmarking.statistics.funnel import Limits, ratio_funnel, share_funnel
from benchmarking.statistics.funnel.tails import (
    binomial_limits,
    binomial_tail,
    poisson_limits,
    poisson_tail,
)
from tests.statistics.funnel.slow import binomial_at_most, poisson_at_most

TAILS = (0.025, 0.001)


@pytest.mark.parametrize("mean", [0.3, 1, 3, 8, 29.5, 110])
@pytest.mark.parametrize("count", [0, 1, 3, 9, 30, 140])
def test_the_tail_of_a_poisson_count_is_on_its_own_side(mean: float, count: int):
    above = 1 - poisson_at_most(count - 1, mean) if count else 1.0
    right = above if count > mean else poisson_at_most(count, mean)
    assert float(poisson_tail(count, mean)) == pytest.approx(right, rel=1e-9, abs=1e-13)


@pytest.mark.parametrize("out_of, count", [(5, 0), (5, 5), (30, 12), (30, 29), (200, 150)])
@pytest.mark.parametrize("share", [0.05, 0.62, 0.9])
def test_the_tail_of_a_part_is_on_its_own_side(out_of: int, count: int, share: float):
    above = 1 - binomial_at_most(count - 1, out_of, share) if count else 1.0
    right = above if count > out_of * share else binomial_at_most(count, out_of, share)
    found = float(binomial_tail(count, out_of, share))
    assert found == pytest.approx(right, rel=1e-9, abs=1e-13)


def beyond(count: int, limits: Limits) -> bool:
    return bool(count < limits.low or count > limits.high)


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("mean", [0.3, 1, 3, 8, 29.5, 110])
def test_a_count_is_beyond_its_limit_where_its_tail_is_smaller(mean: float, tail: float):
    limits = poisson_limits(mean, tail)
    for count in range(int(2.5 * mean) + 15):
        assert beyond(count, limits) == (poisson_tail(count, mean) < tail), count


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("out_of, share", [(1, 0.5), (9, 0.9), (30, 0.9), (120, 0.62), (40, 0.0)])
def test_a_part_is_beyond_its_limit_where_its_tail_is_smaller(
    out_of: int, share: float, tail: float
):
    limits = binomial_limits(out_of, share, tail)
    assert 0 <= limits.low <= limits.high <= out_of
    for count in range(out_of + 1):
        assert beyond(count, limits) == (binomial_tail(count, out_of, share) < tail), count


def test_curves_of_limits_are_smooth_and_close_in_as_units_grow():
    ratio = ratio_funnel(np.full(20, 10.0), np.geomspace(1, 1000, 20))
    curve = ratio.chance_limits(ratio.grid(), 1.96)
    assert len(ratio.grid()) == 200
    assert np.all(np.diff(curve.high) < 0) and np.all(np.diff(curve.low) >= 0)


def test_limits_of_a_share_stay_between_nought_and_one_hundred_per_cent():
    rng = np.random.default_rng(5)
    out_of = rng.integers(1, 60, 50)
    made = share_funnel(rng.binomial(out_of, 0.95), out_of)
    for cut in (1.96, 3.09):
        for found in (made.limits(made.grid(), cut), made.chance_limits(made.grid(), cut)):
            assert np.all(found.low >= 0) and np.all(found.high <= 1)
            assert np.all(found.low <= found.high)


def test_limits_of_a_ratio_are_never_below_nought():
    made = ratio_funnel(np.zeros(9), np.full(9, 0.4))
    assert np.all(made.limits(made.grid(), 3.09).low == 0)


def test_cuts_and_tails_say_the_same():
    made = ratio_funnel(np.full(9, 100.0), np.full(9, 100.0))
    found, right = made.chance_limits(100.0, 1.96), poisson_limits(100.0, float(ndtr(-1.96)))
    assert float(found.low) == pytest.approx(float(right.low) / 100)
    assert float(found.high) == pytest.approx(float(right.high) / 100)


def test_a_funnel_without_units_has_no_limits_to_draw():
    assert ratio_funnel([np.nan, 3.0], [4.0, 0.0]).grid().size == 0
