"""Published figures in words: what is said, and what is never said."""

import re
from typing import Any

import pytest

from benchmarking.access import Role
from benchmarking.complaints import MIXES, OUTCOMES, Rate, nationally, rates, words
from benchmarking.peers import Basis, PeerGroup
from benchmarking.statistics.quantiles import Spread
from tests.complaints.conftest import Copy
from tests.complaints.small_year import CATALOGUE, trust

PER_STAFF = "new written complaints per 1,000 staff"
OF_CASELOAD = "of the caseload closed"
JUDGING = re.compile(
    r"\b(better|worse|worst|best|good|bad|poor|fail|outlier|concern|risk|should)", re.I
)


def group(name: str, *codes: str) -> PeerGroup:
    return PeerGroup(Basis.ERIC_TYPE, name, codes, f"{len(codes)} other {name}.")


# The answer.


def test_the_answer_has_the_count_the_rate_and_what_is_usual(shipped: Copy):
    assert words.lead(shipped.of("R0A")) == (
        "1,941 new written complaints in 2024-25, 70.8 per 1,000 staff. The middle of 48 other "
        "acute teaching trusts is 71.0."
    )


def test_the_answer_of_a_trust_without_a_return(shipped: Copy):
    assert words.lead(shipped.of("RJ7")) == (
        "St George's University Hospitals NHS Foundation Trust published no return for 2024-25. "
        "That is not zero."
    )


def test_the_answer_without_peers_stops_at_the_rate(shipped: Copy):
    assert words.lead(shipped.of("R1C")) == (
        "48 new written complaints in 2024-25, 25.9 per 1,000 staff."
    )


# Where a figure stands.

MIDDLE, MIDDLE_HALF = Spread(7, 40, None), Spread(9, 40, (30, 50))


@pytest.mark.parametrize(
    "value, spread, said",
    [
        (29.9, MIDDLE_HALF, "lower than three quarters of"),
        (30.0, MIDDLE_HALF, "in the middle half of"),
        (50.0, MIDDLE_HALF, "in the middle half of"),
        (50.1, MIDDLE_HALF, "higher than three quarters of"),
        (39.0, MIDDLE, "below the middle of"),
        (40.0, MIDDLE, "just at the middle of"),
        (41.0, MIDDLE, "above the middle of"),
    ],
)
def test_a_position_in_words(value: float, spread: Spread, said: str):
    assert words.position(Rate("AAA", 1, 1, value, 0, 99), spread) == said


@pytest.mark.parametrize(
    "code, said",
    [
        (
            "R0A",
            "70.8 new written complaints per 1,000 staff (95% interval 67.7 to 74.0), in the "
            "middle half of 48 peers (middle 71.0).",
        ),
        (
            "RY9",
            "21.0 new written complaints per 1,000 staff (95% interval 10.1 to 38.7), lower than "
            "three quarters of 14 peers (middle 40.3).",
        ),
        (
            "R1F",
            "296.7 new written complaints per 1,000 staff (95% interval 277.0 to 317.5), above "
            "the middle of 6 peers (middle 52.1).",
        ),
        (
            "R1C",
            "25.9 new written complaints per 1,000 staff (95% interval 19.1 to 34.3). Too few to "
            "say. There are no other trusts to compare with. A summary needs 5.",
        ),
        (
            "RJ7",
            "No return was published, which is not zero. The middle of 49 other acute teaching "
            "trusts is 70.8 new written complaints per 1,000 staff.",
        ),
    ],
)
def test_a_rate_in_words(shipped: Copy, code: str, said: str):
    assert words.standing(shipped.of(code).new, PER_STAFF) == said


def test_a_share_has_its_per_cent_signs(shipped: Copy):
    assert words.standing(shipped.of("R0A").closed, OF_CASELOAD) == (
        "89.7% of the caseload closed (95% interval 88.3% to 90.9%), higher than three quarters "
        "of 48 peers (middle 74.7%)."
    )


def test_a_missing_denominator_is_named(shipped: Copy):
    rate = shipped.of("RNK").other_rates[0]
    assert words.standing(rate, rate.indicator.unit) == (
        "Not published: occupied overnight bed days. The middle of 42 other mental health and "
        "learning disability trusts is 23.4 new written complaints per 10,000 occupied overnight "
        "bed days."
    )


# Mixes.


def test_the_three_outcomes_are_told_together(shipped: Copy):
    assert words.outcome_sentence(shipped.of("R0A").mix(OUTCOMES)) == (
        "Of 1,993 complaints resolved, 78.4% were upheld, 0.0% were partly upheld and 21.6% were "
        "not upheld."
    )


def test_what_stands_apart_is_told_with_both_figures(shipped: Copy):
    assert words.mix_sentence(shipped.of("R0A").mix(MIXES[0])) == (
        "More often here than among 48 peers: trust administration, 7.5% (middle 1.3%). Less "
        "often: patient care, including food and drink, 3.3% (middle 11.5%)."
    )


