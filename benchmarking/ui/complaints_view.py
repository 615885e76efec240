"""Published complaints on the page: the answer, each picture with its warnings, all trusts."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from benchmarking import complaints
from benchmarking.charts import outcome_bars, published_complaints
from benchmarking.charts.chart import Chart
from benchmarking.complaints import TrustComplaints, Year, tracing, words
from benchmarking.complaints import expectation_words as say
from benchmarking.ui import address, caches, complaints_key, complaints_words, html, rate_view, show
from benchmarking.ui.complaints_words import Around
from benchmarking.visit import Visit

REAL = "real trusts, figures as published"


def answer(found: TrustComplaints) -> None:
    """Whose figures, among whom; the answer; what to know of the trust and its group."""
    compared = f"compared with {words.others(len(found.group.codes), found.group)}"
    named = f"{found.trust.name} ({found.trust.code})"
    show.context([named, found.year.in_words, compared, REAL])
    show.lead(words.lead(found, say.verdict(found.expectations[complaints.NEW])))
    others = say.by_other_sizes(found)
    if others:
        show.note(others)
    remarks = words.remarks(found.trust)
    if remarks:
        show.note(" ".join(remarks), alert=True)
    if not found.group.allows_summary:
        show.note(words.too_few(found.group), alert=True)


def pictures(found: TrustComplaints) -> None:
    """Each picture with its sentence, table and warnings."""
    around = _around(found.year)
    st.header("New complaints", anchor=False)
    rate_view.show_rates(found, [found.new, *found.other_rates], around, "as")
    st.header("Share of the caseload closed", anchor=False)
    rate_view.show_rates(found, [found.closed], around, "closed-as")
    st.header("Outcomes", anchor=False)
    _mix(found, complaints.OUTCOMES, complaints_key.OUTCOMES)
    st.header("What complaints are about", anchor=False)
    _mix(found, _chosen_mix(found.year), complaints_key.MIXES)


def nation(visit: Visit, year: Year, *, alone: bool) -> None:
    """All NHS trusts together: always there, and at length while no trust is chosen."""
    found = complaints.nationally(visit, year, caches.kept)
    key = ("national outcomes", year.revision, year.period)
    drawn = caches.kept(key, partial(outcome_bars.draw_nation, found))
    indicator = year.catalogue.indicator(complaints.OUTCOMES)
    notes = tracing.file_notes(year, indicator)
    name = f"all-trusts-{year.period}"
    if alone:
        show.context(["All NHS trusts", year.in_words, REAL])
        show.lead(words.invitation(found))
        html.put(complaints_words.tiles(found))
        show.chart(drawn, key=f"{name}-outcomes", notes=notes)
        html.put(_around(year).warnings[indicator.id])
    else:
        st.header(f"All {found.trusts} NHS trusts together", anchor=False)
        html.put(complaints_words.tiles(found))
        show.note(drawn.sentence)
    title = "Table of sums over all trusts"
    with st.expander(title, key=f"{name}-folded", on_change="rerun") as folded:
        if folded.open:
            show.table(outcome_bars.sums(found), key=name, alt=title, notes=notes)


def small_print(year: Year, found: TrustComplaints | None) -> None:
    """Peers, rules, files, sources and licence."""
    lines = tracing.under_all(found) if found else tracing.of_year(year)
    html.put(
        Markup('<p class="bm-small">{}</p>{}').format(
            Markup("<br>").join(lines), _around(year).sources
        )
    )


def _around(year: Year) -> Around:
    key = ("around complaints", year.revision, year.period)
    return caches.kept(key, partial(complaints_words.around, year))


def _chosen_mix(year: Year) -> str:
    return address.one_tab(
        "About",
        complaints.MIXES,
        key="about",
        shown_as=lambda mix: year.catalogue.indicator(mix).short_title,
        first=complaints.MIXES[0],
    )


def _mix(found: TrustComplaints, indicator_id: str, marks: Markup) -> None:
    key = ("complaints mix", indicator_id, *found.key)
    drawn, notes = caches.kept(key, partial(_draw, found, indicator_id))
    name = f"{found.trust.code}-{indicator_id}-{found.year.period}"
    show.picture(drawn, key=name, legend=marks)
    show.folded_table(drawn, key=name, notes=notes)
    html.put(_around(found.year).warnings[indicator_id])


def _draw(found: TrustComplaints, indicator_id: str) -> tuple[Chart, tuple[str, ...]]:
    mix = found.mix(indicator_id)
    made = tracing.how_made(mix.year, mix.indicator)
    notes = tracing.file_notes(mix.year, mix.indicator, [mix.group.why, *made])
    return published_complaints.mix(mix), notes
