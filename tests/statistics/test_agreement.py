"""Agreement of two readings: drawn tables, what cannot be said, and slow twins."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import combinations
from math import isnan, nan, sqrt
from statistics import fmean

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarking.statistics.agreement import (
    Agreement,
    Gap,
    Interval,
    Kappa,
    NoAgreement,
    TooLittleToSay,
    Weighting,
    agreement,
    cross_table,
    error_of,
    kappa_of,
    kendall,
    spearman,
)

Levels = Sequence[float]


def read(marks: str) -> list[float]:
    """Levels as drawn: "1 2 - 4", a dash where there is none."""
    return [nan if mark == "-" else float(mark) for mark in marks.split()]


def agreed(first: str, second: str, levels: int = 4) -> Agreement:
    found = agreement(read(first), read(second), levels)
    assert isinstance(found, Agreement)
    return found


# The rules, drawn.

FIRST = "1 2 2 3 4 4 3 - 2 1"
SECOND = "1 2 3 3 4 2 3 3 - 1"


def test_the_table_counts_units_by_both_levels_and_what_is_left_out():
    found = agreed(FIRST, SECOND)
    assert found.table == ((2, 0, 0, 0), (0, 1, 1, 0), (0, 0, 2, 0), (0, 1, 0, 1))
    assert (found.pairs, found.left_out) == (8, 2)


def test_exact_agreement_is_the_share_on_the_same_level_with_its_interval():
    exact = agreed(FIRST, SECOND).exact
    assert (exact.same, exact.pairs, exact.share) == (6, 8, 0.75)
    assert (exact.low, exact.high) == (
        pytest.approx(0.4093, abs=5e-5),
        pytest.approx(0.9285, abs=5e-5),
    )


def test_the_gap_has_a_direction_and_a_labelled_mean():
    assert agreed(FIRST, SECOND).gap == Gap(higher=1, same=6, lower=1, mean=1 / 8)
    assert agreed("4 4 4 1", "1 2 3 4").gap == Gap(higher=3, same=0, lower=1, mean=3 / 4)


# Cohen (1960), Educational and Psychological Measurement 20, 37-46, table 1: kappa 0.492.
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


def test_kappa_of_the_first_paper():
    assert float(kappa_of(COHEN, Weighting.UNWEIGHTED)) == pytest.approx(0.492, abs=5e-4)


@pytest.mark.parametrize(
    "table, unweighted, linear, quadratic, why",
    [
        ([[5, 0], [0, 5]], 1, 1, 1, "complete agreement"),
        ([[0, 5], [5, 0]], -1, -1, -1, "the opposite each time"),
        ([[4, 4], [4, 4]], 0, 0, 0, "what chance gives"),
        ([[3, 2], [0, 0]], 0, 0, 0, "one reader on one level adds nothing to chance"),
        ([[2, 0, 2], [0, 0, 0], [2, 0, 2]], 0, 0, 0, "the middle level unused"),
        ([[2, 2, 0], [0, 2, 2], [2, 0, 2]], 0.25, 0.25, 0.25, "two neighbours to one far"),
    ],
)
def test_kappa_is_beyond_chance(
    table: list[list[int]], unweighted: float, linear: float, quadratic: float, why: str
):
    found = [float(kappa_of(table, weighting)) for weighting in Weighting]
    assert found == pytest.approx([unweighted, linear, quadratic], abs=1e-12), why


def test_disagreement_by_one_level_costs_less_where_levels_are_weighted():
    near = agreed("1 2 3 4 1 2 3 4", "1 2 3 4 2 3 4 3")
    assert isinstance(near.unweighted, Kappa) and isinstance(near.linear, Kappa)
    assert isinstance(near.quadratic, Kappa)
    assert near.unweighted.value < near.linear.value < near.quadratic.value


# What cannot be said.


@pytest.mark.parametrize(
    "first, second, said",
    [
        ("", "", "Too few to say: fewer than 2 units have both readings (0 of 0)"),
        ("3", "3", "Too few to say: fewer than 2 units have both readings (1 of 1)"),
        ("3 - 2", "- 1 2", "Too few to say: fewer than 2 units have both readings (1 of 3)"),
    ],
)
def test_fewer_than_two_pairs_say_nothing(first: str, second: str, said: str):
    found = agreement(read(first), read(second), 4)
    assert isinstance(found, TooLittleToSay)
    assert (found.why, found.in_words()) == (NoAgreement.FEW_PAIRS, said)


@pytest.mark.parametrize(
    "first, second, why, said",
    [
        (
            "3 3 3 -",
            "3 3 3 3",
            NoAgreement.ONE_LEVEL,
            "Too few to say: both readings are the same level throughout (3 of 4)",
        ),
        (
            "3 3 3",
            "3 2 4",
            NoAgreement.ONE_SIDED,
            "Too few to say: one reader gave the same level throughout (3 of 3)",
        ),
        (
            "2 2 2",
            "3 3 3",
            NoAgreement.ONE_SIDED,
            "Too few to say: one reader gave the same level throughout (3 of 3)",
        ),
    ],
)
def test_a_reader_on_one_level_leaves_the_share_and_no_kappa(
    first: str, second: str, why: NoAgreement, said: str
):
    found = agreed(first, second)
    assert found.exact.pairs == 3
    for figure in (found.unweighted, found.linear, found.quadratic, found.spearman, found.kendall):
        assert isinstance(figure, TooLittleToSay)
        assert (figure.why, figure.in_words()) == (why, said)


def test_complete_agreement_has_a_kappa_and_no_interval():
    found = agreed("1 2 3 4 4", "1 2 3 4 4").quadratic
    assert isinstance(found, Kappa) and isinstance(found.interval, TooLittleToSay)
    assert (found.value, found.error) == (1, 0)
    assert found.interval.in_words() == (
        "Too few to say: the readings never differ, so drawing them again shows no spread (5 of 5)"
    )


def test_pairs_too_few_to_draw_again_have_a_kappa_and_no_interval():
    found = agreed("1 1 2", "1 2 2").linear
    assert isinstance(found, Kappa) and isinstance(found.interval, TooLittleToSay)
    assert found.interval.why is NoAgreement.TOO_FEW_REPEATS


def test_no_repeats_are_no_interval():
    found = agreement([1, 2, 3, 1], [1, 2, 3, 2], 4, repeats=0)
    assert isinstance(found, Agreement) and isinstance(found.linear, Kappa)
    assert isinstance(found.linear.interval, TooLittleToSay)


@pytest.mark.parametrize("wrong", [0, 5, 2.5, -1, np.inf])
def test_what_is_no_level_is_refused(wrong: float):
    with pytest.raises(ValueError, match="A level is no whole number from 1 to 4. Check the lev"):
        agreement([1, wrong], [1, 2], 4)


def test_readings_without_a_partner_are_refused():
    with pytest.raises(ValueError, match="3 first readings meet 2 second. Pair them."):
        cross_table([1, 2, 3], [1, 2], 4)


# Intervals.

CHANCE = np.random.default_rng(11)
TRUE = CHANCE.integers(1, 5, 120)
READER = np.clip(TRUE + CHANCE.integers(-1, 2, 120), 1, 4)


def interval(found: Agreement | TooLittleToSay) -> Interval:
    assert isinstance(found, Agreement) and isinstance(found.quadratic, Kappa)
    assert isinstance(found.quadratic.interval, Interval)
    return found.quadratic.interval


def test_a_page_shows_the_same_interval_twice_and_another_seed_another():
    once, again = (interval(agreement(TRUE, READER, 4)) for _ in range(2))
    assert once == again
    assert once.repeats == 2000
    assert interval(agreement(TRUE, READER, 4, seed=1)) != once


def test_the_order_of_units_does_not_matter():
    order = np.random.default_rng(5).permutation(len(TRUE))
    assert agreement(TRUE, READER, 4) == agreement(TRUE[order], READER[order], 4)


def test_drawing_units_one_by_one_gives_nearly_the_same_interval():
    first, second = TRUE[:40], READER[:40]
    chance, kappas = np.random.default_rng(3), []
    for _ in range(1500):
        drawn = chance.integers(0, 40, 40)
        kappas.append(kappa_by_hand(first[drawn].tolist(), second[drawn].tolist(), 4, power=2))
    low, high = np.quantile(kappas, (0.025, 0.975))
    found = interval(agreement(first, second, 4))
    assert (found.low, found.high) == (pytest.approx(low, abs=0.02), pytest.approx(high, abs=0.02))


def test_the_interval_holds_the_true_kappa_about_as_often_as_it_says():
    cells = np.array([[6, 2, 1], [2, 6, 2], [1, 2, 6]]) / 28
    true, chance, held = float(kappa_of(cells, Weighting.LINEAR)), np.random.default_rng(8), 0
    for case in range(300):
        places = chance.choice(9, 100, p=cells.ravel())
        found = agreement(places // 3 + 1, places % 3 + 1, 3, repeats=400, seed=case)
        assert isinstance(found, Agreement) and isinstance(found.linear, Kappa)
        assert isinstance(found.linear.interval, Interval)
        held += found.linear.interval.low <= true <= found.linear.interval.high
    # Four standard errors of a share of 300, and the small shortfall that percentiles have.
    assert 0.89 <= held / 300 <= 0.99


def test_the_standard_error_is_what_kappas_scatter_by():
    cells = np.array([[6, 2, 1], [2, 6, 2], [1, 2, 6]]) / 28
    tables = np.random.default_rng(2).multinomial(400, cells.ravel(), 4000).reshape(-1, 3, 3)
    for weighting in Weighting:
        scatter = float(np.std(kappa_of(tables, weighting)))
        assert float(error_of(cells * 400, weighting)) == pytest.approx(scatter, rel=0.06)


# Slow twins, from the formulas, one pair at a time.


def cost(one: float, other: float, levels: int, power: int | None) -> float:
    """What a disagreement costs: 0 or 1, or levels apart to a power."""
    if power is None:
        return float(one != other)
    return (abs(one - other) / (levels - 1)) ** power


def kappa_by_hand(first: Levels, second: Levels, levels: int, power: int | None) -> float:
    """1 less the cost seen, over the cost of each first reading meeting each second."""
    seen = fmean(cost(a, b, levels, power) for a, b in zip(first, second, strict=True))
    chance = fmean(cost(a, b, levels, power) for a in first for b in second)
    return 1 - seen / chance if chance else nan


def error_by_hand(first: Levels, second: Levels, levels: int, power: int | None) -> float:
    """Fleiss, Cohen and Everitt's standard error, from agreement weights of single pairs."""
    k = kappa_by_hand(first, second, levels, power)
    chance = fmean(1 - cost(a, b, levels, power) for a in first for b in second)
    total = 0.0
    for a, b in zip(first, second, strict=True):
        by_row = fmean(1 - cost(a, other, levels, power) for other in second)
        by_column = fmean(1 - cost(other, b, levels, power) for other in first)
        total += (1 - cost(a, b, levels, power) - (by_row + by_column) * (1 - k)) ** 2
    spread = total / len(first) - (k - chance * (1 - k)) ** 2
    return sqrt(max(spread, 0) / len(first)) / (1 - chance)


