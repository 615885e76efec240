"""How levels become a word: each rule as a table, and a slow second implementation."""

import random

import pytest

from benchmarking.scoring import RULES, Rating, lower_median_choice, rate, spread
from benchmarking.settings import read
from benchmarking.standard import Library, load_library

# How the tables are read: 1 to 4 are levels, ? is "don't know", - is "not applicable", and
# a full stop is a question that nobody has answered.
SIGNS = {
    "1": "significant-shortfalls",
    "2": "some-shortfalls",
    "3": "good",
    "4": "exceptional",
    "?": "dont-know",
    "-": "not-applicable",
    ".": None,
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(read({}).standards)


def choices(drawn: str) -> list[str | None]:
    return [SIGNS[sign] for sign in drawn.split()]


def rated(library: Library, scheme: str, drawn: str) -> Rating:
    return rate(library.schemes[scheme], library.scales["four-levels"], choices(drawn))


@pytest.mark.parametrize(
    "drawn, word, why",
    [
        ("3 3 3 3", "Good", "Lower median of 4 evidenced levels"),
        ("1 2 3 4 4", "Good", "Lower median of 5 evidenced levels"),
        ("2 3 3 4", "Good", "Lower median of 4 evidenced levels"),
        ("2 2 3 4", "Some shortfalls", "Lower median of 4 evidenced levels"),
        ("1 1 4 4", "Significant shortfalls", "Lower median of 4 evidenced levels"),
        ("4 4 4 1", "Exceptional", "Lower median of 4 evidenced levels"),
        # Three of four are enough, and so are four of five.
        (". 3 3 3", "Good", "Lower median of 3 evidenced levels"),
        (". . 3 3", None, "Not enough answered: 2 of 4, 3 needed"),
        (". 3 3 3 3", "Good", "Lower median of 4 evidenced levels"),
        (". . 3 3 3", None, "Not enough answered: 3 of 5, 4 needed"),
        (". . . .", None, "Not enough answered: 0 of 4, 3 needed"),
        # Don't know was asked and has no level; not applicable leaves the question out.
        ("? 3 3 3", "Good", "Lower median of 3 evidenced levels"),
        ("? ? 3 3", None, "Not enough answered: 2 of 4, 3 needed"),
        ("- 3 3 3", "Good", "Lower median of 3 evidenced levels"),
        ("- . 3 3", None, "Not enough answered: 2 of 3, 3 needed"),
        ("- - 1 4", "Significant shortfalls", "Lower median of 2 evidenced levels"),
        ("- - - -", None, "Nothing applies here"),
    ],
)
def test_levels_are_summed_up_by_the_lower_median(
    library: Library, drawn: str, word: str | None, why: str
):
    found = rated(library, "levels", drawn)
    assert (found.word, found.why) == (word, why)
    assert found.percent is None
    assert not found.limited


@pytest.mark.parametrize(
    "drawn, percent, word, limited",
    [
        ("1 1 1 1", 25, "Inadequate", False),
        ("1 1 2 2", 38, "Inadequate", False),
        ("1 2 2 2", 44, "Requires improvement", False),
        # 10 of 16 is 62.5: halves go up, into the band of good. A single 1 holds it down.
        ("2 2 3 3", 63, "Good", False),
        ("1 3 3 3", 63, "Requires improvement", True),
        ("1 4 4 4", 81, "Requires improvement", True),
        # 14 of 16 is 87.5, and up again. A single 2 keeps it from outstanding.
        ("3 3 4 4", 88, "Outstanding", False),
        ("2 4 4 4", 88, "Good", True),
        ("3 4 4 4", 94, "Outstanding", False),
        # A limited band meets the limiter of the lower one, too.
        ("1 4 4 4 4 4 4 4", 91, "Requires improvement", True),
        # What has no level is in neither sum.
        ("- 3 4 4", 92, "Outstanding", False),
        ("? 3 4 4", 92, "Outstanding", False),
        (". . 4 4", None, None, False),
    ],
)
def test_percentages_have_bands_and_limiters(
    library: Library, drawn: str, percent: int | None, word: str | None, limited: bool
):
    found = rated(library, "saf-2024", drawn)
    assert (found.percent, found.word, found.limited) == (percent, word, limited)
    # It sums up in percent: no level of the scale stands for it.
    assert found.choice is None


def test_the_points_of_a_percentage_are_told(library: Library):
    assert rated(library, "saf-2024", "2 3 3 3").why == "11 of 16 points"


def test_a_spread_tells_what_is_missing_apart(library: Library):
    found = spread(library.scales["four-levels"], choices("1 3 3 ? ? - . ."))
    assert [count for _, count in found.counts] == [1, 0, 2, 0]
    assert (found.answered, found.applicable, found.dont_know) == (3, 7, 2)
    assert found.not_applicable == 1


def test_the_lower_median_is_the_middle_of_the_sorted_answers(library: Library):
    scale = library.scales["four-levels"]
    order = [choice.id for choice in scale.valued]
    draw = random.Random(7)
    for _ in range(500):
        places = sorted(draw.choices(range(4), k=draw.randint(1, 12)))
        counts = {order[place]: places.count(place) for place in range(4)}
        slow = order[places[(len(places) - 1) // 2]]
        assert lower_median_choice(scale, counts) == slow, places


def test_nothing_has_no_median(library: Library):
    assert lower_median_choice(library.scales["four-levels"], {}) is None


def test_every_scheme_names_a_rule_that_exists(library: Library):
    assert {scheme.rule for scheme in library.schemes.values()} <= RULES.keys()


@pytest.mark.parametrize("scheme", ["levels", "saf-2024"])
def test_no_word_stands_without_its_label(library: Library, scheme: str):
    assert library.schemes[scheme].label.startswith("Self-assessed; not a CQC rating")
