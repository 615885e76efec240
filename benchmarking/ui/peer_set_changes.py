"""What the buttons around picked peers do: pick trusts; save, change and remove a set of them.

All of it runs in callbacks, before the page is drawn. What was done is noted first and the
address written last, because a click meanwhile can break a callback off at the address.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from benchmarking.assessing.sheets import NotThere
from benchmarking.complaints import Year, words
from benchmarking.moments import clock
from benchmarking.results import peer_sets
from benchmarking.results.peer_sets import SetChanged
from benchmarking.store.peer_sets import PeerSet
from benchmarking.ui import address, saving
from benchmarking.ui.saving import Conflict, Place, Stored
from benchmarking.visit import Visit

# What the chosen set and the picked codes are called in the address.
SET, WITH = "set", "with"

_BETWEEN_CODES = "."
_MOST_NAMED = 3
_NOT_DRAWN = 0
_GONE = (
    "A colleague removed this set in the meantime. Its trusts are still picked here: to keep them, "
    "save them under a name."
)
_NOT_SURE = "Nothing was removed. Tick the box to say that you are sure, then press again."


@dataclass(frozen=True)
class Choice:
    """What can be picked in a year: each trust's code, with its name as lists show it."""

    year: Year
    names: Mapping[str, str]

    def picked(self) -> tuple[str, ...]:
        """The codes that the address picks at this moment."""
        return tuple(code for code in address.all_said(WITH) if code in self.names)

    def of_set(self, found: PeerSet) -> tuple[str, ...]:
        """The trusts of a set that can be picked."""
        return tuple(code for code in found.codes if code in self.names)

    def out_of_sight(self, found: PeerSet) -> tuple[str, ...]:
        """Those that cannot, so that nobody can have taken them out of the set here."""
        return tuple(code for code in found.codes if code not in self.names)

    def listed(self, codes: Iterable[str]) -> str:
        """Trusts in a sentence: by their names where they are few, else how many."""
        found = sorted(codes)
        if len(found) > _MOST_NAMED:
            return count(len(found))
        return words.listed([self.names.get(code, code) for code in found])


@dataclass
class Told:
    """What the last change came to, shown while its set is chosen; ``number`` None for no set."""

    text: str = ""
    number: int | None = None

    def tell(self, text: str, number: int | None = None) -> None:
        """Replaces what was told before."""
        self.text, self.number = text, number


@dataclass(frozen=True)
class Desk:
    """Where one set is worked on: what can be picked, where trouble goes, what is told."""

    choice: Choice
    place: Place
    told: Told


def count(trusts: int) -> str:
    """A number of trusts in words."""
    return "1 trust" if trusts == 1 else f"{trusts} trusts"


def pick(codes: Iterable[str]) -> None:
    """Picks these trusts and no others."""
    joined = _BETWEEN_CODES.join(codes)
    if joined:
        address.say(WITH, joined)
    else:
        st.query_params.pop(WITH, None)


def work_with(found: PeerSet, choice: Choice) -> None:
    """Chooses a set and picks its trusts."""
    address.say(SET, str(found.peer_set_id))
    pick(choice.of_set(found))


def let_go() -> None:
    """Chooses no set. What is picked stays."""
    st.query_params.pop(SET, None)


def save(desk: Desk, form: str, pressed: int, trust_code: str | None) -> None:
    """Saves what is picked as a new set, under the name in a form, and chooses it.

    ``pressed`` is what ``place.added`` was when the button was drawn: a second press of the same
    button does nothing.
    """
    kept: list[PeerSet] = []
    with desk.place.turn:
        if desk.place.added != pressed:
            return
        entered, choice = saving.entered(), desk.choice
        name, owner = entered[f"{form}.name"], entered.get(f"{form}.owner", trust_code)
        codes = choice.picked()
        _forget_what_was(desk)
        if saving.try_to(
            desk.place,
            lambda visit: kept.append(peer_sets.save(visit, choice.year, name, codes, owner)),
        ):
            desk.place.added += 1
            desk.told.tell(_saved(kept[0]), kept[0].peer_set_id)
    for one in kept:
        work_with(one, desk.choice)


