"""What a voice says about a claim: the rules of honesty 6, 7 and 9 on counts made by hand."""

import pytest

from benchmarking.standard import Closeness, Voice
from benchmarking.statistics.disclosure import Coarse, Counts, InFull, Missing, Suppressed, Why
from benchmarking.statistics.supported import ClaimGap, Cuts, Direction, NoRange, Range
from benchmarking.voices.heard import Heard, Told, closest, heard

PEOPLE, FILES = Cuts(0.4, 0.7), Cuts(0.6, 0.9)


def people(part: int, out_of: int, claim: int | None = 4, **more: object) -> Heard:
    told = Told(Closeness.DIRECT, Counts(part, out_of), **more)  # type: ignore[arg-type]
    return heard(Voice.COMPLAINANTS, [told], [claim], PEOPLE)[0]


def files(part: int, out_of: int, claim: int | None = 4, **more: object) -> Heard:
    told = Told(Closeness.DIRECT, Counts(part, out_of), **more)  # type: ignore[arg-type]
    return heard(Voice.FILES, [told], [claim], FILES)[0]


def test_a_claim_of_4_with_27_of_60_complainants_is_a_robust_gap():
    said = people(27, 60)
    assert said.shown == InFull(27, 60)
    assert said.range == Range(1, 2)
    assert said.gap == ClaimGap(Direction.OVER_CLAIMED, 2, 2)
    assert (said.base, said.robust_size) == ("60 replies", 2)


def test_10_of_20_files_are_half_of_them_and_no_range():
    said = files(10, 20)
    assert said.shown == Coarse(50)
    assert (said.range, said.gap, said.limits) == (
        NoRange.TOO_FEW_REPLIES,
        NoRange.TOO_FEW_REPLIES,
        None,
    )
    assert said.base == "10 to 29 files"


def test_six_respondents_are_not_enough_responses_and_nothing_else_is_told():
    said = people(5, 6)
    assert said.shown == Suppressed(Why.FEW_REPLIES)
    assert said.shown.in_words() == "not enough responses"
    assert (said.limits, said.partly, said.robust_size, said.size) == (None, None, 0, 0)
    assert said.base == "not enough replies"
    assert "5" not in repr(said).replace("0.7", "") and "6" not in repr(said)


@pytest.mark.parametrize("part, out_of", [(11, 20), (9, 20), (15, 29), (14, 28)])
def test_what_leaves_under_30_is_the_same_for_all_that_round_alike(part: int, out_of: int):
    assert people(part, out_of) == people(round(part / out_of * 20), 20)


@pytest.mark.parametrize(
    "claim, direction, robust",
    [(1, Direction.NONE, 0), (2, Direction.NONE, 0), (3, Direction.OVER_CLAIMED, 1)],
)
def test_a_gap_has_a_direction_and_only_the_outside_of_a_range_is_one(
    claim: int, direction: Direction, robust: int
):
    said = people(27, 60, claim)
    assert isinstance(said.gap, ClaimGap)
    assert (said.gap.direction, said.gap.robust_size) == (direction, robust)


def test_a_claim_below_what_people_say_is_claimed_too_low():
    said = people(95, 100, 1)
    assert said.gap == ClaimGap(Direction.UNDER_CLAIMED, 2, 2)
    assert said.range.in_words() == "3 or above"


def test_no_share_shows_level_4_and_a_claim_of_4_agrees_with_3_or_above():
    said = people(100, 100, 4)
    assert (said.range, said.robust_size) == (Range(3, 4), 0)


def test_where_nothing_is_claimed_there_is_no_gap_but_a_range():
    said = people(27, 60, None)
    assert (said.gap, said.range) == (NoRange.NOT_CLAIMED, Range(1, 2))


def test_what_files_cannot_show_is_told_apart_from_what_nobody_asked():
    told = [Told(Closeness.NOT_MEASURABLE, None), Told(Closeness.PROXY, None)]
    cannot, unasked = heard(Voice.FILES, told, [4, 4], FILES)
    assert (cannot.range, unasked.range) == (NoRange.NOT_MEASURED, NoRange.NO_REPLY)
    assert cannot.shown == unasked.shown == Missing()


def test_partly_is_shown_apart_and_only_beside_a_share_in_full():
    assert files(20, 40, partly=12).partly == InFull(12, 40)
    assert files(10, 20, partly=6).partly is None
    assert files(20, 40, partly=12).shown == InFull(20, 40), "partly is never counted as yes"


def test_files_whose_readers_disagreed_are_shown_and_not_compared():
    said = files(5, 40, is_settled=False)
    assert said.shown == InFull(5, 40)
    assert (said.gap, said.robust_size) == (NoRange.NOT_CLAIMED, 0)


def test_several_statements_are_heard_each_for_itself():
    told = [Told(Closeness.DIRECT, Counts(n, 60)) for n in (6, 27, 60)]
    said = heard(Voice.COMPLAINANTS, told, [4, None, 1], PEOPLE)
    assert [one.range for one in said] == [Range(1, 1), Range(1, 2), Range(3, 4)]
    assert [one.robust_size for one in said] == [3, 0, 2]


def test_the_item_that_measures_a_statement_directly_speaks_for_it():
    items = [("a", {"x": Closeness.PROXY}), ("b", {"x": Closeness.DIRECT}), ("c", {})]
    assert closest(items, "x") == "b"
    assert closest(items[:1], "x") == "a"
    assert closest(items, "y") is None
