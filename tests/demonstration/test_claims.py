"""What trusts claim: all levels, hard statements, trusts that differ, cycles that drift."""

import numpy as np
import pytest

from benchmarking.demonstration.claims import (
    CUTS,
    DONT_KNOW,
    NOT_APPLICABLE,
    Claims,
    choice_at,
    draw_claims,
)
from benchmarking.demonstration.cycles import asked
from benchmarking.demonstration.trusts import Habit, demonstration_trusts

TRUSTS = demonstration_trusts()


@pytest.fixture(scope="module")
def standards(library):
    return dict(zip(("levels", "law"), asked(library), strict=True))


@pytest.fixture(scope="module")
def claims(library, standards) -> dict[str, Claims]:
    return {
        name: draw_claims(standard, library.scale_of(standard), TRUSTS)
        for name, standard in standards.items()
    }


def levels(claims: Claims) -> np.ndarray:
    """Claims as numbers, cycles by trusts by items, with gaps for answers without a value."""
    return np.where(claims.claimed < 0, np.nan, claims.claimed)


@pytest.mark.parametrize("name", ["levels", "law"])
def test_the_same_seed_gives_the_same_claims(library, standards, claims, name):
    again = draw_claims(standards[name], library.scale_of(standards[name]), TRUSTS)
    assert np.array_equal(again.claimed, claims[name].claimed)
    assert np.array_equal(again.shown, claims[name].shown)


@pytest.mark.parametrize("name", ["levels", "law"])
def test_every_choice_of_the_scale_is_claimed_by_at_least_one_in_thirty(
    library, standards, claims, name
):
    choices = len(library.scale_of(standards[name]).valued)
    claimed = claims[name].claimed
    shares = [(claimed == place).mean() for place in range(choices)]
    assert min(shares) > 1 / 30
    assert max(shares) < 0.8


def test_statements_within_a_trust_go_together(claims):
    oldest = levels(claims["levels"])[0]
    filled = np.where(np.isnan(oldest), np.nanmean(oldest), oldest)
    between_statements = np.corrcoef(filled.T)
    pairs = between_statements[np.triu_indices_from(between_statements, k=1)]
    assert 0.15 < pairs.mean() < 0.7
    assert (pairs > 0).mean() > 0.9


def test_a_trust_that_is_good_at_one_standard_is_good_at_the_other(claims):
    by_trust = [np.nanmean(levels(claims[name])[0], axis=1) for name in ("levels", "law")]
    assert np.corrcoef(*by_trust)[0, 1] > 0.4


@pytest.mark.parametrize("number", ["1.4", "3.1", "5.4"])
def test_the_hard_statements_are_claimed_lower_than_most(standards, claims, number):
    means = np.nanmean(levels(claims["levels"]), axis=(0, 1))
    standard = standards["levels"]
    numbers = [standard.statement_by_id[i.statement].number for i in standard.self_assessment.items]
    assert means[numbers.index(number)] < np.median(means) - 0.2


def test_most_trusts_improve_a_little_from_cycle_to_cycle_and_some_fall(claims):
    means = np.nanmean(levels(claims["levels"]), axis=2)
    for change in np.diff(means, axis=0):
        assert 0.5 < (change > 0).mean() < 0.95
        assert 0 < change.mean() < 0.4
        assert (change < 0).sum() >= 3


def test_types_of_trust_differ(claims):
    means = np.nanmean(levels(claims["levels"]), axis=(0, 2))
    kinds = np.array([trust.organisation.trust_type for trust in TRUSTS])
    assert means[kinds == "Community"].mean() > means[kinds == "Ambulance"].mean()


def test_nothing_is_shown_beyond_the_claim_and_one_good_claim_in_five_is_not_shown(claims):
    claimed, shown = claims["levels"].claimed, claims["levels"].shown
    assert (shown <= claimed).all()
    good = claimed >= 2
    assert 0.15 < (shown < claimed)[good].mean() < 0.25
    assert (shown == claimed)[~good].all()


def test_who_claims_too_much_shows_less_of_it(claims):
    claimed, shown = claims["levels"].claimed, claims["levels"].shown
    habit = np.array([trust.habit for trust in TRUSTS])
    share = {
        one: (shown < claimed)[:, habit == one][claimed[:, habit == one] >= 2].mean()
        for one in Habit
    }
    assert share[Habit.OVER] > 2 * share[Habit.PLAIN] > 2 * share[Habit.MODEST]


def test_a_standard_without_caps_shows_every_claim(claims):
    assert np.array_equal(claims["law"].claimed, claims["law"].shown)


@pytest.mark.parametrize("name", ["levels", "law"])
def test_dont_know_is_rare_but_there(claims, name):
    assert 0.005 < (claims[name].claimed == DONT_KNOW).mean() < 0.05


@pytest.mark.parametrize("name", ["levels", "law"])
def test_not_applicable_is_claimed_only_where_the_standard_allows_it(standards, claims, name):
    allowed = [i.not_applicable.allowed for i in standards[name].self_assessment.items]
    claimed = (claims[name].claimed == NOT_APPLICABLE).any(axis=(0, 1))
    assert claimed.any()
    assert not claimed[~np.array(allowed)].any()


def test_what_ceases_to_apply_for_one_reason_ceases_together(standards, claims):
    # Statements that all need a closed complaint: not applicable to all or to none of them.
    items = standards["levels"].self_assessment.items
    places = [
        n
        for n, i in enumerate(items)
        if i.not_applicable.when.startswith("No complaint was closed")
    ]
    excused = claims["levels"].claimed[:, :, places] == NOT_APPLICABLE
    assert len(places) == 7
    assert (excused.any(axis=2) == excused.all(axis=2)).all()


def test_no_large_hospital_says_that_nobody_complained(claims):
    acute = [trust.organisation.trust_type == "Acute" for trust in TRUSTS]
    for name in ("levels", "law"):
        assert not (claims[name].claimed[:, acute] == NOT_APPLICABLE).any()


@pytest.mark.parametrize(
    "place, expected",
    [
        (0, "significant-shortfalls"),
        (3, "exceptional"),
        (DONT_KNOW, "dont-know"),
        (NOT_APPLICABLE, "not-applicable"),
    ],
)
def test_a_place_stands_for_a_choice(library, standards, place, expected):
    assert choice_at(library.scale_of(standards["levels"]), place) == expected


def test_cuts_rise_and_are_one_fewer_than_the_choices():
    for choices, cuts in CUTS.items():
        assert len(cuts) == choices - 1
        assert list(cuts) == sorted(cuts)
