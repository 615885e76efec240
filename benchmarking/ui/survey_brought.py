"""The files of survey replies that a trust brought: when, by whom and how much was in them."""

import streamlit as st

from benchmarking.moments import moment_in_words
from benchmarking.store.survey_files import Brought
from benchmarking.survey.file_imports import Standing, in_steps
from benchmarking.ui import rows, show

_HEADINGS = ("File", "Brought", "New replies", "Corrected", "Left out")


def show_files(seen: Standing) -> None:
    """Every file, the newest first."""
    st.header("Files brought so far", anchor=False)
    if not seen.brought:
        show.note(f"No file has been brought for {seen.cycle.title} yet.")
        return
    rows.table("Files of replies, the newest first", _HEADINGS, [_row(one) for one in seen.brought])
    show.note("Small numbers are not told exactly, so that nobody can tell who answered what.")


def _row(one: Brought) -> tuple[str, ...]:
    by = f" by {one.author}" if one.author else " on the server"
    return (
        one.file_name,
        f"{moment_in_words(one.at)}{by}",
        in_steps(one.added),
        in_steps(one.corrected),
        "1 row" if one.left_out == 1 else f"{one.left_out:,} rows" if one.left_out else "none",
    )
