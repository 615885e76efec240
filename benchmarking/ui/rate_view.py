"""One rate or share of published complaints on the page: as a funnel, a ranking, or in order."""

from collections.abc import Sequence
from functools import partial

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
    _picture(found, chosen, view)
    html.put(around.warnings[chosen.found.indicator.id])


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


def _picture(found: TrustComplaints, chosen: Expectation, view: View) -> None:
    rate = chosen.found
    key = ("complaints", view.id, rate.indicator.id, *found.key)
    drawn = caches.kept(key, partial(view.draw, chosen))
    missing = tracing.without(rate)
    made = tracing.how_made(rate.year, rate.indicator)
    rules = _RULES[view.id]
    name = f"{rate.trust.code}-{rate.indicator.id}-{view.id}-{rate.year.period}"
    # A picture of nobody, or of one alone, would show nothing that the sentence does not say.
    worthwhile = len(chosen.rates) > 1 if view is IN_ORDER else chosen.has_bands
    show.picture(drawn, key=name, legend=_MARKS[view.id], worthwhile=worthwhile)
    notes = tracing.file_notes(rate.year, rate.indicator, [rate.group.why, *missing, *made, *rules])
    show.folded_table(drawn, key=name, notes=notes)
    show.small_print(
        [*filter(None, [say.across_sentence(chosen), say.across_bands(chosen)]), *missing, *rules]
    )
