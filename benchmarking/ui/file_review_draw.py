"""Giving the frame of a file review, looking at it, and drawing files from it."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking import exports
from benchmarking.file_review import reviews
from benchmarking.file_review.reviews import Frame, Standing
from benchmarking.imports.refusal import ImportRefused
from benchmarking.statistics.disclosure.rules import IN_FULL_FROM, SHARE_FROM
from benchmarking.ui import html, rows, saving, show
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_MOST_FAULTS = 50
_MOST_MEGABYTES = 5


def files_in_words(files: int) -> str:
    """How many files, as a sentence begins."""
    return "1 file was" if files == 1 else f"{files} files were"


def offer(visit: Visit, seen: Standing) -> None:
    """All that a lead needs to begin a review."""
    st.header("Draw the files", anchor=False)
    place = saving.place(f"file-review.{seen.trust.code}.{seen.cycle.cycle_id}.draw")
    _steps()
    st.download_button(
        "Download the template",
        lambda: exports.to_csv(reviews.template()),
        file_name="closed-complaints.csv",
        mime="text/csv",
        key=f"{place.key}.template",
        on_click="ignore",
    )
    frame = _frame(visit, seen, place)
    if frame is not None:
        _proposal(seen, frame, place)
    saving.show_trouble(place)


def _steps() -> None:
    html.put(
        Markup('<ol class="bm-list"><li>{}</li><li>{}</li><li>{}</li></ol>').format(
            "List every complaint that was closed in the last 12 months: the number under which "
            "you keep it, the day it was closed and its outcome. No names and nothing else.",
            "Upload the list as CSV or .xlsx, or paste it. You see what is in it before anything "
            "is kept.",
            "Say how many files to draw, and draw them. Then name two readers.",
        )
    )


def _frame(visit: Visit, seen: Standing, place: Place) -> Frame | None:
    """The frame that was handed in, if it can be used; else why not."""
    # The number in the keys empties the fields once files were drawn.
    handed = st.file_uploader(
        "Closed complaints as a CSV file or Excel workbook",
        type=["csv", "xlsx"],
        max_upload_size=_MOST_MEGABYTES,
        key=f"{place.key}.file.{place.added}",
    )
    with st.expander("Or paste the list"):
        pasted = st.text_area(
            "Rows from a spreadsheet, with the three column names on top",
            key=f"{place.key}.pasted.{place.added}",
            height=160,
        )
    try:
        if handed is not None:
            return reviews.look_at(visit, seen.trust.code, handed.getvalue(), handed.name)
        if pasted.strip():
            return reviews.look_at_pasted(visit, seen.trust.code, pasted)
    except ImportRefused as refused:
        html.put(_refusal([str(fault) for fault in refused.faults]))
    return None


def _refusal(faults: Sequence[str]) -> Markup:
    many = len(faults)
    things = "One thing is" if many == 1 else f"{many:,} things are"
    items = [Markup("<li>{}</li>").format(fault) for fault in faults[:_MOST_FAULTS]]
    if many > _MOST_FAULTS:
        items.append(Markup("<li>And {:,} more like these.</li>").format(many - _MOST_FAULTS))
    said = Markup("<p>{}</p>").format(f"{things} wrong with this list, so nothing was kept.")
    listed = Markup('<ul class="bm-list">{}</ul>').format(html.joined(items))
    return saving.error_summary(said + listed)


def _proposal(seen: Standing, frame: Frame, place: Place) -> None:
    """What the list holds, how it would be drawn, and the button to draw."""
    total = len(frame.complaints)
    show.note(frame.in_words)
    wanted_key = f"{place.key}.wanted.{place.added}"
    wanted = st.number_input(
        "How many files to draw",
        min_value=1,
        max_value=reviews.MOST_FILES,
        value=min(total, reviews.SUGGESTED),
        step=1,
        key=wanted_key,
    )
    taken = frame.allocation(int(wanted))
    rows.table(
        "Closed complaints by outcome, and how many of each would be drawn",
        ("Outcome", "Closed", "To be drawn"),
        [
            (outcome.value.capitalize(), f"{size:,}", str(taken[outcome]))
            for outcome, size in frame.sizes.items()
        ],
    )
    files = sum(taken.values())
    if files < IN_FULL_FROM:
        show.note(
            f"With fewer than {SHARE_FROM} files nothing is told; with fewer than {IN_FULL_FROM} "
            f"only shares to the nearest 5%, without a range. {reviews.SUGGESTED} or more "
            f"are better.",
            alert=True,
        )
    st.button(
        f"Draw {files} file{'' if files == 1 else 's'} at random",
        type="primary",
        key=f"{place.key}.go",
        on_click=_draw,
        args=(seen, frame, place, wanted_key),
    )


def _draw(seen: Standing, frame: Frame, place: Place, wanted_key: str) -> None:
    with place.turn:
        wanted = int(saving.entered()[wanted_key])
        if saving.try_to(place, lambda visit: reviews.draw(visit, seen, frame, wanted)):
            place.added += 1
