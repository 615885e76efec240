"""What complainants and complaint files say about each statement, on the scale of the claim.

Only what may be shown is in here: shares come from frozen waves and closed reviews, by the
three-step rule, and a range or a gap only where a share is shown in full.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import TypeVar

from benchmarking.standard import Closeness, CutPoints, Voice
from benchmarking.statistics.disclosure import (
    Coarse,
    Counts,
    InFull,
    Missing,
    Shown,
    Suppressed,
    base_in_words,
    three_step,
)
from benchmarking.statistics.supported import (
    ClaimGap,
    Cuts,
    NoRange,
    Range,
    Supported,
    claim_gaps,
    supported,
)

_Said = TypeVar("_Said", Range, ClaimGap)

NOUNS = {Voice.COMPLAINANTS: "replies", Voice.FILES: "files"}


@dataclass(frozen=True)
class Limits:
    """The 95% interval of a share, from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True)
class Heard:
    """What one voice says about one statement or headline.

    ``base`` says how many stand behind it, as far as that may be said. ``limits`` is None
    where there is no range. ``partly`` is the share of files that show it in part, shown apart
    and only beside a share in full. ``is_settled`` is false where two readers of the files said
    too different things: it is shown, and neither compared nor ranked.
    """

    voice: Voice
    closeness: Closeness
    shown: Shown
    base: str
    limits: Limits | None
    range: Range | NoRange
    gap: ClaimGap | NoRange
    cuts: Cuts
    partly: Shown | None = None
    is_settled: bool = True

    @property
    def robust_size(self) -> int:
        """By how many levels the claim lies outside, at the least; 0 where none is told."""
        return self.gap.robust_size if isinstance(self.gap, ClaimGap) else 0

    @property
    def is_over_claimed(self) -> bool:
        """Whether the claim lies robustly above what this voice supports."""
        told = self.gap
        return isinstance(told, ClaimGap) and told.robust and told.direction > 0

    @property
    def size(self) -> int:
        return self.gap.size if isinstance(self.gap, ClaimGap) else 0

    @property
    def is_said(self) -> bool:
        """Whether there is a share, if only a coarse one."""
        return isinstance(self.shown, InFull | Coarse)


@dataclass(frozen=True)
class Told:
    """What one voice has to say, before it is held against a claim.

    ``counts`` are of frozen waves or of a closed review; None where nobody asked.
    """

    closeness: Closeness
    counts: Counts | None
    partly: int | None = None
    is_settled: bool = True


def cuts_of(points: CutPoints) -> Cuts:
    """The cut points of an instrument."""
    return Cuts(points.second, points.third)


def heard(
    voice: Voice, told: Sequence[Told], claims: Sequence[int | None], cuts: Cuts
) -> tuple[Heard, ...]:
    """What one voice says, statement by statement, against what is claimed.

    Args:
        voice: whose.
        told: one for each statement.
        claims: the claimed level of each, from 1; None where none is claimed.
        cuts: where this voice's shares pass from level to level.
    """
    shown = [_shown(one) for one in told]
    full = [one if isinstance(one, InFull) else None for one in shown]
    parts = [nan if one is None else one.part for one in full]
    wholes = [nan if one is None else one.out_of for one in full]
    found = supported(parts, wholes, cuts)
    compared = [c if one.is_settled else None for c, one in zip(claims, told, strict=True)]
    gaps = claim_gaps([nan if claim is None else claim for claim in compared], found)
    return tuple(
        Heard(
            voice=voice,
            closeness=one.closeness,
            shown=what,
            base=_base(voice, one),
            limits=_limits(found, place),
            range=_or_reason(found.range_at(place), one, what),
            gap=_or_reason(gaps.gap_at(place), one, what),
            cuts=cuts,
            partly=_partly(one, what),
            is_settled=one.is_settled,
        )
        for place, (one, what) in enumerate(zip(told, shown, strict=True))
    )


def agree_enough(same: Shown, bar: float) -> bool:
    """Whether two readers said the same often enough; of few files no more is told than is shown.

    Args:
        same: of how many files they said the same, by the three-step rule.
        bar: the least share.
    """
    if isinstance(same, Coarse):
        return same.percent / 100 >= bar
    return not isinstance(same, InFull) or same.part >= bar * same.out_of


def largest_gap(voices: Iterable[Heard]) -> tuple[int, int]:
    """The largest robust gap of several voices, and the largest gap of any."""
    several = tuple(voices)
    return (
        max((one.robust_size for one in several), default=0),
        max((one.size for one in several), default=0),
    )


def closest(measures: Iterable[tuple[str, Mapping[str, Closeness]]], about: str) -> str | None:
    """The id of the item that measures a statement most closely; None where none does."""
    found = {item_id: how[about] for item_id, how in measures if about in how}
    direct = (item_id for item_id, how in found.items() if how is Closeness.DIRECT)
    return next(direct, next(iter(found), None))


def _shown(told: Told) -> Shown:
    if told.closeness is Closeness.NOT_MEASURABLE or told.counts is None:
        return Missing()
    return three_step(told.counts.part, told.counts.out_of)


def _base(voice: Voice, told: Told) -> str:
    return "" if told.counts is None else base_in_words(told.counts.out_of, NOUNS[voice])


def _partly(told: Told, shown: Shown) -> Shown | None:
    if told.partly is None or not isinstance(shown, InFull):
        return None
    return three_step(told.partly, shown.out_of)


def _limits(found: Supported, place: int) -> Limits | None:
    if found.codes[place]:
        return None
    return Limits(float(found.limits.low[place]), float(found.limits.high[place]))


def _or_reason(said: _Said | NoRange, told: Told, shown: Shown) -> _Said | NoRange:
    """What was found; where nothing could be worked out, the true reason for it."""
    if told.closeness is Closeness.NOT_MEASURABLE:
        return NoRange.NOT_MEASURED
    if isinstance(shown, Suppressed | Coarse):
        return NoRange.TOO_FEW_REPLIES
    return NoRange.NO_REPLY if isinstance(shown, Missing) else said
