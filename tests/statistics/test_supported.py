"""What a share supports, and claims outside it: the rules drawn, and slow twins."""

from math import nan, sqrt

import numpy as np
import pytest

pytest.importorskip("hypothesis")
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarking.statistics.intervals import wilson
from benchmarking.statistics.supported import (
    ClaimGap,
    ClaimGaps,
    Cuts,
    Direction,
    NoRange,
    Range,
    claim_gaps,
    largest_first,
    supported,
)

COMPLAINANTS = Cuts(0.4, 0.7)
FILES = Cuts(0.6, 0.9)


def one_range(positive: float, replies: float, cuts: Cuts = COMPLAINANTS) -> Range | NoRange:
    return supported([positive], [replies], cuts).range_at(0)


def one_gap(
    claimed: float, positive: float, replies: float, cuts: Cuts = COMPLAINANTS
) -> ClaimGap | NoRange:
    return claim_gaps([claimed], supported([positive], [replies], cuts)).gap_at(0)


# Supported ranges. In brackets the 95% Wilson interval.


@pytest.mark.parametrize(
    "positive, replies, cuts, said",
    [
        (0, 40, COMPLAINANTS, "1"),  # 0 to 9%
        (38, 96, COMPLAINANTS, "1–2"),  # 30 to 50%
        (27, 60, COMPLAINANTS, "1–2"),  # 33 to 58%
        (60, 110, COMPLAINANTS, "2"),  # 45 to 64%
        (40, 60, COMPLAINANTS, "2–3 or above"),  # 54 to 77%
        (17, 30, COMPLAINANTS, "1–3 or above"),  # 39 to 73%
        (90, 100, COMPLAINANTS, "3 or above"),  # 83 to 94%
        (40, 40, COMPLAINANTS, "3 or above"),  # 91 to 100%
        (15, 30, FILES, "1–2"),  # 33 to 67%
        (25, 30, FILES, "2–3 or above"),  # 66 to 93%
        (40, 40, FILES, "3 or above"),
    ],
)
def test_a_share_supports_every_level_its_interval_touches(
    positive: int, replies: int, cuts: Cuts, said: str
):
    found = one_range(positive, replies, cuts)
    assert isinstance(found, Range)
    assert found.in_words() == said


def test_no_share_shows_level_4_but_the_top_range_is_compatible_with_it():
    assert one_range(40, 40) == Range(3, 4)
    assert one_gap(4, 40, 40) == ClaimGap(Direction.NONE, 0, 0)
    assert one_gap(3, 40, 40) == ClaimGap(Direction.NONE, 0, 0)


def test_a_cut_belongs_to_the_level_above_it():
    limits = wilson(27, 60)
    assert one_range(27, 60, Cuts(float(limits.low), 0.7)) == Range(2, 2)
    assert one_range(27, 60, Cuts(0.2, float(limits.high))) == Range(2, 4)


@pytest.mark.parametrize(
    "positive, replies, why, said",
    [
        (nan, nan, NoRange.NOT_MEASURED, "not measured by this voice"),
        (3, nan, NoRange.NOT_MEASURED, "not measured by this voice"),
        (0, 0, NoRange.NO_REPLY, "nobody has answered"),
        (5, 6, NoRange.TOO_FEW_REPLIES, "too few to say"),
        (10, 20, NoRange.TOO_FEW_REPLIES, "too few to say"),
        (29, 29, NoRange.TOO_FEW_REPLIES, "too few to say"),
    ],
)
def test_where_there_is_no_range_it_says_why(
    positive: float, replies: float, why: NoRange, said: str
):
    assert one_range(positive, replies) is why
    assert one_gap(4, positive, replies) is why
    assert why.in_words() == said


def test_what_is_too_few_gives_away_nothing():
    found = supported([10, 10], [20, 30], COMPLAINANTS)
    assert np.isnan(found.limits.low).tolist() == [True, False]
    assert np.isnan(found.limits.high).tolist() == [True, False]
    assert (found.lowest[0], found.highest[0]) == (0, 0)


def test_thirty_replies_are_enough_unless_more_are_asked_for():
    assert one_range(15, 30) == Range(1, 2)
    assert supported([15], [30], COMPLAINANTS, least=31).range_at(0) is NoRange.TOO_FEW_REPLIES
    assert supported([5], [10], COMPLAINANTS, least=10).range_at(0) == Range(1, 4)


