"""Legal holds on the page: those that last, a form for a new one, and ending one."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from benchmarking import audits, legal_holds
from benchmarking.assessing.drafts import CannotSave
from benchmarking.moments import moment_in_words
from benchmarking.store.legal_holds import Hold
from benchmarking.ui import caches, entry_form, rows, show
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.visit import Visit

_ABOUT = "holds"
_NOT_SURE = "Nothing was ended. Tick the box to say that you are sure, then press again."


def show_holds(visit: Visit) -> None:
    """What is held, and what an administrator can do about it."""
    holds = legal_holds.every(visit)
    lasting = [hold for hold in holds if hold.lasts(visit.now)]
    told = entry_form.told("holds")
    entry_form.show_told(told, _ABOUT)
    show.note(
        "While a hold lasts, nothing of a trust is purged, however old. What is purged when "
        "stands in data/retention.yaml; the host does it with python -m benchmarking retention "
        "purge."
    )
    _list(visit, holds)
    st.header("Place a hold", anchor=False)
    _placing(visit, told)
    if lasting:
        st.header("End a hold", anchor=False)
        _ending(lasting, told)


def _list(visit: Visit, holds: Sequence[Hold]) -> None:
    if not holds:
        show.note("No hold was ever placed.")
        return
    rows.table(
        "Legal holds, the newest first",
        ("Hold", "Trust", "Stands", "Reason", "Placed by"),
        [
            (str(hold.hold_id), hold.trust_code, _stands(visit, hold), hold.reason, hold.author)
            for hold in holds
        ],
    )


def _stands(visit: Visit, hold: Hold) -> str:
    since = f"since {moment_in_words(hold.since)}"
    if hold.until is None:
        return f"Lasts, {since}"
    word = "Lasts" if hold.lasts(visit.now) else "Ended"
    return f"{word}, {since}, until {moment_in_words(hold.until)}"


def _placing(visit: Visit, told: Told) -> None:
    form = entry_form.form("holds.place", told)
    entry_form.show_problems(form)
    with st.form("holds.place.fields", border=False):
        st.selectbox(
            "Trust",
            audits.choices(visit, caches.kept).trusts,
            index=None,
            placeholder="Choose a trust",
            key=form.key_of("trust"),
        )
        st.text_area(
            "Why nothing of this trust may go",
            max_chars=legal_holds.LONGEST_REASON,
            help="Name the proceeding, not people. Other administrators read it.",
            key=form.key_of("reason"),
        )
        st.date_input(
            "Last day (leave empty until somebody ends it)",
            value=None,
            format="DD/MM/YYYY",
            key=form.key_of("last_day"),
        )
        st.form_submit_button(
            "Place this hold", type="primary", on_click=_place, args=(form, form.sent)
        )


def _place(form: Form, pressed: int) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        trust = str(entered["trust"] or "")
        legal_holds.place(visit, trust, str(entered["reason"] or ""), entered["last_day"])
        return Done(f"Nothing of {trust} is purged from now on.", _ABOUT)

    entry_form.send(form, pressed, do)


def _ending(lasting: Sequence[Hold], told: Told) -> None:
    form = entry_form.form("holds.end", told)
    entry_form.show_problems(form)
    named = {hold.hold_id: f"{hold.hold_id}: {hold.trust_code}" for hold in lasting}
    with st.form("holds.end.fields", border=False):
        st.selectbox("Hold", list(named), format_func=named.__getitem__, key=form.key_of("hold_id"))
        st.checkbox("I am sure that this trust’s old records may go", key=form.key_of("sure"))
        st.form_submit_button("End this hold", on_click=_end, args=(form, form.sent))


def _end(form: Form, pressed: int) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        if not entered["sure"]:
            raise CannotSave(_NOT_SURE)
        legal_holds.end(visit, int(entered["hold_id"]))
        return Done(f"Hold {entered['hold_id']} has ended.", _ABOUT)

    entry_form.send(form, pressed, do)
