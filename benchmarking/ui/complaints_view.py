"""Published complaints on the page: the answer, each picture with its warnings, all trusts."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st
from markupsafe import Markup

from benchmarking import complaints
from benchmarking.charts import outcome_bars, published_complaints, rates_in_order
from benchmarking.charts.chart import Chart
from benchmarking.complaints import (
    MixAmongPeers,
    RateAmongPeers,
    TrustComplaints,
    Year,
    tracing,
    words,
)
from benchmarking.ui import address, caches, complaints_key, complaints_words, html, show
from benchmarking.ui.complaints_words import Around
from benchmarking.visit import Visit

REAL = "real trusts, figures as published"


def answer(found: TrustComplaints) -> None:
    """Whose figures, among whom; the answer; what to know of the trust and its group."""
    compared = f"compared with {words.others(len(found.group.codes), found.group)}"
    named = f"{found.trust.name} ({found.trust.code})"
    show.context([named, found.year.in_words, compared, REAL])
    show.lead(words.lead(found))
    remarks = words.remarks(found.trust)
    if remarks:
        show.note(" ".join(remarks), alert=True)
    if not found.group.allows_summary:
        show.note(words.too_few(found.group), alert=True)


def pictures(found: TrustComplaints) -> None:
    """Each picture with its sentence, table and warnings."""
    key = ("complaints charts", *found.key)
    drawn = caches.kept(key, partial(published_complaints.draw, found))
    around = _around(found.year)
    st.header("New complaints", anchor=False)
    _rate(found.new, drawn, around)
    _other_rates(found)
    st.header("Share of the caseload closed", anchor=False)
    _rate(found.closed, drawn, around)
    st.header("Outcomes", anchor=False)
    _picture(found.outcomes, drawn[found.outcomes.indicator.id], complaints_key.OUTCOMES)
    html.put(around.warnings[found.outcomes.indicator.id])
    st.header("What complaints are about", anchor=False)
    mix = _chosen_mix(found.mixes)
    _picture(mix, drawn[mix.indicator.id], complaints_key.MIXES)
    html.put(around.warnings[mix.indicator.id])


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


def _chosen_mix(mixes: Sequence[MixAmongPeers]) -> MixAmongPeers:
    by_id = {mix.indicator.id: mix for mix in mixes}
    about = address.one_tab(
        "About",
        tuple(by_id),
        key="about",
        shown_as=lambda mix: by_id[mix].indicator.short_title,
        first=mixes[0].indicator.id,
    )
    return by_id[about]


def _rate(rate: RateAmongPeers, drawn: Mapping[str, Chart], around: Around) -> None:
    # A dot of its own would show nothing that the sentence does not say.
    marks = complaints_key.RATES if rate.peers else None
    missing = tracing.without(rate)
    _picture(rate, drawn[rate.indicator.id], marks, missing)
    if missing:
        show.small_print(missing)
    html.put(around.warnings[rate.indicator.id])


def _picture(
    of: RateAmongPeers | MixAmongPeers,
    drawn: Chart,
    marks: Markup | None,
    missing: Sequence[str] = (),
) -> None:
    """A sentence, what the marks mean, the picture, its table; no picture without marks."""
    name = f"{of.trust.code}-{of.indicator.id}-{of.year.period}"
    if marks:
        show.picture(drawn, key=name, legend=marks)
    else:
        st.text(drawn.sentence)
    with st.expander("Table", key=f"{name}-table", on_change="rerun") as folded:
        if folded.open:
            made = tracing.how_made(of.year, of.indicator)
            notes = tracing.file_notes(of.year, of.indicator, [of.group.why, *missing, *made])
            show.table(drawn.table, key=name, alt=drawn.alt, notes=notes)


def _other_rates(found: TrustComplaints) -> None:
    """Further rates that suit this type of trust, a line each, and their tables folded."""
    if not found.other_rates:
        return
    items = [
        Markup("<li>{}</li>").format(words.standing(rate, rate.indicator.unit))
        for rate in found.other_rates
    ]
    html.put(
        Markup('<p class="bm-note">{}</p><ul class="bm-list">{}</ul>').format(
            "By other measures of size:", html.joined(items)
        )
    )
    with st.expander("Table of these rates", key="other-rates-folded", on_change="rerun") as folded:
        for rate in found.other_rates if folded.open else ():
            _rate_table(rate)


def _rate_table(rate: RateAmongPeers) -> None:
    missing = tracing.without(rate)
    notes = tracing.file_notes(rate.year, rate.indicator, [rate.group.why, *missing])
    name = f"{rate.trust.code}-{rate.indicator.id}-{rate.year.period}"
    show.note(" ".join([f"{rate.indicator.title}.", *missing]))
    show.table(rates_in_order.table(rate), key=name, alt=rate.indicator.title, notes=notes)
