"""Monthly trends on the page: one trust's chart, or all trusts as a table of icons."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking import exports, personal_details
from benchmarking.access import Action, can
from benchmarking.charts import run_chart
from benchmarking.results import trend_words, trends
from benchmarking.results.trends import Summary, Trend
from benchmarking.series import shipped
from benchmarking.series.months import month_in_words
from benchmarking.ui import (
    address,
    caches,
    html,
    pick,
    show,
    trend_marks,
    trend_recording,
    trend_table,
)
from benchmarking.visit import Visit

OWN, ALL = "own", "all"
_VIEWS = {OWN: "Our trust", ALL: "All trusts"}
_EVERY = "All"


def show_trends(visit: Visit) -> None:
    """The trends that the person may see and chooses."""
    views = [
        view
        for view, action in ((OWN, Action.SEE_TRENDS), (ALL, Action.COMPARE))
        if can(visit.person, action)
    ]
    view = views[0]
    if len(views) > 1:
        view = address.one_tab(
            "View", views, key="view", shown_as=_VIEWS.__getitem__, first=views[0]
        )
    if view == OWN:
        _own(visit)
    else:
        _all(visit)


def _own(visit: Visit) -> None:
    trust = pick.own_trust(visit)
    found = trends.of_trust(visit, trust, _series(), keep=caches.kept)
    if found.timeline.points:
        _trend(found)
        trend_recording.offer(visit, found)
    else:
        _nothing_yet(visit, found)


def _series() -> str:
    titles = {series.id: series.short_title for series in shipped()}
    return address.one_tab(
        "Series",
        list(titles),
        key="series",
        shown_as=titles.__getitem__,
        first=next(iter(titles)),
        small=True,
    )


def _opening(found: Trend) -> None:
    show.context([f"{found.trust.code} {found.trust.name}", found.series.title])
    show.lead(found.sentence)


def _nothing_yet(visit: Visit, found: Trend) -> None:
    """What to do, for who may do it; and what it will show."""
    _opening(found)
    show.note(found.series.about)
    if not can(visit.person, Action.RECORD_FIGURES, found.trust.code):
        show.note("Your trust lead or a contributor records the months on this page.")
    trend_recording.offer(visit, found)
    _small_print(found.small_print)


def _trend(found: Trend) -> None:
    """The answer, its icons, the chart, its table, the small print."""
    _opening(found)
    if found.chart.variation.is_icon:
        html.put(trend_marks.icons(found.chart))
    drawn = caches.kept(("run chart", *found.key), lambda: run_chart.draw(found))
    name = f"{found.trust.code}-{found.series.id}"
    show.picture(drawn, key=name, legend=trend_marks.key(found))
    _rebases(found)
    show.folded_table(drawn, key=name, notes=found.small_print)
    _small_print(found.small_print)


def _small_print(lines: Sequence[str]) -> None:
    html.put(Markup('<p class="bm-small">{}</p>').format(Markup("<br>").join(lines)))


def _rebases(found: Trend) -> None:
    for rebase in found.timeline.rebases:
        show.note(
            f"Limits begin anew in {month_in_words(rebase.from_month)}, because: "
            f"{personal_details.for_others(rebase.reason)}"
        )


def _all(visit: Visit) -> None:
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        series_id = _series()
    found = trends.of_all(visit, series_id, keep=caches.kept)
    codes = {row.trust.code: f"{row.trust.code} {row.trust.name}" for row in found.rows}
    with right:
        code = address.one_or_none(
            "Trust",
            list(codes),
            key="trust",
            shown_as=codes.__getitem__,
            first=None,
            placeholder="All trusts",
        )
    if code is None:
        _summary(found)
    else:
        _trend(trends.released(visit, code, series_id, keep=caches.kept))


def _summary(found: Summary) -> None:
    show.context([found.series.title, f"months up to {month_in_words(found.last_month)}"])
    show.lead(found.sentence)
    show.note(trend_words.QUESTIONS)
    kinds = {row.variation.name.lower(): row.variation for row in found.rows}
    left, _ = st.columns([3, 2])
    with left:
        kind = address.one_of(
            "Show",
            [_EVERY, *sorted(kinds)],
            key="variation",
            shown_as=lambda name: kinds[name].in_words() if name in kinds else "All trusts",
        )
    shown = [row for row in found.rows if kind in (_EVERY, row.variation.name.lower())]
    drawn = ("trends table", kind, *found.key)
    html.put(caches.kept(drawn, lambda: trend_table.table(found, shown)))
    if found.silent:
        named = ", ".join(f"{trust.code} {trust.name}" for trust in found.silent)
        show.note(f"No month up to then is recorded: {named}.")
    name = f"trends-{found.series.id}"
    st.download_button(
        "Download as CSV",
        lambda: exports.to_csv(trend_table.frame(found.rows), found.small_print),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"{name}-csv",
        on_click="ignore",
    )
    _small_print(found.small_print)
