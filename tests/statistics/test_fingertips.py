"""Comparison with a benchmark and control limits: the rules drawn, and slow twins."""

from collections.abc import Sequence
from functools import cache
from math import exp, isnan, nan, sqrt

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarking.polarity import Polarity
from benchmarking.statistics.fingertips import (
    Against,
    Fifth,
    NotCompared,
    against,
    crude_rate_limits,
    fifth,
    fifths,
    pooled,
    ratio_limits,
    share_limits,
    verdict,
)
from benchmarking.statistics.intervals import Limits, rate_limits, wilson

HIGH, LOW = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
Z95, Z998 = 1.959963984540054, 3.090232306167813


def limits(low: Sequence[float], high: Sequence[float]) -> Limits:
    return Limits(np.array(low, dtype=float), np.array(high, dtype=float))


def compared(usual: tuple[float, float], strict: tuple[float, float], benchmark: float):
    usually, strictly = (limits([low], [high]) for low, high in (usual, strict))
    return verdict(int(against(usually, strictly, benchmark)[0]))


# Against a benchmark.


@pytest.mark.parametrize(
    "usual, strict, benchmark, found",
    [
        ((40, 60), (35, 65), 50, Against.SIMILAR),
        ((40, 60), (35, 65), 60, Against.SIMILAR),  # touching is not beyond
        ((40, 60), (35, 65), 40, Against.SIMILAR),
        ((40, 60), (35, 65), 62, Against.LOWER),
        ((40, 60), (35, 65), 65, Against.LOWER),
        ((40, 60), (35, 65), 66, Against.MUCH_LOWER),
        ((40, 60), (35, 65), 38, Against.HIGHER),
        ((40, 60), (35, 65), 34, Against.MUCH_HIGHER),
        ((5, 5), (5, 5), 5, Against.SIMILAR),
    ],
)
def test_an_interval_that_leaves_out_the_benchmark_is_lower_or_higher(
    usual: tuple[float, float], strict: tuple[float, float], benchmark: float, found: Against
):
    assert compared(usual, strict, benchmark) is found


@pytest.mark.parametrize(
    "standing, neutral, high_is_good, low_is_good",
    [
        (Against.MUCH_LOWER, "lower (99.8%)", "worse (99.8%)", "better (99.8%)"),
        (Against.LOWER, "lower (95%)", "worse (95%)", "better (95%)"),
        (Against.SIMILAR, "similar", "similar", "similar"),
        (Against.HIGHER, "higher (95%)", "better (95%)", "worse (95%)"),
        (Against.MUCH_HIGHER, "higher (99.8%)", "better (99.8%)", "worse (99.8%)"),
    ],
)
def test_only_an_indicator_with_a_good_side_is_better_or_worse(
    standing: Against, neutral: str, high_is_good: str, low_is_good: str
):
    assert standing.in_words() == neutral
    assert standing.in_words(HIGH) == high_is_good
    assert standing.in_words(LOW) == low_is_good


@pytest.mark.parametrize(
    "low, benchmark, itself, why, said",
    [
        (nan, 50, False, NotCompared.NO_INTERVAL, "no figure"),
        (40, nan, False, NotCompared.NO_BENCHMARK, "nothing to compare with"),
        (nan, nan, False, NotCompared.NO_BENCHMARK, "nothing to compare with"),
        (40, np.inf, False, NotCompared.NO_BENCHMARK, "nothing to compare with"),
        (40, 90, True, NotCompared.BENCHMARK_ITSELF, "the benchmark itself"),
    ],
)
def test_what_is_not_compared_says_why(
    low: float, benchmark: float, itself: bool, why: NotCompared, said: str
):
    one = limits([low], [60])
    found = verdict(int(against(one, one, benchmark, itself)[0]))
    assert found is why and why.in_words() == said


def test_each_trust_may_have_a_benchmark_of_its_own():
    one = limits([40, 40, 40], [60, 60, 60])
    found = against(one, one, [30, 50, 70], [False, False, True])
    assert [verdict(int(code)) for code in found] == [
        Against.MUCH_HIGHER,
        Against.SIMILAR,
        NotCompared.BENCHMARK_ITSELF,
    ]


# The benchmark's value.


@pytest.mark.parametrize(
    "events, out_of, value",
    [
        ([1, 3], [10, 10], 0.2),
        ([1, nan, 3], [10, 1000, 10], 0.2),
        ([1, 5, 3], [10, nan, 10], 0.2),
        ([1, 0, 3], [10, 0, 10], 0.2),
        ([1, 5, 3], [10, 0, 10], 0.2),
        ([0, 0], [10, 10], 0.0),
        ([nan], [10], nan),
        ([0], [0], nan),
        ([], [], nan),
    ],
)
def test_the_pooled_figure_is_of_trusts_that_have_both_counts(
    events: list[float], out_of: list[float], value: float
):
    assert float(pooled(events, out_of)) == pytest.approx(value, nan_ok=True)


def test_each_row_is_pooled_on_its_own():
    assert pooled([[1, 3], [2, nan]], [10, 10]).tolist() == [0.2, 0.2]


# Fifths.


