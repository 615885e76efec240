"""Every picture of one trust's published complaints."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarking.charts import funnel_plot, mix_pairs, outcome_bars, ranks_in_order, rates_in_order
from benchmarking.charts.chart import Chart
from benchmarking.complaints import CLOSED, NEW, OUTCOMES, MixAmongPeers
from benchmarking.complaints.expectations import Expectation

# What a figure counts, to stand after it; the others say it by their unit.
_WHAT = {
    NEW: "new written complaints per 1,000 staff",
    CLOSED: "of the caseload closed in the year",
}


@dataclass(frozen=True)
class View:
    """One way to look at a rate or share; ``id`` stands in the address."""

    id: str
    title: str
    draw: Callable[[Expectation], Chart]


def in_order(found: Expectation) -> Chart:
    """Figures with their intervals, the lowest first."""
    indicator = found.found.indicator
    return rates_in_order.draw(found.found, _WHAT.get(indicator.id, indicator.unit))


FUNNEL = View("funnel", "Funnel", funnel_plot.draw)
RANKING = View("ranking", "Ranking", ranks_in_order.draw)
IN_ORDER = View("order", "In order", in_order)
VIEWS = (FUNNEL, RANKING, IN_ORDER)


def mix(found: MixAmongPeers) -> Chart:
    """Outcomes as bars of one trust and others; any other mix as pairs of marks."""
    draw = outcome_bars.draw if found.indicator.id == OUTCOMES else mix_pairs.draw
    return draw(found)
