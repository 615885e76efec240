"""Which parts of a trust assess themselves beside the whole: its sites and directorates."""

from collections.abc import Iterable

from benchmarking.access import Action, check_can
from benchmarking.answers import Scope, ScopeKind
from benchmarking.assessing.drafts import CannotSave, kept_text
from benchmarking.assessing.sheets import NotThere, trust_of
from benchmarking.keeping import Keep, afresh
from benchmarking.store import scopes as store
from benchmarking.visit import Visit

LONGEST_NAME = 100
MOST = 60


def of_trust(visit: Visit, trust_code: str, keep: Keep = afresh) -> tuple[Scope, ...]:
    """The parts that a trust has named, those that have ended too.

    Raises:
        Refused: the person has no role in this trust.
        NotThere: no such trust.
    """
    check_can(visit.person, Action.SEE_SCOPES, trust_code)
    return keep(("scopes", visit.stand.of_all, trust_code), lambda: _read(visit, trust_code))


def add(visit: Visit, trust_code: str, kind: ScopeKind, name: str) -> str:
    """Names a site or directorate that will assess itself; its id.

    Raises:
        Refused: the person may not do this for this trust.
        CannotSave: it has no name, a name that is taken, or there are too many.
    """
    check_can(visit.person, Action.MANAGE_SCOPES, trust_code)
    kept = _name(name)
    with visit.database.writing(visit.audit("add scope", trust_code)) as writing:
        trust = trust_of(writing, trust_code)
        known = store.of_trust(writing, trust.organisation_id)
        if len(known) >= MOST:
            raise CannotSave(f"A trust can name {MOST} sites and directorates, and has.")
        _refuse_twice(kept, known)
        return store.add(writing, trust.organisation_id, kind, kept)


def change(visit: Visit, trust_code: str, scope_id: str, name: str, takes_part: bool) -> None:
    """Renames a site or directorate in all cycles, ends it, or takes it up again.

    One that has ended begins no more assessments. What it has answered stays.

    Raises:
        Refused, CannotSave: as ``add``.
        NotThere: there is no such part.
    """
    check_can(visit.person, Action.MANAGE_SCOPES, trust_code)
    kept = _name(name)
    entry = visit.audit("change scope", f"{trust_code} {scope_id}")
    with visit.database.writing(entry) as writing:
        trust = trust_of(writing, trust_code)
        known = {part.scope_id: part for part in store.of_trust(writing, trust.organisation_id)}
        stored = known.pop(scope_id, None)
        if stored is None:
            raise NotThere("This trust has no such site or directorate. Look at the list again.")
        _refuse_twice(kept, known.values())
        ended_at = None if takes_part else stored.ended_at or visit.now
        store.change(writing, trust.organisation_id, scope_id, kept, ended_at)


def _read(visit: Visit, trust_code: str) -> tuple[Scope, ...]:
    with visit.database.reading() as reading:
        return store.of_trust(reading, trust_of(reading, trust_code).organisation_id)


def _name(text: str) -> str:
    name = " ".join(kept_text(text, LONGEST_NAME, "The name").split())
    if not name:
        raise CannotSave("Enter the name of the site or directorate.")
    return name


def _refuse_twice(name: str, known: Iterable[Scope]) -> None:
    for scope in known:
        if scope.name.casefold() == name.casefold():
            stands = "has ended; take it up again" if scope.ended_at else "is on the list already"
            raise CannotSave(f"“{scope.name}” {stands}. Or enter another name.")