def by_hand(values: list[float]) -> list[int]:
    """Trusts dealt out from the lowest, the first groups one larger; equals go to the lowest."""
    ordered = sorted(value for value in values if not isnan(value))
    sizes = [len(ordered) // 5 + (group < len(ordered) % 5) for group in range(5)]
    dealt = [group + 1 for group, size in enumerate(sizes) for _ in range(size)]

    def code(value: float) -> int:
        if isnan(value):
            return int(NotCompared.NO_INTERVAL)
        if len(ordered) < 5:
            return int(NotCompared.TOO_FEW_TRUSTS)
        return dealt[ordered.index(value)]

    return [code(value) for value in values]


@pytest.mark.parametrize(
    "values, found",
    [
        ([50, 40, 30, 20, 10], [5, 4, 3, 2, 1]),
        ([1, 2, 3, 4, 5, 6, 7], [1, 1, 2, 2, 3, 4, 5]),
        ([1, 2, 2, 4, 5, 6, 7, 8, 9, 10], [1, 1, 1, 2, 3, 3, 4, 4, 5, 5]),
        ([7, 7, 7, 7, 7], [1, 1, 1, 1, 1]),
        ([1, 2, 3, 4, 500], [1, 2, 3, 4, 5]),
        ([1, nan, 2, 3, 4, 5], [1, 11, 2, 3, 4, 5]),
        ([1, 2, 3, 4], [14, 14, 14, 14]),
        ([1, 2, 3, 4, nan, np.inf], [14, 14, 14, 14, 11, 11]),
        ([], []),
    ],
)
def test_trusts_are_dealt_into_fifths_from_the_lowest(values: list[float], found: list[int]):
    assert fifths(values).tolist() == found


@settings(max_examples=200)
@given(st.lists(st.one_of(st.integers(0, 12).map(float), st.just(nan)), max_size=40))
def test_fifths_are_those_dealt_by_hand(values: list[float]):
    assert fifths(values).tolist() == by_hand(values)


def test_a_matrix_is_dealt_row_by_row():
    rows = np.random.default_rng(9).integers(0, 9, (6, 23)).astype(float)
    rows[2, 4:21] = nan
    rows[3, 5:] = nan
    rows[4, 4:] = nan
    assert fifths(rows).tolist() == [by_hand(row) for row in rows.tolist()]


def test_fifths_have_neutral_words_unless_there_is_a_good_side():
    assert [Fifth(place).in_words() for place in range(1, 6)] == [
        "lowest fifth",
        "low fifth",
        "middle fifth",
        "high fifth",
        "highest fifth",
    ]
    assert (Fifth(5).in_words(HIGH), Fifth(5).in_words(LOW)) == ("best fifth", "worst fifth")
    assert (Fifth(2).in_words(HIGH), Fifth(2).in_words(LOW)) == ("worse fifth", "better fifth")


def test_a_code_of_fifths_is_a_fifth_or_a_reason():
    assert fifth(3) == Fifth(3)
    assert fifth(14) is NotCompared.TOO_FEW_TRUSTS
    assert NotCompared.TOO_FEW_TRUSTS.in_words() == (
        "too few to say: fifths need 5 trusts with a figure"
    )


# Control limits of shares.


@given(st.integers(0, 100), st.lists(st.integers(1, 5000), min_size=1, max_size=6))
def test_limits_of_a_share_are_the_score_limits_and_stay_on_the_scale(
    percent: int, sizes: list[int]
):
    average = percent / 100
    found = share_limits(average, sizes)
    for place, size in enumerate(sizes):
        reach = Z95 * sqrt(average * (1 - average) / size)
        assert found.low[place] == pytest.approx(100 * max(average - reach, 0), abs=1e-11)
        assert found.high[place] == pytest.approx(100 * min(average + reach, 1), abs=1e-11)


def test_a_share_is_beyond_the_limits_exactly_where_its_interval_leaves_out_the_average():
    events = np.array([k for n in range(1, 40) for k in range(n + 1)], dtype=float)
    out_of = np.array([n for n in range(1, 40) for _ in range(n + 1)], dtype=float)
    codes = against(wilson(events, out_of), wilson(events, out_of, 0.998), 0.37)
    usual, strict = (share_limits(0.37, out_of, 1, c) for c in (0.95, 0.998))
    share = events / out_of
    high = (share > usual.high).astype(int) + (share > strict.high)
    low = (share < usual.low).astype(int) + (share < strict.low)
    assert codes.tolist() == (high - low).tolist()


def test_where_nobody_is_counted_there_are_no_limits():
    found = share_limits(0.5, [0, nan, 4])
    assert np.isnan(found.low).tolist() == [True, True, False]


def test_all_trusts_at_100_percent_are_similar():
    events = np.array([10.0, 30.0, 1.0])
    average = pooled(events, events)
    codes = against(wilson(events, events), wilson(events, events, 0.998), average)
    assert codes.tolist() == [0, 0, 0]
    assert share_limits(float(average), events).low.tolist() == [100, 100, 100]


@pytest.mark.parametrize("average", [-0.1, 61])
def test_an_average_that_is_no_share_is_refused(average: float):
    with pytest.raises(ValueError, match="The average is no share from 0 to 1. Divide events by"):
        share_limits(average, [10])


# Control limits of ratios and rates.


def at_most(events: int, mean: float) -> float:
    """How likely a Poisson count is to be so low: its terms, added up."""
    term, total = exp(-mean), 0.0
    for k in range(events + 1):
        total, term = total + term, term * mean / (k + 1)
    return total


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 120), st.sampled_from([0.95, 0.998]))
def test_at_the_limits_of_a_ratio_chance_alone_goes_so_far_as_often_as_it_says(
    events: int, confidence: float
):
    found, tail = ratio_limits([events], 100, confidence), (1 - confidence) / 2
    assert at_most(events, found.size_at_low[0]) == pytest.approx(tail, rel=1e-7)
    assert 1 - at_most(events - 1, found.size_at_high[0]) == pytest.approx(tail, rel=1e-7)
    assert found.low[0] == pytest.approx(100 * events / found.size_at_low[0])
    assert found.high[0] == pytest.approx(100 * events / found.size_at_high[0])


