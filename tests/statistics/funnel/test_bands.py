"""Which band a unit gets, and why it gets none. Trusts differ; the words judge nothing."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarking.statistics.funnel import (
    CQC,
    Adjustment,
    Band,
    Funnel,
    NoBand,
    expected_counts,
    ratio_funnel,
    score_funnel,
    share_funnel,
)

NAN = float("nan")
CHANCE_ALONE = replace(CQC, adjustment=Adjustment.NONE)
USUAL = [100.0] * 9
IMPOSSIBLE = "not possible: negative, larger than its whole, too large or too small"


def among_usual(observed: float, expected: float = 100.0) -> Funnel:
    """A unit, the first, among nine that are just as expected."""
    return ratio_funnel([observed, *USUAL], [expected, *USUAL], CHANCE_ALONE)


@pytest.mark.parametrize(
    "observed, band",
    [
        (60, Band.MUCH_LOWER),
        (78, Band.LOWER),
        (82, Band.AS_EXPECTED),
        (100, Band.AS_EXPECTED),
        (119, Band.AS_EXPECTED),
        (122, Band.HIGHER),
        (140, Band.MUCH_HIGHER),
    ],
)
def test_a_ratio_is_banded_by_how_far_it_is_from_one(observed: float, band: Band):
    assert among_usual(observed).verdict(0) is band


def test_words_say_higher_and_lower_and_never_better_or_worse():
    words = {band: band.in_words() for band in Band}
    assert words == {
        Band.MUCH_LOWER: "much lower than expected",
        Band.LOWER: "lower than expected",
        Band.AS_EXPECTED: "as expected",
        Band.HIGHER: "higher than expected",
        Band.MUCH_HIGHER: "much higher than expected",
    }


@pytest.mark.parametrize(
    "observed, expected, why, words",
    [
        (NAN, 100, NoBand.NO_FIGURE, "no figure"),
        (3, NAN, NoBand.NO_FIGURE, "no figure"),
        (float("inf"), 100, NoBand.NO_FIGURE, "no figure"),
        (3, 0, NoBand.NOTHING_AT_RISK, "nothing to divide by"),
        (30, 4.9, NoBand.TOO_LITTLE_EXPECTED, "too small to say: fewer than 5 would be expected"),
        (-1, 100, NoBand.IMPOSSIBLE, IMPOSSIBLE),
        (3, -2, NoBand.IMPOSSIBLE, IMPOSSIBLE),
        (3, 1e-300, NoBand.IMPOSSIBLE, IMPOSSIBLE),
        (1e300, 100, NoBand.IMPOSSIBLE, IMPOSSIBLE),
    ],
)
def test_a_unit_without_a_band_says_why(observed: float, expected: float, why: NoBand, words: str):
    made = among_usual(observed, expected)
    assert made.verdict(0) is why
    assert why.in_words() == words
    assert made.verdict(1) is Band.AS_EXPECTED, "the others keep theirs"


def test_five_expected_are_enough():
    assert among_usual(5, 5.0).verdict(0) is Band.AS_EXPECTED


def test_a_part_larger_than_its_whole_is_impossible():
    made = share_funnel([11, *[5] * 6], [10] * 7)
    assert made.verdict(0) is NoBand.IMPOSSIBLE


@pytest.mark.parametrize("others, why", [(4, NoBand.TOO_FEW_UNITS), (5, Band.AS_EXPECTED)])
def test_a_band_needs_five_others(others: int, why: NoBand | Band):
    made = ratio_funnel([100.0] * (others + 1), [100.0] * (others + 1))
    assert made.verdict(0) is why


def test_who_has_no_figure_does_not_count_as_another():
    made = ratio_funnel([100.0] * 5 + [NAN], [100.0] * 6)
    assert made.verdict(0) is NoBand.TOO_FEW_UNITS


@pytest.mark.parametrize("answers, said", [(29, NoBand.TOO_FEW_ANSWERS), (30, Band.MUCH_HIGHER)])
def test_a_survey_score_needs_thirty_answers(answers: int, said: NoBand | Band):
    made = score_funnel([9.9, *[8.0] * 9], [0.1] * 10, [answers, *[200] * 9], CHANCE_ALONE)
    assert made.verdict(0) is said


# The z-score of the arcsine misfires where units are small: 30 of 30 at a usual 90% happens to one
# trust in twenty-four (0.9 to the thirtieth), and has z = 3.5.


def test_a_band_goes_no_further_than_the_exact_tail_allows():
    made = share_funnel([30, *[900] * 9], [30, *[1000] * 9], CHANCE_ALONE)
    assert made.z[0] > 3.09
    assert made.verdict(0) is Band.AS_EXPECTED


def test_the_exact_tail_lets_a_band_through_in_part():
    made = share_funnel([45, *[900] * 9], [45, *[1000] * 9], CHANCE_ALONE)
    assert made.z[0] > 3.09, "the tail, 0.9 to the 45th, is 0.9%"
    assert made.verdict(0) is Band.HIGHER


def test_cuts_can_be_chosen():
    strict = replace(CHANCE_ALONE, cuts=(2.5, 4.0))
    made = ratio_funnel([122, *USUAL], [100.0, *USUAL], strict)
    assert made.verdict(0) is Band.AS_EXPECTED


def test_differences_that_are_usual_widen_the_limits():
    rng = np.random.default_rng(2)
    expected = rng.uniform(50, 400, 100)
    observed = rng.poisson(expected * rng.gamma(11, 1 / 11, 100))
    plain = ratio_funnel(observed, expected, CHANCE_ALONE)
    additive = ratio_funnel(observed, expected)
    multiplied = ratio_funnel(
        observed, expected, replace(CQC, adjustment=Adjustment.MULTIPLICATIVE)
    )
    beyond = [int(np.sum(made.codes != Band.AS_EXPECTED)) for made in (plain, additive, multiplied)]
    assert beyond[0] > 40 and beyond[1] < 20 and beyond[2] < 25
    assert additive.dispersion.tau2 > 0 and additive.dispersion.phi > 1


def test_multiplying_never_narrows_the_limits():
    made = ratio_funnel(USUAL, USUAL, replace(CQC, adjustment=Adjustment.MULTIPLICATIVE))
    assert made.dispersion.phi < 1
    assert made.limits(100.0, 1.96).high == pytest.approx((1 + 1.96 / 20) ** 2)


def test_all_at_one_hundred_per_cent_are_as_expected():
    made = share_funnel([10, 40, 90, 7, 12, 300], [10, 40, 90, 7, 12, 300])
    assert [made.verdict(unit) for unit in range(6)] == [Band.AS_EXPECTED] * 6


def test_a_unit_is_outside_its_adjusted_limits_exactly_where_it_is_banded():
    rng = np.random.default_rng(8)
    expected = rng.uniform(60, 500, 200)
    made = ratio_funnel(rng.poisson(expected * rng.gamma(9, 1 / 9, 200)), expected)
    limits = made.limits(made.units.size, 1.96)
    outside = (made.units.value < limits.low) | (made.units.value > limits.high)
    assert np.array_equal(outside, made.codes != Band.AS_EXPECTED)


# Expected counts.


def test_expected_counts_share_out_all_events_by_size():
    expected = expected_counts([10, 30, 20], [100, 100, 400])
    assert expected.tolist() == [10, 10, 40]
    assert expected.sum() == 60


def test_who_has_no_events_on_file_is_expected_some_but_moves_no_rate():
    assert expected_counts([10, NAN], [100, 50]).tolist() == [10, 5]


def test_without_exposure_nothing_can_be_expected():
    found = expected_counts([10, 4, 3], [100, 0, NAN])
    assert found[0] == 10 and np.isnan(found[1]) and np.isnan(found[2])
