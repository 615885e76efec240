"""A chart with what is said about it at its side, and its table below both."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking.charts.chart import Chart
from benchmarking.ui import html, show


def chart(said: Markup, drawn: Chart, *, key: str, notes: Sequence[str] = ()) -> None:
    """What is said on the left, the chart on the right; one above the other on a phone.

    Args:
        said: what stands beside it.
        drawn: the chart; its table is too wide to stand in a column.
        key: a name that is this chart's own on its page; also the name of the CSV file.
        notes: what stands under the table in the file.
    """
    left, right = st.columns([5, 6], gap="medium")
    with left:
        html.put(said)
    with right:
        show.picture(drawn, key=key)
    show.folded_table(drawn, key=key, notes=notes)
