"""What each rule shows of one figure, and in which words."""

import pytest

pytest.importorskip("hypothesis")
from hypothesis import given
from hypothesis import strategies as st

from benchmarking.statistics.disclosure import (
    RULES,
    Coarse,
    Count,
    InFull,
    Missing,
    RoundedShare,
    Shown,
    Suppressed,
    Why,
    base_in_words,
    round_5,
    round_5_count,
    rule_of,
    three_step,
)

parts = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    "part, out_of, said",
    [
        # Under 10 nothing, and nothing tells 0 from 9.
        (0, 0, "not enough responses"),
        (6, 6, "not enough responses"),
        (5, 9, "not enough responses"),
        # From 10 to 29 the nearest 5%.
        (5, 10, "about 50%"),
        (7, 10, "about 70%"),
        (1, 10, "about 10%"),
        (9, 10, "about 90%"),
        (14, 29, "about 50%"),
        (10, 20, "about 50%"),
        (3, 26, "about 10%"),
        # The ends.
        (0, 10, "under 10%"),
        (1, 11, "under 10%"),
        (2, 29, "under 10%"),
        (10, 10, "over 90%"),
        (23, 25, "over 90%"),
        (29, 29, "over 90%"),
        # A half goes to the even step, so that share and complement add up to 100%.
        (2, 16, "about 10%"),
        (14, 16, "about 90%"),
        (15, 24, "about 60%"),
        (9, 24, "about 40%"),
        # From 30 in full.
        (0, 30, "0 of 30 (0%)"),
        (12, 30, "12 of 30 (40%)"),
        (30, 30, "30 of 30 (100%)"),
        (38, 96, "38 of 96 (40%)"),
        (1200, 2400, "1,200 of 2,400 (50%)"),
        (None, 12, "no figure"),
        (3, None, "no figure"),
    ],
)
def test_the_three_steps(part: int | None, out_of: int | None, said: str):
    assert three_step(part, out_of).in_words() == said


def steps(shown: Shown) -> int:
    return [Suppressed, Coarse, InFull].index(type(shown))


@given(parts, st.integers(0, 60))
def test_fewer_replies_never_show_more(of_some: tuple[int, int], more: int):
    part, out_of = of_some
    assert steps(three_step(part, out_of)) <= steps(three_step(part, out_of + more))


@given(parts)
def test_a_share_and_its_complement_tell_no_more_than_one(of_some: tuple[int, int]):
    part, out_of = of_some
    one, other = three_step(part, out_of), three_step(out_of - part, out_of)
    if isinstance(one, Coarse):
        assert isinstance(other, Coarse)
        assert one.percent + other.percent == 100


@given(parts)
def test_a_coarse_share_is_the_true_one_to_the_nearest_5(of_some: tuple[int, int]):
    part, out_of = of_some
    shown = three_step(part, out_of)
    if isinstance(shown, Coarse):
        low, high = {5: (0, 10), 95: (90, 100)}.get(
            shown.percent, (shown.percent - 2.5, shown.percent + 2.5)
        )
        assert low * out_of <= 100 * part <= high * out_of
        assert shown.in_words() != "about 0%"


@pytest.mark.parametrize(
    "out_of, said",
    [
        (0, "not enough replies"),
        (9, "not enough replies"),
        (10, "10 to 29 replies"),
        (29, "10 to 29 replies"),
        (30, "30 replies"),
        (1234, "1,234 replies"),
    ],
)
def test_how_many_replied_is_said_from_30(out_of: int, said: str):
    assert base_in_words(out_of) == said


def test_files_are_called_files():
    assert base_in_words(12, "files") == "10 to 29 files"


@pytest.mark.parametrize(
    "count, below, nationally",
    [
        (None, "no figure", "no figure"),
        (0, "0", "0"),
        (1, "suppressed (from 1 to 7)", "about 5"),
        (2, "suppressed (from 1 to 7)", "about 5"),
        (7, "suppressed (from 1 to 7)", "about 5"),
        (8, "about 10", "about 10"),
        (12, "about 10", "about 10"),
        (13, "about 15", "about 15"),
        (1232, "about 1,230", "about 1,230"),
    ],
)
def test_counts_are_rounded_to_the_nearest_5(count: int | None, below: str, nationally: str):
    assert round_5_count(count).in_words() == below
    assert round_5_count(count, national=True).in_words() == nationally


@pytest.mark.parametrize(
    "part, out_of, said",
    [
        (None, 40, "no figure"),
        # 42% of the rounded counts; of the true ones it would be 40%.
        (38, 96, "about 40 of about 95 (42%)"),
        (0, 41, "0 of about 40 (0%)"),
        (41, 41, "about 40 of about 40 (100%)"),
        (7, 41, "suppressed (from 1 to 7) of about 40"),
        (8, 41, "about 10 of about 40 (25%)"),
        # All but three: both round to 40, so the three stay unknown.
        (38, 41, "about 40 of about 40 (100%)"),
        (0, 7, "suppressed (from 1 to 7)"),
        (7, 7, "suppressed (from 1 to 7)"),
        (0, 0, "0 of 0"),
    ],
)
def test_percentages_are_made_of_rounded_counts(part: int | None, out_of: int, said: str):
    assert round_5(part, out_of).in_words() == said


def test_a_total_is_added_up_first_and_rounded_then():
    trusts = [12, 12, 12]
    assert round_5_count(sum(trusts)) == Count(35, rounded=True)
    assert [round_5_count(trust) for trust in trusts] == [Count(10, rounded=True)] * 3


@pytest.mark.parametrize("out_of", [0, 1, 7, 8, 40])
def test_suppressed_missing_and_zero_are_told_apart(out_of: int):
    shown = {type(round_5_count(n)) for n in (None, 0, 5)}
    assert shown == {Missing, Count, Suppressed}
    assert not isinstance(round_5(0, out_of), Missing)


def test_published_figures_are_shown_as_published():
    show = rule_of("none").show
    assert show(3, 7).in_words() == "3 of 7 (43%)"
    assert show(0, 0).in_words() == "0 of 0"
    assert show(None, 7) == Missing()


@pytest.mark.parametrize(
    "named, shown",
    [
        ("none", InFull(6, 12)),
        ("round-5", RoundedShare(Suppressed(Why.SMALL_COUNT), Count(10, rounded=True))),
        ("three-step", Coarse(50)),
    ],
)
def test_an_indicator_names_its_rule(named: str, shown: Shown):
    assert rule_of(named).show(6, 12) == shown
    assert rule_of(named).id == named
    assert rule_of(named).says.endswith(".")


def test_every_rule_can_be_named():
    assert list(RULES) == ["none", "round-5", "three-step"]


def test_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match='No disclosure rule is called "round-10". Use one of: '):
        rule_of("round-10")


@pytest.mark.parametrize("part, out_of", [(-1, 12), (13, 12), (0, -1)])
def test_impossible_counts_are_refused(part: int, out_of: int):
    for rule in (three_step, round_5):
        with pytest.raises(ValueError, match="cannot be right. Check the counts."):
            rule(part, out_of)
