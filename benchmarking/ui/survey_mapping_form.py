"""Saying what a file of a trust's own survey holds: which column is which, what a value means."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from benchmarking.answers import Cycle
from benchmarking.imports.refusal import shown
from benchmarking.imports.survey_layout import Instrument, SurveyMapping
from benchmarking.store.survey_mappings import SavedMapping
from benchmarking.survey import mappings
from benchmarking.survey.file_imports import Standing
from benchmarking.survey.mappings import Columns
from benchmarking.ui import caches, entry_form, show
from benchmarking.ui.entry_form import Done, Form
from benchmarking.visit import Visit

_NEW = ""
_NOT_USED = ""
_NO_IDS = ""


def choose(
    visit: Visit, trust_code: str, seen: Standing, columns: Columns, file_id: str
) -> SurveyMapping | None:
    """What the file holds, by a saved mapping; None while nobody has said it yet."""
    if seen.instrument is None:
        return None
    every = mappings.saved(visit, trust_code, seen.cycle, caches.kept)
    fitting = mappings.fitting(every, columns.header)
    named = {one.name: one for one in fitting}
    told = entry_form.told(f"survey.mapping.{trust_code}")
    form = entry_form.form(f"survey.mapping.{trust_code}.{file_id}", told)
    entry_form.show_told(told, file_id)
    if named:
        chosen = st.selectbox(
            "What this file holds",
            [*named, _NEW],
            format_func=lambda name: _offered(named.get(name)),
            key=f"survey.mapping.{trust_code}.{file_id}.name",
        )
        if chosen in named:
            _remarks(named[chosen].mapping)
            return named[chosen].mapping
    _say(trust_code, seen.cycle, seen.instrument, columns, form, file_id)
    return None


def _offered(saved: SavedMapping | None) -> str:
    return "Say it anew" if saved is None else f"{saved.name} (saved by {saved.author})"


def _remarks(mapping: SurveyMapping) -> None:
    if not mapping.id_column:
        show.note(
            "Its rows have no id, so a reply is known again only by its row and what it says. A "
            "file like it that was corrected or put into another order counts as new replies.",
            alert=True,
        )


def _say(
    trust_code: str,
    cycle: Cycle,
    instrument: Instrument,
    columns: Columns,
    form: Form,
    file_id: str,
) -> None:
    show.note(
        "This file is not in our template. Say once what its columns and values mean. It is "
        "remembered under a name, and offered again when a file with the same columns comes.",
        alert=True,
    )
    guessed = mappings.guess(columns, instrument)
    entry_form.show_problems(form)
    with st.container(border=True):
        _id_column(columns, guessed, form)
        items = _items(columns, guessed, instrument, form)
        _values(columns.values_of(list(items)), guessed, instrument, form)
        st.text_input(
            "Name of this mapping",
            key=entry_form.beside(form, "name"),
            max_chars=mappings.LONGEST_NAME,
            placeholder="Such as the name of the survey",
        )
        st.button(
            "Save this mapping",
            type="primary",
            key=form.key_of("save"),
            on_click=_save,
            args=(form, form.sent, trust_code, cycle, columns, file_id),
        )


def _id_column(columns: Columns, guessed: SurveyMapping, form: Form) -> None:
    names = [column for column in columns.header if column]
    offered = [*names, _NO_IDS]
    st.selectbox(
        "Which column has the id of each reply?",
        offered,
        index=offered.index(guessed.id_column) if guessed.id_column in offered else len(names),
        format_func=lambda name: shown(name) if name else "None: its rows have no id",
        key=form.key_of("id"),
        help="With an id, a reply that comes again is known and can be corrected.",
    )


def _items(
    columns: Columns, guessed: SurveyMapping, instrument: Instrument, form: Form
) -> Mapping[str, str]:
    """The item of each column with answers, as chosen."""
    prompts = {item.id: f"{item.id} {item.prompt}" for item in instrument.items}
    st.subheader("What do the columns ask?", anchor=False)
    show.note("Choose the sentence of the survey that a column asks about. Leave all others.")
    may_hold = _may_hold_answers(columns)
    left_out = len([c for c in columns.header if c]) - len(may_hold)
    if left_out:
        show.note(
            f"Not listed, because they are empty or hold too many different values to be answers: "
            f"{left_out:,} of {len(columns.header):,} columns."
        )
    chosen = {
        column: _one_item(column, prompts, guessed, form, place)
        for place, column in enumerate(may_hold)
    }
    return {column: item for column, item in chosen.items() if item}


def _one_item(
    column: str, prompts: Mapping[str, str], guessed: SurveyMapping, form: Form, place: int
) -> str:
    offered = [_NOT_USED, *prompts]
    item = st.selectbox(
        _as_label(column),
        offered,
        index=offered.index(guessed.items.get(column, _NOT_USED)),
        format_func=lambda item_id: prompts.get(item_id, "Not used"),
        key=form.key_of(f"item.{place}"),
    )
    return item or _NOT_USED


def _values(
    values: Sequence[str], guessed: SurveyMapping, instrument: Instrument, form: Form
) -> None:
    """The choice of each value, to choose; none for "not answered"."""
    if not values:
        return
    st.subheader("What do the values mean?", anchor=False)
    labels = {choice.id: choice.label for choice in instrument.scale.choices}
    offered = ["", *labels]
    likely = {**mappings.likely_choices(values, instrument), **guessed.values}
    for value in values:
        st.selectbox(
            _as_label(value),
            offered,
            index=offered.index(likely.get(value, "")),
            format_func=lambda choice: labels.get(choice, "Not answered"),
            key=form.key_of(f"value.{value}"),
        )


def _as_label(said: str) -> str:
    """A text of the file as a label, where Streamlit would read marks as Markdown."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|$~:" else c for c in shown(said))


def _save(
    form: Form,
    pressed: int,
    trust_code: str,
    cycle: Cycle,
    columns: Columns,
    file_id: str,
) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        name = str(entered.get("name") or "")
        mappings.save(visit, trust_code, cycle, name, _as_entered(columns, entered))
        return Done(f"The mapping “{name.strip()}” is saved.", file_id)

    entry_form.send(form, pressed, do)


def _as_entered(columns: Columns, entered: Mapping[str, Any]) -> SurveyMapping:
    """What stands in the fields when the button is pressed, which may be newer than the page."""
    items = {
        column: str(entered.get(f"item.{place}") or _NOT_USED)
        for place, column in enumerate(_may_hold_answers(columns))
    }
    used = {column: item for column, item in items.items() if item}
    return SurveyMapping(
        columns=columns.header,
        id_column=str(entered.get("id") or _NO_IDS),
        items=used,
        values={
            value: str(entered.get(f"value.{value}") or "")
            for value in columns.values_of(list(used))
        },
    )


def _may_hold_answers(columns: Columns) -> list[str]:
    return [column for column in columns.header if columns.values.get(column)]
