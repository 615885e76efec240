"""Putting results on the page: sentence first, picture second, table third, small print last."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from benchmarking import exports
from benchmarking.charts.chart import Chart
from benchmarking.ui import html

_STILL = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
_LONGEST_PLAIN_TABLE = 60


def chart(drawn: Chart, *, key: str, notes: Sequence[str] = ()) -> None:
    """A chart with its sentence above and its table folded below.

    Args:
        drawn: the chart.
        key: a name that is this chart's own on its page; also the name of the CSV file.
        notes: source, licence and rule set; they go into the file, too.
    """
    picture(drawn, key=key)
    folded_table(drawn, key=key, notes=notes)


def picture(
    drawn: Chart, *, key: str, legend: Markup | None = None, worthwhile: bool = True
) -> None:
    """A chart with its sentence above, without its table; the page shows that elsewhere.

    Where there is too little to see, ``worthwhile`` is false and the sentence stands alone.
    """
    st.text(drawn.sentence)
    if not worthwhile:
        return
    if legend:
        html.put(legend)
    st.plotly_chart(drawn.figure, theme=None, config=_STILL, alt=drawn.alt, key=f"{key}-chart")


def folded_table(drawn: Chart, *, key: str, notes: Sequence[str] = ()) -> None:
    """A chart's table, folded."""
    folded(lambda: drawn.table, key=key, alt=drawn.alt, notes=notes)


def folded(
    make: Callable[[], pd.DataFrame], *, key: str, alt: str, notes: Sequence[str] = ()
) -> None:
    """A table that is made and sent only once somebody opens it."""
    with st.expander("Table", key=f"{key}-table", on_change="rerun") as opened:
        if opened.open:
            table(make(), key=key, alt=alt, notes=notes)


def table(shown: pd.DataFrame, *, key: str, alt: str, notes: Sequence[str] = ()) -> None:
    """A table with a button to take it away as CSV. Long ones scroll and sort."""
    if len(shown) > _LONGEST_PLAIN_TABLE:
        st.dataframe(shown, hide_index=True, alt=alt, key=f"{key}-rows")
    else:
        st.table(shown, hide_index=True, border="horizontal", alt=alt)
    st.download_button(
        "Download as CSV",
        lambda: exports.to_csv(shown, notes),
        file_name=f"{key}.csv",
        mime="text/csv",
        key=f"{key}-csv",
        on_click="ignore",
    )


def lead(sentence: str) -> None:
    """The answer, first and large."""
    html.put(Markup('<p class="bm-lead">{}</p>').format(sentence))


def context(parts: Sequence[str]) -> None:
    """Whose figures, which cycle, which peers, which edition."""
    html.put(Markup('<p class="bm-context">{}</p>').format(" · ".join(p for p in parts if p)))


def note(text: str, *, alert: bool = False) -> None:
    """A quiet remark, or one that wants to be seen."""
    kind = "bm-note alert" if alert else "bm-note"
    html.put(Markup('<p class="{}">{}</p>').format(kind, text))


def small_print(lines: Sequence[str]) -> None:
    """How many, which peers, which rules, which source and licence."""
    html.put(Markup('<p class="bm-small">{}</p>').format(" ".join(lines)))


def document(text: str) -> None:
    """A text of ours in Markdown. Never one that somebody typed into a form."""
    st.markdown(text)
