"""Cronbach's alpha: what it is, what refuses it, and a slow twin."""

from math import isfinite, isnan, nan, sqrt
from statistics import fmean

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarking.statistics.reliability import (
    Alpha,
    NoAlpha,
    TooLittleForAlpha,
    alpha,
    reliability,
)

Answers = list[list[float]]


def answers(respondents: int, items: int, seed: int = 1) -> np.ndarray:
    """Answers from 1 to 5 to items that share one thing and differ by chance."""
    chance = np.random.default_rng(seed)
    shared = chance.normal(3, 1, (respondents, 1))
    return np.clip(np.round(shared + chance.normal(0, 0.8, (respondents, items))), 1, 5)


# Slow twin, from the formula, one answer at a time.


def covariance_by_hand(one: list[float], other: list[float]) -> float:
    both = [(a, b) for a, b in zip(one, other, strict=True) if not isnan(a + b)]
    mean_one, mean_other = fmean(a for a, _ in both), fmean(b for _, b in both)
    return sum((a - mean_one) * (b - mean_other) for a, b in both) / (len(both) - 1)


def alpha_by_hand(rows: Answers) -> tuple[float, float, float]:
    """Raw, standardised, and the mean correlation, as Cronbach wrote them."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    k = len(columns)
    matrix = [[covariance_by_hand(one, other) for other in columns] for one in columns]
    own = [matrix[i][i] for i in range(k)]
    total = sum(map(sum, matrix))
    pairs = [matrix[i][j] / sqrt(own[i] * own[j]) for i in range(k) for j in range(k) if i != j]
    average = fmean(pairs)
    raw = k / (k - 1) * (1 - sum(own) / total)
    return raw, k * average / (1 + (k - 1) * average), average


def shown(found: Alpha | TooLittleForAlpha) -> Alpha:
    assert isinstance(found, Alpha)
    return found


@settings(max_examples=80, deadline=None)
@given(st.integers(3, 40), st.integers(2, 7), st.integers(0, 10**6), st.booleans())
def test_alpha_is_the_one_worked_out_answer_by_answer(
    respondents: int, items: int, seed: int, with_gaps: bool
):
    table = answers(respondents, items, seed)
    if with_gaps:
        gaps = np.random.default_rng(seed).random(table.shape) < 0.1
        table = np.where(gaps, nan, table)
    found = alpha(table)
    if isinstance(found, TooLittleForAlpha) or found.constant:
        return
    raw, standardised, average = alpha_by_hand(table.tolist())
    assert found.raw == pytest.approx(raw, rel=1e-8, abs=1e-9)
    assert found.standardised == pytest.approx(standardised, rel=1e-8, abs=1e-9)
    assert found.average_r == pytest.approx(average, rel=1e-8, abs=1e-9)


def test_enough_is_drawn_for_the_twin_to_be_compared_with():
    drawn = [alpha(answers(12, 4, seed)) for seed in range(20)]
    assert sum(isinstance(found, Alpha) and not found.constant for found in drawn) > 15


# The rules.


def test_items_that_move_as_one_have_an_alpha_of_1():
    one = np.arange(40.0)[:, None] % 5
    found = shown(reliability(np.hstack([one, one, one + 1])))
    assert (found.raw, found.standardised, found.average_r) == pytest.approx((1, 1, 1))


def test_large_answers_lose_no_digits():
    plain, shifted = shown(alpha(answers(50, 4))), shown(alpha(answers(50, 4) + 1e8))
    assert shifted.raw == pytest.approx(plain.raw, rel=1e-7)


def test_an_item_that_runs_against_the_others_takes_alpha_below_0():
    table = answers(60, 3)
    table[:, 1] = 6 - table[:, 1]
    assert shown(reliability(table)).raw < 0


@pytest.mark.parametrize("items", [0, 1, 2])
def test_fewer_than_three_items_are_not_shown(items: int):
    found = reliability(answers(40, items))
    assert isinstance(found, TooLittleForAlpha)
    assert found.why is NoAlpha.FEW_ITEMS
    assert found.in_words().startswith(f"Too few to say: fewer than 3 items ({items} items, ")


@pytest.mark.parametrize("respondents", [0, 1, 2, 29])
def test_fewer_than_thirty_respondents_are_not_shown(respondents: int):
    found = reliability(answers(respondents, 4))
    assert isinstance(found, TooLittleForAlpha)
    assert (found.why, found.respondents) == (NoAlpha.FEW_RESPONDENTS, respondents)
    assert found.in_words() == (
        "Too few to say: some two items were both answered by fewer than 30 people "
        f"(4 items, {respondents} respondents)"
    )


def test_thirty_respondents_and_three_items_are_enough():
    found = shown(reliability(answers(30, 3)))
    assert (found.items, found.respondents) == (3, 30)


def test_respondents_are_those_who_answered_the_rarest_pair():
    table = answers(60, 3)
    table[:20, 0], table[40:, 2] = nan, nan
    found = reliability(table)
    assert isinstance(found, TooLittleForAlpha)
    assert (found.why, found.respondents) == (NoAlpha.FEW_RESPONDENTS, 20)
    assert shown(alpha(table)).respondents == 20


def test_an_item_that_all_answer_alike_is_named_and_not_shown():
    table = answers(40, 4)
    table[:, 2] = 3
    found = reliability(table)
    assert isinstance(found, TooLittleForAlpha)
    assert (found.why, found.constant) == (NoAlpha.CONSTANT_ITEMS, (2,))
    assert found.in_words() == "Nothing to say: everybody gave the same answer to some item"


def test_for_checking_an_item_that_all_answer_alike_is_left_out():
    table = answers(40, 4)
    table[:, 2] = 3
    found, without = shown(alpha(table)), shown(alpha(np.delete(table, 2, axis=1)))
    assert (found.raw, found.items, found.constant) == (without.raw, 3, (2,))


def test_items_that_nobody_varied_on_leave_nothing():
    found = alpha(np.full((40, 4), 3.0))
    assert isinstance(found, TooLittleForAlpha)
    assert (found.why, found.constant) == (NoAlpha.FEW_ITEMS, (0, 1, 2, 3))


def test_items_that_cancel_out_have_no_alpha():
    one = np.arange(40.0)[:, None] % 4
    found = reliability(np.hstack([one, one, -2 * one]))
    assert isinstance(found, TooLittleForAlpha)
    assert found.why is NoAlpha.NO_SUM
    assert found.in_words() == "Nothing to say: the items cancel each other out"


def test_an_item_that_nobody_answered_hides_the_scale_and_breaks_nothing():
    table = answers(40, 4)
    table[:, 1] = nan
    found = reliability(table)
    assert isinstance(found, TooLittleForAlpha)
    assert (found.why, found.respondents, found.constant) == (NoAlpha.FEW_RESPONDENTS, 0, (1,))


def test_a_hundredfold_slip_of_the_keyboard_still_gives_a_number():
    table = answers(40, 4)
    table[5, 2] *= 100
    assert isfinite(shown(reliability(table)).raw)


def test_what_is_no_table_is_refused():
    with pytest.raises(ValueError, match="The answers are no table. Give a row a respondent"):
        alpha([1, 2, 3])
