"""Mixes: shares of a whole, peers' own shares beside them, and what chance explains."""

import pytest

from benchmarking import peers
from benchmarking.complaints import Gap, MixAmongPeers, Year, mixes
from benchmarking.peers import Basis
from benchmarking.statistics import intervals
from benchmarking.statistics.ordinal import TooFewPeers
from benchmarking.statistics.quantiles import Spread
from tests.complaints.small_year import CATALOGUE, year

OUTCOMES = CATALOGUE.indicator("outcome-mix")


def among(of: Year, code: str) -> MixAmongPeers:
    whose = of.organisations.by_code[code]
    group = peers.group_of(whose, of.organisations.trusts, Basis.EVERYONE)
    return mixes.among_peers(of, OUTCOMES, whose, group)


SEVEN = year(
    """
         upheld partly not resolved
    AAA      90      5   5      100
    BBB       1      2   7       10
    CCC       2      2   6       10
    DDD       3      2   5       10
    EEE       4      2   4       10
    FFF     500    250 250     1000
    GGG       0      0   0        0
    """
)


def test_the_three_outcomes_are_shares_of_what_was_resolved():
    shares = [part.own for part in among(SEVEN, "AAA").parts]
    assert [(s.count, s.out_of, s.value) for s in shares if s] == [
        (90, 100, 90),
        (5, 100, 5),
        (5, 100, 5),
    ]


def test_each_share_has_wilsons_interval():
    upheld = among(SEVEN, "AAA").parts[0].own
    limits = intervals.wilson(90, 100)
    assert upheld is not None
    assert (upheld.low, upheld.high) == (100 * limits.low, 100 * limits.high)


def test_pooled_peers_weigh_as_much_as_they_resolved_and_the_middle_counts_each_once():
    upheld = among(SEVEN, "AAA").parts[0]
    assert upheld.pooled is not None
    assert upheld.pooled.value == pytest.approx(100 * (1 + 2 + 3 + 4 + 500) / 1040)
    assert upheld.spread == Spread(5, 30, None)
    assert upheld.difference == 60


def test_peers_that_resolved_nothing_have_no_shares():
    assert among(SEVEN, "AAA").peers == 5


def test_a_trust_that_resolved_nothing_is_told_so():
    found = among(SEVEN, "GGG")
    assert found.gap is Gap.NOTHING_TO_DIVIDE_BY
    assert [part.own for part in found.parts] == [None, None, None]
    assert found.total is None


def test_a_trust_without_a_return_is_told_so_and_has_peers():
    of = year("upheld partly not resolved\nAAA 1 2 7 10", silent=("ZZZ",))
    found = among(of, "ZZZ")
    assert (found.gap, found.peers) == (Gap.NO_RETURN, 1)


def test_too_few_peers_have_neither_middle_nor_sum():
    of = year("upheld partly not resolved\nAAA 1 2 7 10\nBBB 4 2 4 10")
    part = among(of, "AAA").parts[0]
    assert (part.spread, part.pooled, part.difference) == (TooFewPeers(1), None, None)
    assert part.stands_apart is False


def test_all_trusts_are_added_up_whoever_is_looked_at():
    nation = [share.count for _, share in mixes.national_mix(SEVEN, OUTCOMES)]
    assert nation == [90 + 1 + 2 + 3 + 4 + 500, 5 + 2 + 2 + 2 + 2 + 250, 5 + 7 + 6 + 5 + 4 + 250]
    assert [p.nation.count for p in among(SEVEN, "BBB").parts] == nation


@pytest.mark.parametrize(
    "upheld, resolved, apart, why",
    [
        (60, 100, True, "the interval 50 to 69 leaves out the peers' middle of 30"),
        (1, 2, False, "of two complaints one upheld says nothing: 9 to 91"),
        (30, 100, False, "the same as the peers' middle"),
        (10, 100, True, "below, 5 to 17"),
    ],
)
def test_a_part_stands_apart_where_its_interval_leaves_out_the_middle_of_peers(
    upheld: int, resolved: int, apart: bool, why: str
):
    own = f"AAA {upheld} 0 {resolved - upheld} {resolved}"
    peers_of_30 = "\n".join(f"{code * 3} 30 0 70 100" for code in "BCDEF")
    of = year(f"upheld partly not resolved\n{own}\n{peers_of_30}")
    assert among(of, "AAA").parts[0].stands_apart is apart, why
