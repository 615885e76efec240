"""Whether a unit's place among its peers depends on which peers were chosen."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarking.peers import allows_quartiles, allows_summary
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.quantiles import type_7


class Part(StrEnum):
    """Where a figure lies in its group, in words that judge nothing."""

    LOWEST_QUARTER = "the lowest quarter"
    MIDDLE_HALF = "the middle half"
    HIGHEST_QUARTER = "the highest quarter"


class Verdict(StrEnum):
    """What came of trying one group after another."""

    SAME = "the same in every group"
    DEPENDS = "depends on the group"
    ONE_GROUP = "only one group is large enough"
    TOO_FEW = "no group is large enough"
    NO_FIGURE = "there is no figure to place"


@dataclass(frozen=True)
class Standing:
    """How many of a group's other figures are lower, the same and higher, and the part.

    ``part`` is None where the group is too small for quarters. ``share_below`` counts ties half.
    """

    below: int
    same: int
    above: int
    part: Part | None

    @property
    def peers(self) -> int:
        return self.below + self.same + self.above

    @property
    def share_below(self) -> float:
        return (self.below + self.same / 2) / self.peers


@dataclass(frozen=True)
class Sensitivity:
    """One figure's standing in each of several groups, by the group's name, and what that says.

    ``standings`` is empty where there is no figure. ``sentence`` is for the reader.
    """

    standings: Mapping[str, Standing | TooFewPeers]
    verdict: Verdict
    sentence: str


def across_groups(own: float | None, groups: Mapping[str, Sequence[float]]) -> Sensitivity:
    """Where one figure stands in each of several groups, and whether that is the same place.

    Args:
        own: the figure; None or NaN where there is none.
        groups: the other units' figures by a name such as "acute teaching trusts"; those that
            have none, as NaN or not at all. The unit itself is in none of them.

    Source:
        The places compared are those of the peers' quartiles, type 7 (see ``quantiles``).
    """
    if own is None or not math.isfinite(own):
        return Sensitivity({}, Verdict.NO_FIGURE, "There is no figure to compare.")
    standings = {name: standing(own, figures) for name, figures in groups.items()}
    return Sensitivity(standings, *_concluded(standings))


def standing(own: float, figures: Sequence[float]) -> Standing | TooFewPeers:
    """Where a figure stands among others, or that there are too few of them to say."""
    peers = [figure for figure in figures if math.isfinite(figure)]
    if not allows_summary(len(peers)):
        return TooFewPeers(len(peers))
    below = sum(figure < own for figure in peers)
    same = sum(figure == own for figure in peers)
    part = _part(own, peers) if allows_quartiles(len(peers)) else None
    return Standing(below, same, len(peers) - below - same, part)


def _part(own: float, peers: Sequence[float]) -> Part:
    low, high = type_7(peers, (0.25, 0.75))
    if own < low:
        return Part.LOWEST_QUARTER
    return Part.HIGHEST_QUARTER if own > high else Part.MIDDLE_HALF


def _concluded(standings: Mapping[str, Standing | TooFewPeers]) -> tuple[Verdict, str]:
    parts = {
        name: found.part
        for name, found in standings.items()
        if isinstance(found, Standing) and found.part
    }
    if not parts:
        return Verdict.TOO_FEW, "No group has enough other figures for quarters."
    if len(parts) == 1:
        name, part = next(iter(parts.items()))
        said = f"Among {name} the figure is in {part}. No other group has enough for quarters"
        return Verdict.ONE_GROUP, f"{said}, so it cannot be said whether the choice matters."
    if len(set(parts.values())) == 1:
        part = next(iter(parts.values()))
        return Verdict.SAME, f"In each of {len(parts)} groups the figure is in {part}."
    return Verdict.DEPENDS, f"The place depends on the choice of peers: {_listed(parts)}."


def _listed(parts: Mapping[str, Part]) -> str:
    """Which groups put the figure where, from the lowest place: "in ... among a and b; ..."."""
    placed = {
        part: [name for name, found in parts.items() if found is part]
        for part in Part
        if part in parts.values()
    }
    return "; ".join(f"in {part} among {_joined(names)}" for part, names in placed.items())


def _joined(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
