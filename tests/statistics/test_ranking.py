"""Ranks with ties, and how far chance could move them: drawn tables, twins, and simulations."""

import math
from collections.abc import Callable, Sequence
from random import Random

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc, betaincinv, gammainc, gammaincinv

from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.quantiles import quantile_group
from benchmarking.statistics.ranking import (
    MOST_UNITS,
    Place,
    Places,
    Ranks,
    outer_quarter,
    places_of_rates,
    places_of_shares,
    ranks,
)
from benchmarking.statistics.shrinkage import NoFigure, Shrinkage, shrunken_rates

NAN, INF = float("nan"), float("inf")


def places(made: Places) -> list[Place]:
    assert not isinstance(made, TooFewPeers)
    return [place for place in made if isinstance(place, Place)]


# Ranks.


@pytest.mark.parametrize(
    "values, lowest, average, at_or_below",
    [
        ("30 10 20", "3 1 2", "3 1 2", "3/3 1/3 2/3"),
        ("10 20 20", "1 2 2", "1 2.5 2.5", "1/3 3/3 3/3"),
        ("5 5 5 5", "1 1 1 1", "2.5 2.5 2.5 2.5", "4/4 4/4 4/4 4/4"),
        ("7 - 3", "2 - 1", "2 - 1", "2/2 - 1/2"),
        ("-", "-", "-", "-"),
        ("100 1 2", "3 1 2", "3 1 2", "3/3 1/3 2/3"),
    ],
)
def test_ranks_count_from_the_lowest(values: str, lowest: str, average: str, at_or_below: str):
    found = ranks(numbers(values))
    for ours, said in (
        (found.lowest, lowest),
        (found.average, average),
        (found.at_or_below, at_or_below),
    ):
        assert ours.tolist() == pytest.approx(numbers(said), nan_ok=True)


def numbers(said: str) -> list[float]:
    """A row of numbers or fractions; "-" is no value."""
    parts = (one.split("/") for one in said.split())
    return [NAN if top == "-" else float(top) / float((*low, 1)[0]) for top, *low in parts]


def ranks_by_hand(values: Sequence[float], one: float) -> tuple[float, float, float]:
    known = [value for value in values if not math.isnan(value)]
    below, same = sum(v < one for v in known), sum(v == one for v in known)
    return below + 1, below + (same + 1) / 2, (below + same) / max(len(known), 1)


VALUES = st.lists(st.integers(0, 6).map(float) | st.just(NAN) | st.floats(0, 3), max_size=30)


@given(VALUES)
def test_ranks_are_counted_by_hand(values: list[float]):
    found = ranks(values)
    for place, value in enumerate(values):
        ours = (found.lowest[place], found.average[place], found.at_or_below[place])
        theirs = (NAN,) * 3 if math.isnan(value) else ranks_by_hand(values, value)
        assert ours == pytest.approx(theirs, nan_ok=True)


def test_a_whole_table_is_ranked_row_by_row():
    table = np.array([[3.0, 1.0, NAN, 1.0], [1.0, 2.0, 3.0, 4.0]])
    found = ranks(table)
    for row in (0, 1):
        alone: Ranks = ranks(table[row])
        np.testing.assert_array_equal(found.average[row], alone.average)
        np.testing.assert_array_equal(found.at_or_below[row], alone.at_or_below)


@pytest.mark.parametrize("units", range(4, 60))
def test_the_outer_quarters_are_those_of_equal_parts(units: int):
    parts = quantile_group(list(range(units)), 4)
    assert outer_quarter(units) == sum(part == 1 for part in parts)
    backwards = quantile_group(list(range(units)), 4, invert=True)
    assert outer_quarter(units) == sum(part == 1 for part in backwards)


# What an interval says.

FAR_APART = ([100, 400, 900, 1600, 2500, 3600, 4900, 6400, 8100], [10] * 9)


def test_figures_that_chance_cannot_mix_keep_their_ranks():
    found = places(places_of_rates(*FAR_APART))
    assert [place.rank for place in found] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert [(place.low, place.high) for place in found] == [(n, n) for n in range(1, 10)]
    assert [place.lowest_quarter for place in found] == [1] * 3 + [0] * 6
    assert [place.highest_quarter for place in found] == [0] * 6 + [1] * 3


