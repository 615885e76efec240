"""Every picture of one trust's published complaints, by indicator."""

from collections.abc import Mapping

from benchmarking.charts import mix_pairs, outcome_bars, rates_in_order
from benchmarking.charts.chart import Chart
from benchmarking.complaints import TrustComplaints

PER_STAFF = "new written complaints per 1,000 staff"
OF_CASELOAD = "of the caseload closed in the year"


def draw(found: TrustComplaints) -> Mapping[str, Chart]:
    """New complaints, the caseload closed, outcomes, and the three mixes."""
    return {
        found.new.indicator.id: rates_in_order.draw(found.new, PER_STAFF),
        found.closed.indicator.id: rates_in_order.draw(found.closed, OF_CASELOAD),
        found.outcomes.indicator.id: outcome_bars.draw(found.outcomes),
        **{mix.indicator.id: mix_pairs.draw(mix) for mix in found.mixes},
    }
