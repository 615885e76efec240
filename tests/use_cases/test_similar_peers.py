"""The most similar trusts as a group and as a table: reasons, what was left out, rules."""

from decimal import Decimal

import pytest

from benchmarking.indicators.likeness import load_likeness
from benchmarking.peers import Basis
from benchmarking.results import similar_peers, similar_trusts
from benchmarking.results.similar_trusts import SimilarTrusts
from benchmarking.settings import ROOT
from tests.complaints import small_year
from tests.complaints.small_year import AMBULANCE, CATALOGUE, trust
from tests.use_cases.conftest import World

LIKENESS = load_likeness(ROOT / "data", CATALOGUE)
# Logarithms that are easy: 1 + staff is 10^3, 10^4 or 10^5, so a step is half of the range.
YEAR = small_year.year(
    """
        staff  months bed-days quarters hes_fce amb_incidents
    OWN 9999   12     99999    4        -       -
    AMB 9999   12     -        -        -       800000
    LIT 999    12     99999    4        500     -
    MOR 99999  12     99999    4        -       -
    """,
    {"AMB": trust("AMB", AMBULANCE, ko41a_type="Ambulance")},
    silent=("SIL",),
)


def found(world: World, code: str = "OWN") -> SimilarTrusts:
    return similar_trusts.nearest(world.visit("inspector"), YEAR, code, LIKENESS)


def test_the_group_says_what_it_rests_on(world: World):
    group = similar_peers.group(found(world))
    assert (group.basis, group.codes) == (Basis.SIMILAR, ("AMB", "LIT", "MOR"))
    assert group.why == (
        "The 3 trusts most like Demonstration Trust OWN in size, type, beds and activity. By "
        "Gower's distance over staff, trust type, broad type, bed days, episodes of care and "
        "ambulance incidents."
    )


def test_an_empty_group_says_why_and_what_to_do(world: World):
    group = similar_peers.group(found(world, "SIL"))
    assert group.codes == ()
    assert group.why.startswith("Too little about size, type, beds and activity is published for")
    assert group.why.endswith("Choose another group, or pick trusts by hand.")


def test_the_table_has_each_trust_with_its_reason_distance_and_what_was_left_out(world: World):
    rows = similar_peers.table(found(world)).to_dict("records")
    assert rows[0] == {
        "Trust": "Demonstration Trust LIT",
        "Code": "LIT",
        "Distance": Decimal("0.167"),
        "Why": "Same trust type and broad type; similar in bed days; fewer staff.",
        "Compared, %": 69,
        "Not compared": "episodes of care (of this trust), ambulance incidents (of either)",
    }
    assert [row["Code"] for row in rows] == ["LIT", "MOR", "AMB"]
    assert rows[2]["Not compared"] == (
        "bed days (of the other), episodes of care (of either), ambulance incidents (of this trust)"
    )


def test_what_was_left_out_is_counted(world: World):
    assert similar_peers.left_out(found(world)) == (
        "Left out where not published for both: bed days (1 of 3), episodes of care (3 of 3) and "
        "ambulance incidents (3 of 3)."
    )


def test_where_nothing_was_left_out_nothing_is_said(world: World):
    assert similar_peers.left_out(found(world, "SIL")) == ""


@pytest.mark.parametrize(
    "said",
    [
        "at least 50% of the weight must remain",
        "By their logarithm, so that twice as much is as far at any size: staff, bed days, "
        "episodes of care and ambulance incidents.",
        "the larger is at most 25% larger",
        "by Gower's distance",
    ],
)
def test_the_rules_are_those_of_the_file(world: World, said: str):
    assert said in " ".join(similar_peers.rules(found(world)))


def test_the_weights_are_those_of_the_file(world: World):
    assert similar_peers.weights(found(world)) == (
        "Weights: staff 3, trust type 2, broad type 2, bed days 2, episodes of care 2 and "
        "ambulance incidents 2."
    )
