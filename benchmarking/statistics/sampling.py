"""Random samples that anybody can draw again: stratified, with a seed that is kept.

Each unit is given a random number of 64 bits, in the order of the frame. Within each stratum the
units with the lowest numbers are drawn, and all that are drawn come in the order of their numbers.
The numbers are the raw ones of PCG64, which numpy promises not to change; what its ``Generator``
makes of them (``permutation``, ``choice``) may differ between versions.
"""

from collections.abc import Hashable, Sequence
from fractions import Fraction

import numpy as np

from benchmarking.statistics.arrays import Whole


def allocation(sizes: Sequence[int], wanted: int) -> tuple[int, ...]:
    """How many units to draw of each stratum, in proportion to their sizes.

    Each stratum has its quota, ``wanted`` times its share of all units. It begins with one unit,
    where ``wanted`` is enough for all strata, else with none. What is left is given out one by
    one, each to the stratum that is furthest below its quota: so come the whole numbers that lie
    closest to the quotas. Without the first units these are the largest remainders. Of strata
    equally far below, the larger comes first, then the earlier.

    Args:
        sizes: how many units each stratum has, more than 0.
        wanted: how many units to draw in all; all are drawn where there are fewer.

    Raises:
        ValueError: nothing is wanted, or a stratum is empty.
    """
    if wanted < 1 or any(size < 1 for size in sizes):
        raise ValueError(
            f"{wanted} of strata of {list(sizes)} cannot be drawn. Leave out empty ones."
        )
    wanted = min(wanted, sum(sizes))
    quotas = [Fraction(wanted * size, sum(sizes)) for size in sizes]
    given = [int(wanted >= len(sizes))] * len(sizes)
    for _ in range(wanted - sum(given)):
        short = [
            (quota - so_far, size) for quota, so_far, size in zip(quotas, given, sizes, strict=True)
        ]
        given[short.index(max(short))] += 1
    return tuple(given)


def draw(strata: Sequence[Hashable], wanted: int, seed: int) -> tuple[int, ...]:
    """The places of the units that are drawn, in the order of the draw.

    Args:
        strata: the stratum of each unit of the frame. The same frame in the same order, with the
            same size and seed, always gives the same draw.
        wanted: how many units to draw in all.
        seed: 0 or more.

    Raises:
        ValueError: nothing is wanted.
    """
    if not strata:
        return ()
    keys = np.random.PCG64(seed).random_raw(len(strata))
    by_key: Whole = np.argsort(keys, kind="stable")
    members: dict[Hashable, list[int]] = {}
    for place, stratum in enumerate(strata):
        members.setdefault(stratum, []).append(place)
    sizes = [len(places) for places in members.values()]
    left = dict(zip(members, allocation(sizes, wanted), strict=True))
    drawn: list[int] = []
    for place in by_key.tolist():
        if left[strata[place]]:
            left[strata[place]] -= 1
            drawn.append(place)
    return tuple(drawn)
