"""Saving what a person typed or chose, and showing what stood in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Action, Refused, can
from benchmarking.drafts import CannotSave, SomebodyElseSaved
from benchmarking.moments import clock
from benchmarking.sheets import Line, Sheet
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


def may_change(visit: Visit, sheet: Sheet) -> bool:
    """Whether this person may change anything in this assessment as it stands."""
    return sheet.state.is_open and can(visit.person, Action.ANSWER, sheet.trust.code)


def attempt(place: str, save: Save, seen: int, mine: str, told: Callable[[Line], Stored]) -> None:
    """Saves over the revision that was seen; remembers trouble for the next drawing.

    Args:
        place: where on the page; trouble is shown there.
        save: given who asks and the revision to save over.
        seen: the revision that the person saw.
        mine: what is being saved, in words.
        told: what a question has stored here.
    """
    st.session_state.pop(_problem(place), None)
    st.session_state.pop(_conflict(place), None)
    try:
        save(identity.visit(), seen)
    except SomebodyElseSaved as stale:
        theirs = told(stale.line)
        st.session_state[_conflict(place)] = Conflict(
            theirs, mine, lambda: _keep_mine(place, save, theirs.revision, mine, told)
        )
    except (CannotSave, Refused) as problem:
        st.session_state[_problem(place)] = str(problem)
    else:
        st.session_state[f"{place}.seen"] = seen + 1


def _keep_mine(
    place: str, save: Save, seen: int, mine: str, told: Callable[[Line], Stored]
) -> None:
    attempt(place, save, seen, mine, told)
    # The fields show what was stored before; as if never drawn, they follow the store again.
    st.session_state[f"{place}.seen"] = _NEVER


def try_to(place: str, do: Callable[[Visit], object]) -> bool:
    """Does what cannot be stale; whether it was done. Trouble is shown at the next drawing."""
    st.session_state.pop(_problem(place), None)
    try:
        do(identity.visit())
    except (CannotSave, Refused) as problem:
        st.session_state[_problem(place)] = str(problem)
        return False
    return True


def show_trouble(place: str) -> None:
    """What stood in the way of the last save here, with what to do about it."""
    if problem := st.session_state.get(_problem(place)):
        html.put(error_summary(problem))
    found = st.session_state.get(_conflict(place))
    if isinstance(found, Conflict):
        _show_conflict(place, found)


def error_summary(problem: str) -> Markup:
    """An error as people know it from NHS forms."""
    return Markup('<div class="bm-errors" role="alert"><h2>There is a problem</h2>{}</div>').format(
        problem
    )


def _show_conflict(place: str, found: Conflict) -> None:
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
        left.button("Keep what is stored", key=f"{place}.theirs", on_click=_forget, args=(place,))
        right.markdown("**Yours**")
        right.text(found.mine or "(nothing)")
        right.button("Replace it with mine", key=f"{place}.mine", on_click=found.keep_mine)


def _forget(place: str) -> None:
    st.session_state.pop(_conflict(place), None)


def _problem(place: str) -> str:
    return f"{place}.problem"


def _conflict(place: str) -> str:
    return f"{place}.conflict"
