"""How alike two units are: a distance worked out by hand, what is left out, and who is nearest."""

from fractions import Fraction
from math import log

import pytest

pytest.importorskip("hypothesis")
from hypothesis import given
from hypothesis import strategies as st

from benchmarking.statistics.similarity import (
    CannotBeCompared,
    Contribution,
    Distance,
    Feature,
    Lacking,
    Scale,
    Traits,
    Weights,
    comparable,
    distance,
    nearest,
    ranges,
)

NAN, INF = float("nan"), float("inf")
SIZE = Feature("size", 2, Scale.LINEAR)
STAFF = Feature("staff", 1, Scale.LOG)
TYPE = Feature("type", 1, Scale.CATEGORY)
ALL = Weights((SIZE, STAFF, TYPE))
# Figures whose logarithms are easy: log(1 + x) is 0, 1, 2 and 3 times log(10).
UNITS: dict[str, Traits] = {
    "A": {"size": 0, "staff": 0, "type": "acute"},
    "B": {"size": 5, "staff": 9, "type": "acute"},
    "C": {"size": 10, "staff": 99, "type": "community"},
    "D": {"size": 2, "staff": 999, "type": "acute"},
}
WITHIN = ranges(UNITS.values(), ALL)


def between(one: Traits, other: Traits, weights: Weights = ALL) -> Distance:
    found = distance(one, other, weights, WITHIN)
    assert isinstance(found, Distance)
    return found


# By hand: (2 x size + 1 x staff + 1 x type) / 4.


@pytest.mark.parametrize(
    "one, other, size, staff, kind",
    [
        ("A", "A", 0, 0, 0),
        ("A", "B", Fraction(5, 10), Fraction(1, 3), 0),
        ("A", "C", 1, Fraction(2, 3), 1),
        ("A", "D", Fraction(2, 10), 1, 0),
        ("B", "C", Fraction(5, 10), Fraction(1, 3), 1),
        ("B", "D", Fraction(3, 10), Fraction(2, 3), 0),
    ],
)
def test_a_distance_is_the_weighted_mean_over_the_features(
    one: str, other: str, size: Fraction, staff: Fraction, kind: int
):
    found = between(UNITS[one], UNITS[other])
    assert found.distance == pytest.approx(float((2 * size + staff + kind) / 4))
    assert found.compared == 1 and found.left_out == ()
    parts = {part.feature: (part.apart, part.adds) for part in found.contributions}
    assert parts["size"] == pytest.approx((float(size), float(size / 2)))
    assert parts["staff"] == pytest.approx((float(staff), float(staff / 4)))
    assert parts["type"] == (kind, kind / 4)


def test_ranges_are_those_of_all_units():
    assert list(WITHIN) == ["size", "staff"]
    assert list(WITHIN.values()) == pytest.approx([10, 3 * log(10)])


# What is missing.


@pytest.mark.parametrize(
    "other, expected, left_out, compared",
    [
        ({"size": 5, "staff": 9}, (2 * 0.5 + 1 / 3) / 3, {"type": Lacking.OTHER}, 0.75),
        ({"size": 5, "staff": None, "type": "acute"}, 1 / 3, {"staff": Lacking.OTHER}, 0.75),
        ({"size": NAN, "staff": 9, "type": "acute"}, 1 / 6, {"size": Lacking.OTHER}, 0.5),
        ({"size": 5, "staff": -1, "type": "acute"}, 1 / 3, {"staff": Lacking.OTHER}, 0.75),
        ({"size": INF, "staff": 9, "type": "acute"}, 1 / 6, {"size": Lacking.OTHER}, 0.5),
        ({"size": 5, "staff": 9, "type": ""}, (2 * 0.5 + 1 / 3) / 3, {"type": Lacking.OTHER}, 0.75),
    ],
)
def test_a_feature_not_known_of_both_is_left_out_of_the_mean_and_named(
    other: Traits, expected: float, left_out: dict[str, Lacking], compared: float
):
    found = between(UNITS["A"], other)
    assert found.distance == pytest.approx(expected)
    assert (dict(found.left_out), found.compared) == (left_out, compared)


def test_it_is_told_whose_feature_is_missing():
    own: Traits = {"size": 5, "type": "acute"}
    other: Traits = {"size": 5, "staff": 9, "type": None}
    lenient = Weights(ALL.features, least_compared=0.4)
    assert between(own, other, lenient).left_out == (
        ("staff", Lacking.OWN),
        ("type", Lacking.OTHER),
    )
    assert between({"size": 1, "type": "acute"}, own).left_out == (("staff", Lacking.BOTH),)


def test_with_less_than_the_least_share_known_there_is_no_distance():
    found = distance({"staff": 9, "size": None}, UNITS["A"], ALL, WITHIN)
    left_out = (("size", Lacking.OWN), ("type", Lacking.OWN))
    assert found == CannotBeCompared(0.25, left_out)
    assert isinstance(found, CannotBeCompared)
    assert found.in_words() == "Too little is known of both: 25% of what would be compared"
    assert isinstance(distance({}, {}, ALL, WITHIN), CannotBeCompared)


def test_a_feature_in_which_all_units_are_the_same_sets_nobody_apart():
    units: list[Traits] = [{"size": 4, "staff": 9, "type": "acute"}] * 2
    found = distance(units[0], units[1], ALL, ranges(units, ALL))
    assert isinstance(found, Distance) and found.distance == 0