@pytest.mark.parametrize("make", [places_of_rates, places_of_shares])
@pytest.mark.parametrize("events", [0, 5, 10])
def test_figures_that_are_all_the_same_can_have_any_rank(make: Callable[..., Places], events: int):
    found = places(make([events] * 9, [10] * 9))
    assert {(p.rank, p.low, p.high, round(p.expected, 9)) for p in found} == {(5, 1, 9, 5)}
    assert {round(p.lowest_quarter or 0, 9) for p in found} == {round(3 / 9, 9)}


def test_beyond_each_limit_lies_at_most_a_fortieth():
    found = places(places_of_rates([5] * 80, [10] * 80))
    assert {(place.low, place.high) for place in found} == {(3, 78)}


def test_few_events_leave_a_wide_interval_and_many_a_narrow_one():
    exposure = [*[10] * 10, *[1000] * 10]
    chance = np.random.default_rng(5)
    events = chance.poisson(np.array(exposure) * np.linspace(0.5, 1.5, 20)).tolist()
    widths = [place.high - place.low for place in places(places_of_rates(events, exposure))]
    assert max(widths[10:]) < min(widths[:10])


def test_an_extreme_figure_of_a_few_events_lies_outside_its_own_interval():
    exposure = [1.0, *[1000.0] * 19]
    events = [6, *[1000 + 60 * (n - 9) for n in range(19)]]
    small = places(places_of_rates(events, exposure))[0]
    assert small.rank == 20
    assert small.low < small.expected < 20


def test_it_is_said_in_words_that_judge_nothing():
    place = Place(12.5, 5, 24, 13.1, 0.1, 0.2, 48)
    assert place.in_words() == "12.5 of 48 from the lowest, 95% interval 5 to 24"


# Too few, and none at all.


@pytest.mark.parametrize("make", [places_of_rates, places_of_shares])
@pytest.mark.parametrize("units, others", [(0, 0), (1, 0), (5, 4)])
def test_fewer_than_five_others_give_no_ranks(make: Callable[..., Places], units: int, others: int):
    assert make([3] * units, [10] * units) == TooFewPeers(others)


@pytest.mark.parametrize("units, quarters", [(6, False), (8, False), (9, True)])
def test_fewer_than_eight_others_give_ranks_and_no_quarters(units: int, quarters: bool):
    for place in places(places_of_rates(range(units), [9] * units, draws=200)):
        assert (place.lowest_quarter is not None) == quarters
        assert (place.highest_quarter is not None) == quarters


def test_who_has_no_figure_is_told_why_and_changes_no_other():
    events, exposure = [3, 9, 4, 7, 1, 6, 8], [9, 8, 7, 6, 5, 4, 3]
    with_gaps = places_of_rates([*events, NAN, 2, -2, 2], [*exposure, 5, 0, 5, INF], draws=500)
    assert not isinstance(with_gaps, TooFewPeers)
    assert with_gaps[:7] == places_of_rates(events, exposure, draws=500)
    assert with_gaps[7:] == (
        NoFigure.MISSING,
        NoFigure.NOTHING_AT_RISK,
        NoFigure.IMPOSSIBLE,
        NoFigure.IMPOSSIBLE,
    )


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(ValueError, match="0 draws show nothing. Ask for 1,000 or more."):
        places_of_rates(*FAR_APART, draws=0)
    many = [1] * (MOST_UNITS + 1)
    with pytest.raises(ValueError, match="2,001 units are too many. Rank 2,000 or fewer."):
        places_of_rates(many, many)


# Seeds and order.

CASES = st.lists(st.tuples(st.integers(0, 8), st.integers(8, 30)), min_size=6, max_size=14)


@settings(max_examples=30)
@given(CASES, st.randoms(use_true_random=False), st.booleans())
def test_the_same_counts_give_the_same_places_in_any_order(
    cases: list[tuple[int, int]], shuffle: Random, share: bool
):
    make = places_of_shares if share else places_of_rates
    order = list(range(len(cases)))
    shuffle.shuffle(order)
    plain = places(make([a for a, _ in cases], [b for _, b in cases], draws=300))
    mixed = places(make([cases[n][0] for n in order], [cases[n][1] for n in order], draws=300))
    assert mixed == [plain[n] for n in order]
    for n, case in enumerate(cases):
        assert plain[n] == plain[cases.index(case)]


