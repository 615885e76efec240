"""Saving what a person typed or chose, and showing what stood in the way.

A run can be broken off at every access to ``st.session_state``, a callback too: before an answer
is saved, or between the save and the note of its revision. So a callback reads what was entered
with ``entered``, which is no such access, and notes what became of it in a ``Place``.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Action, Refused, can
from benchmarking.assessing.drafts import CannotSave, SomebodyElseSaved
from benchmarking.assessing.sheets import Sheet
from benchmarking.free_text import NeedsConfirmation
from benchmarking.moments import clock
from benchmarking.people import denials
from benchmarking.ui import html, identity
from benchmarking.visit import Visit

_NEVER = -1

Save = Callable[[Visit, int], datetime]


@dataclass(frozen=True)
class Stored:
    """What is stored in one place: in words, its revision, who saved it and when."""

    words: str
    revision: int
    author: str
    saved_at: datetime | None


@dataclass(frozen=True)
class Conflict:
    """Two values for one thing: the stored one and mine. ``keep_mine`` saves mine over it."""

    theirs: Stored
    mine: str
    keep_mine: Callable[[], None]


@dataclass(frozen=True)
class Asked:
    """What has to be confirmed before it is saved, in words; ``save_anyway`` confirms it."""

    says: str
    save_anyway: Callable[[], None]


@dataclass
class Place:
    """One thing that a browser tab can save, under the key of its first field.

    ``seen`` is the revision that stands on the page; ``added`` counts what was added here. Who
    saves takes a ``turn``, because a click during a run starts a second one beside it.
    """

    key: str
    seen: int = _NEVER
    added: int = 0
    problem: str = ""
    asked: Asked | None = None
    conflict: Conflict | None = None
    turn: threading.RLock = field(default_factory=threading.RLock)


def place(key: str) -> Place:
    """The place with this key, the same one in every run."""
    kept = f"{key}.place"
    if kept not in st.session_state:
        st.session_state[kept] = Place(key)
    return st.session_state[kept]


def entered() -> Mapping[str, Any]:
    """What stands in every field at this moment, by its key; for callbacks."""
    return st.session_state.to_dict()


def follow(place: Place, revision: int, stored: Mapping[str, object]) -> None:
    """Puts what is stored into the fields when it is new to this browser tab.

    The fields keep their keys while the person works, or the keyboard's focus would be lost.

    Args:
        place: the thing that has a revision.
        revision: the newest.
        stored: the value of each field, by its key.
    """
    if place.seen != revision or not all(key in st.session_state for key in stored):
        st.session_state.update(stored)
        place.seen = revision


def may_change(visit: Visit, sheet: Sheet) -> bool:
    """Whether this person may change anything in this assessment as it stands."""
    return sheet.takes_changes and can(visit.person, Action.ANSWER, sheet.trust.code)


def attempt(place: Place, save: Save, mine: str, told: Callable[[Any], Stored]) -> None:
    """Saves over the revision that was seen; remembers trouble for the next drawing.

    Args:
        place: where on the page; trouble is shown there.
        save: given who asks and the revision to save over.
        mine: what is being saved, in words.
        told: what is stored here, of the question or action that a colleague saved.
    """
    with place.turn:
        _save_over(place, place.seen, save, mine, told)


def _save_over(
    place: Place,
    seen: int,
    save: Save,
    mine: str,
    told: Callable[[Any], Stored],
    mark: str = "",
) -> None:
    place.problem, place.asked, place.conflict = "", None, None
    visit = identity.visit().confirming(mark)
    try:
        save(visit, seen)
    except SomebodyElseSaved as stale:
        theirs = told(stale.stored)
        place.conflict = Conflict(
            theirs, mine, lambda: _keep_mine(place, theirs.revision, save, mine, told)
        )
    except NeedsConfirmation as asked:
        again = partial(_save_anyway, place, seen, save, mine, told, asked.mark)
        place.asked = Asked(str(asked), again)
    except (CannotSave, Refused) as problem:
        denials.note(visit, problem)
        place.problem = str(problem)
    else:
        place.seen = seen + 1


def _keep_mine(
    place: Place, seen: int, save: Save, mine: str, told: Callable[[Any], Stored]
) -> None:
    with place.turn:
        _save_over(place, seen, save, mine, told)
        # The fields show what was stored before; as if never drawn, they follow the store again.
        place.seen = _NEVER


def _save_anyway(
    place: Place, seen: int, save: Save, mine: str, told: Callable[[Any], Stored], mark: str
) -> None:
    with place.turn:
        _save_over(place, seen, save, mine, told, mark)
        # The fields may have been left and drawn anew since; they show what is stored now.
        place.seen = _NEVER


def try_to(
    place: Place,
    do: Callable[[Visit], object],
    after: Callable[[], None] | None = None,
    mark: str = "",
) -> bool:
    """Does what cannot be stale; whether it was done. Trouble is shown at the next drawing.

    Args:
        place: where on the page.
        do: given who asks.
        after: what follows once it was done, at once or after a confirmation.
        mark: of the texts that the person has confirmed.
    """
    with place.turn:
        place.problem, place.asked = "", None
        visit = identity.visit().confirming(mark)
        try:
            do(visit)
        except NeedsConfirmation as asked:
            place.asked = Asked(str(asked), partial(_do_anyway, place, do, after, asked.mark))
            return False
        except (CannotSave, Refused) as problem:
            denials.note(visit, problem)
            place.problem = str(problem)
            return False
        if after is not None:
            after()
    return True


def _do_anyway(
    place: Place, do: Callable[[Visit], object], after: Callable[[], None] | None, mark: str
) -> None:
    try_to(place, do, after, mark)


def show_trouble(place: Place) -> None:
    """What stood in the way of the last save here, with what to do about it."""
    if place.problem:
        html.put(error_summary(place.problem))
    if place.asked is not None:
        ask(place.key, place.asked, partial(_forget_asked, place))
    if place.conflict is not None:
        _show_conflict(place, place.conflict)


def error_summary(problem: str) -> Markup:
    """An error as people know it from NHS forms."""
    return Markup('<div class="bm-errors" role="alert"><h2>There is a problem</h2>{}</div>').format(
        problem
    )


def ask(key: str, asked: Asked, change: Callable[[], None]) -> None:
    """The warning, with a way back to the fields as they are, and a way on.

    Args:
        key: of what is being saved.
        asked: the warning.
        change: forgets the warning, so that the fields can be changed.
    """
    with st.container(border=True, key=f"{key}.asked".replace(".", "-")):
        html.put(
            Markup(
                '<div class="bm-answer" role="alert"><strong>Not saved yet.</strong> {}</div>'
            ).format(asked.says)
        )
        with st.container(horizontal=True, gap="small"):
            st.button("Change it", key=f"{key}.change", type="primary", on_click=change)
            st.button("Save it anyway", key=f"{key}.anyway", on_click=asked.save_anyway)


def _forget_asked(place: Place) -> None:
    place.asked = None


def _show_conflict(place: Place, found: Conflict) -> None:
    theirs = found.theirs
    when = f" at {clock(theirs.saved_at)}" if theirs.saved_at else ""
    with st.container(border=True):
        html.put(
            Markup(
                '<div role="alert"><strong>{} saved this{}, while you were working on it.'
                "</strong> Nothing is lost. Which one should stand?</div>"
            ).format(theirs.author, when)
        )
        left, right = st.columns(2)
        left.markdown("**Stored now**")
        left.text(theirs.words or "(nothing)")
        left.button(
            "Keep what is stored", key=f"{place.key}.theirs", on_click=_forget, args=(place,)
        )
        right.markdown("**Yours**")
        right.text(found.mine or "(nothing)")
        right.button("Replace it with mine", key=f"{place.key}.mine", on_click=found.keep_mine)


def _forget(place: Place) -> None:
    place.conflict = None
