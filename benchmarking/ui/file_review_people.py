"""Who reads, what was drawn, and giving a file review up."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from benchmarking.file_review import reviews
from benchmarking.file_review.reviews import SLOTS, Standing
from benchmarking.moments import in_words, moment_in_words
from benchmarking.reviewed_files import Reader
from benchmarking.ui import entry_form, html, rows, saving, show
from benchmarking.ui.entry_form import Done, Form
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_NAMES = {1: "First reader", 2: "Second reader"}


def show_readers(visit: Visit, seen: Standing) -> None:
    """Who reads and whether they have begun or finished, never how far; a form for the lead."""
    if seen.readers:
        st.header("Readers", anchor=False)
        rows.table(
            "The two readers",
            ("", "Who", "Stands"),
            [(_NAMES[r.slot], _who(r, seen), _stands(r)) for r in seen.readers],
        )
    if not seen.may_draw or seen.is_cycle_closed:
        return
    if not seen.readers:
        st.header("Name the two readers", anchor=False)
        _naming(visit, seen)
        return
    key = f"{_key(seen)}.replace"
    with st.expander("Replace a reader", key=key, on_change="rerun") as opened:
        if opened.open:
            show.note("A reader who has begun stays, unless they may no longer read files.")
            _naming(visit, seen)


def _who(reader: Reader, seen: Standing) -> str:
    return f"{reader.title} (you)" if reader.slot == seen.slot else reader.title


def _stands(reader: Reader) -> str:
    if reader.has_finished:
        return "has finished"
    return "has begun" if reader.has_begun else "has not begun"


def _naming(visit: Visit, seen: Standing) -> None:
    place = saving.place(f"{_key(seen)}.readers")
    titles = {one.person_id: one.title for one in reviews.colleagues(visit, seen.trust.code)}
    if len(titles) < len(SLOTS):
        show.note("Two people must be able to read files. Ask your administrator to add one.")
        return
    offered, before = list(titles), {r.slot: r.person_id for r in seen.readers}
    with st.form(f"{place.key}.form", border=False):
        for slot, column in zip(SLOTS, st.columns(2), strict=True):
            named = before.get(slot, offered[slot - 1])
            column.selectbox(
                _NAMES[slot],
                offered,
                index=offered.index(named) if named in offered else None,
                format_func=titles.__getitem__,
                placeholder="Choose a colleague",
                key=f"{place.key}.{slot}.{named}",
            )
        keys = [f"{place.key}.{slot}.{before.get(slot, offered[slot - 1])}" for slot in SLOTS]
        st.form_submit_button(
            "Save the readers",
            type="secondary" if seen.readers else "primary",
            on_click=_name,
            args=(seen, place, keys),
        )
    saving.show_trouble(place)


def _name(seen: Standing, place: Place, keys: list[str]) -> None:
    with place.turn:
        entered = saving.entered()
        named = [entered[key] for key in keys if entered.get(key) is not None]
        saving.try_to(place, lambda visit: reviews.name_readers(visit, seen, named))


def show_drawn(seen: Standing) -> None:
    """What was drawn of what, and how anybody can draw it again."""
    review = seen.review
    if review is None:
        return
    with st.expander("What was drawn, and how", key=f"{_key(seen)}.drawn"):
        rows.table(
            "Closed complaints by outcome, and how many of each were drawn",
            ("Outcome", "Closed", "Drawn"),
            [
                (one.outcome.value.capitalize(), f"{one.frame:,}", str(one.drawn))
                for one in review.strata
            ],
        )
        html.put(
            Markup('<p class="bm-small" style="overflow-wrap:anywhere">{}</p>').format(
                f"Drawn by {review.drawn_by} on {moment_in_words(review.drawn_at)} of complaints "
                f"closed from {in_words(review.closed_from)} to {in_words(review.closed_to)}. "
                f"Each complaint gets a random number from PCG64 with the seed {review.seed}, in "
                f"the order of outcome and reference; in each outcome the lowest numbers are "
                f"drawn. SHA-256 of the list: {review.frame_sha256}."
            )
        )


def offer_abandoning(seen: Standing) -> None:
    """A form for the lead to end a review without a result."""
    if not seen.may_draw or seen.is_cycle_closed:
        return
    told = entry_form.told(f"{_key(seen)}.told")
    form = entry_form.form(f"{_key(seen)}.abandon", told)
    with st.expander("Abandon this review", expanded=bool(form.tries and not form.sent)):
        show.note(
            "What was read stays unseen, and the list of complaints is removed. You can then "
            "draw again."
        )
        entry_form.show_problems(form)
        with st.form(f"{form.key}.fields", border=False):
            st.text_area(
                "Why, for your colleagues to read",
                key=entry_form.beside(form, "reason"),
                max_chars=reviews.LONGEST_REASON,
                height=80,
            )
            st.form_submit_button("Abandon it", on_click=_abandon, args=(form, form.sent, seen))


def _abandon(form: Form, pressed: int, seen: Standing) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        reviews.abandon(visit, seen, str(entered["reason"] or ""))
        return Done("The review was abandoned.", "")

    entry_form.send(form, pressed, do)


def _key(seen: Standing) -> str:
    number = seen.review.review_id if seen.review else 0
    return f"file-review.{seen.trust.code}.{seen.cycle.cycle_id}.{number}"
