"""Rates: counts divided by what was published, gaps with their reasons, peers without oneself."""

import pytest

from benchmarking import peers
from benchmarking.complaints import Gap, Rate, RateAmongPeers, Year, rates
from benchmarking.peers import Basis
from benchmarking.statistics import intervals
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.quantiles import Spread
from tests.complaints.small_year import AMBULANCE, CATALOGUE, trust, year

NEW = CATALOGUE.indicator("new-complaints-per-1000-staff")
CLOSED = CATALOGUE.indicator("caseload-closed")
BED_DAYS = CATALOGUE.indicator("new-complaints-per-10000-bed-days")


def rate(found: Rate | Gap) -> Rate:
    assert isinstance(found, Rate)
    return found


def among(of: Year, code: str, basis: Basis = Basis.EVERYONE) -> RateAmongPeers:
    whose = of.organisations.by_code[code]
    group = peers.group_of(whose, of.organisations.trusts, basis)
    return rates.among_peers(of, NEW, rates.rates(of, NEW), whose, group)


THREE = year(
    """
         open new resolved staff months
    AAA    10  40       30  1000     12
    BBB     0   5        5   500     12
    CCC     0   0        0   250      6
    """
)


def test_a_rate_is_per_thousand_staff():
    found = {code: rate(r).value for code, r in rates.rates(THREE, NEW).items()}
    assert found == {"AAA": 1000 * 40 / 1000, "BBB": 1000 * 5 / 500, "CCC": 0}


def test_a_rate_carries_its_counts():
    found = rate(rates.rates(THREE, NEW)["AAA"])
    assert (found.events, found.exposure, found.covered) == (40, 1000, 12)


def test_a_rate_has_byars_interval_from_ten_complaints_and_the_exact_one_below():
    many, few = (rate(rates.rates(THREE, NEW)[code]) for code in ("AAA", "BBB"))
    assert (many.low, many.high) == (intervals.byar(40).low, intervals.byar(40).high)
    assert (few.low, few.high) == (2 * intervals.exact(5).low, 2 * intervals.exact(5).high)


def test_a_share_is_of_all_that_was_open_and_has_wilsons_interval():
    found = rate(rates.rates(THREE, CLOSED)["AAA"])
    limits = intervals.wilson(30, 50)
    assert (found.value, found.exposure) == (60, 50)
    assert (found.low, found.high) == (100 * limits.low, 100 * limits.high)


def test_each_gap_has_its_reason():
    found = year(
        """
             open new resolved staff months bed-days quarters
        AAA     0  10        0  1000     12     5000        4
        BBB     0  10        0     -      -     5000        4
        CCC     0   0        0     0     12     5000        4
        DDD     0  10        0  1000     12     5000        4
        """,
        trusts={"DDD": trust("DDD", AMBULANCE)},
        silent=("EEE",),
    )
    assert [rates.rates(found, NEW)[code] for code in ("BBB", "CCC", "EEE")] == [
        Gap.NO_DENOMINATOR,
        Gap.NOTHING_TO_DIVIDE_BY,
        Gap.NO_RETURN,
    ]
    assert rates.rates(found, CLOSED)["CCC"] is Gap.NOTHING_TO_DIVIDE_BY
    assert rates.rates(found, BED_DAYS)["DDD"] is Gap.OTHER_TYPE


def test_a_trust_without_a_type_has_no_rate_that_is_made_for_types():
    found = year("new bed-days quarters\nAAA 10 5000 4", {"AAA": trust("AAA", None)})
    assert rates.rates(found, BED_DAYS)["AAA"] is Gap.OTHER_TYPE


NINE = year(
    """
         new staff months
    AAA   10  1000     12
    BBB   20  1000     12
    CCC   30  1000     12
    DDD   40  1000     12
    EEE   50  1000      8
    FFF   60  1000     12
    GGG   70  1000     12
    HHH   80  1000     12
    III  900  1000     12
    """
)


def test_a_trust_is_never_among_its_peers():
    found = among(NINE, "III")
    assert [r.code for r in found.peers] == ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH"]
    assert found.spread == Spread(8, (40 + 50) / 2, (27.5, 62.5))


def test_all_with_a_figure_stand_in_order_the_trust_among_them():
    assert [r.value for r in among(NINE, "CCC").in_order] == [10, 20, 30, 40, 50, 60, 70, 80, 900]


def test_the_trust_stands_after_peers_that_equal_it():
    ties = year("new staff months\nAAA 10 1000 12\nBBB 10 1000 12\nCCC 10 1000 12")
    assert [r.code for r in among(ties, "AAA").in_order] == ["BBB", "CCC", "AAA"]


def test_a_figure_for_part_of_the_year_is_marked():
    found = among(NINE, "AAA")
    assert [r.code for r in found.peers if found.is_partial(r)] == ["EEE"]


def test_a_trust_of_part_of_the_year_is_marked_where_no_coverage_is_told():
    of = year("open new resolved\nAAA 0 5 5\nBBB 0 5 5", {"BBB": trust("BBB", months_reported=5)})
    whose = of.organisations.by_code["AAA"]
    group = peers.group_of(whose, of.organisations.trusts, Basis.EVERYONE)
    found = rates.among_peers(of, CLOSED, rates.rates(of, CLOSED), whose, group)
    assert [found.is_partial(r) for r in found.peers] == [True]


def test_peers_without_a_figure_are_named_with_the_reason_and_count_in_nothing():
    of = year("new staff months\nAAA 10 1000 12\nBBB 10 - -\nCCC 20 1000 12")
    found = among(of, "AAA")
    assert found.without == (("BBB", Gap.NO_DENOMINATOR),)
    assert [r.code for r in found.peers] == ["CCC"]


def test_a_summary_needs_five_peers_with_a_figure_not_five_peers():
    of = year(
        """
             new staff months
        AAA   10  1000     12
        BBB   10  1000     12
        CCC   10  1000     12
        DDD   10  1000     12
        EEE   10  1000     12
        FFF   10     -      -
        """
    )
    assert among(of, "AAA").spread == TooFewPeers(4)


def test_a_trust_without_a_return_has_peers_all_the_same():
    of = year("new staff months\nAAA 10 1000 12\nBBB 30 1000 12", silent=("CCC",))
    found = among(of, "CCC")
    assert found.own is Gap.NO_RETURN
    assert [r.code for r in found.in_order] == ["AAA", "BBB"]


def test_together_adds_up_those_that_have_both_figures():
    of = year("new staff months\nAAA 10 1000 12\nBBB 90 - -\nCCC 30 1000 12", silent=("DDD",))
    found = rate(rates.together(of, NEW))
    assert (found.events, found.exposure, found.value) == (40, 2000, 20)


@pytest.mark.parametrize("indicator", [NEW, CLOSED, BED_DAYS])
def test_together_is_a_gap_where_nobody_has_a_figure(indicator: object):
    of = year("upheld\nAAA 1")
    assert rates.together(of, indicator) is Gap.NO_DENOMINATOR  # type: ignore[arg-type]
