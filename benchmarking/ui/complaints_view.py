"""Published complaints on the page: the answer, each picture with its warnings, all trusts."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st
from markupsafe import Markup

from benchmarking import complaints
from benchmarking.charts import mix_pairs, outcome_bars, rates_in_order
from benchmarking.charts.chart import Chart
from benchmarking.complaints import (
    MixAmongPeers,
    Nation,
    Rate,
    RateAmongPeers,
    TrustComplaints,
    Year,
    tracing,
    words,
)
from benchmarking.indicators import Caution, Indicator
from benchmarking.indicators.model import Speaker
from benchmarking.ui import caches, complaints_key, html, pick, show
from benchmarking.visit import Visit

PER_STAFF = "new written complaints per 1,000 staff"
OF_CASELOAD = "of the caseload closed in the year"
REAL = "real trusts, figures as published"
_LIST_AND_TEXT = Markup('<ul class="bm-list bm-small">{}</ul><p class="bm-small">{}</p>')
_STILL = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def answer(found: TrustComplaints) -> None:
    """Whose figures, among whom; what to know of the trust; the answer."""
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
    st.header("New complaints", anchor=False)
    _rate(found, found.new, PER_STAFF)
    _other_rates(found)
    st.header("Share of the caseload closed", anchor=False)
    _rate(found, found.closed, OF_CASELOAD)
    st.header("Outcomes", anchor=False)
    _mix(found, found.outcomes, outcome_bars.draw, complaints_key.OUTCOMES)
    st.header("What complaints are about", anchor=False)
    mixes = {mix.indicator.id: mix for mix in found.mixes}
    about = pick.one_tab(
        "About",
        tuple(mixes),
        key="about",
        shown_as=lambda mix: mixes[mix].indicator.short_title,
        first=next(iter(mixes)),
    )
    _mix(found, mixes[about], mix_pairs.draw, complaints_key.MIXES)


def nation(visit: Visit, year: Year, *, alone: bool) -> None:
    """All NHS trusts together: always there, and at length while no trust is chosen."""
    found = complaints.nationally(visit, year, caches.kept)
    indicator = year.catalogue.indicator(complaints.OUTCOMES)
    key = ("national outcomes", year.revision, year.period)
    drawn = caches.kept(key, partial(outcome_bars.draw_nation, found))
    notes = tracing.file_notes(year, indicator)
    name = f"all-trusts-{year.period}"
    if alone:
        show.context(["All NHS trusts", year.in_words, REAL])
        show.lead(words.invitation(found))
        _tiles(found)
        show.chart(drawn, key=f"{name}-outcomes", notes=notes)
        _cautions(year, indicator)
    else:
        st.header(f"All {found.trusts} NHS trusts together", anchor=False)
        _tiles(found)
        show.note(drawn.sentence)
    with st.expander("Table", key=f"{name}-folded", on_change="rerun") as folded:
        if folded.open:
            show.table(outcome_bars.sums(found), key=name, alt="Sums over all trusts", notes=notes)


def small_print(year: Year, found: TrustComplaints | None) -> None:
    """Peers, rules, files, sources and licence."""
    key = ("sources", year.revision, year.period)
    sources = caches.kept(key, partial(_sources, year))
    lines = tracing.under_all(found) if found else tracing.of_year(year)
    html.put(Markup('<p class="bm-small">{}</p>{}').format(Markup("<br>").join(lines), sources))


def _sources(year: Year) -> Markup:
    sources = [
        Markup('<li><a href="{}" target="_blank" rel="noopener">{}</a>, {}. {}</li>').format(
            source.url, source.document, source.publisher, source.attribution
        )
        for source in tracing.sources(year)
    ]
    return _folded(
        "Sources, licence, and how to trace a number",
        Markup('<p class="bm-small">{}</p><ul class="bm-list bm-small">{}</ul>').format(
            tracing.HOW_TO_TRACE, html.joined(sources)
        ),
    )


def _rate(found: TrustComplaints, rate: RateAmongPeers, what: str) -> None:
    draw = partial(rates_in_order.draw, rate, what)
    # A dot of its own would show nothing that the sentence does not say.
    marks = complaints_key.RATES if rate.peers else None
    _picture(found, rate.indicator, draw, marks, tracing.without(rate))


def _mix(
    found: TrustComplaints,
    mix: MixAmongPeers,
    draw: Callable[[MixAmongPeers], Chart],
    marks: Markup,
) -> None:
    _picture(found, mix.indicator, partial(draw, mix), marks)


def _picture(
    found: TrustComplaints,
    indicator: Indicator,
    draw: Callable[[], Chart],
    marks: Markup | None,
    missing: Sequence[str] = (),
) -> None:
    """A picture with everything that belongs to it; without ``marks`` only what is said."""
    drawn = caches.kept(("complaints chart", indicator.id, *found.key), draw)
    name = f"{found.trust.code}-{indicator.id}-{found.year.period}"
    st.text(drawn.sentence)
    if marks:
        html.put(marks)
        st.plotly_chart(drawn.figure, theme=None, config=_STILL, alt=drawn.alt, key=f"{name}-chart")
    with st.expander("Table", key=f"{name}-table", on_change="rerun") as folded:
        if folded.open:
            made = tracing.how_made(found.year, indicator)
            notes = tracing.file_notes(found.year, indicator, [found.group.why, *missing, *made])
            show.table(drawn.table, key=name, alt=drawn.alt, notes=notes)
    if missing:
        show.small_print(missing)
    _cautions(found.year, indicator)


def _cautions(year: Year, indicator: Indicator) -> None:
    """The warning that matters most, and the publisher's first; all of them folded."""
    key = ("warnings", year.revision, year.period, indicator.id)
    html.put(caches.kept(key, partial(_warnings, year, indicator)))


