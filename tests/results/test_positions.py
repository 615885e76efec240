"""Peers: no subtraction of what a reader may see gives the answers of fewer than five."""

import random
from itertools import permutations

import pytest

from benchmarking.answers import ItemKey, Organisation
from benchmarking.evidence import Standing
from benchmarking.results.levels import PublishedLevels
from benchmarking.results.positions import BASES, Peers, Position, peers_of, weakest_first
from benchmarking.standard import Library
from benchmarking.statistics.ordinal import AmongPeers, TooFewPeers
from tests.results.drawing import stage_of
from tests.results.scene import LAST, ME, SIGNS, cycle, trust

KEY = ItemKey(ME, "sa-1.1")


def published(library: Library, trusts: list[Organisation], signs: str) -> PublishedLevels:
    """Each trust with one answer to one statement; a full stop is none."""
    standings = {
        one.code: {KEY: Standing(SIGNS[sign], SIGNS[sign])} if sign != "." else {}
        for one, sign in zip(trusts, signs, strict=True)
    }
    known = {one.code: one for one in trusts}
    return PublishedLevels(cycle(library, LAST), known, standings, frozenset())


def shown(library: Library, peers: Peers) -> Position:
    return peers.at_statement(library.scales["four-levels"], KEY, None)


def with_a_level(peers: Peers) -> set[str]:
    """The peers whose answer is in the counts."""
    valued = set(list(SIGNS.values())[:4])
    found = peers.published.standings
    return {c for c in peers.group.codes if KEY in found[c] and found[c][KEY].evidenced in valued}


def random_trusts(draw: random.Random) -> list[Organisation]:
    kinds, regions = ["Acute", "Community", "Ambulance"], ["North", "South"]
    return [
        Organisation(n, f"DEMO-{n:02}", f"T {n}", draw.choice(kinds), draw.choice(regions))
        for n in range(1, draw.randint(6, 30))
    ]


def test_no_difference_of_two_shown_groups_is_smaller_than_five(library: Library):
    draw = random.Random(2026)
    for _ in range(400):
        trusts = random_trusts(draw)
        signs = "".join(draw.choices("1234?-.", [5, 5, 5, 5, 1, 1, 1], k=len(trusts)))
        found = published(library, trusts, signs)
        groups = [peers_of(trusts[0], found, basis) for basis in BASES]
        seen = [with_a_level(g) for g in groups if isinstance(shown(library, g), AmongPeers)]
        for one in seen:
            assert len(one) >= 5
        for smaller, larger in permutations(seen, 2):
            if smaller < larger:
                assert len(larger - smaller) >= 5, (signs, smaller, larger)


def test_the_widest_group_is_never_hidden_for_another(library: Library):
    draw = random.Random(7)
    for _ in range(200):
        trusts = random_trusts(draw)
        found = published(library, trusts, "3" * len(trusts))
        everyone = peers_of(trusts[0], found, BASES[-1])
        assert isinstance(shown(library, everyone), AmongPeers) is (len(trusts) - 1 >= 5)


def test_two_groups_of_the_same_trusts_are_both_shown(library: Library):
    trusts = [Organisation(n, f"DEMO-{n:02}", f"T {n}", "Acute", "North") for n in range(1, 8)]
    found = published(library, trusts, "3" * 7)
    for basis in BASES:
        position = shown(library, peers_of(trusts[0], found, basis))
        assert isinstance(position, AmongPeers)
        assert position.peers == 6


@pytest.mark.parametrize(
    "signs, peers",
    [
        ("3333333333", 9),
        # The trust itself counts for nothing here.
        ("1333333333", 9),
        ("33333333?.", 7),
        ("3333333-.?", 6),
    ],
)
def test_only_others_with_a_level_are_counted(library: Library, signs: str, peers: int):
    found = published(library, [trust(n) for n in range(1, 11)], signs)
    position = shown(library, peers_of(trust(1), found, BASES[-1]))
    assert isinstance(position, AmongPeers)
    assert position.peers == sum(position.counts) == peers


def test_a_type_that_nobody_shares_is_too_few_to_say(library: Library):
    found = published(library, [trust(n) for n in range(1, 11)], "3" * 10)
    assert shown(library, peers_of(trust(10), found, BASES[0])) == TooFewPeers(0)


@pytest.mark.parametrize(
    "drawn, order",
    [
        ("3214", ["1.3", "1.2", "1.1", "1.4"]),
        ("33??", ["1.1", "1.2"]),
        ("....", []),
        # Of equals the standard's own order decides.
        ("2222", ["1.1", "1.2", "1.3", "1.4"]),
    ],
)
def test_the_weakest_come_first(library: Library, drawn: str, order: list[str]):
    found = weakest_first(stage_of(library, drawn).statements)
    assert [result.statement.number for result in found] == order
