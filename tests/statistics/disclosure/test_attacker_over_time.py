"""An attacker reads results as they move, and learns nobody's answer.

As in ``test_attacker``, each attack is made on rules that are broken on purpose as well.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from math import comb

import pytest

pytest.importorskip("hypothesis")
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarking.statistics.disclosure import (
    Coarse,
    Counts,
    InFull,
    Shown,
    Suppressed,
    Waves,
    Why,
    breakdown,
    three_step,
)
from tests.statistics.disclosure.attacker import Attacker

# One result by itself: a coarse share, of an unknown number of replies from 10 to 29.


def numerator_is_found(shown: Coarse, fewest: int, most: int) -> bool:
    low, high = {5: (0.0, 10.0), 95: (90.0, 100.0)}.get(
        shown.percent, (shown.percent - 2.5, shown.percent + 2.5)
    )
    attacker = Attacker()
    attacker.unknown("replied", fewest, most)
    attacker.unknown("agreed")
    attacker.reads_at_most({"agreed": -1, "replied": low / 100}, 0)
    attacker.reads_at_most({"agreed": 1, "replied": -high / 100}, 0)
    return attacker.knows("agreed")


def numerators_that_fit(shown: Shown, fewest: int, most: int) -> set[int]:
    return {
        part
        for out_of in range(fewest, most + 1)
        for part in range(out_of + 1)
        if three_step(part, out_of) == shown
    }


@pytest.mark.parametrize("percent", range(5, 100, 5))
def test_a_coarse_share_does_not_tell_how_many_agreed(percent: int):
    assert not numerator_is_found(Coarse(percent), 10, 29)
    assert len(numerators_that_fit(Coarse(percent), 10, 29)) >= 2


@pytest.mark.parametrize("part, out_of", [(7, 10), (9, 20), (2, 13)])
def test_the_attacker_finds_it_where_the_number_of_replies_stands_beside(part: int, out_of: int):
    shown = three_step(part, out_of)
    assert isinstance(shown, Coarse)
    assert numerator_is_found(shown, out_of, out_of)
    assert numerators_that_fit(shown, out_of, out_of) == {part}


# Snapshots one after the other. The attacker has worked out how many replied at each.

Transcript = list[tuple[int, Shown]]
Arrivals = list[list[int]]
arrivals = st.lists(
    st.one_of(
        st.lists(st.integers(0, 1), min_size=1, max_size=25),
        st.integers(1, 35).map(lambda n: [1] * n),
        st.integers(1, 35).map(lambda n: [0] * n),
    ),
    max_size=8,
)


def in_waves(came: Arrivals) -> Transcript:
    """What the rule shows, each time that something comes in."""
    states = itertools.accumulate(
        (Counts(sum(replies), len(replies)) for replies in came), Waves.after, initial=Waves()
    )
    snapshots = [state.snapshot() for state in states]
    return [(one.counts.out_of, one.shown) for one in dict.fromkeys(snapshots)]


def in_waves_that_never_wait(came: Arrivals) -> Transcript:
    """A broken rule: each full wave is shown."""
    full = reduce(Waves.after, (Counts(sum(r), len(r)) for r in came), Waves()).full
    sums = itertools.accumulate(full, initial=Counts(0, 0))
    return [(one.out_of, three_step(one.part, one.out_of)) for one in sums]


def at_once(came: Arrivals) -> Transcript:
    """A broken rule: waves of one reply."""
    replies = list(itertools.chain(*came))
    return [(n, three_step(sum(replies[:n]), n)) for n in range(len(replies) + 1)]


def answers_found(came: Arrivals, transcript: Transcript) -> list[int]:
    """The replies (by number, from 1) whose answer the attacker works out.

    Not those of thirty and more between two snapshots who all said the same: these are shown.
    """
    replies = list(itertools.chain(*came))
    attacker = Attacker()
    for number in range(1, len(replies) + 1):
        attacker.unknown(number, 0, 1)
    read = [(n, shown) for n, shown in transcript if not isinstance(shown, Suppressed)]
    for n, shown in read:
        fitting = numerators_that_fit(shown, n, n)
        everybody = dict.fromkeys(range(1, n + 1), 1.0)
        attacker.reads_between(everybody, min(fitting), max(fitting))
    ends = [0, *(n for n, _ in read)]
    shown_in_full = {
        number
        for start, end in itertools.combinations(ends, 2)
        if end - start >= 30 and len(set(replies[start:end])) == 1
        for number in range(start + 1, end + 1)
    }
    # Those between two snapshots are alike to the attacker, so the last speaks for all.
    return [end for end in ends[1:] if end not in shown_in_full and attacker.knows(end)]


@settings(max_examples=60, deadline=None)
@given(arrivals)
def test_no_snapshots_tell_what_a_person_said(came: Arrivals):
    assert answers_found(came, in_waves(came)) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 1), max_size=70))
def test_nor_where_replies_come_one_by_one(replies: list[int]):
    came = [[reply] for reply in replies]
    assert answers_found(came, in_waves(came)) == []


MIXED = [1, 0] * 15


@pytest.mark.parametrize(
    "why, broken, came, found",
    [
        ("a wave of one", at_once, [MIXED, [1]], 31),
        ("ten of ten", in_waves_that_never_wait, [MIXED, [1] * 10], 40),
        ("none of ten", in_waves_that_never_wait, [MIXED, [0] * 10, [1]], 40),
        ("ten, over 90%", in_waves_that_never_wait, [[1] * 10], 10),
        ("one of twenty, then all", in_waves_that_never_wait, [[1] + [0] * 19, [1] * 10], 30),
    ],
)
def test_the_attacker_finds_answers_where_waves_are_too_small_or_do_not_wait(
    why: str, broken: Callable[[Arrivals], Transcript], came: Arrivals, found: int
):
    assert found in answers_found(came, broken(came)), why
    assert answers_found(came, in_waves(came)) == []


def worlds_by_transcript(sizes: Sequence[int]) -> list[list[tuple[int, ...]]]:
    """All that could have been said in waves of these sizes, put together where it looks alike."""
    alike: dict[tuple, list[tuple[int, ...]]] = {}
    for parts in itertools.product(*(range(size + 1) for size in sizes)):
        states = itertools.accumulate(map(Counts, parts, sizes), Waves.after, initial=Waves())
        snapshots = [state.snapshot() for state in states]
        key = tuple((one.waves, one.shown) for one in snapshots)
        alike.setdefault(key, []).append(parts)
    return list(alike.values())


@pytest.mark.parametrize("sizes", [(10, 10, 10), (12, 18), (20, 10), (15, 10, 10), (29, 10)])
def test_who_knows_the_rule_learns_from_waiting_once_in_ten_thousand_times(sizes: Sequence[int]):
    """That a wave waits says that nearly all agree. Then only a turn from all to none tells."""
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        tells = 0.0
        for worlds in worlds_by_transcript(sizes):
            told = [{parts[at] for parts in worlds} for at in range(len(sizes))]
            unanimous = all(sum(parts) in (0, sum(sizes)) for parts in worlds)
            if not unanimous and any(
                one in ({0}, {size}) for one, size in zip(told, sizes, strict=True)
            ):
                tells += sum(chance_of(parts, sizes, share) for parts in worlds)
        assert tells < 1e-4


def chance_of(parts: Sequence[int], sizes: Sequence[int], share: float) -> float:
    chance = 1.0
    for part, size in zip(parts, sizes, strict=True):
        chance *= comb(size, part) * share**part * (1 - share) ** (size - part)
    return chance


# A breakdown of what is final, beside all snapshots on the way there.


@st.composite
def broken_down(draw: st.DrawFn) -> tuple[Arrivals, list[str]]:
    """Replies as they came in, and the group of each."""
    came = draw(arrivals)
    replies = sum(len(one) for one in came)
    groups = draw(st.lists(st.sampled_from("AAAABBC"), min_size=replies, max_size=replies))
    return came, groups


def groups_found(
    came: Arrivals, groups: list[str], transcript: Transcript, shown: Mapping[str, Shown]
) -> list[str]:
    """Hidden groups of which the attacker works out how many replied or agreed, or how few.

    Not how many agreed where all hidden groups together, thirty and more, said the same.
    """
    full = [(n, one) for n, one in transcript if isinstance(one, InFull)]
    ends = [0, *(n for n, _ in full)]
    attacker = Attacker()
    for wave, name, answer in itertools.product(range(len(full)), shown, "yn"):
        attacker.unknown((wave, name, answer))
    for wave, (n, one) in enumerate(full):
        agreed = one.part - (full[wave - 1][1].part if wave else 0)
        attacker.reads({(wave, name, "y"): 1 for name in shown}, agreed)
        attacker.reads({(wave, name, "n"): 1 for name in shown}, n - ends[wave] - agreed)
    waves_of = {
        (name, answer): [(wave, name, answer) for wave in range(len(full))]
        for name, answer in itertools.product(shown, "yn")
    }
    for name, one in shown.items():
        if isinstance(one, InFull):
            attacker.reads(dict.fromkeys(waves_of[name, "y"], 1.0), one.part)
            attacker.reads(dict.fromkeys(waves_of[name, "n"], 1.0), one.out_of - one.part)
    hidden = [name for name, one in shown.items() if isinstance(one, Suppressed)]
    together = [[*itertools.chain(*(waves_of[n, answer] for n in hidden))] for answer in "yn"]
    open_to_doubt = all(attacker.range_of(*one)[1] > 0 for one in together if hidden)
    found = []
    for name in hidden:
        everybody = [*waves_of[name, "y"], *waves_of[name, "n"]]
        _, most = attacker.range_of(*everybody)
        told = open_to_doubt and attacker.knows(*waves_of[name, "y"])
        if told or attacker.knows(*everybody) or most < 30 - 1e-6:
            found.append(name)
    return found


def counts_by_group(came: Arrivals, groups: list[str], out_of: int) -> Mapping[str, Counts]:
    replies = list(itertools.chain(*came))[:out_of]
    found = dict.fromkeys("ABC", Counts(0, 0))
    for name, reply in zip(groups, replies, strict=False):
        found[name] += Counts(reply, 1)
    return found


@settings(max_examples=40, deadline=None)
@given(broken_down())
def test_no_hidden_group_can_be_worked_out(drawn: tuple[Arrivals, list[str]]):
    came, groups = drawn
    transcript = in_waves(came)
    last, whole = transcript[-1]
    if isinstance(whole, InFull):
        shown = breakdown(counts_by_group(came, groups, last))
        assert groups_found(came, groups, transcript, shown) == []


def test_the_attacker_finds_a_group_that_is_hidden_alone():
    came, groups = [MIXED, MIXED], ["A"] * 50 + ["B"] * 10
    shown = {"A": InFull(25, 50), "B": Suppressed(Why.IN_A_TABLE)}
    assert groups_found(came, groups, in_waves(came), shown) == ["B"]
