"""One trust's level among its peers' levels. Levels are ordered words: no means, no tests."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarking.peers import allows_quartiles, allows_summary
from benchmarking.peers import too_few as said_of_too_few


@dataclass(frozen=True)
class AmongPeers:
    """How many peers gave each level, and how many are below, the same and above.

    Places count from 0, the lowest level. ``counts`` has one number per level. ``median`` is
    the lower median's place; ``quartiles`` are the places that bound the middle half, None
    where the group is too small for them. ``below``, ``same`` and ``above`` are None where the
    trust itself has no level.
    """

    counts: tuple[int, ...]
    peers: int
    median: int
    quartiles: tuple[int, int] | None
    below: int | None
    same: int | None
    above: int | None

    def briefly(self) -> str:
        """The same as ``in_words``, which is short enough for every place."""
        return self.in_words()

    def in_words(self) -> str:
        """How the trust stands, as "7 below, 20 the same, 17 above of 44"."""
        if self.below is None:
            return f"{self.peers} with a level"
        return f"{self.below} below, {self.same} the same, {self.above} above of {self.peers}"


@dataclass(frozen=True)
class TooFewPeers:
    """Not enough other trusts to show anything about them.

    ``apart`` is given where the group itself is large enough, but differs so little from others
    that the reader may also see that the difference would show what so few trusts said.
    """

    peers: int
    apart: int = 0

    def briefly(self) -> str:
        """That nothing is shown, for where the reason stands beside it already."""
        return f"too few to say ({self.peers})"

    def in_words(self) -> str:
        """Why nothing is shown, and what would help."""
        if self.apart:
            return (
                f"Not shown: the difference from other groups would give away what "
                f"{self.apart} of the trusts said. Choose a wider group"
            )
        return f"Too few to say. {said_of_too_few(self.peers)}".removesuffix(".")


@dataclass(frozen=True)
class Change:
    """How many levels rose, fell or stayed from one time to another."""

    higher: int
    lower: int
    same: int

    @property
    def compared(self) -> int:
        return self.higher + self.lower + self.same

    @property
    def direction(self) -> int:
        """1 where more rose than fell, -1 where more fell than rose, else 0."""
        return (self.higher > self.lower) - (self.higher < self.lower)


def among_peers(
    own: int | None, peers: Sequence[int], levels: int, apart: int = 0
) -> AmongPeers | TooFewPeers:
    """Where one trust's level stands among its peers'.

    Args:
        own: the trust's place on the scale, from 0, or None where it has none.
        peers: the other trusts' places; the trust itself is not among them.
        levels: how many levels the scale has.
        apart: how few trusts the difference from other groups would give away; 0 where it
            gives nobody away.
    """
    if not allows_summary(len(peers)):
        return TooFewPeers(len(peers))
    if apart:
        return TooFewPeers(len(peers), apart)
    found = Counter(peers)
    counts = tuple(found[place] for place in range(levels))
    median = place_at(counts, 1, 2)
    quartiles = None
    if allows_quartiles(len(peers)):
        quartiles = (place_at(counts, 1, 4), place_at(counts, 3, 4))
    if own is None:
        return AmongPeers(counts, len(peers), median, quartiles, None, None, None)
    below, same = sum(counts[:own]), counts[own]
    above = len(peers) - below - same
    return AmongPeers(counts, len(peers), median, quartiles, below, same, above)


def place_at(counts: Sequence[int], part: int, whole: int) -> int:
    """The lowest place that at least ``part`` of ``whole`` of the answers reach or stay below.

    One half gives the lower median. No value is made up between two levels.

    Source:
        Hyndman and Fan (1996), American Statistician 50, 361-365, definition 1: the inverse of
        the empirical distribution function.
    """
    total, passed = sum(counts), 0
    for place, number in enumerate(counts):
        passed += number
        if passed and passed * whole >= part * total:
            return place
    raise ValueError("Without an answer there is no place. Count the answers first.")


def change(pairs: Iterable[tuple[int | None, int | None]]) -> Change:
    """What changed between two times, from (before, now); pairs with a gap are left out."""
    signs = Counter(
        (now > before) - (now < before)
        for before, now in pairs
        if before is not None and now is not None
    )
    return Change(higher=signs[1], lower=signs[-1], same=signs[0])
