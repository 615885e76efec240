"""Forms to add a person, to give somebody a role, and to end one."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from benchmarking.access import ROLES, Grant, Role, is_of_a_trust
from benchmarking.entry_faults import EntryFaults
from benchmarking.moments import in_words
from benchmarking.people import people_entries
from benchmarking.people.people_entries import Register
from benchmarking.store.people import HeldRole, Listed
from benchmarking.ui import address, entry_form, show
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.visit import Visit

# What the chosen person is called in the address.
PERSON = "person"

_NOT_SURE = "Nothing was ended. Tick the box to say that you are sure, then press again."


def named(grant: Grant) -> str:
    """A role and where it is held, such as "trust lead in DEMO-07"."""
    name = grant.role.value
    return f"{name} in {grant.organisation}" if grant.organisation else f"{name} everywhere"


def begun(sentence: str) -> str:
    """A sentence that begins with a capital; codes in it stay as they are."""
    return sentence[:1].upper() + sentence[1:]


def offer_adding(visit: Visit, register: Register, told: Told) -> None:
    """A form for somebody who is not known here yet."""
    form = entry_form.form("person.add", told)
    show.note(
        "Sign-in tells this copy who vouches for a person (the issuer) and under which name (the "
        "subject). Your identity provider shows both."
    )
    entry_form.show_problems(form)
    with st.form("person.add.fields", border=False):
        st.text_input(
            "What they do, as others will see it (no name)",
            placeholder="Complaints manager, DEMO-07",
            key=entry_form.beside(form, "title"),
            max_chars=people_entries.LONGEST_TITLE,
        )
        st.text_input(
            "Issuer",
            value=_own_issuer(visit, register),
            key=entry_form.beside(form, "issuer"),
            max_chars=people_entries.LONGEST_ISSUER,
        )
        st.text_input(
            "Subject",
            key=entry_form.beside(form, "subject"),
            max_chars=people_entries.LONGEST_SUBJECT,
        )
        st.form_submit_button(
            "Add this person", type="primary", on_click=_add, args=(form, form.sent)
        )


def _own_issuer(visit: Visit, register: Register) -> str:
    """Most often, whoever vouches for the administrator vouches for everybody."""
    own = register.person(visit.person.person_id)
    return own.issuer if own else ""


def _add(form: Form, pressed: int) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        title = entered["title"]
        number = people_entries.add_person(
            visit, issuer=entered["issuer"], subject=entered["subject"], title=title
        )
        return Done(f"Added “{title.strip()}”. Now give them a role.", str(number))

    entry_form.send(form, pressed, do)
    if form.sent > pressed and form.told.about:
        address.say(PERSON, form.told.about)


def offer_giving(visit: Visit, register: Register, one: Listed, told: Told) -> None:
    """A form to give somebody a role, once it is chosen which."""
    st.subheader("Give a role", anchor=False)
    if one.known.person_id == visit.person.person_id:
        show.note("You cannot give yourself a role. Ask another administrator.")
        return
    form = entry_form.form(f"role.give.{one.known.person_id}", told)
    entry_form.show_problems(form)
    # Outside the form, because what is asked depends on it.
    chosen = st.selectbox(
        "Role to give",
        list(Role),
        index=None,
        format_func=lambda role: role.value.capitalize(),
        placeholder="Choose a role",
        key=entry_form.beside(form, "role"),
    )
    if chosen is None:
        return
    show.note(f"May {', '.join(sorted(action.value for action in ROLES[chosen]))}.")
    with st.form(f"{form.key}.fields", border=False):
        if is_of_a_trust(chosen):
            _trust(form, register)
        st.date_input(
            "First day (leave empty to begin at once)",
            value=None,
            min_value="today",
            format="DD/MM/YYYY",
            key=entry_form.beside(form, "first_day"),
        )
        st.date_input(
            "Last day (leave empty for no end)",
            value=None,
            min_value="today",
            format="DD/MM/YYYY",
            key=entry_form.beside(form, "last_day"),
        )
        st.form_submit_button(
            "Give this role", type="primary", on_click=_give, args=(form, form.sent, one)
        )


def _trust(form: Form, register: Register) -> None:
    names = {trust.code: f"{trust.code} {trust.name}" for trust in register.trusts}
    st.selectbox(
        "In which trust",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Choose a trust",
        key=entry_form.beside(form, "trust"),
    )


def _give(form: Form, pressed: int, one: Listed) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        given = Grant(entered["role"], entered.get("trust"))
        first, last = entered["first_day"], entered["last_day"]
        people_entries.give_role(
            visit,
            one.known.person_id,
            given.role,
            given.organisation,
            first_day=first,
            last_day=last,
        )
        begins = "from now on" if first in (None, visit.today) else f"from {in_words(first)}"
        ends = f" until {in_words(last)}" if last else ""
        return Done(
            f"{one.known.title}: now {named(given)}, {begins}{ends}.",
            str(one.known.person_id),
        )

    entry_form.send(form, pressed, do)


def offer_ending(one: Listed, holding: Sequence[HeldRole], told: Told) -> None:
    """A form to end one of the roles that somebody holds now or will."""
    if not holding:
        return
    st.subheader("End a role", anchor=False)
    form = entry_form.form(f"role.end.{one.known.person_id}", told)
    entry_form.show_problems(form)
    by_number = {held.grant_id: held for held in holding}
    with st.form(f"{form.key}.fields", border=False):
        st.radio(
            "Role to end",
            list(by_number),
            format_func=lambda number: begun(named(by_number[number].grant)),
            key=form.key_of("grant"),
        )
        st.checkbox(
            "I am sure: from their next click on, this role opens nothing",
            key=entry_form.beside(form, "sure"),
        )
        st.form_submit_button("End this role", on_click=_end, args=(form, form.sent, one))


def _end(form: Form, pressed: int, one: Listed) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        if not entered["sure"]:
            raise EntryFaults({"sure": _NOT_SURE})
        people_entries.end_role(visit, one.known.person_id, entered["grant"])
        held = {role.grant_id: role.grant for role in one.known.roles}
        return Done(
            f"{one.known.title}: no longer {named(held[entered['grant']])}.",
            str(one.known.person_id),
        )

    entry_form.send(form, pressed, do)