def tau_by_hand(first: Levels, second: Levels) -> float:
    """Kendall's tau-b over all pairs of units."""
    balance, moves_first, moves_second = 0, 0, 0
    for (a, b), (c, d) in combinations(zip(first, second, strict=True), 2):
        one, other = (a > c) - (a < c), (b > d) - (b < d)
        balance += one * other
        moves_first, moves_second = moves_first + (one != 0), moves_second + (other != 0)
    return balance / sqrt(moves_first * moves_second) if moves_first * moves_second else nan


def ranks_by_hand(values: Levels) -> list[float]:
    return [
        sum(other < value for other in values) + (values.count(value) + 1) / 2 for value in values
    ]


def spearman_by_hand(first: Levels, second: Levels) -> float:
    """Pearson's correlation of average ranks."""
    one, other = ranks_by_hand(first), ranks_by_hand(second)
    x, y = [r - fmean(one) for r in one], [r - fmean(other) for r in other]
    product = sqrt(sum(a * a for a in x)) * sqrt(sum(b * b for b in y))
    return sum(a * b for a, b in zip(x, y, strict=True)) / product if product else nan


PAIRS = st.integers(2, 5).flatmap(
    lambda k: st.tuples(
        st.just(k),
        st.lists(st.tuples(st.integers(1, k), st.integers(1, k)), min_size=2, max_size=30),
    )
)


