"""The fast charts against slow ones on random series, and what no series may change."""

from dataclasses import replace
from math import nan

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarking.polarity import Polarity
from benchmarking.statistics.spc import (
    AS_THE_EXCEL_TOOL,
    MAKING_DATA_COUNT,
    Judgement,
    Rules,
    Signal,
    Variation,
    XmrCharts,
    xmr,
)
from tests.statistics.spc.slow_twin import Slow

POLARITIES = {1: Polarity.HIGHER_IS_BETTER, -1: Polarity.LOWER_IS_BETTER, 0: Polarity.NEUTRAL}

# Small whole numbers tie and lie on lines; tenths do not; steps make trends; and some have gaps.
WHOLE = st.integers(-3, 3).map(float)
TENTHS = st.integers(-200, 200).map(lambda n: n / 10)
OUTLIERS = st.sampled_from([0.0, 1.0, 2.0, 100.0, -200.0])
CONSTANT = st.just(100.0)


@st.composite
def figures(draw: st.DrawFn) -> list[float]:
    kind = draw(st.sampled_from([WHOLE, TENTHS, OUTLIERS, CONSTANT]))
    found = draw(st.lists(kind, max_size=40))
    if draw(st.booleans()):
        found = np.cumsum(found).tolist()
    gaps = draw(st.sets(st.integers(0, 40), max_size=4))
    return [nan if place in gaps else value for place, value in enumerate(found)]


RULES = st.builds(
    Rules,
    name=st.just("Any"),
    shift=st.integers(2, 9),
    trend=st.integers(2, 9),
    two_of_three=st.booleans(),
    screening=st.booleans(),
    least_points=st.sampled_from([2, 5, 13]),
    improvement_first=st.booleans(),
    gaps_break=st.booleans(),
) | st.sampled_from([MAKING_DATA_COUNT, AS_THE_EXCEL_TOOL])


@st.composite
def slow_series(draw: st.DrawFn, rules: Rules) -> Slow:
    values = draw(figures())
    last = max(len(values) - 1, 0)
    places = st.sets(st.integers(0, last), max_size=3) if values else st.just(set())
    return Slow(
        values=values,
        rules=rules,
        better=draw(st.sampled_from([1, -1, 0])),
        target=draw(st.none() | st.sampled_from([0.0, 1.0, 100.0, -500.0]) | TENTHS),
        baseline=draw(st.none() | st.integers(1, 45)),
        rebase=draw(places),
    )


def fast(many: list[Slow]) -> XmrCharts:
    """All of them in one call, the shorter ones filled up with months without a figure."""
    values = np.full((len(many), max(len(one.values) for one in many)), nan)
    for row, one in enumerate(many):
        values[row, : len(one.values)] = one.values
    return xmr(
        values,
        rules=many[0].rules,
        polarity=[POLARITIES[one.better] for one in many],
        targets=[nan if one.target is None else one.target for one in many],
        baseline=[one.baseline for one in many],
        rebase=[sorted(one.rebase) for one in many],
    )


@settings(max_examples=300, deadline=None)
@given(RULES.flatmap(lambda rules: st.lists(slow_series(rules), min_size=1, max_size=4)))
def test_the_fast_charts_are_the_slow_ones(many: list[Slow]):
    assume(all(one.is_clear() for one in many))
    charts = fast(many)
    for row, one in enumerate(many):
        chart = charts.of(row)
        points = chart.points[: len(one.values)]
        assert [(point.signal.name, point.side) for point in points] == one.signals()
        assert chart.variation.name == one.variation()
        assert chart.assurance.name == one.assurance()
        groups = [one.lines(group) for group in one.groups()]
        assert chart.made_from == groups[-1][-1]
        for point in points:
            lines = groups[point.group][:3]
            ours = (point.centre, point.low, point.high)
            assert ours == tuple(line and pytest.approx(line, rel=1e-12) for line in lines)


# What no series may change.