@pytest.mark.parametrize(
    "code, mix, said",
    [
        (
            "RYA",
            1,
            "1,326 were named in all. No share differs from the middle of 9 peers beyond chance.",
        ),
        (
            "RY9",
            2,
            "10 were named in all. No share differs from the middle of 14 peers beyond chance.",
        ),
        (
            "R1C",
            0,
            "65 were named in all. Too few to say. There are no other trusts to compare with. A "
            "summary needs 5.",
        ),
    ],
)
def test_what_does_not_stand_apart_is_not_made_to(shipped: Copy, code: str, mix: int, said: str):
    assert words.mix_sentence(shipped.of(code).mix(MIXES[mix])) == said


def test_only_one_side_may_stand_apart(shipped: Copy):
    assert words.mix_sentence(shipped.of("RY9").mix(MIXES[0])) == (
        "More often here than among 14 peers: patient care, including food and drink, 58.3% "
        "(middle 8.2%)."
    )


def test_all_trusts_in_a_sentence(shipped: Copy):
    nation = nationally(shipped.visit(Role.INSPECTOR), shipped.year())
    assert words.national_outcomes(nation) == (
        "Of 99,942 complaints resolved, 25.0% were upheld, 41.5% were partly upheld and 33.5% were "
        "not upheld: 66.5% upheld in full or in part."
    )
    assert words.invitation(nation) == (
        "Choose a trust to see its complaints among trusts like it. Until then: all 207 NHS trusts "
        "that published a return for 2024-25."
    )


def test_no_sentence_about_any_trust_judges_it(shipped: Copy):
    year = shipped.year()
    new = CATALOGUE.indicator("new-complaints-per-1000-staff")
    every = rates.rates(year, new)
    for one in year.organisations.trusts:
        others = tuple(code for code in every if code != one.code)
        whole = PeerGroup(Basis.EVERYONE, "NHS trusts", others, "")
        found = rates.among_peers(year, new, every, one, whole)
        assert not JUDGING.search(words.standing(found, PER_STAFF))
    for code in ("R0A", "RYR", "RN5", "R1F", "RY9"):
        of = shipped.of(code)
        said = [words.lead(of), words.outcome_sentence(of.mix(OUTCOMES))]
        said += [words.mix_sentence(mix) for mix in map(of.mix, MIXES)]
        assert not JUDGING.search(" ".join(said))


# Groups and trusts.


@pytest.mark.parametrize(
    "count, said",
    [(0, "no other care trusts"), (1, "1 other care trust"), (2, "2 other care trusts")],
)
def test_a_number_of_others(count: int, said: str):
    assert words.others(count, group("care trusts")) == said


def test_a_group_that_nobody_was_picked_for_says_what_to_do():
    empty = PeerGroup(Basis.PICKED, "trusts picked by hand", (), "0 trusts picked by hand.")
    assert words.too_few(empty) == (
        "Pick the trusts to compare with. 5 or more give a middle, 8 or more a middle half."
    )


def test_another_small_group_says_why(shipped: Copy):
    assert words.too_few(shipped.of("R1C").group) == (
        "No trust type in the estates return (ERIC) is published for Solent NHS Trust in 2024-25, "
        "so it has no such group. Choose another group."
    )


@pytest.mark.parametrize(
    "told, said",
    [
        ({}, "Demonstration Trust AAA (AAA)"),
        ({"months_reported": 5}, "Demonstration Trust AAA (AAA), part of the year"),
        ({"published_return": False}, "Demonstration Trust AAA (AAA), no return published"),
    ],
)
def test_a_trust_in_a_list(told: dict[str, Any], said: str):
    assert words.named(trust("AAA", **told)) == said


def test_what_to_know_of_a_trust_is_told(shipped: Copy):
    known = shipped.year().organisations.by_code
    assert words.remarks(known["R0A"]) == ()
    assert words.remarks(known["R1C"]) == (
        "Existed for part of 2024-25: staff numbers were published for 6 of the 12 months.",
        "Became part of Hampshire and Isle of Wight Healthcare NHS Foundation Trust (RW1) on "
        "1 October 2024.",
    )


@pytest.mark.parametrize(
    "indicator, said",
    [
        (
            "new-complaints-per-1000-staff",
            "1,000 × Complaints_Total_New ÷ mean_fte_2024_25",
        ),
        (
            "caseload-closed",
            "100 × Complaints_Total_Resolved ÷ "
            "(Complaints_Total_Brought_Forward + Complaints_Total_New)",
        ),
        ("outcome-mix", "100 × each column ÷ Complaints_Total_Resolved"),
    ],
)
def test_a_formula_names_published_columns(shipped: Copy, indicator: str, said: str):
    assert words.formula(shipped.year(), CATALOGUE.indicator(indicator)) == said
