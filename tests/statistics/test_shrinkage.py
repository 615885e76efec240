"""Few events are drawn towards the group, many hardly: drawn tables, and twins by hand."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import given
from hypothesis import strategies as st

from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.shrinkage import (
    NoFigure,
    Shrinkage,
    Shrunken,
    shrunken_rates,
    shrunken_shares,
)

NAN, INF = float("nan"), float("inf")


def found(
    counts: Sequence[float], sizes: Sequence[float], *, share: bool = False, per: float = 1.0
) -> Shrinkage:
    made = (shrunken_shares if share else shrunken_rates)(counts, sizes, per)
    assert isinstance(made, Shrinkage)
    return made


def figures(made: Shrinkage) -> list[Shrunken]:
    return [figure for figure in made.figures if isinstance(figure, Shrunken)]


# Slow, obvious twins: the moment equation and the posterior mean, in plain loops.


def by_hand(
    counts: Sequence[float], sizes: Sequence[float], *, share: bool
) -> tuple[float, float, list[float]]:
    """Pooled mean, variance of the true figures, and the posterior means."""
    mean = sum(counts) / sum(sizes)
    seen = lent = room = 0.0
    for count, size in zip(counts, sizes, strict=True):
        # What a unit's squared distance holds of chance and of true differences, given that
        # the mean was estimated with the unit among the others.
        of_it = 1 - size / sum(sizes)
        chance = mean * (1 - mean) / size if share else mean / size
        seen += size * (count / size - mean) ** 2
        lent += size * chance * of_it
        room += size * ((1 - 1 / size) if share else 1) * of_it
    variance = max((seen - lent) / room, 0.0) if room > 1e-9 * sum(sizes) else 0.0
    if variance == 0 or mean in (0, 1):
        return mean, 0.0, [mean] * len(counts)
    least = 0.5 / (min(mean, 1 - mean) if share else mean)
    if share:
        cases = max(mean * (1 - mean) / variance - 1, least)
        alpha, beta = mean * cases, (1 - mean) * cases
        means = [(alpha + x) / (alpha + beta + n) for x, n in zip(counts, sizes, strict=True)]
    else:
        rate = max(mean / variance, least)
        shape = mean * rate
        means = [(shape + x) / (rate + n) for x, n in zip(counts, sizes, strict=True)]
    return mean, variance, means


SIZES = st.lists(st.integers(1, 5_000), min_size=6, max_size=30)


def near(ours: Sequence[float], theirs: Sequence[float]) -> None:
    assert list(ours) == pytest.approx(list(theirs), rel=1e-7, abs=1e-12)


@given(SIZES, st.data())
def test_rates_are_posterior_means_of_the_fitted_gamma(sizes: list[int], draw: st.DataObject):
    counts = [draw.draw(st.integers(0, 300)) for _ in sizes]
    made = found(counts, sizes)
    mean, variance, means = by_hand(counts, sizes, share=False)
    near([made.mean], [mean])
    assert made.spread == pytest.approx(math.sqrt(variance), rel=1e-6, abs=1e-6)
    near([one.shrunken for one in figures(made)], means)


@given(SIZES, st.data())
def test_shares_are_posterior_means_of_the_fitted_beta(sizes: list[int], draw: st.DataObject):
    counts = [draw.draw(st.integers(0, size)) for size in sizes]
    made = found(counts, sizes, share=True)
    _, variance, means = by_hand(counts, sizes, share=True)
    assert made.spread == pytest.approx(math.sqrt(variance), rel=1e-6, abs=1e-6)
    near([one.shrunken for one in figures(made)], means)


# What it is for.

EXPOSURE = [10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0, 1280.0]
EVENTS = [9, 1, 8, 30, 24, 95, 130, 180]


def test_the_fewer_events_the_more_the_group_says():
    weights = [one.own_weight for one in figures(found(EVENTS, EXPOSURE))]
    assert weights == sorted(weights)
    assert weights[0] < 0.4 and weights[-1] > 0.95


def test_the_weight_says_where_between_the_two_the_figure_lies():
    made = found(EVENTS, EXPOSURE, per=1000)
    for one in figures(made):
        weighed = one.own_weight * one.raw + (1 - one.own_weight) * made.mean
        assert one.shrunken == pytest.approx(weighed)


def test_figures_come_in_the_units_asked_for():
    plain, per_thousand = found(EVENTS, EXPOSURE), found(EVENTS, EXPOSURE, per=1000)
    assert per_thousand.mean == pytest.approx(1000 * plain.mean)
    assert per_thousand.spread == pytest.approx(1000 * plain.spread)
    near([one.raw for one in figures(per_thousand)], [1000 * one.raw for one in figures(plain)])


def test_shrunken_figures_are_nearer_to_the_truth_on_the_whole():
    chance = np.random.default_rng(31)
    raw = drawn = 0.0
    for _ in range(50):
        exposure = chance.uniform(5, 60, 40)
        true = chance.gamma(8, 1 / 8, 40)
        made = figures(found(chance.poisson(true * exposure).tolist(), exposure.tolist()))
        raw += sum((one.raw - t) ** 2 for one, t in zip(made, true, strict=True))
        drawn += sum((one.shrunken - t) ** 2 for one, t in zip(made, true, strict=True))
    assert drawn < 0.8 * raw


@pytest.mark.parametrize("share", [False, True])
def test_the_moments_find_the_spread_that_was_put_in(share: bool):
    chance = np.random.default_rng(7)
    sizes = chance.integers(20, 400, 40_000).astype(float)
    true = chance.beta(6, 4, sizes.size) if share else chance.gamma(6, 0.1, sizes.size)
    counts = chance.binomial(sizes.astype(int), true) if share else chance.poisson(true * sizes)
    spread = math.sqrt(0.24 / 11) if share else math.sqrt(6) * 0.1
    assert found(counts.tolist(), sizes.tolist(), share=share).spread == pytest.approx(
        spread, rel=0.02
    )


# Edges.


@pytest.mark.parametrize(
    "why, counts, sizes, share",
    [
        ("the same rate everywhere", [5] * 8, [10] * 8, False),
        ("rates nearer than chance puts them", [9, 10, 11, 10, 9, 11, 10, 10], [20] * 8, False),
        ("no event anywhere", [0] * 8, [10, 20, 30, 40, 50, 60, 70, 80], False),
        ("no event anywhere", [0] * 8, [10, 20, 30, 40, 50, 60, 70, 80], True),
        ("all at 100%", [10, 20, 30, 40, 50, 60, 70, 80], [10, 20, 30, 40, 50, 60, 70, 80], True),
        ("one case each", [0, 1, 0, 1, 1, 1, 0, 1], [1] * 8, True),
    ],
)
def test_where_chance_explains_all_everybody_has_the_groups_figure(
    why: str, counts: list[int], sizes: list[int], share: bool
):
    made = found(counts, sizes, share=share)
    assert made.spread == 0, why
    assert {one.own_weight for one in figures(made)} == {0}
    near([one.shrunken for one in figures(made)], [sum(counts) / sum(sizes)] * 8)


@pytest.mark.parametrize("make", [shrunken_rates, shrunken_shares])
@pytest.mark.parametrize("units, others", [(0, 0), (1, 0), (2, 1), (5, 4)])
def test_fewer_than_five_others_lend_nothing(
    make: Callable[..., Shrinkage | TooFewPeers], units: int, others: int
):
    assert make([3] * units, [10] * units) == TooFewPeers(others)


def test_why_there_is_no_figure_is_told_apart_and_spoils_no_other():
    odd = [NAN, 3, 3, -1, 3, INF, 3]
    beside = [10, NAN, 0, 10, -10, 10, INF]
    whole = found([*EVENTS, *odd], [*EXPOSURE, *beside])
    assert whole.figures[:8] == found(EVENTS, EXPOSURE).figures
    assert whole.units == 8
    assert [str(figure) for figure in whole.figures[8:]] == [
        "there is no figure",
        "there is no figure",
        "there was nothing to divide by",
        "its counts cannot be right",
        "its counts cannot be right",
        "its counts cannot be right",
        "its counts cannot be right",
    ]


def test_a_part_larger_than_its_whole_cannot_be_right():
    made = found([*[5] * 6, 11], [10] * 7, share=True)
    assert made.figures[-1] is NoFigure.IMPOSSIBLE


def test_an_outlier_is_left_nearly_where_it_is():
    made = figures(found([*[10] * 9, 1000], [10] * 10))
    assert made[-1].raw == 100
    assert 99 < made[-1].shrunken < 100
    assert all(one.own_weight > 0.98 for one in made)


ANYTHING = st.floats() | st.integers(-5, 1000).map(float)


@given(st.lists(st.tuples(ANYTHING, ANYTHING), max_size=25), st.booleans())
def test_whatever_comes_in_every_figure_lies_between_its_own_and_the_groups(
    pairs: list[tuple[float, float]], share: bool
):
    counts, sizes = [a for a, _ in pairs], [b for _, b in pairs]
    made = (shrunken_shares if share else shrunken_rates)(counts, sizes)
    if isinstance(made, TooFewPeers):
        return
    assert math.isfinite(made.mean) and math.isfinite(made.spread)
    for one in figures(made):
        assert min(one.raw, made.mean) <= one.shrunken <= max(one.raw, made.mean)
        assert 0 <= one.own_weight <= 1 and one.shrunken >= 0
        assert one.shrunken <= 1 or not share