# Gaps. The third column is what is left when the cuts move by 5 points either way.


@pytest.mark.parametrize(
    "claimed, positive, replies, direction, size, robust_size, why",
    [
        (4, 27, 60, Direction.OVER_CLAIMED, 2, 2, "33 to 58% supports 1–2 wherever the cuts are"),
        (4, 38, 96, Direction.OVER_CLAIMED, 2, 2, "30 to 50%"),
        (3, 38, 96, Direction.OVER_CLAIMED, 1, 1, "the nearest supported level is 2"),
        (2, 38, 96, Direction.NONE, 0, 0, "supported"),
        (4, 60, 110, Direction.OVER_CLAIMED, 2, 2, "45 to 64% stays below even 65%"),
        (4, 62, 110, Direction.OVER_CLAIMED, 2, 0, "47 to 65.3% would reach 65%"),
        (1, 90, 100, Direction.UNDER_CLAIMED, 2, 2, "83 to 94% is 3 or above"),
        (2, 90, 100, Direction.UNDER_CLAIMED, 1, 1, "and 2 is one below"),
        (2, 80, 100, Direction.UNDER_CLAIMED, 1, 0, "71 to 87% falls below 75%"),
        (1, 80, 100, Direction.UNDER_CLAIMED, 2, 1, "which leaves one level of two"),
        (3, 0, 40, Direction.OVER_CLAIMED, 2, 2, "0 to 9% is 1"),
        (4, 0, 40, Direction.OVER_CLAIMED, 3, 3, "0 to 9% is 1"),
    ],
)
def test_a_claim_outside_the_range_is_a_gap(
    claimed: int,
    positive: int,
    replies: int,
    direction: Direction,
    size: int,
    robust_size: int,
    why: str,
):
    found = one_gap(claimed, positive, replies)
    assert found == ClaimGap(direction, size, robust_size), why
    assert isinstance(found, ClaimGap) and found.robust is (robust_size > 0)


def test_gaps_have_a_direction_in_words():
    assert [way.in_words() for way in Direction] == [
        "claimed lower than supported",
        "claimed as supported",
        "claimed higher than supported",
    ]


def test_without_a_claim_there_is_a_range_and_no_gap():
    assert one_gap(nan, 38, 96) is NoRange.NOT_CLAIMED
    assert NoRange.NOT_CLAIMED.in_words() == "no level claimed"
    assert one_gap(nan, 5, 6) is NoRange.TOO_FEW_REPLIES


def test_a_trust_that_claims_4_hears_of_complainants_and_not_of_twenty_files():
    assert one_gap(4, 27, 60, COMPLAINANTS) == ClaimGap(Direction.OVER_CLAIMED, 2, 2)
    assert one_gap(4, 10, 20, FILES) is NoRange.TOO_FEW_REPLIES


def test_the_cuts_may_stay_where_they_are():
    found = claim_gaps([4], supported([62], [110], COMPLAINANTS), shift=0).gap_at(0)
    assert found == ClaimGap(Direction.OVER_CLAIMED, 2, 2)


# Rank.


def test_the_largest_robust_gap_comes_first_and_what_cannot_be_told_last():
    gaps = ClaimGaps(
        directions=np.array([0, 1, 1, -1, 0, 1]),
        sizes=np.array([0, 2, 2, 1, 0, 3]),
        robust_sizes=np.array([0, 0, 2, 1, 0, 2]),
        codes=np.array([int(NoRange.NO_REPLY), 0, 0, 0, 0, 0]),
    )
    assert largest_first(gaps).tolist() == [5, 2, 3, 1, 4, 0]


def test_equal_gaps_stay_in_the_order_of_the_statements():
    found = supported([27, 27, 90], [60, 60, 100], COMPLAINANTS)
    assert largest_first(claim_gaps([4, 4, 4], found)).tolist() == [0, 1, 2]


# Refusals.


@pytest.mark.parametrize("second, third", [(0.7, 0.4), (0.4, 0.4), (0, 0.5), (0.5, 1), (40, 70)])
def test_cuts_that_divide_no_scale_are_refused(second: float, third: float):
    with pytest.raises(
        ValueError, match="divide no scale. Give two shares between 0 and 1, the lo"
    ):
        Cuts(second, third)


