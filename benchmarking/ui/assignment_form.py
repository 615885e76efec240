"""Who does a question: shown under it, and handed over, taken or handed back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Action, can
from benchmarking.answers import Assignment
from benchmarking.assessing import assignments
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import Line, Part, Sheet
from benchmarking.moments import in_words, local
from benchmarking.ui import caches, saving, show
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_NOBODY = 0


def held_by(given: Assignment) -> str:
    """Who holds a question and by when it is wanted, in words."""
    gone = "" if given.may_answer else " (may no longer answer here)"
    day = f", wanted by {in_words(given.wanted_by)}" if given.wanted_by else ""
    return f"{given.title}{gone}{day}"


def summary(visit: Visit, line: Line) -> list[str]:
    """Who does a question, in a few words; the day has a note of its own once it is over."""
    given = line.assignment
    if given is None:
        return []
    late = assignments.is_overdue(line, visit.today)
    return [f"With {held_by(replace(given, wanted_by=None) if late else given)}"]


def overdue(visit: Visit, line: Line) -> Markup:
    """The note under a question that was wanted by a day that is over; empty otherwise."""
    given = line.assignment
    if given is None or not assignments.is_overdue(line, visit.today):
        return Markup("")
    day = in_words(given.wanted_by) if given.wanted_by else ""
    return Markup('<p class="bm-note alert">Overdue: it was wanted by {}.</p>').format(day)


def offer(visit: Visit, sheet: Sheet, line: Line, place: Place) -> None:
    """Who holds one question, and what this person may change about that."""
    show.note(_told(line))
    if sheet.takes_changes:
        if can(visit.person, Action.ASSIGN, sheet.trust.code):
            _for_one(visit, sheet, line, place)
        elif can(visit.person, Action.ANSWER, sheet.trust.code):
            _for_myself(visit, sheet, line, place)
    saving.show_trouble(place)


def _told(line: Line) -> str:
    given = line.assignment
    if given is None:
        return "Nobody in particular does this."
    day = in_words(local(given.assigned_at).date())
    how = f"taken on {day}" if given.by == given.title else f"handed over on {day} by {given.by}"
    return f"{held_by(given)}; {how}."


def _for_myself(visit: Visit, sheet: Sheet, line: Line, place: Place) -> None:
    if assignments.is_mine(line, visit.person):
        _button("Hand it back", place, lambda asking: assignments.hand_back(asking, sheet, line))
    elif not assignments.is_held(line):
        _button("I will do this", place, lambda asking: assignments.take(asking, sheet, line))


def _button(label: str, place: Place, do: Callable[[Visit], object]) -> None:
    st.button(label, key=f"{place.key}.own", on_click=_do, args=(place, do))


def _do(place: Place, do: Callable[[Visit], object]) -> None:
    saving.try_to(place, do)


def _for_one(visit: Visit, sheet: Sheet, line: Line, place: Place) -> None:
    given = line.assignment
    revision = int(given.assigned_at.timestamp() * 1e6) if given else 0
    stored = {
        f"{place.key}.person": given.person_id if given else _NOBODY,
        f"{place.key}.day": given.wanted_by if given else None,
    }
    saving.follow(place, revision, stored)
    _form(sheet, [line], place, _people(visit, sheet, given), "Save who does this")


def for_all(visit: Visit, sheet: Sheet, part: Part, key: str) -> None:
    """A form that hands all questions of a stage to one colleague, or leaves them with nobody."""
    place = saving.place(key)
    _form(sheet, part.lines, place, _people(visit, sheet, None), f"Hand over all {len(part.lines)}")
    show.note("This replaces whoever holds them now.")
    saving.show_trouble(place)


def _people(visit: Visit, sheet: Sheet, given: Assignment | None) -> dict[int, str]:
    """Who may be chosen, by number; whoever holds it now stays named."""
    found = {_NOBODY: "Nobody in particular"}
    for one in assignments.colleagues(visit, sheet.trust.code, caches.kept):
        found[one.person_id] = one.title
    if given is not None:
        found.setdefault(given.person_id, f"{given.title} (may no longer answer here)")
    return found


def _form(
    sheet: Sheet, lines: Sequence[Line], place: Place, people: dict[int, str], label: str
) -> None:
    with st.form(f"{place.key}.form", border=False):
        left, right = st.columns([2, 1])
        left.selectbox(
            "Who does this",
            list(people),
            index=None,
            placeholder="Choose who",
            format_func=people.__getitem__,
            key=f"{place.key}.person",
        )
        right.date_input(
            "Wanted by (optional)", value=None, key=f"{place.key}.day", format="DD/MM/YYYY"
        )
        st.form_submit_button(label, on_click=_save, args=(sheet, lines, place))


def _save(sheet: Sheet, lines: Sequence[Line], place: Place) -> None:
    with place.turn:
        entered = saving.entered()
        person_id: int | None = entered[f"{place.key}.person"]
        day: date | None = entered[f"{place.key}.day"]
        saving.try_to(place, lambda visit: _give(visit, sheet, lines, person_id, day))


def _give(
    visit: Visit, sheet: Sheet, lines: Sequence[Line], person_id: int | None, day: date | None
) -> None:
    if person_id is None:
        raise CannotSave("Choose who is to do this, or “Nobody in particular”.")
    if person_id == _NOBODY:
        assignments.take_back(visit, sheet, lines)
    else:
        assignments.hand_over(visit, sheet, lines, person_id, day)