@cache
def found_by_halving(events: int, tail: float, *, fewest: bool) -> float:
    """Expected events as the profiles' tools look for them, sums broken off as they do."""
    place = step = 0.5
    while step > 1e-7:
        step /= 2
        mean = (1 + events) * place / (1 - place)
        term, total, here, k = 1.0, 0.0, 0.0, 0
        while k <= mean or term > total * 1e-10:
            total += term
            here += term if (k >= events if fewest else k <= events) else 0
            k, term = k + 1, term * mean / (k + 1)
        too_far = here / total > tail if fewest else here / total < tail
        place += -step if too_far else step
    return (1 + events) * place / (1 - place)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 300), st.sampled_from([0.95, 0.998]))
def test_limits_as_drawn_are_those_that_halving_finds(events: int, confidence: float):
    found, tail = ratio_limits([events], 1, confidence, as_drawn=True), (1 - confidence) / 2
    fewest = found_by_halving(events, tail, fewest=True)
    most = found_by_halving(events, tail, fewest=False)
    assert found.size_at_high[0] == pytest.approx(fewest, rel=1e-9)
    assert found.size_at_low[0] == pytest.approx(most, rel=1e-9)


@pytest.mark.parametrize("events, digits", [(1, 1e-4), (10, 1e-6), (2000, 1e-6)])
def test_limits_as_drawn_are_close_to_exact(events: int, digits: float):
    for confidence in (0.95, 0.998):
        right, drawn = (
            ratio_limits([events], 1, confidence, as_drawn=way) for way in (False, True)
        )
        assert drawn.low[0] == pytest.approx(right.low[0], rel=digits)
        assert drawn.high[0] == pytest.approx(right.high[0], rel=digits)


def test_a_rate_has_the_limits_of_the_ratio_to_its_average():
    ratio = ratio_limits([4, 90])
    found = crude_rate_limits([4, 90], 0.02, 1000)
    assert found.low.tolist() == pytest.approx((20 * ratio.low).tolist())
    assert found.high.tolist() == pytest.approx((20 * ratio.high).tolist())
    assert found.size_at_low.tolist() == pytest.approx((50 * ratio.size_at_low).tolist())
    assert found.size_at_high.tolist() == pytest.approx((50 * ratio.size_at_high).tolist())


@pytest.mark.parametrize("as_drawn", [False, True])
def test_without_an_event_or_an_average_there_are_no_limits(as_drawn: bool):
    ratio = ratio_limits([0, 0.5, nan, np.inf, 3], as_drawn=as_drawn)
    assert np.isnan(ratio.low).tolist() == [True, True, True, True, False]
    for average in (0, nan, np.inf):
        rate = crude_rate_limits([3], average, as_drawn=as_drawn)
        assert np.isnan(rate.high[0]) and np.isnan(rate.size_at_low[0])


def test_a_ratio_is_held_against_1_by_its_own_interval():
    events, expected = [0, 15, 60, 100, 200, nan, 3], [20, 30, 60, 60, 60, 60, 0]
    codes = against(
        rate_limits(events, expected), rate_limits(events, expected, confidence=0.998), 1
    )
    assert [verdict(int(code)) for code in codes] == [
        Against.MUCH_LOWER,
        Against.LOWER,
        Against.SIMILAR,
        Against.MUCH_HIGHER,
        Against.MUCH_HIGHER,
        NotCompared.NO_INTERVAL,
        NotCompared.NO_INTERVAL,
    ]


def test_under_no_difference_about_a_twentieth_lies_beyond_95_percent():
    chance, expected = np.random.default_rng(12), np.full(20_000, 80.0)
    events = chance.poisson(expected)
    codes = against(
        rate_limits(events, expected), rate_limits(events, expected, confidence=0.998), 1
    )
    # Three standard errors of 20,000 draws, and the steps that whole counts go in.
    assert np.mean(codes != 0) == pytest.approx(0.05, abs=0.008)
    assert np.mean(np.abs(codes) == 2) == pytest.approx(0.002, abs=0.0015)
