"""Whether the choice of peers moves a place: drawn groups, sentences, and a twin by counting."""

from math import isfinite

import pytest

pytest.importorskip("hypothesis")
from hypothesis import given
from hypothesis import strategies as st

from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.sensitivity import (
    Part,
    Standing,
    Verdict,
    across_groups,
    standing,
)

NAN = float("nan")
LOW = [1.0, 2, 3, 4, 5, 6, 7, 8]
HIGH = [11.0, 12, 13, 14, 15, 16, 17, 18]


@pytest.mark.parametrize(
    "own, peers, below, same, above, part",
    [
        (0.0, LOW, 0, 0, 8, Part.LOWEST_QUARTER),
        (2.7, LOW, 2, 0, 6, Part.LOWEST_QUARTER),
        (2.75, LOW, 2, 0, 6, Part.MIDDLE_HALF),
        (4.5, LOW, 4, 0, 4, Part.MIDDLE_HALF),
        (6.25, LOW, 6, 0, 2, Part.MIDDLE_HALF),
        (6.3, LOW, 6, 0, 2, Part.HIGHEST_QUARTER),
        (99.0, LOW, 8, 0, 0, Part.HIGHEST_QUARTER),
        (5.0, [5.0] * 8, 0, 8, 0, Part.MIDDLE_HALF),
        (3.0, [*LOW, NAN, NAN], 2, 1, 5, Part.MIDDLE_HALF),
        (3.0, [1.0, 2, 3, 4, 5, 6, 7], 2, 1, 4, None),
        (3.0, [1.0, 2, 3, 4, 5], 2, 1, 2, None),
    ],
)
def test_where_a_figure_stands(
    own: float, peers: list[float], below: int, same: int, above: int, part: Part | None
):
    assert standing(own, peers) == Standing(below, same, above, part)


@pytest.mark.parametrize("peers", [[], [1.0] * 4, [1.0, 2, 3, 4, NAN, NAN]])
def test_fewer_than_five_others_are_too_few(peers: list[float]):
    assert standing(3, peers) == TooFewPeers(sum(isfinite(peer) for peer in peers))


def test_ties_count_half_below():
    found = standing(3, LOW)
    assert isinstance(found, Standing)
    assert (found.peers, found.share_below) == (8, 2.5 / 8)


# What is said.


@pytest.mark.parametrize(
    "own, groups, verdict, sentence",
    [
        (
            4.5,
            {"trusts in the North": LOW, "acute trusts": LOW[::-1]},
            Verdict.SAME,
            "In each of 2 groups the figure is in the middle half.",
        ),
        (
            9.0,
            {"acute trusts": LOW, "trusts in the North": HIGH, "NHS trusts": [*LOW, *HIGH]},
            Verdict.DEPENDS,
            "The place depends on the choice of peers: in the lowest quarter among trusts in the "
            "North; in the middle half among NHS trusts; in the highest quarter among acute "
            "trusts.",
        ),
        (
            0.0,
            {"acute trusts": LOW, "trusts in the North": HIGH, "NHS trusts": [-1.0] * 8},
            Verdict.DEPENDS,
            "The place depends on the choice of peers: in the lowest quarter among acute trusts "
            "and trusts in the North; in the highest quarter among NHS trusts.",
        ),
        (
            9.0,
            {"acute trusts": LOW, "care trusts": [1.0, 2.0], "trusts in the North": HIGH[:6]},
            Verdict.ONE_GROUP,
            "Among acute trusts the figure is in the highest quarter. No other group has enough "
            "for quarters, so it cannot be said whether the choice matters.",
        ),
        (
            9.0,
            {"care trusts": [1.0, 2.0]},
            Verdict.TOO_FEW,
            "No group has enough other figures for quarters.",
        ),
        (9.0, {}, Verdict.TOO_FEW, "No group has enough other figures for quarters."),
        (None, {"acute trusts": LOW}, Verdict.NO_FIGURE, "There is no figure to compare."),
        (NAN, {"acute trusts": LOW}, Verdict.NO_FIGURE, "There is no figure to compare."),
    ],
)
def test_what_is_said_of_several_groups(
    own: float | None, groups: dict[str, list[float]], verdict: Verdict, sentence: str
):
    found = across_groups(own, groups)
    assert (found.verdict, found.sentence) == (verdict, sentence)


def test_every_group_has_its_standing_also_the_small_ones():
    groups = {"acute trusts": LOW, "care trusts": [1.0, 2.0], "trusts in the North": HIGH[:6]}
    assert across_groups(9, groups).standings == {
        "acute trusts": Standing(8, 0, 0, Part.HIGHEST_QUARTER),
        "care trusts": TooFewPeers(2),
        "trusts in the North": Standing(0, 0, 6, None),
    }


FIGURES = st.lists(st.integers(0, 9).map(float) | st.just(NAN) | st.floats(), max_size=20)


@given(st.integers(0, 9), FIGURES)
def test_a_standing_is_counted_by_hand(own: int, peers: list[float]):
    known = sorted(peer for peer in peers if peer - peer == 0)
    found = standing(own, peers)
    if len(known) < 5:
        assert found == TooFewPeers(len(known))
        return
    assert isinstance(found, Standing)
    assert found.below == len([peer for peer in known if peer < own])
    assert found.below + found.same == len([peer for peer in known if peer <= own])
    assert found.peers == len(known)
    assert (found.part is None) == (len(known) < 8)
    # More than a quarter on the other side of a figure in an outer quarter.
    if found.part is Part.LOWEST_QUARTER:
        assert found.above > len(known) / 4 and found.below <= len(known) / 4
    if found.part is Part.HIGHEST_QUARTER:
        assert found.below > len(known) / 4 and found.above <= len(known) / 4
