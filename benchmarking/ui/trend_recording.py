"""Recording monthly figures on the page: by file, looked at before it is stored, or by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from benchmarking import exports, monthly_entries, monthly_imports
from benchmarking.access import Action, can
from benchmarking.imports.refusal import ImportRefused
from benchmarking.monthly_entries import Proposal
from benchmarking.results import trend_words
from benchmarking.results.trends import Trend
from benchmarking.series import MonthlyFigure
from benchmarking.series.months import last_ended, later, month_code, month_in_words, through
from benchmarking.ui import html, saving, show, trend_settings
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_MOST_FAULTS = 50
_MOST_CHANGES = 20
_MONTHS_BY_HAND = 36
_MOST_MEGABYTES = 5


@dataclass
class Told:
    """What the last thing that was done here came to, for the next drawing."""

    text: str = ""


def offer(visit: Visit, found: Trend) -> None:
    """Everything that whoever may record can do to a trust's series; nothing for others."""
    if not can(visit.person, Action.RECORD_FIGURES, found.trust.code):
        return
    st.header("Record the months", anchor=False)
    is_new = not found.timeline.points
    # Above the forms, so that it is read even where the form was folded away.
    told = _told(f"monthly.{found.trust.code}.file.told")
    if told.text:
        st.success(told.text)
    if is_new:
        _first_steps()
    name = f"record-{found.series.id}"
    _fold("Upload a file", f"{name}-file", partial(_file, visit, found, told), at_first=is_new)
    _fold("Type in one month", f"{name}-month", partial(_month, visit, found))
    _fold("Set a target", f"{name}-target", partial(trend_settings.targets, visit, found))
    if not is_new:
        draw = partial(trend_settings.new_limits, found)
        _fold("Begin new limits after a change", f"{name}-limits", draw)


def _fold(title: str, key: str, draw: Callable[[], None], *, at_first: bool = False) -> None:
    """What is drawn only while it is open: closed, the four took as long as all the rest.

    ``at_first`` opens it, and from then on the reader does.
    """
    st.session_state.setdefault(key, at_first)
    with st.expander(title, key=key, on_change="rerun") as fold:
        if fold.open:
            draw()


def _first_steps() -> None:
    html.put(
        Markup('<ol class="bm-list"><li>{}</li><li>{}</li><li>{}</li></ol>').format(
            "Download the template below. It has a row for each of the last "
            f"{monthly_imports.MONTHS_IN_TEMPLATE} months.",
            "Fill in how many were due in each month, and how many of them were in time. Leave "
            "both blank for a month that you do not know.",
            "Save it as CSV and upload it. You see what it would do before anything is stored. "
            "Limits need 13 months.",
        )
    )


def _file(visit: Visit, found: Trend, told: Told) -> None:
    code = found.trust.code
    place = saving.place(f"monthly.{code}.file")
    st.download_button(
        "Download the template",
        lambda: exports.to_csv(monthly_imports.template(visit, code)),
        file_name=f"monthly-figures-{code}.csv",
        mime="text/csv",
        key=f"monthly.{code}.template",
        on_click="ignore",
    )
    show.note("It holds what is stored, so it can be corrected and uploaded again.")
    # The number in the key empties the field once its file was stored.
    handed = st.file_uploader(
        "Monthly figures as a CSV file",
        type=["csv"],
        key=f"monthly.{code}.upload.{place.added}",
        max_upload_size=_MOST_MEGABYTES,
    )
    if handed is None:
        return
    told.text = ""
    try:
        proposal = monthly_imports.look_at(visit, code, handed.getvalue(), handed.name)
    except ImportRefused as refused:
        html.put(_refusal(refused))
        return
    _proposal(proposal, place, told)


def _proposal(proposal: Proposal, place: Place, told: Told) -> None:
    """What the file would do, and the button to do it."""
    show.note(" ".join([proposal.in_words, *proposal.remarks]))
    if proposal.changes:
        html.put(_listed(proposal.changes, _MOST_CHANGES))
    if not proposal.difference.is_nothing:
        st.button(
            "Store these figures",
            type="primary",
            key=f"{place.key}.store",
            on_click=_store,
            args=(proposal, place, told),
        )
    saving.show_trouble(place)


def _store(proposal: Proposal, place: Place, told: Told) -> None:
    said: list[str] = []
    with place.turn:
        if saving.try_to(place, lambda visit: said.append(monthly_entries.store(visit, proposal))):
            place.added += 1
            told.text = said[0]


def _refusal(refused: ImportRefused) -> Markup:
    many = len(refused.faults)
    things = "One thing is" if many == 1 else f"{many:,} things are"
    said = Markup("<p>{}</p>").format(f"{things} wrong with this file, so nothing was stored.")
    return saving.error_summary(
        said + _listed([str(fault) for fault in refused.faults], _MOST_FAULTS)
    )


def _listed(lines: Sequence[str], most: int) -> Markup:
    items = [Markup("<li>{}</li>").format(line) for line in lines[:most]]
    if len(lines) > most:
        items.append(Markup("<li>And {:,} more like these.</li>").format(len(lines) - most))
    return Markup('<ul class="bm-list">{}</ul>').format(html.joined(items))


def _month(visit: Visit, found: Trend) -> None:
    code, series = found.trust.code, found.series
    newest = last_ended(visit.today)
    offered = through(later(newest, 1 - _MONTHS_BY_HAND), newest)[::-1]
    month = trend_settings.choose_month("Month", offered, f"monthly.{code}.{series.id}.month")
    stored = next((p.figure for p in found.timeline.points if p.month == month), None)
    place = saving.place(f"monthly.{code}.{series.id}.{month_code(month)}")
    told = _told(f"{place.key}.told")
    in_time, due = f"{place.key}.in_time", f"{place.key}.due"
    saving.follow(
        place,
        stored.figure_revision if stored else 0,
        {in_time: stored.in_time if stored else None, due: stored.due if stored else None},
    )
    if stored:
        show.note(f"Stored for {month_in_words(month)}: {trend_words.counts(stored)}.")
    with st.form(f"{place.key}.form", border=False):
        left, right = st.columns(2)
        _count(left, series.short_title, in_time)
        _count(right, "Due", due)
        # A callback, because it runs while the fields still hold what was typed over what was
        # seen; by the next drawing a colleague's figures may have taken their place.
        st.form_submit_button(
            "Store this month", on_click=_store_month, args=(code, series.id, month, place, told)
        )
    if told.text:
        st.success(told.text)
    saving.show_trouble(place)


def _count(where: DeltaGenerator, label: str, key: str) -> None:
    where.number_input(label, min_value=0, max_value=monthly_entries.LARGEST, step=1, key=key)


def _store_month(code: str, series_id: str, month: date, place: Place, told: Told) -> None:
    with place.turn:
        entered = saving.entered()
        in_time, due = entered[f"{place.key}.in_time"], entered[f"{place.key}.due"]
        told.text = ""
        if in_time is None or due is None:
            place.problem = "Write both numbers. A 0 says that there was none."
            return
        figure = MonthlyFigure(series_id, month, int(in_time), int(due), max(0, place.seen))
        said: list[str] = []
        if saving.try_to(
            place, lambda visit: said.append(monthly_entries.record_month(visit, code, figure))
        ):
            told.text = said[0]


def _told(key: str) -> Told:
    """The place for what was done, the same one in every run."""
    if key not in st.session_state:
        st.session_state[key] = Told()
    return st.session_state[key]
