"""A stratified draw is proportional, gives every stratum its chance, and can be repeated."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from benchmarking.statistics.sampling import allocation, draw


@pytest.mark.parametrize(
    "sizes, wanted, drawn, why",
    [
        ((60, 30, 10), 10, (6, 3, 1), "whole quotas are drawn as they are"),
        ((50, 30, 20), 7, (4, 2, 1), "3.5, 2.1 and 1.4: the largest remainder is the first"),
        ((96, 2, 2), 10, (8, 1, 1), "a small stratum is not left out"),
        ((96, 3, 1), 2, (2, 0, 0), "two files cannot show three strata, so proportion decides"),
        ((5, 3), 30, (5, 3), "all of them, where there are fewer than wanted"),
        ((4, 4, 4), 4, (2, 1, 1), "of equals, the first"),
        ((2, 4), 3, (1, 2), "the larger first"),
        ((7,), 3, (3,), "one stratum is a plain draw"),
        ((1, 1, 1), 3, (1, 1, 1), "one of each"),
    ],
)
def test_a_draw_is_shared_out_in_proportion(
    sizes: tuple[int, ...], wanted: int, drawn: tuple[int, ...], why: str
) -> None:
    assert allocation(sizes, wanted) == drawn, why


@pytest.mark.parametrize("sizes, wanted", [((3, 0), 2), ((3,), 0)])
def test_an_empty_stratum_and_an_empty_draw_are_refused(
    sizes: tuple[int, ...], wanted: int
) -> None:
    with pytest.raises(ValueError, match="cannot be drawn. Leave out empty ones."):
        allocation(sizes, wanted)


def by_trying_all(sizes: Sequence[int], wanted: int) -> set[tuple[int, ...]]:
    """Every way to share out that lies closest to the quotas: slow and plain."""
    wanted = min(wanted, sum(sizes))
    quotas = [Fraction(wanted * size, sum(sizes)) for size in sizes]
    least = int(wanted >= len(sizes))
    ways = [
        way for way in product(*(range(least, size + 1) for size in sizes)) if sum(way) == wanted
    ]
    off = {way: sum((a - q) ** 2 for a, q in zip(way, quotas, strict=True)) for way in ways}
    return {way for way in ways if off[way] == min(off.values())}


def some_frames() -> Iterator[tuple[tuple[int, ...], int]]:
    random = np.random.default_rng(5)
    for _ in range(150):
        sizes = tuple(int(n) for n in random.integers(1, 12, size=random.integers(1, 5)))
        yield sizes, int(random.integers(1, 20))


def test_no_way_to_share_out_lies_closer_to_the_quotas() -> None:
    for sizes, wanted in some_frames():
        assert allocation(sizes, wanted) in by_trying_all(sizes, wanted), (sizes, wanted)


def slowly(strata: Sequence[str], wanted: int, seed: int) -> list[int]:
    """The draw as somebody would do it with a spreadsheet."""
    generator = np.random.Generator(np.random.PCG64(seed))
    tickets = [int(generator.bit_generator.random_raw()) for _ in strata]
    names = list(dict.fromkeys(strata))
    shares = allocation([strata.count(name) for name in names], wanted)
    drawn: list[int] = []
    for name, share in zip(names, shares, strict=True):
        places = [place for place in range(len(strata)) if strata[place] == name]
        drawn += sorted(places, key=lambda place: tickets[place])[:share]
    return sorted(drawn, key=lambda place: tickets[place])


@pytest.mark.parametrize("seed", [0, 1, 2**31, 2**62 + 1])
@pytest.mark.parametrize("wanted", [1, 3, 30, 60])
def test_a_spreadsheet_draws_the_same(seed: int, wanted: int) -> None:
    strata = ["upheld"] * 20 + ["other"] * 2 + ["not upheld"] * 18
    assert list(draw(strata, wanted, seed)) == slowly(strata, wanted, seed)


def test_the_same_seed_draws_the_same_files_in_years_to_come() -> None:
    strata = ["upheld", "upheld", "not upheld", "upheld", "not upheld", "other"] * 3
    assert draw(strata, 7, 2014) == GOLDEN


# Of numpy 2, and of every other, as far as numpy promises.
GOLDEN = (14, 12, 13, 10, 3, 15, 17)


def test_another_seed_draws_others_and_no_file_is_drawn_twice() -> None:
    strata = ["upheld"] * 100 + ["not upheld"] * 100
    drawn = [draw(strata, 30, seed) for seed in range(20)]
    assert len(set(drawn)) == 20
    assert all(len(set(one)) == 30 for one in drawn)


def test_every_file_of_a_stratum_has_the_same_chance() -> None:
    strata = ["upheld"] * 12 + ["not upheld"] * 4
    times = Counter(place for seed in range(4000) for place in draw(strata, 4, seed))
    # A quarter of each stratum: 1,000 times each; five standard deviations are 137.
    assert all(abs(times[place] - 1000) < 137 for place in range(16)), times


def test_of_no_files_none_are_drawn() -> None:
    assert draw([], 30, 1) == ()
