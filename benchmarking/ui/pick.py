"""Choosing whose assessment and which part of it a page is about."""

from collections.abc import Sequence

from benchmarking.answers import WHOLE_TRUST
from benchmarking.assessing import scopes
from benchmarking.assessing.sheets import NotThere, Part, Sheet
from benchmarking.peers import BASIS_LABELS, Basis
from benchmarking.results.positions import BASES
from benchmarking.ui import address, caches
from benchmarking.visit import Visit


def own_trust(visit: Visit) -> str:
    """The code of the trust that the person works for; asks only people with several.

    Raises:
        NotThere: the person has a role in no trust.
    """
    codes = visit.person.trusts
    if not codes:
        raise NotThere("You have no role in any trust. Ask your administrator.")
    if len(codes) == 1:
        return codes[0]
    return address.one_of("Trust", codes, key="trust")


def scope(visit: Visit, trust_code: str) -> str:
    """What of the trust a page is about; asks only where the trust has named parts of it."""
    parts = scopes.of_trust(visit, trust_code, caches.kept)
    if not parts:
        return WHOLE_TRUST
    titles = {WHOLE_TRUST: "The whole trust"} | {
        part.scope_id: part.title + (", ended" if part.ended_at else "") for part in parts
    }
    # The trust's code goes before it, so that another trust's "site-1" is not taken for this one.
    return address.one_of(
        "Part of the trust",
        list(titles),
        key="scope",
        shown_as=titles.__getitem__,
        named=lambda scope_id: f"{trust_code}.{scope_id}",
    )


def basis(scope_id: str) -> Basis:
    """What the peers have in common; a site or directorate has none to choose among."""
    if scope_id != WHOLE_TRUST:
        return BASES[0]
    return address.one_of("Peers", BASES, key="peers", shown_as=lambda b: BASIS_LABELS[b])


def part(sheet: Sheet) -> Part:
    """The stage to work on: the one in the address, else the first that is not finished."""
    by_standard = {name: sheet.parts_of(name) for name, _, _ in sheet.cycle.editions}
    standard = address.one_tab(
        "Standard",
        list(by_standard),
        key="standard",
        shown_as=lambda name: by_standard[name][0].standard.short_title,
        first=_first_unfinished(sheet.parts).standard.id,
    )
    parts = {part.stage.id: part for part in by_standard[standard]}
    stage = address.one_tab(
        "Stage",
        list(parts),
        key="stage",
        shown_as=lambda name: parts[name].stage.numbered,
        first=_first_unfinished(by_standard[standard]).stage.id,
        small=True,
    )
    return parts[stage]


def go_to(part: Part) -> None:
    """Chooses a stage from elsewhere on the page; for callbacks."""
    address.say("standard", part.standard.id)
    address.say("stage", part.stage.id)


def _first_unfinished(parts: Sequence[Part]) -> Part:
    return next((part for part in parts if part.done < len(part.lines)), parts[0])
