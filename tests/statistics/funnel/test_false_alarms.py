"""How often a band is given by mistake: as often as it says, or less where exact tails are coarse.

`python -m tests.simulation` prints the numbers.
"""

from math import sqrt

import pytest
from scipy.special import ndtr

from benchmarking import documents
from benchmarking.statistics.funnel import CUTS, Band
from tests.simulation import REPEATS, SCENARIOS, TRUSTS, shares_in_bands

INNER, OUTER = (float(ndtr(-cut)) for cut in CUTS)
NOMINAL = {
    Band.MUCH_LOWER: OUTER,
    Band.LOWER: INNER - OUTER,
    Band.AS_EXPECTED: 1 - 2 * INNER,
    Band.HIGHER: INNER - OUTER,
    Band.MUCH_HIGHER: OUTER,
}


def tolerance(share: float) -> float:
    """Four standard errors of a share of all simulated trusts."""
    return 4 * sqrt(share * (1 - share) / (REPEATS * TRUSTS))


@pytest.mark.parametrize("band", NOMINAL)
def test_where_counts_are_large_each_band_is_as_rare_as_it_says(band: Band):
    found = shares_in_bands(SCENARIOS["large, none"])[band]
    assert found == pytest.approx(NOMINAL[band], abs=tolerance(NOMINAL[band]))


@pytest.mark.parametrize(
    "scenario", ["medium, none", "small, none", "shares, none", "small shares, none"]
)
def test_where_counts_are_small_no_band_is_more_frequent_than_it_says(scenario: str):
    found = shares_in_bands(SCENARIOS[scenario])
    for band, nominal in NOMINAL.items():
        if band is not Band.AS_EXPECTED:
            assert found[band] <= nominal + tolerance(nominal)


# What the methods page says: trimming hides part of what is ordinary, so that 11 to 19 of 100
# trusts stand out where all differ by ordinary variation only.


@pytest.mark.parametrize("scenario", ["some", "much", "shares, much", "much, truncated"])
def test_trimmed_methods_mark_11_to_19_per_cent_under_ordinary_variation(scenario: str):
    outside = 1 - shares_in_bands(SCENARIOS[scenario])[Band.AS_EXPECTED]
    assert 0.105 < outside < 0.195


def test_without_trimming_bands_keep_their_level_under_ordinary_variation():
    outside = 1 - shares_in_bands(SCENARIOS["much, untrimmed"])[Band.AS_EXPECTED]
    assert outside == pytest.approx(2 * INNER, abs=0.004)


def test_chance_alone_marks_half_of_all_trusts_that_differ_as_usual():
    outside = 1 - shares_in_bands(SCENARIOS["much, chance alone"])[Band.AS_EXPECTED]
    assert outside > 0.5


# The table of docs/methods.md: (row, scenarios it speaks of).
ROWS = [
    ("do not differ at all, large numbers", ["large, none"]),
    ("do not differ at all, 110 expected", ["medium, none"]),
    ("do not differ at all, 8 expected", ["small, none"]),
    ("differ by ordinary variation, SD 0.1 to 0.3", ["some", "much", "shares, much"]),
    ("the same, by the hospital mortality method", ["much, truncated"]),
    ("the same, if limits allowed for chance alone", ["much, chance alone"]),
]


@pytest.mark.parametrize("row, scenarios", ROWS)
def test_the_methods_page_says_what_was_simulated(row: str, scenarios: list[str]):
    said = next(line for line in documents.body("methods.md").splitlines() if row in line)
    beyond, far = said.strip("|").split("|")[1:]
    for scenario in scenarios:
        found = shares_in_bands(SCENARIOS[scenario])
        outside = 100 * (1 - found[Band.AS_EXPECTED])
        outer = 100 * (found[Band.MUCH_LOWER] + found[Band.MUCH_HIGHER])
        assert within(beyond, outside) and within(far, outer), (scenario, outside, outer)


def within(said: str, simulated: float) -> bool:
    """Whether a figure rounds to "4.9%", or lies in "11 to 12%" once rounded."""
    low, _, high = said.strip().removesuffix("%").partition(" to ")
    places = len(low.partition(".")[2])
    return float(low) <= round(simulated, places) <= float(high or low)
