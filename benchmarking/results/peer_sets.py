"""A trust's own sets of peers: named, shared by its people, changed and ended by them.

People who belong to no trust keep sets for themselves. What a set holds are codes of real
trusts, as the address of a page carries them, so that a set can be shared as a link, too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from benchmarking.access import Action, Person, Refused, check_can
from benchmarking.assessing.drafts import CannotSave, kept_text
from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import Year
from benchmarking.keeping import Keep, afresh
from benchmarking.organisations import shown_code
from benchmarking.store import peer_sets as store
from benchmarking.store.database import Reading
from benchmarking.store.peer_sets import PeerSet
from benchmarking.visit import Visit

LONGEST_NAME = 80


class SetChanged(Exception):
    """A colleague changed or ended the set in between. Nothing was overwritten.

    ``stored`` is the set as it is now, None where it was ended.
    """

    def __init__(self, stored: PeerSet | None):
        done = "changed" if stored else "deleted"
        super().__init__(f"A colleague {done} this set in the meantime. Look at the list again.")
        self.stored = stored


@dataclass(frozen=True)
class SetInYear:
    """The trusts of a set that can be compared in a year, and a sentence about those that cannot.

    ``note`` is None where all can.
    """

    codes: tuple[str, ...]
    note: str | None


def seen_by(visit: Visit, keep: Keep = afresh) -> tuple[PeerSet, ...]:
    """The sets of the person's trusts, then those kept alone; the oldest first.

    Raises:
        Refused: the person may not see published complaints.
    """
    check_can(visit.person, Action.SEE_PUBLISHED_COMPLAINTS)
    key = ("peer sets", visit.stand.of_all, visit.person.person_id)
    return keep(key, partial(_read, visit))


def save(
    visit: Visit, year: Year, name: str, codes: Iterable[str], trust_code: str | None = None
) -> PeerSet:
    """Saves a new set; the set as it is kept.

    Args:
        visit: who saves, and when.
        year: in which the trusts are looked up.
        name: not yet used by another set of the same owner.
        codes: of the trusts in it. The owner's own is left out.
        trust_code: the trust whose people share it; None for a person who belongs to none.

    Raises:
        Refused: the person may not see published complaints, or has no part in this trust.
        CannotSave: the name or a code cannot be used; says why.
    """
    check_can(visit.person, Action.SEE_PUBLISHED_COMPLAINTS)
    _check_owner(visit.person, trust_code)
    kept, wanted = _name(name), _codes(year, codes, trust_code)
    entry = visit.audit("save peer set", trust_code or "own set", " ".join(wanted))
    with visit.database.writing(entry) as writing:
        _check_unused(kept, _of_owner(writing, visit.person, trust_code))
        number = store.add(writing, trust_code, kept, wanted)
    return PeerSet(number, trust_code, kept, wanted, 1, visit.person.title, visit.now)


def change(
    visit: Visit, year: Year, number: int, name: str, codes: Iterable[str], read_revision: int
) -> PeerSet:
    """Gives a set another name, other trusts, or both; the set as it is kept.

    Args:
        visit: who changes it, and when.
        year: in which trusts that are new in it are looked up.
        number: the set's ``peer_set_id``.
        name: not used by another set of the same owner.
        codes: of all trusts that are to be in it.
        read_revision: the set's ``set_revision`` as the person saw it.

    Raises:
        Refused: the person may not see published complaints.
        NotThere: no such set, or none that the person sees.
        CannotSave: the name or a code cannot be used; says why.
        SetChanged: a colleague changed or ended it in the meantime.
    """
    check_can(visit.person, Action.SEE_PUBLISHED_COMPLAINTS)
    found = _found(visit, number)
    kept, wanted = _name(name), _codes(year, codes, found.trust_code, already=found.codes)
    entry = visit.audit("change peer set", f"peer set {number}", " ".join(wanted))
    with visit.database.writing(entry) as writing:
        others = _of_owner(writing, visit.person, found.trust_code)
        _check_unused(kept, [other for other in others if other.peer_set_id != number])
        changed = store.change(writing, number, kept, wanted, read_revision)
    stored = _now(visit, number)
    if not changed or stored is None:
        raise SetChanged(stored)
    return stored


def end(visit: Visit, number: int, read_revision: int) -> None:
    """Ends a set, so that nobody sees it any more; raises as ``change``."""
    check_can(visit.person, Action.SEE_PUBLISHED_COMPLAINTS)
    _found(visit, number)
    with visit.database.writing(visit.audit("end peer set", f"peer set {number}")) as writing:
        ended = store.end(writing, number, read_revision)
    if not ended:
        raise SetChanged(_now(visit, number))


def in_year(found: PeerSet, year: Year) -> SetInYear:
    """What of a set can be compared in a year."""
    there = {trust.code for trust in year.organisations.with_return}
    gone = [shown_code(code) for code in found.codes if code not in there]
    note = f"{', '.join(gone)}: no return of {year.period} on file, so left out." if gone else None
    return SetInYear(tuple(code for code in found.codes if code in there), note)


def _read(visit: Visit) -> tuple[PeerSet, ...]:
    with visit.database.reading() as reading:
        return _seen_by(reading, visit.person)


def _seen_by(reading: Reading, person: Person) -> tuple[PeerSet, ...]:
    shared = [one for code in person.trusts for one in store.of_trust(reading, code)]
    return (*shared, *store.of_person(reading, person.person_id))


def _of_owner(reading: Reading, person: Person, trust_code: str | None) -> tuple[PeerSet, ...]:
    if trust_code is None:
        return store.of_person(reading, person.person_id)
    return store.of_trust(reading, trust_code)


def _now(visit: Visit, number: int) -> PeerSet | None:
    return next((one for one in _read(visit) if one.peer_set_id == number), None)


def _found(visit: Visit, number: int) -> PeerSet:
    found = _now(visit, number)
    if found is None:
        raise NotThere("There is no such set here. Choose one from the list.")
    return found


def _check_owner(person: Person, trust_code: str | None) -> None:
    if trust_code is None and person.trusts:
        raise Refused("Your sets belong to your trust. Save this one for it.")
    if trust_code is not None and trust_code not in person.trusts:
        raise Refused("You can save a set for your own trust only.")


def _name(name: str) -> str:
    kept = " ".join(kept_text(name, LONGEST_NAME, "The name").split())
    if not kept:
        raise CannotSave("Give the set a name, so that others can find it.")
    return kept


def _check_unused(name: str, others: Iterable[PeerSet]) -> None:
    if name.casefold() in {other.name.casefold() for other in others}:
        raise CannotSave(f"There is a set called “{name}” already. Choose another name.")


def _codes(
    year: Year, codes: Iterable[str], own: str | None, already: Iterable[str] = ()
) -> tuple[str, ...]:
    """The codes in order, once each, without the owner's own; those already in it may stay."""
    wanted = sorted({code for code in codes if code != own})
    if not wanted:
        raise CannotSave("Pick at least one other trust. 5 or more give a middle.")
    fine = {trust.code for trust in year.organisations.with_return}.union(already)
    wrong = [shown_code(code) for code in wanted if code not in fine]
    if wrong:
        raise CannotSave(
            f"{', '.join(wrong)}: no trust with this code published a return for {year.period}. "
            f"Take it out."
        )
    return tuple(wanted)
