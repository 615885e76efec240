"""Which peer groups lie so close to others that a difference would give trusts away."""

import random

import pytest

from benchmarking.statistics.disclosure import too_close

EVERYONE = [f"R{n:02}" for n in range(40)]


def trusts(first: int, last: int) -> list[str]:
    return EVERYONE[first : last + 1]


@pytest.mark.parametrize(
    "groups, hidden",
    [
        ({"everyone": (0, 39), "acute": (0, 19)}, {}),
        # Taken from a wider group, it leaves one to four.
        ({"everyone": (0, 39), "acute": (0, 38)}, {"acute": 1}),
        ({"everyone": (0, 39), "acute": (0, 35)}, {"acute": 4}),
        ({"everyone": (0, 39), "acute": (0, 34)}, {}),
        # The same trusts twice give nothing away.
        ({"everyone": (0, 39), "acute": (0, 39)}, {}),
        # Two that overlap: each has three or four that the other has not.
        ({"acute": (0, 19), "North": (3, 23)}, {"acute": 3}),
        ({"acute": (0, 19), "North": (5, 25)}, {}),
        # What is left of everyone besides two or three others.
        ({"everyone": (0, 39), "North": (0, 17), "South": (18, 36)}, {"North": 3}),
        ({"everyone": (0, 39), "A": (0, 9), "B": (10, 24), "C": (25, 37)}, {"A": 2}),
        ({"everyone": (0, 39), "A": (0, 9), "B": (10, 24), "C": (25, 39)}, {}),
        # A group that is not shown gives nothing away, and hides no other.
        ({"everyone": (0, 39), "few": (0, 3)}, {}),
        ({"everyone": (0, 39), "acute": (0, 36), "London": (0, 33)}, {"acute": 3}),
        ({}, {}),
    ],
)
def test_groups_that_give_fewer_than_five_away_are_hidden(
    groups: dict[str, tuple[int, int]], hidden: dict[str, int]
):
    assert too_close({name: trusts(*ends) for name, ends in groups.items()}) == hidden


def test_the_order_of_groups_does_not_matter():
    draw = random.Random(4)
    groups = {f"group {n}": draw.sample(EVERYONE, draw.randint(3, 35)) for n in range(7)}
    found = too_close(groups)
    for _ in range(10):
        shuffled = draw.sample(sorted(groups.items()), len(groups))
        assert too_close(dict(shuffled)) == found
