"""Each funnel gives what the slow one gives, whatever it is fed."""

from collections.abc import Callable

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarking.statistics import funnel
from benchmarking.statistics.funnel import LOG, SHMI, Funnel
from tests.statistics.funnel import slow
from tests.statistics.funnel.slow import NAN, Pairs, SlowFunnel

CUT = 1.96

counts = st.one_of(st.integers(0, 400).map(float), st.just(NAN), st.just(float("inf")))
sizes = st.one_of(st.floats(0.2, 3000), st.sampled_from([0.0, NAN, 40.0, 1.0]))
ratios = st.lists(st.tuples(counts, sizes), min_size=1, max_size=40)
wholes = st.one_of(st.integers(0, 300), st.sampled_from([0, 1, 12]))
shares = st.lists(
    wholes.flatmap(lambda n: st.tuples(st.one_of(st.just(NAN), st.integers(0, n)), st.just(n))),
    min_size=1,
    max_size=40,
)
scores = st.lists(
    st.tuples(st.one_of(st.floats(0, 10), st.just(NAN)), st.one_of(st.floats(0.01, 2), st.just(0))),
    min_size=1,
    max_size=40,
)


def same(quick: Funnel, twin: SlowFunnel) -> None:
    for mine, theirs in (
        (quick.units.y, twin.y),
        (quick.z, twin.z),
        (quick.z_trimmed, twin.trimmed),
        (quick.dispersion.phi, twin.phi),
        (quick.dispersion.tau2, twin.tau2),
        (quick.z_adjusted, twin.adjusted),
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9)
    found = quick.limits(quick.units.size[~np.isnan(quick.units.size)], CUT)
    np.testing.assert_allclose(
        np.stack([found.low, found.high], axis=-1),
        np.array(twin.limits).reshape(-1, 2),
        rtol=1e-9,
        atol=1e-9,
    )


def columns(pairs: Pairs) -> tuple[list[float], list[float]]:
    return [float(first) for first, _ in pairs], [float(second) for _, second in pairs]


ALL_EQUAL = [(10.0, 40.0)] * 8
ONE_UNIT = [(3.0, 9.0)]
OUTLIER = [*[(float(40 + k), 50.0) for k in range(12)], (5000.0, 50.0)]
ALL_AT_100 = [(float(k), k) for k in (3, 10, 40, 40, 12, 9, 8)]


@given(ratios)
@example(ALL_EQUAL)
@example(ONE_UNIT)
@example(OUTLIER)
@example([(NAN, 5.0), (2.0, 0.0)])
def test_ratios(pairs: Pairs):
    first, second = columns(pairs)
    same(funnel.ratio_funnel(first, second), slow.ratio(pairs, CUT))


@given(ratios)
@example(ALL_EQUAL)
@example(ONE_UNIT)
@example([(0.0, float(k)) for k in range(1, 30)])
def test_ratios_on_the_logarithm_with_the_ends_cut_off(pairs: Pairs):
    first, second = columns(pairs)
    quick = funnel.ratio_funnel(first, second, SHMI, LOG)
    same(quick, slow.mortality(pairs, CUT))


@given(shares)
@example([(12, 40)] * 8)
@example(ONE_UNIT)
@example(ALL_AT_100)
@example([(0, n) for _, n in ALL_AT_100])
def test_shares(pairs: Pairs):
    first, second = columns(pairs)
    same(funnel.share_funnel(first, second), slow.share(pairs, CUT))


@given(scores)
@example([(8.0, 0.1)] * 8)
@example([(8.0, 0.1)])
def test_scores(pairs: Pairs):
    first, second = columns(pairs)
    same(funnel.score_funnel(first, second, 100), slow.score(pairs, CUT))


MAKERS: dict[str, Callable[[np.ndarray, np.ndarray], Funnel]] = {
    "ratio": funnel.ratio_funnel,
    "logarithm": lambda a, b: funnel.ratio_funnel(a, b, SHMI, LOG),
    "share": funnel.share_funnel,
    "two counts": funnel.count_ratio_funnel,
    "score": lambda a, b: funnel.score_funnel(a, b / 10, b),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_a_matrix_gives_what_its_rows_give(make: Callable[[np.ndarray, np.ndarray], Funnel]):
    draw = np.random.default_rng(3)
    second = draw.integers(5, 300, (6, 30)).astype(float)
    first = draw.binomial(second.astype(int), 0.3).astype(float)
    first[1, 4] = np.nan
    second[2, :] = np.nan
    whole = make(first, second)
    for row in range(6):
        alone = make(first[row], second[row])
        np.testing.assert_allclose(whole.z_adjusted[row], alone.z_adjusted, rtol=1e-12)
        np.testing.assert_array_equal(whole.codes[row], alone.codes)
        np.testing.assert_allclose(whole.dispersion.tau2[row], alone.dispersion.tau2, rtol=1e-12)


wild = st.sampled_from([0, 1e-320, 1e-9, 0.5, 1, 5, 40, 1e6, 1e9, 1e200, -1, NAN, float("inf")])


@given(st.lists(st.tuples(wild, wild), min_size=1, max_size=14))
@example([(1e9, 1e-9), (0.0, 1e9), (1e9, 1e9), (1e-9, 1e9)])
def test_every_unit_gets_a_band_or_a_reason_and_every_limit_is_a_number(pairs: Pairs):
    first, second = columns(pairs)
    for make in MAKERS.values():
        made = make(np.array(first), np.array(second))
        assert all(made.verdict(unit).in_words() for unit in range(len(pairs)))
        assert np.isfinite([made.dispersion.phi, made.dispersion.tau2]).all()
        for limits in (made.limits(made.grid(9), 3.09), made.chance_limits(made.grid(9), 3.09)):
            assert np.isfinite(limits.low).all() and np.isfinite(limits.high).all()
