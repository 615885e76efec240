"""The middle of a group and equal parts of it; nothing where the group is too small."""

from fractions import Fraction
from math import floor, isnan

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import given
from hypothesis import strategies as st

from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.quantiles import (
    NoPart,
    Spread,
    quantile,
    quantile_group,
    spread_of,
    spreads_of,
    type_7,
)


@pytest.mark.parametrize(
    "values, quarter, middle, three_quarters",
    [
        ([1, 2, 3, 4, 5], 2, 3, 4),
        ([1, 2, 3, 4], 1.75, 2.5, 3.25),
        ([10, 0], 2.5, 5, 7.5),
        ([7], 7, 7, 7),
        ([4, 4, 4, 4], 4, 4, 4),
    ],
)
def test_type_7(values: list[float], quarter: float, middle: float, three_quarters: float):
    assert type_7(values, (0.25, 0.5, 0.75)) == (quarter, middle, three_quarters)


def by_hand(values: list[float], share: float) -> float:
    """Hyndman and Fan's definition 7, as it is written."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    below = floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def test_type_7_is_what_the_paper_says():
    chance = np.random.default_rng(7)
    for size in range(1, 60):
        values = chance.lognormal(4, 0.5, size).tolist()
        shares = (0.05, 0.25, 0.5, 0.75, 0.9)
        assert type_7(values, shares) == pytest.approx([by_hand(values, s) for s in shares])


@pytest.mark.parametrize(
    "peers, said",
    [
        (0, "Too few to say. There are no other trusts to compare with. A summary needs 5"),
        (1, "Too few to say. There is 1 other trust to compare with. A summary needs 5"),
        (4, "Too few to say. There are 4 other trusts to compare with. A summary needs 5"),
    ],
)
def test_fewer_than_five_have_no_middle(peers: int, said: str):
    found = spread_of([1.0] * peers)
    assert isinstance(found, TooFewPeers)
    assert found.in_words() == said


def test_five_to_seven_have_a_middle_and_no_quarters():
    assert spread_of([1, 2, 3, 4, 5]) == Spread(5, 3, None)
    assert spread_of([1, 2, 3, 4, 5, 6, 7]) == Spread(7, 4, None)


def test_eight_have_a_middle_half_too():
    assert spread_of([1, 2, 3, 4, 5, 6, 7, 8]) == Spread(8, 4.5, (2.75, 6.25))


@pytest.mark.parametrize("trusts", [0, 4, 5, 7, 8, 40])
def test_many_columns_at_once_lie_as_each_of_them_alone(trusts: int):
    columns = np.random.default_rng(trusts).normal(size=(trusts, 3))
    assert spreads_of(columns) == tuple(spread_of(column) for column in columns.T.tolist())


def test_a_gap_in_one_of_many_columns_is_no_value():
    with pytest.raises(ValueError, match="There is no value, or one is missing."):
        spreads_of([[1.0, 2.0], [3.0, float("nan")], [5.0, 6.0], [7.0, 8.0], [9.0, 10.0]])


@pytest.mark.parametrize("values", [[], [1.0, float("nan")]])
def test_a_gap_is_no_value(values: list[float]):
    with pytest.raises(ValueError, match="There is no value, or one is missing."):
        type_7(values, (0.5,))


# Type 6, and parts of a group.


@pytest.mark.parametrize(
    "values, quarter, middle, three_quarters",
    [
        ([1, 2, 3, 4, 5], 1.5, 3, 4.5),
        ([1, 2, 3], 1, 2, 3),
        ([10, 0], 0, 5, 10),
        ([7], 7, 7, 7),
        ([4, 4, 4, 4], 4, 4, 4),
    ],
)
def test_type_6(values: list[float], quarter: float, middle: float, three_quarters: float):
    assert quantile(values, (0.25, 0.5, 0.75), 6) == (quarter, middle, three_quarters)


def type_6_by_hand(values: list[float], share: float) -> float:
    """Hyndman and Fan's definition 6: as type 7, with (n + 1) p in place of (n - 1) p + 1."""
    ordered = sorted(values)
    at = (len(ordered) + 1) * share
    below = floor(at)
    if below < 1:
        return ordered[0]
    if below >= len(ordered):
        return ordered[-1]
    return ordered[below - 1] + (at - below) * (ordered[below] - ordered[below - 1])


FINITE = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@given(st.lists(FINITE, min_size=1, max_size=40), st.floats(0, 1))
def test_both_types_are_what_the_paper_says(values: list[float], share: float):
    (six,), (seven,) = quantile(values, [share], 6), quantile(values, [share], 7)
    assert six == pytest.approx(type_6_by_hand(values, share), rel=1e-9, abs=1e-6)
    assert seven == pytest.approx(by_hand(values, share), rel=1e-9, abs=1e-6)


def test_a_per_cent_is_no_share():
    with pytest.raises(ValueError, match="a share lies between 0 and 1. Divide a per cent by 100."):
        quantile([1, 2, 3], [25])


NAN = float("nan")


@pytest.mark.parametrize(
    "values, groups, invert, parts",
    [
        ("1 2 3 4", 4, False, "1 2 3 4"),
        ("1 2 3 4", 4, True, "4 3 2 1"),
        ("4 1 3 2", 2, False, "2 1 2 1"),
        ("1 2 3 4 5", 4, False, "1 1 2 3 4"),
        ("1 2 3 4 5", 4, True, "4 3 2 1 1"),
        ("7 7 7 7", 4, False, "1 1 1 1"),
        ("1 2 2 2", 2, False, "1 1 1 1"),
        ("1 2 2 2", 2, True, "2 1 1 1"),
        ("9 - 1", 2, False, "2 - 1"),
        ("1 2 3", 4, False, "few few few"),
        ("1 - 3", 4, False, "few - few"),
        ("- -", 2, False, "- -"),
    ],
)
def test_parts_are_as_equal_as_ties_allow(values: str, groups: int, invert: bool, parts: str):
    numbers = [NAN if said == "-" else float(said) for said in values.split()]
    words: dict[int | NoPart, str] = {NoPart.NO_VALUE: "-", NoPart.TOO_FEW: "few"}
    found = quantile_group(numbers, groups, invert)
    assert [words.get(part, str(part)) for part in found] == parts.split()


@given(st.lists(FINITE | st.just(NAN), max_size=40), st.integers(2, 12), st.booleans())
def test_a_part_is_how_many_are_beyond_it_by_the_size_of_a_part(
    values: list[float], groups: int, invert: bool
):
    known = [value for value in values if not isnan(value)]
    for value, part in zip(values, quantile_group(values, groups, invert), strict=True):
        if isnan(value):
            assert part is NoPart.NO_VALUE
        elif len(known) < groups:
            assert part is NoPart.TOO_FEW
        else:
            beyond = sum(other > value if invert else other < value for other in known)
            assert part == Fraction(beyond * groups, len(known)) // 1 + 1


def test_one_part_is_refused():
    with pytest.raises(ValueError, match="1 parts divide nothing. Ask for two or more."):
        quantile_group([1, 2, 3], 1)
