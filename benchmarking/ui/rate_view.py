"""One rate or share of published complaints on the page: as a funnel, a ranking, or in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from benchmarking.charts.chart import Chart
from benchmarking.charts.published_complaints import FUNNEL, IN_ORDER, RANKING, VIEWS, View
from benchmarking.complaints import Expectation, RateAmongPeers, TrustComplaints, tracing
from benchmarking.complaints import expectation_words as say
from benchmarking.ui import address, caches, complaints_key, html, show
from benchmarking.ui.complaints_words import Around

_MARKS = {
    FUNNEL.id: complaints_key.FUNNEL,
    RANKING.id: complaints_key.RANKS,
    IN_ORDER.id: complaints_key.RATES,
}
_RULES = {
    FUNNEL.id: (say.BAND_RULES,),
    RANKING.id: (say.RANK_RULES,),
    IN_ORDER.id: (),
}


def show_rates(
    found: TrustComplaints, rates: Sequence[RateAmongPeers], around: Around, key: str
) -> None:
    """One of several rates, looked at in one of several ways; both stand in the address.

    Args:
        found: the trust they are of.
        rates: what can be chosen, the usual one first.
        around: the warnings of the year.
        key: the name that the way of looking has in the address.
    """
    chosen = found.expectations[_rate(rates)]
    view = _view(key, FUNNEL if chosen.has_bands else IN_ORDER)
    indicator = chosen.found.indicator
    kept_as = ("complaints", view.id, indicator.id, *found.key)
    drawn = caches.kept(kept_as, partial(_draw, chosen, view, around))
    name = f"{found.trust.code}-{indicator.id}-{view.id}-{found.year.period}"
    # A picture of nobody, or of one alone, would show nothing that the sentence does not say.
    worthwhile = len(chosen.rates) > 1 if view is IN_ORDER else chosen.has_bands
    show.picture(drawn.chart, key=name, legend=_MARKS[view.id], worthwhile=worthwhile)
    show.folded_table(drawn.chart, key=name, notes=drawn.notes)
    html.put(drawn.below)


def _rate(rates: Sequence[RateAmongPeers]) -> str:
    named = {rate.indicator.id: rate.indicator.short_title for rate in rates}
    first = rates[0].indicator.id
    if len(named) == 1:
        return first
    return address.one_tab("By", tuple(named), key="by", shown_as=named.__getitem__, first=first)


def _view(key: str, first: View) -> View:
    by_id = {view.id: view for view in VIEWS}
    chosen = address.one_tab(
        "Shown as",
        tuple(by_id),
        key=key,
        shown_as=lambda view: by_id[view].title,
        first=first.id,
    )
    return by_id[chosen]


@dataclass(frozen=True, eq=False)
class _Drawn:
    """A picture, what stands in its file, and what stands below it."""

    chart: Chart
    notes: tuple[str, ...]
    below: Markup


def _draw(chosen: Expectation, view: View, around: Around) -> _Drawn:
    rate = chosen.found
    missing, rules = tracing.without(rate), _RULES[view.id]
    made = tracing.how_made(rate.year, rate.indicator)
    notes = tracing.file_notes(rate.year, rate.indicator, [rate.group.why, *missing, *made, *rules])
    said = [say.across_sentence(chosen), say.across_bands(chosen), *missing, *rules]
    small = Markup('<p class="bm-small">{}</p>').format(" ".join(filter(None, said)))
    return _Drawn(view.draw(chosen), notes, small + around.warnings[rate.indicator.id])
