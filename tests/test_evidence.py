"""How far evidence lets a claim count: product rule 6 as a table, on the shipped standard."""

from datetime import date
from typing import Any

import pytest

from benchmarking.answers import ItemKey
from benchmarking.evidence import Evidence, Standing, capped_in_words, months_before, standing
from benchmarking.settings import read
from benchmarking.standard import Library, load_library

TODAY = date(2026, 11, 21)
# 1.1 cannot be seen in complaints files, 3.1 can.
PEOPLE_ONLY, IN_FILES = "sa-1.1", "sa-3.1"
LEVELS = {1: "significant-shortfalls", 2: "some-shortfalls", 3: "good", 4: "exceptional"}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(read({}).standards)


def piece(kind: str, **told: Any) -> Evidence:
    return Evidence("e1", ItemKey("my-expectations", IN_FILES), kind, "Evidence", **told)


def records(drawn: int, of: int = 300, **told: Any) -> Evidence:
    told = {"at_random": True, "period_to": date(2026, 9, 30), **told}
    return piece("records", records_drawn=drawn, records_available=of, **told)


def survey(replies: int, to: date = date(2026, 9, 30)) -> Evidence:
    return piece("survey", replies=replies, period_to=to)


def check(by: str = "internal-audit", **told: Any) -> Evidence:
    told = {"checked_on": date(2026, 6, 1), "complainants_involved": True, **told}
    return piece("independent-check", checked_by=by, **told)


def judged(library: Library, item: str, claimed: str, *evidence: Evidence) -> Standing:
    standard = library.standard("my-expectations", "2014.1")
    scale = library.scale_of(standard)
    return standing(standard, scale, standard.item_by_id[item], claimed, evidence, TODAY)


@pytest.mark.parametrize(
    "why, evidence, counts_as",
    [
        ("nothing", [], 2),
        ("a policy", [piece("policy")], 2),
        ("something else", [piece("other")], 2),
        ("20 records at random", [records(20)], 3),
        ("19 are too few", [records(19)], 2),
        ("12 are enough if there were no more", [records(12, of=12)], 3),
        ("but not if one was left out", [records(12, of=13)], 2),
        ("no record at all shows nothing", [records(0, of=0)], 2),
        ("not drawn at random", [records(40, at_random=False)], 2),
        ("nobody said how they were drawn", [records(40, at_random=None)], 2),
        ("a year old to the day", [records(20, period_to=date(2025, 11, 21))], 3),
        ("a day older", [records(20, period_to=date(2025, 11, 20))], 2),
        ("from the future", [records(20, period_to=date(2026, 11, 22))], 2),
        ("without a period", [records(20, period_to=None)], 2),
        ("a survey where files can say", [survey(100)], 2),
        ("an outside check with complainants", [check()], 4),
        ("by Healthwatch", [check("patient-group")], 4),
        ("by the complaints team itself", [check("complaints-team")], 2),
        ("by nobody named", [check(by="")], 2),
        ("without complainants", [check(complainants_involved=False)], 2),
        ("18 months ago to the day", [check(checked_on=date(2025, 5, 21))], 4),
        ("a day more", [check(checked_on=date(2025, 5, 20))], 2),
        ("the best of several counts", [piece("policy"), records(20), check()], 4),
    ],
)
def test_evidence_lets_a_claim_of_four_count_as(
    library: Library, why: str, evidence: list[Evidence], counts_as: int
):
    found = judged(library, IN_FILES, "exceptional", *evidence)
    assert found.evidenced == LEVELS[counts_as], why
    assert found.is_capped is (counts_as < 4)


@pytest.mark.parametrize("replies, counts_as", [(29, 2), (30, 3)])
def test_where_only_people_can_say_30_replies_are_enough(
    library: Library, replies: int, counts_as: int
):
    assert judged(library, PEOPLE_ONLY, "good", survey(replies)).evidenced == LEVELS[counts_as]


@pytest.mark.parametrize("claimed", ["significant-shortfalls", "some-shortfalls"])
def test_a_low_claim_needs_no_evidence(library: Library, claimed: str):
    found = judged(library, IN_FILES, claimed)
    assert (found.evidenced, found.lacking) == (claimed, "")


def test_evidence_never_lifts_a_claim(library: Library):
    assert judged(library, IN_FILES, "some-shortfalls", check()).evidenced == "some-shortfalls"


@pytest.mark.parametrize("claimed", ["dont-know", "not-applicable"])
def test_an_answer_without_a_level_is_not_limited(library: Library, claimed: str):
    assert judged(library, IN_FILES, claimed) == Standing(claimed, claimed)


def test_a_duty_is_not_limited_by_evidence(library: Library):
    standard = library.standard("complaints-law-england", "2026.1")
    item = standard.self_assessment.items[0]
    found = standing(standard, library.scale_of(standard), item, "yes", (), TODAY)
    assert found == Standing("yes", "yes")


@pytest.mark.parametrize(
    "claimed, evidence, said",
    [
        ("good", [], "at least 20 records drawn at random"),
        ("exceptional", [records(20)], "somebody outside the complaints team"),
        # What the claim itself needs is said, not the step before it.
        ("exceptional", [], "somebody outside the complaints team"),
    ],
)
def test_what_is_lacking_is_told_in_the_standards_words(
    library: Library, claimed: str, evidence: list[Evidence], said: str
):
    assert said in judged(library, IN_FILES, claimed, *evidence).lacking


@pytest.mark.parametrize(
    "day, months, before",
    [
        (date(2026, 11, 21), 12, date(2025, 11, 21)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 6, 30), 18, date(2024, 12, 30)),
    ],
)
def test_months_are_counted_back_by_the_calendar(day: date, months: int, before: date):
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    "claimed, said",
    [
        ("good", "You chose 3; until at least 20 records"),
        ("exceptional", "You chose 4; until somebody outside the complaints team"),
    ],
)
def test_a_capped_claim_says_what_it_scores_as_now(library: Library, claimed: str, said: str):
    scale = library.scales["four-levels"]
    told = capped_in_words(judged(library, IN_FILES, claimed), scale)
    assert told.startswith(said)
    assert told.endswith(", it scores as 2.")


def test_a_claim_that_counts_in_full_needs_no_words(library: Library):
    scale = library.scales["four-levels"]
    assert capped_in_words(judged(library, IN_FILES, "some-shortfalls"), scale) == ""
