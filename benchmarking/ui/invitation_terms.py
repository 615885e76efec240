"""A form for whom people who are asked can turn to, and for what is asked besides the questions."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import streamlit as st

from benchmarking.moments import moment_in_words
from benchmarking.survey import term_entries
from benchmarking.survey.term_entries import LONGEST_LINE, LONGEST_TEXT
from benchmarking.survey_terms import FEWEST_DAYS, MOST_DAYS, SavedTerms, Terms
from benchmarking.ui import entry_form, show
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.visit import Visit

_LINES = {
    "phone": "Phone number on which people can answer the survey",
    "email": "E-mail address (may be left empty)",
    "complain_link": "Link to where people complain (may be left empty)",
    "advocacy_name": "Name of your local advocacy service",
    "advocacy_contact": "How people reach the advocacy service",
}
_AREAS = {
    "post": "Address to which answers on paper are sent",
    "complain_text": "How people complain, or go on with a complaint, in a sentence or two",
}
_ORDER = (
    *("phone", "post", "email", "complain_text", "complain_link"),
    *("advocacy_name", "advocacy_contact"),
)


def offer(trust_code: str, saved: SavedTerms, told: Told, about: str) -> None:
    """What is filled in, folded once it is complete."""
    show.note(
        "People read this on the first page and in the letter. Somebody must answer the phone, and "
        "enter answers that come by phone or on paper."
    )
    if saved.saved_at is not None:
        show.note(f"Saved by {saved.author}, {moment_in_words(saved.saved_at)}.")
    label = "Change it" if saved.terms.are_complete else "Fill it in"
    with st.expander(
        label,
        expanded=not saved.terms.are_complete,
        key=f"invitation-terms-{trust_code}",
        on_change="rerun",
    ) as opened:
        if opened.open:
            _fields(trust_code, saved, told, about)


def _fields(trust_code: str, saved: SavedTerms, told: Told, about: str) -> None:
    form = entry_form.form(f"invitations.{trust_code}.terms", told)
    entry_form.show_problems(form)
    with st.form(f"{form.key}.fields", border=False):
        for name in _ORDER:
            _field(form, name, getattr(saved.terms, name))
        st.number_input(
            "Days for which a link works, at most until the cycle’s deadline",
            FEWEST_DAYS,
            MOST_DAYS,
            saved.terms.days,
            key=entry_form.beside(form, "days"),
        )
        st.checkbox(
            "Ask for a comment in people’s own words. Trust leads read it.",
            saved.terms.with_comments,
            key=entry_form.beside(form, "with_comments"),
        )
        st.checkbox(
            "Ask who replies: age, gender, ethnic group and the like. It is only counted.",
            saved.terms.with_equality,
            key=entry_form.beside(form, "with_equality"),
        )
        st.form_submit_button(
            "Save",
            type="primary",
            on_click=_save,
            args=(form, form.sent, trust_code, saved.version, about),
        )


def _field(form: Form, name: str, value: str) -> None:
    key = entry_form.beside(form, name)
    if name in _AREAS:
        st.text_area(_AREAS[name], value, key=key, max_chars=LONGEST_TEXT, height=90)
    else:
        st.text_input(_LINES[name], value, key=key, max_chars=LONGEST_LINE)


def _save(form: Form, pressed: int, trust_code: str, seen: int, about: str) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        said = {field.name: entered[field.name] for field in fields(Terms)}
        texts = {name: str(value or "") for name, value in said.items() if name in _ORDER}
        terms = Terms(
            **texts,
            with_comments=bool(said["with_comments"]),
            with_equality=bool(said["with_equality"]),
            days=int(said["days"] or 0),
        )
        term_entries.save(visit, trust_code, terms, seen)
        return Done("Whom people can turn to was saved.", about)

    entry_form.send(form, pressed, do)