@settings(max_examples=150, deadline=None)
@given(PAIRS)
def test_every_figure_is_the_one_worked_out_pair_by_pair(drawn: tuple[int, list[tuple[int, int]]]):
    levels, pairs = drawn
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    table, left_out = cross_table(first, second, levels)
    assert left_out == 0
    for weighting, power in zip(Weighting, (None, 1, 2), strict=True):
        value = kappa_by_hand(first, second, levels, power)
        assert float(kappa_of(table, weighting)) == pytest.approx(value, abs=1e-9, nan_ok=True)
        if not isnan(value):
            error = error_by_hand(first, second, levels, power)
            # Where the error is 0, the twin's rounding leaves the root of a hair.
            assert float(error_of(table, weighting)) == pytest.approx(error, rel=1e-7, abs=2e-7)
    assert kendall(table) == pytest.approx(tau_by_hand(first, second), nan_ok=True)
    assert spearman(table) == pytest.approx(spearman_by_hand(first, second), nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.integers(0, 2**31))
def test_nothing_that_is_shown_is_missing_or_beyond_its_scale(
    drawn: tuple[int, list[tuple[int, int]]], seed: int
):
    levels, pairs = drawn
    found = agreement([a for a, _ in pairs], [b for _, b in pairs], levels, 50, seed)
    assert isinstance(found, Agreement)
    assert 0 <= found.exact.low <= found.exact.share <= found.exact.high <= 1
    for name in (field.name for field in fields(Agreement)):
        figure = getattr(found, name)
        if isinstance(figure, Kappa):
            assert -1 <= figure.value <= 1 + 1e-12 and figure.error >= 0
            if isinstance(figure.interval, Interval):
                assert -1 <= figure.interval.low <= figure.interval.high <= 1
    assert all(
        isinstance(r, TooLittleToSay) or abs(r) <= 1 + 1e-12
        for r in (found.spearman, found.kendall)
    )


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_swapping_the_readers_turns_the_gap_and_nothing_else(
    drawn: tuple[int, list[tuple[int, int]]],
):
    levels, pairs = drawn
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    assume(len(set(first)) > 1 and len(set(second)) > 1)
    one, other = agreement(first, second, levels, 1), agreement(second, first, levels, 1)
    assert isinstance(one, Agreement) and isinstance(other, Agreement)
    assert one.exact == other.exact
    assert (one.gap.higher, one.gap.mean) == (other.gap.lower, -other.gap.mean)
    assert isinstance(one.linear, Kappa) and isinstance(other.linear, Kappa)
    assert one.linear.value == pytest.approx(other.linear.value)
    assert one.spearman == pytest.approx(other.spearman)


def test_many_tables_at_once_are_what_each_gives_alone():
    tables = np.random.default_rng(4).integers(0, 6, (3, 5, 4, 4))
    tables[0, 0] = np.diag([7, 0, 0, 0])
    for weighting in Weighting:
        for of in (kappa_of, error_of):
            at_once = of(tables, weighting)
            assert at_once.shape == (3, 5) and isnan(at_once[0, 0])
            alone = [float(of(table, weighting)) for table in tables.reshape(-1, 4, 4)]
            assert at_once.ravel().tolist() == pytest.approx(alone, nan_ok=True)


def test_an_empty_table_has_no_kappa():
    assert isnan(float(kappa_of(np.zeros((4, 4)), Weighting.LINEAR)))
    assert isnan(float(error_of(np.zeros((4, 4)), Weighting.LINEAR)))
    assert isnan(spearman(np.zeros((4, 4)))) and isnan(kendall(np.zeros((4, 4))))