def _warnings(year: Year, indicator: Indicator) -> Markup:
    cautions = year.catalogue.cautions_of(indicator)
    by_publisher = [caution for caution in cautions if caution.by is Speaker.PUBLISHER]
    first = dict.fromkeys([cautions[0], *by_publisher[:1]])
    said = " ".join(caution.says.strip() for caution in first)
    items = html.joined([_caution(caution) for caution in cautions])
    made = " ".join(tracing.how_made(year, indicator))
    folded = _folded(
        f"All {len(cautions)} warnings, and how this is worked out",
        _LIST_AND_TEXT.format(items, made),
    )
    return Markup('<p class="bm-note"><strong>Before you compare:</strong> {}</p>{}').format(
        said, folded
    )


def _caution(caution: Caution) -> Markup:
    by = "the publisher, in our words" if caution.by is Speaker.PUBLISHER else "this project"
    return Markup('<li>{} ({}: <a href="{}" target="_blank" rel="noopener">{}</a>)</li>').format(
        caution.says.strip(), by, caution.source.url, caution.source.document
    )


def _folded(title: str, inside: Markup) -> Markup:
    return Markup('<details class="bm-small"><summary>{}</summary>{}</details>').format(
        title, inside
    )


def _other_rates(found: TrustComplaints) -> None:
    """Further rates that suit this type of trust, a line each, and their tables folded."""
    if not found.other_rates:
        return
    lines = [
        Markup("<li>{}</li>").format(words.standing(rate, rate.indicator.unit))
        for rate in found.other_rates
    ]
    show.note("By other measures of size:")
    html.put(Markup('<ul class="bm-list">{}</ul>').format(html.joined(lines)))
    with st.expander("Table", key="other-rates-folded", on_change="rerun") as folded:
        for rate in found.other_rates if folded.open else ():
            _rate_table(found, rate)


def _rate_table(found: TrustComplaints, rate: RateAmongPeers) -> None:
    missing = tracing.without(rate)
    notes = tracing.file_notes(found.year, rate.indicator, [found.group.why, *missing])
    show.note(" ".join([rate.indicator.title, *missing]))
    show.table(
        rates_in_order.table(rate),
        key=f"{found.trust.code}-{rate.indicator.id}-{found.year.period}",
        alt=rate.indicator.title,
        notes=notes,
    )


def _tiles(found: Nation) -> None:
    figures = [
        ("NHS trusts with a return", f"{found.trusts:,}"),
        ("New written complaints", f"{found.count('complaints_total_new'):,}"),
    ]
    if isinstance(found.new, Rate):
        figures.append(("New complaints per 1,000 staff", f"{found.new.value:,.1f}"))
    figures.append(("Complaints resolved", f"{found.count('complaints_total_resolved'):,}"))
    tile = Markup(
        '<li class="bm-tile"><span class="name">{}</span><span class="figure">{}</span></li>'
    )
    tiles = html.joined([tile.format(*figure) for figure in figures])
    html.put(Markup('<ul class="bm-tiles">{}</ul>').format(tiles))
