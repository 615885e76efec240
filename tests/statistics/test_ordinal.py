"""One level among others: the table, the limits, and a slow second implementation."""

import math
import random

import pytest

from benchmarking.statistics.ordinal import (
    AmongPeers,
    Change,
    TooFewPeers,
    among_peers,
    change,
    place_at,
)


def place_by_sorting(places: list[int], part: int, whole: int) -> int:
    """The obvious way: sort, and take the first that reaches the part."""
    return sorted(places)[math.ceil(len(places) * part / whole) - 1]


def among(own: int | None, drawn: str, apart: int = 0) -> AmongPeers | TooFewPeers:
    """Peers drawn as "0 1 1 2": places from 0."""
    return among_peers(own, [int(place) for place in drawn.split()], 4, apart)


@pytest.mark.parametrize(
    "own, peers, counts, median, below, same, above",
    [
        (2, "0 1 1 2 3", (1, 2, 1, 1), 1, 3, 1, 1),
        (0, "0 1 1 2 3", (1, 2, 1, 1), 1, 0, 1, 4),
        (3, "0 1 1 2 3", (1, 2, 1, 1), 1, 4, 1, 0),
        # Of two middle ones the lower.
        (1, "0 0 1 2 2 2", (2, 1, 3, 0), 1, 2, 1, 3),
        (1, "2 2 2 2 2", (0, 0, 5, 0), 2, 0, 0, 5),
        # Who has no level is nowhere among them.
        (None, "0 1 1 2 3", (1, 2, 1, 1), 1, None, None, None),
    ],
)
def test_a_level_stands_among_its_peers(
    own: int | None,
    peers: str,
    counts: tuple[int, ...],
    median: int,
    below: int | None,
    same: int | None,
    above: int | None,
):
    found = among(own, peers)
    assert isinstance(found, AmongPeers)
    assert found.counts == counts
    assert found.median == median
    assert (found.below, found.same, found.above) == (below, same, above)


@pytest.mark.parametrize(
    "peers, said",
    [
        ("", "Too few to say. There are no other trusts to compare with. A summary needs 5"),
        ("1", "Too few to say. There is 1 other trust to compare with. A summary needs 5"),
        (
            "1 1 1 1",
            "Too few to say. There are 4 other trusts to compare with. A summary needs 5",
        ),
    ],
)
def test_fewer_than_five_others_are_too_few_to_say(peers: str, said: str):
    found = among(1, peers)
    assert isinstance(found, TooFewPeers)
    assert found.in_words() == said


def test_quartiles_need_eight_others():
    seven, eight = among(1, "0 0 1 1 2 2 3"), among(1, "0 0 1 1 2 2 3 3")
    assert isinstance(seven, AmongPeers)
    assert isinstance(eight, AmongPeers)
    assert seven.quartiles is None
    assert eight.quartiles == (0, 2)


@pytest.mark.parametrize("apart, hidden", [(0, False), (1, True), (4, True)])
def test_nothing_is_shown_that_other_groups_would_give_away(apart: int, hidden: bool):
    found = among(1, "0 0 1 1 2 2", apart)
    assert isinstance(found, TooFewPeers) is hidden


def test_a_group_hidden_for_others_says_so():
    found = among(1, "0 0 1 1 2 2", apart=3)
    assert isinstance(found, TooFewPeers)
    assert found.in_words() == (
        "Not shown: the difference from other groups would give away what 3 of the trusts said. "
        "Choose a wider group"
    )


@pytest.mark.parametrize(
    "own, said",
    [(1, "1 below, 2 the same, 2 above of 5"), (None, "5 with a level")],
)
def test_a_position_is_told_in_words(own: int | None, said: str):
    found = among(own, "0 1 1 2 3")
    assert found.in_words() == said


def test_places_are_those_of_the_sorted_answers():
    draw = random.Random(11)
    for _ in range(500):
        places = draw.choices(range(4), k=draw.randint(1, 60))
        counts = [places.count(place) for place in range(4)]
        for part, whole in ((1, 4), (1, 2), (3, 4)):
            assert place_at(counts, part, whole) == place_by_sorting(places, part, whole), places


def test_no_answers_have_no_place():
    with pytest.raises(ValueError, match="Without an answer there is no place"):
        place_at([0, 0, 0, 0], 1, 2)


def test_shares_add_up_to_all_peers():
    draw = random.Random(3)
    for _ in range(200):
        peers = draw.choices(range(4), k=draw.randint(5, 60))
        own = draw.randrange(4)
        found = among_peers(own, peers, 4)
        assert isinstance(found, AmongPeers)
        assert found.below == sum(place < own for place in peers)
        assert found.above == sum(place > own for place in peers)
        assert found.same == peers.count(own)


@pytest.mark.parametrize(
    "pairs, higher, lower, same, direction",
    [
        ([(1, 2), (2, 2), (2, 1)], 1, 1, 1, 0),
        ([(1, 2), (0, 2), (2, 1)], 2, 1, 0, 1),
        ([(3, 2)], 0, 1, 0, -1),
        # A gap on either side is no change.
        ([(None, 2), (1, None), (None, None)], 0, 0, 0, 0),
        ([], 0, 0, 0, 0),
    ],
)
def test_change_counts_what_can_be_compared(
    pairs: list[tuple[int | None, int | None]],
    higher: int,
    lower: int,
    same: int,
    direction: int,
):
    found = change(pairs)
    assert found == Change(higher, lower, same)
    assert found.direction == direction
    assert found.compared == higher + lower + same
