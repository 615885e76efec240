"""Times in a fictional assessment: plausible, in order, and never in the future."""

from datetime import date, timedelta

import pytest

from benchmarking.answers import State
from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.cycles import cycles
from benchmarking.demonstration.timeline import WAY, draw_saves, draw_times
from benchmarking.moments import local

DAYS = [date(2026, 6, 18), date(2026, 6, 20), date(2026, 6, 21), date(2026, 6, 22)]
STATES = [State.IN_PROGRESS, State.SENT_BACK, *WAY]


@pytest.mark.parametrize("as_of", DAYS, ids=lambda day: f"{day:%A}")
@pytest.mark.parametrize("state", STATES)
def test_nothing_happens_before_the_cycle_opens_or_on_the_day_itself(library, as_of, state):
    for place, cycle in enumerate(cycles(library, as_of)):
        for seed in range(30):
            drawn = chance("test", place, seed)
            times = draw_times(cycle, as_of, state, drawn)
            saves = draw_saves(times, 43, drawn)
            moments = [times.opened_at, *saves, *times.moves.values()]
            assert moments == sorted(moments)
            assert moments[0] >= cycle.opens_at
            assert local(moments[-1]).date() < as_of


@pytest.mark.parametrize("state", WAY)
def test_an_assessment_moves_through_every_state_on_its_way(rounds, as_of, state):
    times = draw_times(rounds[0], as_of, state, chance("test"))
    assert list(times.moves) == list(WAY[: WAY.index(state) + 1])


def test_what_was_sent_back_had_been_submitted(rounds, as_of):
    times = draw_times(rounds[2], as_of, State.SENT_BACK, chance("test"))
    assert list(times.moves) == [State.SUBMITTED, State.SENT_BACK]


def test_who_was_published_submitted_in_time_and_was_published_before_release(rounds, as_of):
    for cycle in rounds[:2]:
        for seed in range(50):
            moves = draw_times(cycle, as_of, State.PUBLISHED, chance("test", seed)).moves
            assert moves[State.SUBMITTED] < cycle.deadline_at
            assert moves[State.PUBLISHED] < cycle.release_at


def test_an_assessment_in_progress_has_not_moved(rounds, as_of):
    assert draw_times(rounds[2], as_of, State.IN_PROGRESS, chance("test")).moves == {}


def test_people_work_on_weekdays_in_working_hours(rounds, as_of):
    times = draw_times(rounds[1], as_of, State.PUBLISHED, chance("test"))
    for moment in (*draw_saves(times, 200, chance("test")), *times.moves.values()):
        assert local(moment).weekday() < 5
        assert 9 <= local(moment).hour <= 17


@pytest.mark.parametrize(
    "state, expected",
    [(State.SUBMITTED, "the day of submission"), (State.IN_PROGRESS, "the last day of work")],
)
def test_evidence_is_judged_on(rounds, as_of, state, expected):
    times = draw_times(rounds[2], as_of, state, chance("test"))
    days = {
        "the day of submission": local(times.moves.get(State.SUBMITTED, times.opened_at)).date(),
        "the last day of work": local(times.worked_until).date(),
    }
    assert times.judged_on == days[expected]
    assert as_of - times.judged_on < timedelta(weeks=6)


def test_no_answers_need_no_times(rounds, as_of):
    times = draw_times(rounds[2], as_of, State.IN_PROGRESS, chance("test"))
    assert draw_saves(times, 0, chance("test")) == []
