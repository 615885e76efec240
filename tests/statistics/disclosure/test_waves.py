"""Results move in waves, and wait where a wave would tell what its people said."""

import random
from functools import reduce

import pytest

pytest.importorskip("hypothesis")
from hypothesis import given
from hypothesis import strategies as st

from benchmarking.statistics.disclosure import Counts, Pools, Waves

YES, NO = Counts(1, 1), Counts(0, 1)
NONE = Waves()
changes = st.lists(
    st.one_of(
        st.sampled_from([YES, NO]),
        st.integers(2, 45).flatmap(lambda n: st.builds(Counts, st.integers(0, n), st.just(n))),
    ),
    max_size=60,
)


def after(drawn: str, waves: Waves = NONE) -> Waves:
    """Replies drawn as "yynyn", one after the other."""
    replies = [YES if reply == "y" else NO for reply in drawn.replace(" ", "")]
    return reduce(Waves.after, replies, waves)


def imported(*files: tuple[int, int]) -> Waves:
    return reduce(Waves.after, (Counts(*file) for file in files), Waves())


TEN = "yynnyynnyy"


@pytest.mark.parametrize(
    "replies, said",
    [
        ("yynnyynny", "not enough responses"),
        (TEN, "about 60%"),
        # 10, 11 and 19 replies give the same.
        (TEN + "n", "about 60%"),
        (TEN + "nnnnnnnnn", "about 60%"),
        (TEN + "nnnnnnnnyy", "about 40%"),
        (TEN * 3, "18 of 30 (60%)"),
        (TEN * 3 + "n" * 9, "18 of 30 (60%)"),
    ],
)
def test_results_move_at_every_tenth_reply(replies: str, said: str):
    assert after(replies).snapshot().shown.in_words() == said


@pytest.mark.parametrize(
    "replies, said, why",
    [
        (TEN * 3 + "n" * 10, "18 of 30 (60%)", "all ten said no"),
        (TEN * 3 + "n" * 9 + "y", "18 of 30 (60%)", "the one who said yes would know"),
        (TEN * 3 + "n" * 8 + "yy", "20 of 40 (50%)", "two on the smaller side"),
        (TEN * 3 + "n" * 10 + "y" * 9, "18 of 30 (60%)", "the next wave is not full"),
        (TEN * 3 + "n" * 10 + "y" * 10, "28 of 50 (56%)", "the two waves as one"),
        (TEN * 3 + "n" * 20, "18 of 30 (60%)", "all twenty said no"),
        (TEN * 3 + "n" * 30, "18 of 60 (30%)", "thirty are shown whatever they said"),
        # The same under 30, for who has worked out how many replied.
        (TEN + "y" * 10, "about 60%", "all ten said yes"),
        ("y" * 10, "not enough responses", "of ten, over 90% is everybody"),
        ("y" * 9 + "n", "not enough responses", "the one who said no would know"),
        ("y" * 20, "over 90%", "of twenty, it is all or all but one"),
        ("y" * 20 + TEN, "26 of 30 (87%)", "the thirty as one"),
        ("y" * 30, "30 of 30 (100%)", "rule 9 shows thirty in full"),
    ],
)
def test_a_wave_that_would_tell_what_its_people_said_waits(replies: str, said: str, why: str):
    assert after(replies).snapshot().shown.in_words() == said, why


@pytest.mark.parametrize(
    "files, said",
    [
        ([(10, 20)], "about 50%"),
        ([(12, 12)], "over 90%"),
        ([(0, 11)], "under 10%"),
        ([(38, 96)], "38 of 96 (40%)"),
        ([(38, 96), (0, 9)], "38 of 96 (40%)"),
        ([(38, 96), (0, 9), (4, 5)], "42 of 110 (38%)"),
        # One of twenty, and then ten of ten: only so can there be eleven.
        ([(1, 20), (10, 10)], "under 10%"),
        ([(1, 20), (10, 10), (0, 10)], "11 of 40 (28%)"),
        ([(2, 20), (10, 10)], "about 10%"),
    ],
)
def test_a_file_is_one_wave_where_it_fills_one(files: list[tuple[int, int]], said: str):
    assert imported(*files).snapshot().shown.in_words() == said


def test_a_corrected_reply_counts_from_the_next_wave_on():
    before = after(TEN * 3)
    corrected = before.after(Counts(-1, 0))
    assert corrected.full == before.full
    assert corrected.snapshot().shown.in_words() == "18 of 30 (60%)"
    assert after(TEN, corrected).snapshot().shown.in_words() == "23 of 40 (58%)"


def test_a_withdrawn_reply_is_made_up_for_before_the_next_wave():
    withdrawn = after(TEN * 3).after(Counts(-1, -1))
    assert after(TEN, withdrawn).snapshot().shown.in_words() == "18 of 30 (60%)"
    assert after(TEN + "n", withdrawn).snapshot().shown.in_words() == "23 of 40 (58%)"


@given(changes, changes)
def test_full_waves_never_change_and_no_snapshot_is_taken_back(
    first: list[Counts], then: list[Counts]
):
    earlier = reduce(Waves.after, first, Waves())
    later = reduce(Waves.after, then, earlier)
    assert later.full[: len(earlier.full)] == earlier.full
    assert later.snapshot().waves >= earlier.snapshot().waves
    assert later.snapshot().counts.out_of >= earlier.snapshot().counts.out_of


@given(changes)
def test_every_wave_holds_at_least_ten_replies_and_none_is_lost(came: list[Counts]):
    waves = reduce(Waves.after, came, Waves())
    assert all(wave.out_of >= 10 for wave in waves.full)
    assert waves.waiting.out_of < 10
    everything = sum(waves.full, start=waves.waiting)
    assert everything == sum(came, start=Counts(0, 0))


@given(changes)
def test_a_snapshot_is_a_state_that_there_was(came: list[Counts]):
    states = [Counts(0, 0)]
    for change in came:
        states.append(states[-1] + change)
    assert reduce(Waves.after, came, Waves()).snapshot().counts in states


@pytest.mark.parametrize(
    "brought, here, shown",
    [
        ((20, 40), "y" * 9, Counts(20, 40)),
        ((20, 40), TEN, Counts(26, 50)),
        ((4, 9), TEN, Counts(6, 10)),
        # "Over 90%" may be said of 20 by themselves; beside a file they would be taken from a sum.
        ((20, 40), "y" * 20, Counts(20, 40)),
        ((20, 40), "y" * 30, Counts(50, 70)),
        ((4, 9), "y" * 20, Counts(20, 20)),
        ((20, 20), "y" * 20, Counts(20, 20)),
    ],
)
def test_of_replies_beside_a_file_no_more_is_told_than_of_them_alone(
    brought: tuple[int, int], here: str, shown: Counts
):
    assert Pools(imported(brought), after(here)).snapshot().counts == shown


@given(changes, changes)
def test_who_takes_a_known_file_away_is_left_with_nothing_or_what_may_be_known(
    brought: list[Counts], here: list[Counts]
):
    file, given_here = (reduce(Waves.after, came, Waves()) for came in (brought, here))
    left = Pools(file, given_here).snapshot().counts - file.settled().counts
    assert left in (
        *(Counts(0, 0), given_here.settled().counts, given_here.snapshot().counts),
        file.snapshot().counts,
    )


def test_results_do_not_stand_still():
    draw = random.Random(9)
    for share in (0.5, 0.8, 0.95, 1.0):
        waves = Waves()
        for _ in range(200):
            waves = waves.after(YES if draw.random() < share else NO)
            missing = sum(waves.full, start=waves.waiting) - waves.snapshot().counts
            assert missing.out_of < 40
