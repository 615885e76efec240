"""Recording how many people a trust asked in a survey of its own, and taking it back."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from benchmarking.answers import Cycle
from benchmarking.assessing.drafts import CannotSave
from benchmarking.moments import in_words
from benchmarking.replies import Sending, Way
from benchmarking.survey import file_imports
from benchmarking.survey.file_imports import Standing
from benchmarking.ui import entry_form, show
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.visit import Visit

INCOMPLETE = (
    "Write how many people were asked, and the first and the last day on which their complaints "
    "were closed. All three belong together."
)


def offer(trust_code: str, seen: Standing, told: Told, about: str) -> None:
    """How many were asked so far, and a form to record more."""
    st.header("How many were asked", anchor=False)
    _recorded(trust_code, seen, told, about)
    form = entry_form.form(f"survey.{about}.asked", told)
    entry_form.show_problems(form)
    with st.expander("Record how many were asked"), st.form(f"{form.key}.fields", border=False):
        say_recorded(seen)
        fields(form)
        st.form_submit_button(
            "Record this", on_click=_record, args=(form, form.sent, trust_code, seen.cycle)
        )


def say_recorded(seen: Standing) -> None:
    """What is recorded already, so that nobody is counted twice."""
    many = sum(sending.invited for sending in _own(seen))
    if many:
        show.note(
            f"{many:,} asked in a survey of your own are recorded already. Fill this in only if "
            f"others were asked besides them."
        )


def fields(form: Form) -> None:
    """The three fields, in a form that somebody else has opened."""
    st.number_input(
        "How many people were asked",
        min_value=1,
        max_value=file_imports.MOST_INVITED,
        value=None,
        step=1,
        key=entry_form.beside(form, "invited"),
        help="Everybody to whom the survey was sent, whether or not they replied.",
    )
    first, last = st.columns(2)
    with first:
        _day(form, "closed_from", "Their complaints closed from")
    with last:
        _day(form, "closed_to", "to")


def sending_in(entered: Mapping[str, Any]) -> Sending | None:
    """What stands in the three fields; None where all are empty.

    Raises:
        CannotSave: some of them are.
    """
    invited, closed_from, closed_to = (
        entered.get(name) for name in ("invited", "closed_from", "closed_to")
    )
    if invited is None and closed_from is None and closed_to is None:
        return None
    if invited is None or closed_from is None or closed_to is None:
        raise CannotSave(INCOMPLETE)
    return Sending(Way.ELSEWHERE, closed_from, closed_to, int(invited))


def _day(form: Form, name: str, label: str) -> None:
    st.date_input(
        label,
        value=None,
        max_value="today",
        format="DD/MM/YYYY",
        key=entry_form.beside(form, name),
    )


def _recorded(trust_code: str, seen: Standing, told: Told, about: str) -> None:
    own = _own(seen)
    if not own:
        show.note(
            "Not recorded yet for a survey of your own. Without it nobody can tell how many of "
            "those who were asked replied."
        )
    for number, sending in enumerate(own):
        form = entry_form.form(f"survey.{about}.sending.{number}", told)
        entry_form.show_problems(form)
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.text(_in_words(sending))
        right.button(
            "Take back",
            key=form.key_of("take-back"),
            help=f"Takes back: {_in_words(sending)}",
            on_click=_take_back,
            args=(form, form.sent, trust_code, seen.cycle, sending),
        )


def _own(seen: Standing) -> Sequence[Sending]:
    return [one for one in seen.sendings if one.way is Way.ELSEWHERE]


def _in_words(sending: Sending) -> str:
    return (
        f"{sending.invited:,} asked; complaints closed from {in_words(sending.closed_from)} to "
        f"{in_words(sending.closed_to)}"
    )


def _record(form: Form, pressed: int, trust_code: str, cycle: Cycle) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        sending = sending_in(entered)
        if sending is None:
            raise CannotSave(INCOMPLETE)
        said = file_imports.record_invited(visit, trust_code, cycle, sending)
        return Done(said, f"{trust_code} {cycle.cycle_id}")

    entry_form.send(form, pressed, do)


def _take_back(form: Form, pressed: int, trust_code: str, cycle: Cycle, sending: Sending) -> None:
    def do(visit: Visit, _: Mapping[str, Any]) -> Done:
        said = file_imports.take_back(visit, trust_code, cycle, sending)
        return Done(said, f"{trust_code} {cycle.cycle_id}")

    entry_form.send(form, pressed, do)
