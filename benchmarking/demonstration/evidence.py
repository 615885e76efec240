"""Evidence for fictional claims: what the standard's caps ask for, or a little less."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from benchmarking.answers import ItemKey
from benchmarking.demonstration.words import Words
from benchmarking.evidence import Evidence, meets, months_before
from benchmarking.standard import (
    AnswerScale,
    Cap,
    CapRoute,
    EvidenceDetail,
    EvidenceKind,
    EvidencePolicy,
    Item,
    Standard,
)

# How often there is something at all: with a claim that needs no proof, for one that is shown
# in full beside its proof, and for one that is not.
WITH_LOW_CLAIM = 0.4
BESIDE_PROOF = 0.25
INSTEAD_OF_PROOF = 0.75
NEARLY_PROVEN = 0.6
FEWER_THAN_MINIMUM = 0.1
WITH_NOTE = 0.3
# What each kind of evidence mostly is; a kind that is not named here gets no category.
CATEGORIES = {
    "policy": "processes",
    "records": "processes",
    "survey": "peoples-experience",
    "independent-check": "observation",
    "other": "outcomes",
}
# Kinds that ask one of these say by it how old they are.
_HAS_A_DAY = {EvidenceDetail.PERIOD, EvidenceDetail.CHECKED_ON}


@dataclass(frozen=True)
class Occasion:
    """One answer that evidence is made for: to what, by whom, on which day it is judged."""

    standard: Standard
    scale: AnswerScale
    item: Item
    stem: str
    judged_on: date
    words: Words
    drawn: np.random.Generator


def make_evidence(occasion: Occasion, claimed: int, shown: int) -> tuple[Evidence, ...]:
    """Pieces with which a claim counts for exactly ``shown`` (places in the scale)."""
    caps = _caps_by_place(occasion)
    proofs = [_proof(occasion, cap) for place, cap in caps if place <= shown]
    beyond = [cap for place, cap in caps if shown < place <= claimed]
    pieces = [*proofs, *_beside(occasion, bool(proofs), beyond)]
    return tuple(
        replace(piece, evidence_id=f"{occasion.stem}-{n}") for n, piece in enumerate(pieces, 1)
    )


def _caps_by_place(occasion: Occasion) -> list[tuple[int, Cap]]:
    order = [choice.id for choice in occasion.scale.valued]
    caps = occasion.standard.evidence.caps
    return [(order.index(cap.choice), cap) for cap in caps if cap.any_of]


def _beside(occasion: Occasion, proven: bool, beyond: Sequence[Cap]) -> list[Evidence]:
    """What else is on file: a plan or a policy, or proof that falls short of the next cap."""
    drawn = occasion.drawn
    rate = INSTEAD_OF_PROOF if beyond else BESIDE_PROOF if proven else WITH_LOW_CLAIM
    if drawn.random() > rate:
        return []
    nearly = bool(beyond) and drawn.random() < NEARLY_PROVEN
    return [_falling_short(occasion, beyond[0]) if nearly else _plain(occasion)]


def _plain(occasion: Occasion) -> Evidence:
    """A kind of evidence that no cap asks for, such as a policy."""
    policy = occasion.standard.evidence
    asked = {route.kind for cap in policy.caps for route in cap.any_of}
    kinds = [kind for kind in policy.kinds if kind.id not in asked]
    # The first kinds of a standard are the usual ones.
    kind = kinds[0] if occasion.drawn.random() < 0.75 else kinds[-1]
    return _piece(occasion, kind, CapRoute(kind=kind.id))


def _proof(occasion: Occasion, cap: Cap) -> Evidence:
    """A piece that fulfils one of a cap's routes for this item."""
    route = _route(occasion, cap)
    return _piece(occasion, _kind(occasion.standard.evidence, route), route)


def _route(occasion: Occasion, cap: Cap) -> CapRoute:
    """The route that suits the item: replies where only people can say, else files."""
    statement = occasion.standard.statement_by_id[occasion.item.statement]
    for_people_only = [route for route in cap.any_of if route.only_if_files_cannot_say]
    if for_people_only and not statement.measurable_from_files:
        return for_people_only[0]
    return next(route for route in cap.any_of if not route.only_if_files_cannot_say)


def _falling_short(occasion: Occasion, cap: Cap) -> Evidence:
    """A piece that would fulfil the cap's route but for one condition."""
    route = _route(occasion, cap)
    proof = _piece(occasion, _kind(occasion.standard.evidence, route), route)
    spoiled = [replace(proof, **change) for change in _changes(occasion, route, proof)]
    lacking = [piece for piece in spoiled if not _meets_any(occasion, cap, piece)]
    return lacking[int(occasion.drawn.integers(len(lacking)))]


