"""Forms to add an action, tell how it goes, close it and open it again; and one to change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from benchmarking.action_plan import action_entries, action_words, actions
from benchmarking.action_plan.action_entries import Ending
from benchmarking.action_plan.actions import ListedAction
from benchmarking.answers import WHOLE_TRUST
from benchmarking.trust_actions import Promised, Status, TrustAction
from benchmarking.ui import action_fields, entry_form, saving
from benchmarking.ui.action_fields import Offered
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_DONE = "Done"
_DROPPED = "Dropped: it will not be done"


@dataclass(frozen=True)
class Whose:
    """Of which trust and part of it a new action is, and what the page is about then."""

    trust_code: str
    about: str
    scope: str = WHOLE_TRUST


def offer_adding(visit: Visit, whose: Whose, preset: Promised, told: Told) -> None:
    """A form for a new action, with some of it filled in."""
    form = entry_form.form(f"{told.key}.add", told)
    choices = action_fields.offered(visit, whose.trust_code, preset)
    entry_form.show_problems(form)
    _fill(form, action_fields.values(preset))
    with st.form(f"{form.key}.fields", border=False):
        action_fields.draw(choices, partial(entry_form.beside, form))
        st.form_submit_button(
            "Add this action", type="primary", on_click=_add, args=(form, form.sent, whose, choices)
        )


def _fill(form: Form, values: Mapping[str, object]) -> None:
    """Puts what is filled in into the fields of a form that was not drawn before."""
    for name, value in values.items():
        if form.key_of(name) not in st.session_state:
            st.session_state[form.key_of(name)] = value


def _add(form: Form, pressed: int, whose: Whose, choices: Offered) -> None:
    def do(visit: Visit, said: Mapping[str, Any]) -> Done:
        new = action_fields.entered(choices, said)
        action_entries.add(visit, whose.trust_code, new, whose.scope)
        return Done("The action is added.", whose.about)

    entry_form.send(form, pressed, do)


def offer_telling(trust_code: str, one: ListedAction, about: str, told: Told) -> None:
    """A form for a note on how an action goes."""
    form = entry_form.form(f"{told.key}.tell.{one.action.action_id}", told)
    entry_form.show_problems(form)
    with st.form(f"{form.key}.fields", border=False):
        st.text_area(
            "How does it go? No names of patients or staff, please.",
            key=entry_form.beside(form, "note"),
            max_chars=action_entries.LONGEST_NOTE,
        )
        if one.action.status is Status.OPEN:
            st.checkbox("Work on it has begun", key=form.key_of("begins"))
        st.form_submit_button(
            "Add this note",
            type="primary",
            on_click=_tell,
            args=(form, form.sent, trust_code, one.action, about),
        )


def _tell(form: Form, pressed: int, trust_code: str, seen: TrustAction, about: str) -> None:
    def do(visit: Visit, said: Mapping[str, Any]) -> Done:
        action_entries.tell(
            visit,
            trust_code,
            seen.action_id,
            said["note"],
            begins=bool(said.get("begins")),
            read_revision=seen.action_revision,
        )
        return Done("The note is added.", about)

    entry_form.send(form, pressed, do)


def offer_closing(visit: Visit, trust_code: str, one: ListedAction, about: str, told: Told) -> None:
    """A form to close an action: done, with what shows it, or dropped, with the reason."""
    form = entry_form.form(f"{told.key}.close.{one.action.action_id}", told)
    shown_by = actions.evidence_for(visit, trust_code, one.action)
    entry_form.show_problems(form)
    with st.form(f"{form.key}.fields", border=False):
        st.radio("How does it end?", [_DONE, _DROPPED], key=form.key_of("status"), horizontal=True)
        st.text_area(
            "What came of it; or why it is dropped",
            key=entry_form.beside(form, "outcome"),
            max_chars=action_entries.LONGEST_NOTE,
        )
        _what_shows_it(form, shown_by)
        st.date_input(
            "On which day",
            value=visit.today,
            format="DD/MM/YYYY",
            key=entry_form.beside(form, "closed_on"),
        )
        st.form_submit_button(
            "Close this action",
            type="primary",
            on_click=_close,
            args=(form, form.sent, trust_code, one.action, about),
        )


def _what_shows_it(form: Form, shown_by: Mapping[str, str]) -> None:
    left, right = st.columns(2)
    with left:
        st.selectbox(
            "Evidence that shows it was done",
            list(shown_by),
            index=None,
            format_func=lambda number: shown_by.get(number, number),
            placeholder="Choose a piece" if shown_by else "None on its statements yet",
            key=entry_form.beside(form, "evidence_id"),
        )
    with right:
        st.text_input(
            "Or what shows it, in words",
            key=entry_form.beside(form, "shown_by"),
            max_chars=action_entries.LONGEST_SHOWN_BY,
        )


def _close(form: Form, pressed: int, trust_code: str, seen: TrustAction, about: str) -> None:
    def do(visit: Visit, said: Mapping[str, Any]) -> Done:
        status = Status.DROPPED if said["status"] == _DROPPED else Status.DONE
        ending = Ending(
            status, said["outcome"], said["closed_on"], said["evidence_id"], said["shown_by"]
        )
        action_entries.close(visit, trust_code, seen.action_id, ending, seen.action_revision)
        return Done(f"The action is closed as {status.value}.", about)

    entry_form.send(form, pressed, do)


def offer_reopening(trust_code: str, one: ListedAction, about: str, told: Told) -> None:
    """A form to open an action again that is over."""
    form = entry_form.form(f"{told.key}.reopen.{one.action.action_id}", told)
    entry_form.show_problems(form)
    with st.form(f"{form.key}.fields", border=False):
        st.text_area(
            "Why is it opened again?",
            key=entry_form.beside(form, "why"),
            max_chars=action_entries.LONGEST_NOTE,
        )
        st.form_submit_button(
            "Open this action again",
            type="primary",
            on_click=_reopen,
            args=(form, form.sent, trust_code, one.action, about),
        )


def _reopen(form: Form, pressed: int, trust_code: str, seen: TrustAction, about: str) -> None:
    def do(visit: Visit, said: Mapping[str, Any]) -> Done:
        action_entries.reopen(visit, trust_code, seen.action_id, said["why"], seen.action_revision)
        return Done("The action is open again.", about)

    entry_form.send(form, pressed, do)


def offer_changing(visit: Visit, trust_code: str, one: ListedAction) -> None:
    """A form to change what was promised; a colleague's change is shown beside one's own."""
    stored = one.action
    place = saving.place(f"action.{trust_code}.{stored.action_id}")
    choices = action_fields.offered(visit, trust_code, stored.promised)
    filled = {**action_fields.values(stored.promised), "why_moved": ""}
    saving.follow(
        place,
        stored.action_revision,
        {_field(place, name): value for name, value in filled.items()},
    )
    with st.form(f"{place.key}.fields", border=False):
        action_fields.draw(choices, partial(_field, place))
        if stored.promised.due_on is not None:
            st.text_input(
                "If the day moves: why?",
                key=_field(place, "why_moved"),
                max_chars=action_entries.LONGEST_NOTE,
            )
        # A callback, because it runs while the fields still hold what was typed over what was
        # seen; by the next drawing a colleague's change may have taken its place.
        st.form_submit_button(
            "Save this action",
            type="primary",
            on_click=_change,
            args=(place, trust_code, stored.action_id, choices),
        )
    saving.show_trouble(place)


def _field(place: Place, name: str) -> str:
    return f"{place.key}.{name}"


def _change(place: Place, trust_code: str, action_id: int, choices: Offered) -> None:
    with place.turn:
        beginning = _field(place, "")
        said = {
            key.removeprefix(beginning): value
            for key, value in saving.entered().items()
            if key.startswith(beginning)
        }
        new = action_fields.entered(choices, said)
        why = said.get("why_moved", "")
        saving.attempt(
            place,
            lambda visit, over: action_entries.change(visit, trust_code, action_id, new, over, why),
            mine=_in_words(new, choices),
            told=lambda stored: _told(stored, choices),
        )


def _told(stored: TrustAction, choices: Offered) -> saving.Stored:
    words = _in_words(stored.promised, choices)
    return saving.Stored(words, stored.action_revision, stored.author, stored.saved_at)


def _in_words(promised: Promised, choices: Offered) -> str:
    """All that the form holds, a line each, so that two versions can be told apart."""
    owner = promised.owner
    who = choices.colleagues.get(str(owner.person_id), owner.title) or action_words.UNOWNED
    names = {key: choices.words[name] for name, key in choices.statements.items()}
    aimed = action_words.target(choices.levels, promised.target_level, promised.target_cycle)
    lines = [
        promised.text,
        f"For: {'; '.join(names.get(item, item.item_id) for item in promised.statements)}",
        f"Who: {who}",
        f"By when: {action_words.due_in_words(promised.due_on)}",
        f"Aims at: {aimed or 'no level'}",
    ]
    return "\n".join(lines)