def test_a_unit_from_outside_the_set_is_apart_by_the_whole_range_at_most():
    far: Traits = {"size": 1000, "staff": 9, "type": "acute"}
    assert between(UNITS["A"], far).contributions[0] == Contribution("size", 1, 0.5)


# Who is nearest.


def test_the_nearest_come_first_with_their_distances():
    found = nearest("A", comparable(UNITS, ALL), 2)
    assert [(n.name, round(n.distance.distance, 6)) for n in found.neighbours] == [
        ("B", round(1 / 3, 6)),
        ("D", round(0.35, 6)),
    ]
    assert found.not_compared == ()


def test_of_those_equally_near_the_first_in_the_alphabet_come_first():
    alike: Traits = {"size": 5, "staff": 9, "type": "acute"}
    units = {"own": UNITS["A"], **dict.fromkeys(("Z", "B", "M"), alike)}
    backwards = dict(reversed(units.items()))
    for given_ in (units, backwards):
        assert [n.name for n in nearest("own", comparable(given_, ALL), 3).neighbours] == [
            "B",
            "M",
            "Z",
        ]


def test_who_cannot_be_compared_is_named_and_nobody_is_made_up():
    units: dict[str, Traits] = {**UNITS, "E": {"staff": 3}}
    found = nearest("A", comparable(units, ALL), 99)
    assert sorted(n.name for n in found.neighbours) == ["B", "C", "D"]
    assert [name for name, _ in found.not_compared] == ["E"]
    of_nothing = nearest("E", comparable(units, ALL), 3)
    assert of_nothing.neighbours == () and len(of_nothing.not_compared) == 4
    assert nearest("A", comparable({"A": UNITS["A"]}, ALL), 3).neighbours == ()
    assert nearest("A", comparable(UNITS, ALL), 0).neighbours == ()


# Slow, obvious twin: Gower's similarity as he writes it, and one less it.


def by_hand(
    one: dict[str, float | str | None], other: dict[str, float | str | None], units: list[Traits]
) -> float | None:
    above = below = 0.0
    for feature in ALL.features:
        a, b = one[feature.id], other[feature.id]
        if a is None or b is None:
            continue
        if isinstance(a, str) or isinstance(b, str):
            alike = 1.0 if a == b else 0.0
        else:
            values = [v for unit in units if isinstance(v := unit[feature.id], int | float)]
            if feature.scale is Scale.LOG:
                a, b, values = log(1 + a), log(1 + b), [log(1 + v) for v in values]
            span = max(values) - min(values)
            alike = 1 - abs(a - b) / span if span else 1.0
        above += feature.weight * alike
        below += feature.weight
    return None if below < 0.5 * 4 else 1 - above / below


UNIT = st.fixed_dictionaries(
    {
        "size": st.none() | st.integers(-50, 50).map(float),
        "staff": st.none() | st.integers(0, 30_000).map(float),
        "type": st.none() | st.sampled_from(["acute", "community", "ambulance"]),
    }
)


@given(st.lists(UNIT, min_size=2, max_size=8))
def test_a_distance_is_one_less_gowers_similarity(units: list):
    within = ranges(units, ALL)
    for one in units:
        for other in units:
            found = distance(one, other, ALL, within)
            expected = by_hand(one, other, units)
            if expected is None:
                assert isinstance(found, CannotBeCompared)
                continue
            assert isinstance(found, Distance)
            assert found.distance == pytest.approx(expected, abs=1e-9)
            back = distance(other, one, ALL, within)
            assert isinstance(back, Distance)
            assert (back.distance, back.contributions) == (found.distance, found.contributions)
            assert 0 <= found.distance <= 1
            assert found.distance == pytest.approx(sum(p.adds for p in found.contributions))
            assert one is not other or found.distance == 0


ODD = st.none() | st.floats()


@given(st.lists(st.fixed_dictionaries({"size": ODD, "staff": ODD, "type": st.none() | st.text()})))
def test_whatever_comes_in_a_distance_lies_between_0_and_1(units: list):
    for one in units[:5]:
        for other in units[:5]:
            found = distance(one, other, ALL, ranges(units, ALL))
            if isinstance(found, Distance):
                assert 0 <= found.distance <= 1


# What cannot be asked.


@pytest.mark.parametrize(
    "make, said",
    [
        (lambda: Feature("size", 0, Scale.LOG), "size has a weight of 0. Give one above 0."),
        (lambda: Feature("size", NAN, Scale.LOG), "size has a weight of nan. Give one above 0."),
        (lambda: Weights(()), "Without features, or with one twice, nothing can be compared."),
        (lambda: Weights((SIZE, SIZE)), "Without features, or with one twice"),
        (lambda: Weights((SIZE,), 50), "50 is no share of the weight. Give 0.5 for half."),
        (
            lambda: nearest("X", comparable(UNITS, ALL), 3),
            "X is not among the units. Add its traits.",
        ),
        (
            lambda: distance({"size": "big"}, UNITS["A"], ALL, WITHIN),
            "size: 'big' is not what linear compares.",
        ),
        (
            lambda: distance({"type": 4}, UNITS["A"], ALL, WITHIN),
            "type: 4 is not what category compares.",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(make, said: str):
    with pytest.raises(ValueError, match=said):
        make()
