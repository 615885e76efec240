"""The middle of a group: type 7, and nothing where the group is too small."""

from math import floor

import numpy as np
import pytest

from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.quantiles import Spread, spread_of, type_7


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


@pytest.mark.parametrize("values", [[], [1.0, float("nan")]])
def test_a_gap_is_no_value(values: list[float]):
    with pytest.raises(ValueError, match="There is no value, or one is missing."):
        type_7(values, (0.5,))
