"""Every number on the page can be traced to the published files: worked out twice, and equal."""

from decimal import Decimal

import pytest

from benchmarking.access import Role
from benchmarking.charts import mix_pairs, outcome_bars, rates_in_order
from benchmarking.complaints import (
    MIXES,
    OUTCOMES,
    MixAmongPeers,
    Rate,
    RateAmongPeers,
    TrustComplaints,
    nationally,
)
from benchmarking.statistics.quantiles import Spread
from tests.complaints import published
from tests.complaints.conftest import Copy

# A large trust, a small one of part of the year, an ambulance trust, a mental health trust that
# opened during the year, one that records everything as upheld, one with an outlying rate.
CODES = ["R0A", "RY9", "RYA", "G6V2S", "RN5", "R1F"]
NEW = "Complaints_Total_New"
RATES = {
    "new-complaints-per-1000-staff": (NEW, ("mean_fte_2024_25",), 1000),
    "new-complaints-per-10000-episodes": (NEW, ("hes_fce",), 10_000),
    "new-complaints-per-10000-bed-days": (NEW, ("kh03_occupied_bed_days",), 10_000),
    "new-complaints-per-100000-incidents": (NEW, ("amb_incidents",), 100_000),
    "caseload-closed": (
        "Complaints_Total_Resolved",
        ("Complaints_Total_Brought_Forward", NEW),
        100,
    ),
}


@pytest.fixture(scope="module", params=CODES)
def found(shipped: Copy, request: pytest.FixtureRequest) -> TrustComplaints:
    return shipped.of(request.param)


def rates_of(found: TrustComplaints) -> list[RateAmongPeers]:
    return [found.new, found.closed, *found.other_rates]


def mixes_of(found: TrustComplaints) -> list[MixAmongPeers]:
    return [found.mix(one) for one in (OUTCOMES, *MIXES)]


def peers_of(found: TrustComplaints) -> list[str]:
    code = found.trust.code
    return published.of_type(published.eric_type(code), without=code)


def test_the_peers_are_the_other_trusts_of_the_type(found: TrustComplaints):
    assert sorted(found.group.codes) == sorted(peers_of(found))


def test_each_rate_is_a_quotient_of_published_columns(found: TrustComplaints):
    for shown in rates_of(found):
        expected = published.ratio(found.trust.code, *RATES[shown.indicator.id])
        own = shown.own.value if isinstance(shown.own, Rate) else None
        assert own == pytest.approx(expected), shown.indicator.id


def test_each_middle_is_that_of_the_other_trusts(found: TrustComplaints):
    for shown in rates_of(found):
        values = [published.ratio(code, *RATES[shown.indicator.id]) for code in peers_of(found)]
        assert isinstance(shown.spread, Spread)
        assert shown.spread.values == sum(value is not None for value in values)
        assert shown.spread.median == pytest.approx(published.middle(values))
        if shown.spread.quartiles:
            assert shown.spread.quartiles == pytest.approx(published.middle_half(values))


def test_each_interval_follows_from_the_counts(found: TrustComplaints):
    for shown in rates_of(found):
        for rate in shown.in_order:
            if rate.events < 10:
                continue
            if shown.indicator.id == "caseload-closed":
                expected = published.wilson_limits(rate.events, rate.exposure)
            else:
                expected = published.byar_limits(rate.events, rate.exposure, shown.indicator.per)
            assert (rate.low, rate.high) == pytest.approx(expected)


def test_each_published_figure_in_a_table_stands_in_the_column_it_names(found: TrustComplaints):
    for shown in rates_of(found):
        table = rates_in_order.table(shown)
        columns = [name for name in table.columns if name.endswith("]")]
        assert len(columns) == len(shown.indicator.measures)
        for name in columns:
            column = name.rsplit("[", 1)[1].rstrip("]")
            expected = [published.figure(code, column) for code in table["Code"].tolist()]
            assert [float(cell) for cell in table[name].tolist()] == expected, name