def _changes(occasion: Occasion, route: CapRoute, proof: Evidence) -> list[dict[str, Any]]:
    """For each condition of a route, what would break it."""
    changes: list[dict[str, Any]] = []
    if route.at_random:
        changes.append({"at_random": False})
    if route.minimum is not None:
        changes.append(_too_few(occasion, route.minimum, proof))
    if route.within_months is not None:
        changes.append(_too_old(route.within_months, proof))
    if route.outside:
        inside = [c.id for c in occasion.standard.evidence.checkers if not c.outside]
        changes.append({"checked_by": inside[int(occasion.drawn.integers(len(inside)))]})
    if route.complainants_involved:
        changes.append({"complainants_involved": False})
    return changes


def _too_few(occasion: Occasion, minimum: int, proof: Evidence) -> dict[str, Any]:
    few = int(occasion.drawn.integers(minimum // 4, minimum))
    if proof.records_drawn is None:
        return {"replies": few}
    return {"records_drawn": few, "records_available": few + minimum}


def _too_old(months: int, proof: Evidence) -> dict[str, Any]:
    names = ("period_from", "period_to", "checked_on")
    days = {name: getattr(proof, name) for name in names}
    return {name: months_before(day, months) for name, day in days.items() if day is not None}


def _meets_any(occasion: Occasion, cap: Cap, piece: Evidence) -> bool:
    return any(
        meets(route, occasion.standard, occasion.item, piece, occasion.judged_on)
        for route in cap.any_of
    )


def _kind(policy: EvidencePolicy, route: CapRoute) -> EvidenceKind:
    return next(kind for kind in policy.kinds if kind.id == route.kind)


def _piece(occasion: Occasion, kind: EvidenceKind, route: CapRoute) -> Evidence:
    drawn, words = occasion.drawn, occasion.words
    return Evidence(
        evidence_id="",
        item=ItemKey(occasion.standard.id, occasion.item.id),
        kind=kind.id,
        title=words.title(kind, drawn),
        note=words.note(drawn) if drawn.random() < WITH_NOTE else "",
        category=CATEGORIES.get(kind.id),
        dated_on=None if _HAS_A_DAY & set(kind.asks) else months_before(occasion.judged_on, 9),
        **_details(occasion, kind, route),
    )


def _details(occasion: Occasion, kind: EvidenceKind, route: CapRoute) -> Mapping[str, Any]:
    """What the form asks about this kind, as good as the route wants it."""
    drawn, day = occasion.drawn, occasion.judged_on
    details: dict[str, Any] = {}
    if EvidenceDetail.RECORDS_DRAWN in kind.asks:
        details |= _sample(drawn, route)
    if EvidenceDetail.AT_RANDOM in kind.asks:
        details["at_random"] = True
    if EvidenceDetail.REPLIES in kind.asks:
        details["replies"] = (route.minimum or 0) + int(drawn.integers(0, 60))
    if EvidenceDetail.PERIOD in kind.asks:
        details["period_to"] = day - timedelta(days=int(drawn.integers(10, 75)))
        length = timedelta(days=int(drawn.integers(85, 180)))
        details["period_from"] = details["period_to"] - length
    if EvidenceDetail.CHECKED_BY in kind.asks:
        outside = [c.id for c in occasion.standard.evidence.checkers if c.outside]
        details["checked_by"] = outside[int(drawn.integers(len(outside)))]
    if EvidenceDetail.CHECKED_ON in kind.asks:
        details["checked_on"] = day - timedelta(days=int(drawn.integers(20, 300)))
    if EvidenceDetail.COMPLAINANTS_INVOLVED in kind.asks:
        details["complainants_involved"] = True
    return details


def _sample(drawn: np.random.Generator, route: CapRoute) -> dict[str, int]:
    """Records drawn and available: at least the route's minimum, or all of a few."""
    minimum = route.minimum or 10
    if route.all_if_fewer and drawn.random() < FEWER_THAN_MINIMUM:
        all_of_them = int(drawn.integers(minimum // 2, minimum))
        return {"records_drawn": all_of_them, "records_available": all_of_them}
    taken = minimum + int(drawn.integers(0, 15))
    return {"records_drawn": taken, "records_available": taken + int(drawn.integers(5, 220))}