def change(desk: Desk, found: PeerSet) -> None:
    """Gives a set the name in its field and the trusts that are picked.

    Where a colleague changed it in between, both are shown and the person chooses.
    """
    with desk.place.turn:
        name = saving.entered()[f"{desk.place.key}.name"]
        codes = (*desk.choice.picked(), *desk.choice.out_of_sight(found))
        _change_over(desk, desk.place.seen, found.peer_set_id, name, codes)


def _change_over(desk: Desk, seen: int, number: int, name: str, codes: tuple[str, ...]) -> None:
    kept: list[PeerSet] = []

    def save_over(visit: Visit) -> None:
        try:
            kept.append(peer_sets.change(visit, desk.choice.year, number, name, codes, seen))
        except SetChanged as stale:
            _show_both(desk, stale.stored, name, codes)
        except NotThere:
            desk.told.tell(_GONE)

    _forget_what_was(desk)
    saving.try_to(desk.place, save_over)
    for one in kept:
        desk.place.seen = one.set_revision
        desk.told.tell(_saved(one), number)


def _show_both(desk: Desk, theirs: PeerSet | None, name: str, codes: tuple[str, ...]) -> None:
    if theirs is None:
        desk.told.tell(_GONE)
        return
    stored = Stored(
        _beside(desk.choice, theirs.name, theirs.codes, codes),
        theirs.set_revision,
        theirs.author,
        theirs.saved_at,
    )
    mine = _beside(desk.choice, name, codes, theirs.codes)
    desk.place.conflict = Conflict(stored, mine, lambda: _keep_mine(desk, theirs, name, codes))


def _keep_mine(desk: Desk, theirs: PeerSet, name: str, codes: tuple[str, ...]) -> None:
    with desk.place.turn:
        _change_over(desk, theirs.set_revision, theirs.peer_set_id, name, codes)
        # The field shows their name; as if never drawn, it follows the store again.
        desk.place.seen = _NOT_DRAWN


def _beside(choice: Choice, name: str, codes: Iterable[str], others: Iterable[str]) -> str:
    """A set in words, and what the other version of it lacks."""
    own = set(codes)
    only = own.difference(others)
    lines = [name, count(len(own))]
    return "\n".join([*lines, f"Only here: {choice.listed(only)}"] if only else lines)


def _forget_what_was(desk: Desk) -> None:
    """What was told of earlier changes is over once another begins."""
    desk.place.problem, desk.place.conflict = "", None
    desk.told.tell("")


def remove(desk: Desk, found: PeerSet, pressed: int) -> None:
    """Removes a set for all who see it, if the person has said to be sure.

    ``pressed`` is as in ``save``. What is picked stays.
    """
    with desk.place.turn:
        if desk.place.added != pressed:
            return
        _forget_what_was(desk)
        gone = _ended(desk, found)
        if gone:
            desk.place.added += 1
    if gone:
        let_go()


def _ended(desk: Desk, found: PeerSet) -> bool:
    """Ends a set if the person has said to be sure; whether it was done."""
    done: list[Visit] = []

    def end(visit: Visit) -> None:
        try:
            peer_sets.end(visit, found.peer_set_id, desk.place.seen)
        except SetChanged as stale:
            _say_it_changed(desk, stale.stored)
        except NotThere:
            desk.told.tell(_GONE)
        else:
            done.append(visit)

    if not saving.entered()[f"{desk.place.key}.sure"]:
        desk.place.problem = _NOT_SURE
        return False
    saving.try_to(desk.place, end)
    for visit in done:
        at = clock(visit.now)
        desk.told.tell(f"Removed “{found.name}” at {at}. Its trusts are still picked here.")
    return bool(done)


def _say_it_changed(desk: Desk, theirs: PeerSet | None) -> None:
    if theirs is None:
        desk.told.tell(_GONE)
        return
    desk.place.problem = (
        f"{theirs.author} changed this set at {clock(theirs.saved_at)}, so it was not removed. "
        "Look at what it holds now, then remove it if you still want to."
    )


def _saved(kept: PeerSet) -> str:
    sees = f"Everybody of {kept.trust_code} sees it" if kept.trust_code else "Only you see it"
    at = clock(kept.saved_at)
    return f"Saved at {at} as “{kept.name}”: {count(len(kept.codes))}. {sees}."
