"""Evidence, and how far it lets a claim count (the evidenced level).

The rules themselves are data in the standard: see ``evidence.caps`` there.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from benchmarking.answers import ItemKey
from benchmarking.standard import AnswerScale, Cap, CapRoute, Item, Standard


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence for one answer. None means not asked of its kind, or not given.

    ``category`` is one of ``evidence_categories``; ``reviewed_by`` is the role of whoever looked
    at it. The file lies under ``file_sha256``, empty where there is none; ``file_name`` is what it
    was called where it came from, ``file_type`` one of ``evidence_files``, ``file_size`` is bytes;
    ``file_may_identify`` is whether its words may tell who somebody is.
    """

    evidence_id: str
    item: ItemKey
    kind: str
    title: str
    note: str = ""
    link: str = ""
    records_available: int | None = None
    records_drawn: int | None = None
    at_random: bool | None = None
    replies: int | None = None
    period_from: date | None = None
    period_to: date | None = None
    checked_by: str | None = None
    checked_on: date | None = None
    complainants_involved: bool | None = None
    category: str | None = None
    dated_on: date | None = None
    reviewed_by: str = ""
    reviewed_on: date | None = None
    may_be_shared: bool = False
    file_sha256: str = ""
    file_name: str = ""
    file_type: str = ""
    file_size: int | None = None
    file_may_identify: bool = False
    author: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What a claim counts for.

    ``evidenced`` is the lower of the claim and the cap; ``lacking`` says what would let the
    claim count in full, and is empty where it already does.
    """

    claimed: str
    evidenced: str
    lacking: str = ""

    @property
    def is_capped(self) -> bool:
        return self.claimed != self.evidenced


def standing(
    standard: Standard,
    scale: AnswerScale,
    item: Item,
    claimed: str,
    evidence: Sequence[Evidence],
    as_of: date,
) -> Standing:
    """How far a claim counts on a day, given the evidence for it.

    An answer without a value ("don't know") is never capped, nor is any answer of a
    standard without caps.
    """
    order = [choice.id for choice in scale.valued]
    if claimed not in order or not standard.evidence.caps:
        return Standing(claimed, claimed)
    reached = max(
        order.index(cap.choice)
        for cap in standard.evidence.caps
        if _is_reached(cap, standard, item, evidence, as_of)
    )
    if reached >= order.index(claimed):
        return Standing(claimed, claimed)
    return Standing(claimed, order[reached], _lacking(standard, order, reached, claimed))


def _is_reached(
    cap: Cap, standard: Standard, item: Item, evidence: Sequence[Evidence], as_of: date
) -> bool:
    if not cap.any_of:
        return True
    return any(
        meets(route, standard, item, piece, as_of) for route in cap.any_of for piece in evidence
    )


def meets(route: CapRoute, standard: Standard, item: Item, piece: Evidence, as_of: date) -> bool:
    """Whether one piece of evidence fulfils every condition of a route on a day."""
    checkers = {checker.id: checker for checker in standard.evidence.checkers}
    checker = checkers.get(piece.checked_by or "")
    statement = standard.statement_by_id[item.statement]
    return (
        piece.kind == route.kind
        and (not route.at_random or piece.at_random is True)
        and _is_enough(route, piece)
        and _is_recent(route, piece, as_of)
        and (not route.outside or (checker is not None and checker.outside))
        and (not route.complainants_involved or piece.complainants_involved is True)
        and not (route.only_if_files_cannot_say and statement.measurable_from_files)
    )


def _is_enough(route: CapRoute, piece: Evidence) -> bool:
    if route.minimum is None:
        return True
    count = piece.records_drawn if piece.records_drawn is not None else piece.replies
    if count is None or count < 1:
        return False
    took_all = piece.records_available is not None and count >= piece.records_available
    return count >= route.minimum or (route.all_if_fewer and took_all)


def _is_recent(route: CapRoute, piece: Evidence, as_of: date) -> bool:
    if route.within_months is None:
        return True
    # A check has a day; a sample or a survey counts by the end of the period it covers.
    day = piece.checked_on if piece.period_to is None else piece.period_to
    return day is not None and months_before(as_of, route.within_months) <= day <= as_of


def capped_in_words(standing: Standing, scale: AnswerScale) -> str:
    """What a claim scores as and what is lacking; empty where it counts in full."""
    if not standing.is_capped:
        return ""
    claimed, evidenced = (scale.by_id[name] for name in (standing.claimed, standing.evidenced))
    scores = f"it scores as {evidenced.level or evidenced.label}."
    said = f"You chose {claimed.level or claimed.label};"
    return f"{said} {standing.lacking}, {scores}" if standing.lacking else f"{said} {scores}"


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last day of a shorter month."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _lacking(standard: Standard, order: list[str], reached: int, claimed: str) -> str:
    """The standard's own words for what the next caps up to the claim would need."""
    wanted = order[reached + 1 : order.index(claimed) + 1]
    said = [cap.unlocks for cap in standard.evidence.caps if cap.choice in wanted and cap.unlocks]
    return said[-1] if said else ""