ANY = st.floats(allow_nan=True, allow_infinity=True)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=30), RULES, ANY, st.sampled_from(list(Polarity)))
def test_no_input_gives_infinity_and_limits_are_there_or_a_reason_is(
    values: list[float], rules: Rules, target: float, polarity: Polarity
):
    charts = xmr(values, rules=rules, targets=target, polarity=polarity)
    lines = [charts.centre, charts.low, charts.high, charts.near_low, charts.near_high]
    assert not np.any(np.isinf([charts.value, charts.target, *lines]))
    assert np.all(np.isfinite(lines)) == Variation(charts.variation[0]).is_icon
    chart = charts.of(0)
    assert (chart.why_no_limits is None) == chart.variation.is_icon
    for point in chart.points:
        assert (point.low is None) == (point.high is None) == (point.near_low is None)
        if point.low is not None and point.centre is not None and point.high is not None:
            assert point.low <= point.centre <= point.high
        assert (point.signal is Signal.NONE) == (point.judgement is Judgement.NONE)


LONG = st.lists(TENTHS, min_size=13, max_size=40)


@settings(max_examples=100, deadline=None)
@given(LONG, st.sampled_from([1000.0, -37.5]))
def test_a_constant_added_moves_the_lines_and_no_signal(values: list[float], constant: float):
    # In whole numbers, which a float moves without rounding.
    whole = np.round(values)
    assume(Slow(whole.tolist(), MAKING_DATA_COUNT).is_clear())
    plain, moved = xmr(whole), xmr(whole + constant)
    assert moved.low == pytest.approx(plain.low + constant, abs=1e-9)
    assert moved.high == pytest.approx(plain.high + constant, abs=1e-9)
    assert np.array_equal(plain.signal, moved.signal)


@settings(max_examples=100, deadline=None)
@given(LONG, TENTHS)
def test_a_series_upside_down_with_the_other_side_better_says_the_same(
    values: list[float], target: float
):
    up = xmr(values, targets=target, polarity=Polarity.HIGHER_IS_BETTER)
    down = xmr(np.negative(values), targets=-target, polarity=Polarity.LOWER_IS_BETTER)
    assert np.array_equal(up.low, -down.high) and np.array_equal(up.near_low, -down.near_high)
    assert np.array_equal(up.signal, down.signal) and np.array_equal(up.side, -down.side)
    assert np.array_equal(up.judgement, down.judgement)
    assert np.array_equal(up.assurance, down.assurance)
    assert np.array_equal(up.met, down.met) and np.array_equal(up.missed, down.missed)


LINES = ("centre", "low", "high", "near_low", "near_high")


@settings(max_examples=50, deadline=None)
@given(LONG, st.lists(st.integers(0, 40), max_size=6))
def test_months_without_a_figure_change_nothing_about_the_others(
    values: list[float], gaps: list[int]
):
    assume(Slow(values, MAKING_DATA_COUNT).is_clear())
    plain, spread = xmr(values), list(values)
    for gap in gaps:
        spread.insert(gap, nan)
    found = xmr(spread)
    there = ~np.isnan(found.value[0])
    for name in LINES:
        assert getattr(found, name)[0, there] == pytest.approx(getattr(plain, name)[0], abs=1e-12)
    assert np.array_equal(found.signal[0, there], plain.signal[0])
    assert np.array_equal(found.side[0, there], plain.side[0])
    assert np.array_equal(found.variation, plain.variation)


@settings(max_examples=50, deadline=None)
@given(LONG, LONG, st.sampled_from([None, 13, 20]))
def test_a_rebase_is_two_series_end_to_end(first: list[float], then: list[float], baseline):
    for part in (first, then):
        assume(Slow(part, MAKING_DATA_COUNT, baseline=baseline).is_clear())
    whole = xmr(first + then, rebase=[[len(first)]], baseline=baseline)
    parts = [xmr(part, baseline=baseline) for part in (first, then)]
    for name in LINES:
        joined = np.hstack([getattr(part, name) for part in parts])
        assert getattr(whole, name) == pytest.approx(joined, abs=1e-12)
    assert np.array_equal(whole.signal, np.hstack([part.signal for part in parts]))
    assert np.array_equal(whole.side, np.hstack([part.side for part in parts]))
    assert np.array_equal(whole.variation, parts[1].variation)


# How often chance alone is called a signal.


def test_a_steady_series_is_seldom_outside_its_limits():
    """Three standard deviations leave 0.27% outside; limits from 24 points somewhat more."""
    draws = np.random.default_rng(20261121).normal(50, 5, (4000, 24))
    charts = xmr(draws, rules=replace(MAKING_DATA_COUNT, screening=False))
    outside = np.mean(charts.signal == Signal.OUTSIDE)
    assert 0.0020 < outside < 0.0075
