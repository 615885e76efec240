"""The sites and directorates of a trust: a list to read, and forms for its trust lead."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from benchmarking.access import Action, can
from benchmarking.answers import Scope, ScopeKind
from benchmarking.assessing import scopes
from benchmarking.moments import in_words, local
from benchmarking.ui import caches, entry_form, pick, rows, show
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.visit import Visit

_PAGE = "pages/trusts/scopes.py"
_ABOUT = "scopes"
_KINDS = {kind: kind.value.capitalize() for kind in ScopeKind}


def lead_to(visit: Visit, trust_code: str) -> None:
    """The way to the list, for those who may change it."""
    if can(visit.person, Action.MANAGE_SCOPES, trust_code):
        st.page_link(_PAGE, label="Sites and directorates", icon=":material/account_tree:")


def show_scopes(visit: Visit) -> None:
    """What parts the trust has named, and what its trust lead can do about them."""
    trust = pick.own_trust(visit)
    parts = scopes.of_trust(visit, trust, caches.kept)
    told = entry_form.told(f"scopes.{trust}")
    entry_form.show_told(told, _ABOUT)
    _opening(parts)
    if parts:
        _list(parts)
    st.header("Add a site or directorate", anchor=False)
    _adding(trust, told)
    if parts:
        st.header("Change one", anchor=False)
        _changing(trust, parts, told)


def _opening(parts: Sequence[Scope]) -> None:
    taking_part = sum(part.ended_at is None for part in parts)
    if not parts:
        show.lead("This trust assesses itself as a whole. No site or directorate has been named.")
    elif taking_part == 1:
        show.lead("One site or directorate assesses itself beside the whole trust.")
    else:
        show.lead(f"{taking_part} sites and directorates assess themselves beside the whole trust.")
    show.note(
        "Each has an assessment, a sign-off and results of its own. Only the whole trust is "
        "compared with other trusts, and only its results are shown to inspectors."
    )


def _list(parts: Sequence[Scope]) -> None:
    rows.table(
        "Sites and directorates",
        ("Name", "Kind", "Stands"),
        [(part.name, _KINDS[part.kind], _stands(part)) for part in parts],
    )


def _stands(part: Scope) -> str:
    if part.ended_at is None:
        return "Takes part"
    return f"Ended on {in_words(local(part.ended_at).date())}; what it answered stays"


def _adding(trust: str, told: Told) -> None:
    form = entry_form.form(f"scopes.{trust}.add", told)
    entry_form.show_problems(form)
    with st.form(f"{form.key}.fields", border=False):
        st.text_input("Name", key=form.key_of("name"), max_chars=scopes.LONGEST_NAME)
        st.radio(
            "What it is",
            list(_KINDS),
            format_func=_KINDS.__getitem__,
            key=form.key_of("kind"),
            horizontal=True,
        )
        st.form_submit_button("Add it", type="primary", on_click=_add, args=(form, form.sent))


def _add(form: Form, pressed: int) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        name = str(entered["name"] or "")
        scopes.add(visit, _trust_of(form), ScopeKind(entered["kind"]), name)
        return Done(f"{name.strip()} can begin its assessment.", _ABOUT)

    entry_form.send(form, pressed, do)


def _changing(trust: str, parts: Sequence[Scope], told: Told) -> None:
    form = entry_form.form(f"scopes.{trust}.change", told)
    entry_form.show_problems(form)
    by_id = {part.scope_id: part for part in parts}
    chosen = by_id[
        st.selectbox(
            "Which one",
            list(by_id),
            format_func=lambda scope_id: by_id[scope_id].title,
            key=form.key_of("scope"),
        )
    ]
    with st.form(f"{form.key}.fields.{chosen.scope_id}", border=False):
        st.text_input(
            "Name",
            value=chosen.name,
            key=form.key_of(f"name.{chosen.scope_id}"),
            max_chars=scopes.LONGEST_NAME,
        )
        st.checkbox(
            "Assesses itself",
            value=chosen.ended_at is None,
            key=form.key_of(f"takes_part.{chosen.scope_id}"),
            help="Without the tick it begins no more assessments. What it has answered stays.",
        )
        st.form_submit_button("Save the change", on_click=_change, args=(form, form.sent, chosen))


def _change(form: Form, pressed: int, before: Scope) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        scope_id = before.scope_id
        name = str(entered[f"name.{scope_id}"] or "")
        takes_part = bool(entered[f"takes_part.{scope_id}"])
        scopes.change(visit, _trust_of(form), scope_id, name, takes_part)
        return Done(f"{name.strip()} was changed.", _ABOUT)

    entry_form.send(form, pressed, do)


def _trust_of(form: Form) -> str:
    return form.key.split(".")[1]