def test_another_seed_draws_anew_and_says_nearly_the_same():
    chance = np.random.default_rng(8)
    exposure = chance.uniform(20, 200, 40)
    events = chance.poisson(exposure * chance.gamma(20, 0.05, 40))
    one, again, other = (places(places_of_rates(events, exposure, seed=seed)) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    # The chances of two seeds differ by five standard errors at most.
    most = 5 * math.sqrt(2 * 0.25 / 10_000)
    for first, second in zip(one, other, strict=True):
        assert first.lowest_quarter == pytest.approx(second.lowest_quarter, abs=most)
        assert abs(first.low - second.low) <= 2 and abs(first.high - second.high) <= 2


# The slow, obvious twin: no draws. Given one unit's true figure, each other is below it with a
# known chance; how many are below follows from these, and the rest is a sum over the figure.


def by_hand(
    counts: Sequence[int], sizes: Sequence[int], *, share: bool
) -> list[tuple[list[float], float]]:
    """For each unit the chance of every rank, and the mean rank."""
    mean = sum(counts) / sum(sizes)
    chance = mean * (1 - mean) if share else mean
    squares = sum(n * (x / n - mean) ** 2 for x, n in zip(counts, sizes, strict=True))
    room = sum(sizes) - sum(n * n for n in sizes) / sum(sizes)
    room -= len(sizes) - 1 if share else 0
    variance = (squares - (len(sizes) - 1) * chance) / room
    least = 0.5 / (min(mean, 1 - mean) if share else mean)
    worth = max(chance / variance - (1 if share else 0), least)
    fitted = [
        (mean * worth + x, (1 - mean) * worth + n - x if share else worth + n)
        for x, n in zip(counts, sizes, strict=True)
    ]
    steps = 400
    found = []
    for unit, own in enumerate(fitted):
        total = [0.0] * len(fitted)
        for step in range(steps):
            figure = at_level((step + 0.5) / steps, own, share)
            below = [up_to(figure, other, share) for n, other in enumerate(fitted) if n != unit]
            for rank, likely in enumerate(how_many(below)):
                total[rank] += likely / steps
        found.append((total, sum((n + 1) * p for n, p in enumerate(total))))
    return found


def at_level(level: float, fitted: tuple[float, float], share: bool) -> float:
    first, second = fitted
    if share:
        return float(betaincinv(first, second, level))
    return float(gammaincinv(first, level)) / second


def up_to(figure: float, fitted: tuple[float, float], share: bool) -> float:
    first, second = fitted
    if share:
        return float(betainc(first, second, figure))
    return float(gammainc(first, figure * second))


def how_many(chances: Sequence[float]) -> list[float]:
    """The chance of each number of hits, where every try has a chance of its own."""
    found = [1.0]
    for hit in chances:
        missed = [p * (1 - hit) for p in found] + [0.0]
        for number, p in enumerate(found):
            missed[number + 1] += p * hit
        found = missed
    return found


TABLES = [
    ("rates that differ", [2, 9, 14, 22, 15, 40, 31, 58, 90], [20, 30, 30, 40, 20, 50, 30, 60, 60]),
    ("few events", [0, 0, 1, 0, 3, 1, 6, 0, 9], [10, 12, 9, 20, 11, 8, 10, 3, 12]),
    ("one far out", [3, 5, 4, 6, 2, 5, 4, 3, 99], [10, 12, 9, 20, 11, 8, 10, 13, 12]),
    ("nearly alike", [38, 50, 55, 66, 33, 63, 52, 47, 79], [50] * 9),
]


@pytest.mark.parametrize("why, counts, sizes", TABLES)
@pytest.mark.parametrize("share", [False, True])
def test_the_draws_agree_with_the_sums_by_hand(
    why: str, counts: list[int], sizes: list[int], share: bool
):
    if share:
        sizes = [count + size for count, size in zip(counts, sizes, strict=True)]
    make = places_of_shares if share else places_of_rates
    for place, (chances, mean) in zip(
        places(make(counts, sizes)), by_hand(counts, sizes, share=share), strict=True
    ):
        # Five standard errors of 10,000 draws, and the steps of the sum.
        assert place.lowest_quarter == pytest.approx(sum(chances[:3]), abs=0.03), why
        assert place.highest_quarter == pytest.approx(sum(chances[-3:]), abs=0.03), why
        assert place.expected == pytest.approx(mean, abs=0.15), why
        assert sum(chances[: place.low - 1]) <= 0.035
        assert sum(chances[: place.low]) >= 0.015
        assert sum(chances[place.high :]) <= 0.035
        assert sum(chances[place.high - 1 :]) >= 0.015


# What comes out adds up.

ANYTHING = st.floats() | st.integers(-2, 500).map(float)


@given(st.lists(st.tuples(ANYTHING, ANYTHING), max_size=20), st.booleans())
def test_whatever_comes_in_ranks_add_up(pairs: list[tuple[float, float]], share: bool):
    make = places_of_shares if share else places_of_rates
    made = make([a for a, _ in pairs], [b for _, b in pairs], draws=100)
    if isinstance(made, TooFewPeers):
        return
    found = places(made)
    units = len(found)
    assert {place.units for place in found} == {units}
    assert sum(place.rank for place in found) == units * (units + 1) / 2
    assert sum(place.expected for place in found) == pytest.approx(units * (units + 1) / 2)
    assert all(1 <= place.low <= place.high <= units for place in found)
    if units >= 9:
        lowest = sum(place.lowest_quarter or 0 for place in found)
        assert lowest == pytest.approx(outer_quarter(units))


# Simulations: what the intervals and chances are worth where the truth is known.

Simulated = list[tuple[Place, int]]


def simulated(repeats: int, spread: float, seed: int) -> list[Simulated]:
    """Places of 20 units with the true rank, time after time; 12 to 60 events expected."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(repeats):
        exposure = chance.uniform(12, 60, 20)
        true = np.exp(chance.normal(0, spread, 20))
        made = places(places_of_rates(chance.poisson(true * exposure), exposure, draws=1000))
        order = [int(rank) for rank in ranks(true).lowest]
        found.append(list(zip(made, order, strict=True)))
    return found


@pytest.mark.parametrize("spread", [0.15, 0.3, 0.6])
def test_an_interval_of_95_holds_the_true_rank_at_least_about_so_often(spread: float):
    held = [
        sum(place.low <= true <= place.high for place, true in units) / len(units)
        for units in simulated(150, spread, seed=95)
    ]
    # Ranks are whole numbers and the limits lie outside both fortieths, so a little more than
    # 95% is right. Three standard errors of the mean over the repeats are allowed below it.
    slack = 3 * float(np.std(held)) / math.sqrt(len(held))
    assert slack < 0.02
    assert 0.95 - slack <= float(np.mean(held)) <= 0.995


def test_of_those_said_to_be_in_the_lowest_quarter_as_many_are_as_was_said():
    found = [one for units in simulated(200, 0.3, seed=25) for one in units]
    chances = [place.lowest_quarter or 0.0 for place, _ in found]
    truths = [true <= 5 for _, true in found]
    for low, high in ((0.0, 0.1), (0.1, 0.4), (0.4, 0.7), (0.7, 1.01)):
        said = [p for p in chances if low <= p < high]
        held = [true for p, true in zip(chances, truths, strict=True) if low <= p < high]
        share = sum(held) / len(held)
        slack = 0.05 + 3 * math.sqrt(0.25 / len(held))
        assert share == pytest.approx(sum(said) / len(said), abs=slack)


def test_where_nobody_differs_hardly_anybody_is_said_to_be_in_a_quarter():
    found = [place for units in simulated(100, 0.0, seed=3) for place, _ in units]
    assert sum((place.lowest_quarter or 0) > 0.9 for place in found) / len(found) < 0.005
    widths = [(place.high - place.low + 1) / place.units for place in found]
    assert float(np.mean(widths)) > 0.9


def test_the_expected_rank_goes_with_the_shrunken_figure():
    chance = np.random.default_rng(12)
    exposure = chance.uniform(5, 100, 30)
    events = chance.poisson(exposure * chance.gamma(10, 0.1, 30))
    drawn = shrunken_rates(events, exposure)
    assert isinstance(drawn, Shrinkage)
    order = ranks([one.shrunken for one in drawn.figures if not isinstance(one, NoFigure)]).average
    expected = [place.expected for place in places(places_of_rates(events, exposure))]
    assert float(np.corrcoef(order, expected)[0, 1]) > 0.97