@pytest.mark.parametrize("claimed", [0, 5, 2.5, np.inf])
def test_a_claim_that_is_no_level_is_refused(claimed: float):
    with pytest.raises(ValueError, match="A claimed level is no whole number from 1 to 4."):
        one_gap(claimed, 27, 60)


def test_cuts_that_move_by_less_than_nothing_are_refused():
    with pytest.raises(ValueError, match="The cuts cannot move by -0.05. Give a share"):
        claim_gaps([4], supported([27], [60], COMPLAINANTS), shift=-0.05)


def test_more_that_agree_than_replied_is_refused():
    with pytest.raises(ValueError, match="A part is negative or larger than its whole."):
        supported([7], [6], COMPLAINANTS)


# Slow twins: one statement, one level and one movement of the cuts at a time.

Z = 1.959963984540054


def touches(positive: int, replies: int, second: float, third: float) -> set[int]:
    """The levels whose part of the scale has a share in common with the interval."""
    p, n = positive / replies, replies
    reach = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    low, high = ((p + Z * Z / (2 * n) + way * reach) / (1 + Z * Z / n) for way in (-1, 1))
    low, high = (0.0 if p == 0 else low), (1.0 if p == 1 else high)
    parts = {1: (-1.0, second), 2: (second, third), 3: (third, 2.0), 4: (third, 2.0)}
    return {level for level, (start, end) in parts.items() if high >= start and low < end}


def gap_by_hand(claimed: int, levels: set[int]) -> int:
    """Signed levels to the nearest supported one; above 0 where too much is claimed."""
    nearest = min(levels, key=lambda level: abs(level - claimed))
    return claimed - nearest


STATEMENTS = st.lists(
    st.integers(30, 400).flatmap(
        lambda n: st.tuples(st.integers(1, 4), st.integers(0, n), st.just(n))
    ),
    min_size=1,
    max_size=8,
)
SOME_CUTS = st.tuples(st.integers(10, 60), st.integers(12, 30)).map(
    lambda drawn: Cuts(drawn[0] / 100, (drawn[0] + drawn[1]) / 100)
)


@settings(max_examples=150, deadline=None)
@given(STATEMENTS, SOME_CUTS)
def test_ranges_are_those_found_level_by_level(statements, cuts: Cuts):
    _, positive, replies = zip(*statements, strict=True)
    found = supported(positive, replies, cuts)
    for place, (_, part, whole) in enumerate(statements):
        levels = touches(part, whole, cuts.second, cuts.third)
        assert found.range_at(place) == Range(min(levels), max(levels))
        assert levels == set(range(min(levels), max(levels) + 1))


@settings(max_examples=100, deadline=None)
@given(STATEMENTS, SOME_CUTS, st.booleans())
def test_gaps_survive_every_movement_of_the_cuts_or_are_not_robust(
    statements, cuts: Cuts, each_alone: bool
):
    claimed, positive, replies = zip(*statements, strict=True)
    found = claim_gaps(claimed, supported(positive, replies, cuts))
    steps = [point / 100 for point in range(-5, 6)]
    moves = [(a, b) for a in steps for b in steps] if each_alone else [(a, a) for a in steps]
    for place, (claim, part, whole) in enumerate(statements):
        plain = gap_by_hand(claim, touches(part, whole, cuts.second, cuts.third))
        moved = [
            gap_by_hand(claim, touches(part, whole, cuts.second + a, cuts.third + b))
            for a, b in moves
        ]
        same_way = all(gap * plain > 0 for gap in moved)
        least = min(map(abs, moved)) if same_way else 0
        direction = Direction((plain > 0) - (plain < 0))
        assert found.gap_at(place) == ClaimGap(direction, abs(plain), least)


def test_whole_matrices_are_what_each_row_gives():
    chance = np.random.default_rng(6)
    replies = chance.integers(0, 90, (4, 7))
    positive = np.floor(replies * chance.random((4, 7)))
    claims = chance.integers(1, 5, (4, 7))
    at_once = claim_gaps(claims, supported(positive, replies, FILES))
    for row in range(4):
        alone = claim_gaps(claims[row], supported(positive[row], replies[row], FILES))
        assert [at_once.gap_at(row, k) for k in range(7)] == [alone.gap_at(k) for k in range(7)]
        assert largest_first(at_once)[row].tolist() == largest_first(alone).tolist()
