"""Charts with what is said about each at its side, and one table below all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from benchmarking.charts.chart import Chart, stacked_table
from benchmarking.ui import html, show


@dataclass(frozen=True)
class Beside:
    """A chart under its heading, and what stands beside it."""

    heading: str
    said: Markup
    chart: Chart


def charts(drawn: Sequence[Beside], *, key: str, notes: Sequence[str] = ()) -> None:
    """What is said on the left, each chart on the right; one above the other on a phone.

    Args:
        drawn: what is shown, from the top.
        key: a name that is theirs alone on the page; also the name of the CSV file.
        notes: what stands under the table in the file.
    """
    for number, one in enumerate(drawn, 1):
        st.header(one.heading, anchor=False)
        left, right = st.columns([5, 6], gap="medium")
        with left:
            html.put(one.said)
        with right:
            show.picture(one.chart, key=f"{key}-{number}")
    show.folded(
        lambda: stacked_table({one.heading: one.chart for one in drawn}),
        key=key,
        alt=" ".join(one.chart.alt for one in drawn),
        notes=notes,
    )