def test_the_table_of_a_rate_has_the_trust_and_all_its_peers(found: TrustComplaints):
    codes = list(rates_in_order.table(found.closed)["Code"])
    assert codes[0] == found.trust.code
    assert sorted(codes[1:]) == sorted(peers_of(found))


def test_each_part_of_a_mix_is_a_share_of_published_columns(found: TrustComplaints):
    totals = {
        "outcome-mix": "Complaints_Total_Resolved",
        "subject-mix": "Subject_Area_Total",
        "service-mix": "Service_Total",
        "profession-mix": "Profession_Total",
    }
    for mix in mixes_of(found):
        whole = totals[mix.indicator.id]
        for part in mix.parts:
            count = published.figure(found.trust.code, part.column)
            out_of = published.figure(found.trust.code, whole)
            assert part.own is not None and count is not None and out_of is not None
            assert (part.own.count, part.own.out_of) == (count, out_of), part.column
            assert part.own.value == pytest.approx(100 * count / out_of)
            limits = published.wilson_limits(count, out_of)
            assert (part.own.low, part.own.high) == pytest.approx(limits, abs=1e-9)
            assert isinstance(part.spread, Spread)
            shares = [published.ratio(code, part.column, (whole,), 100) for code in peers_of(found)]
            assert part.spread.median == pytest.approx(published.middle(shares))
            added, of_all = (
                sum(published.figure(code, column) or 0 for code in peers_of(found))
                for column in (part.column, whole)
            )
            assert part.pooled is not None
            assert part.pooled.value == pytest.approx(100 * added / of_all)
            nation = 100 * published.total(part.column) / published.total(whole)
            assert part.nation.value == pytest.approx(nation)


def test_the_parts_of_each_mix_are_all_of_it(found: TrustComplaints):
    for mix in mixes_of(found):
        assert sum(part.own.count for part in mix.parts if part.own) == mix.total
        assert sum(part.nation.value for part in mix.parts) == pytest.approx(100)


def test_a_mix_table_says_what_its_parts_say(found: TrustComplaints):
    for mix in map(found.mix, MIXES):
        table = mix_pairs.table(mix).set_index("Published column")
        for part in mix.parts:
            assert part.own is not None
            assert table.loc[part.column, "Count"] == part.own.count
            assert table.loc[part.column, "%"] == Decimal(f"{part.own.value:.2f}")


def test_the_table_of_outcomes_has_the_published_counts(found: TrustComplaints):
    table = outcome_bars.table(found.mix(OUTCOMES))
    own = table[table["Whose"] == f"This trust ({found.trust.code})"]
    for name, count in zip(own["Outcome"], own["Count"], strict=True):
        assert count == published.figure(found.trust.code, name.rsplit("[", 1)[1].rstrip("]"))


def test_all_trusts_together_are_sums_of_the_published_file(shipped: Copy):
    nation = nationally(shipped.visit(Role.INSPECTOR), shipped.year())
    sums = outcome_bars.sums(nation)
    assert nation.trusts == len(published.trusts()) == 207
    for column, added in zip(sums["Published column"], sums["Sum over all trusts"], strict=True):
        assert float(added) == pytest.approx(published.total(column)), column
    assert "mean_fte_2024_25" in set(sums["Published column"])
    assert isinstance(nation.new, Rate)
    staff = published.total("mean_fte_2024_25")
    assert nation.new.value == pytest.approx(1000 * published.total(NEW) / staff)


def test_the_figures_everybody_may_check(shipped: Copy):
    nation = nationally(shipped.visit(Role.INSPECTOR), shipped.year())
    assert nation.count("complaints_total_new") == 106_703
    assert nation.count("complaints_total_resolved") == 99_942
    assert [f"{share.value:.1f}" for _, share in nation.outcomes] == ["25.0", "41.5", "33.5"]
    assert f"{nation.upheld_or_partly:.1f}" == "66.5"
