"""When things happened in a fictional assessment: in working hours, and in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from benchmarking.answers import Cycle, State
from benchmarking.demonstration.cycles import london
from benchmarking.moments import local

# The way of an assessment: each state after the one before it, by at least and at most so many
# days, at an hour of its own, so that the order holds even where two fall on one day.
WAY = (State.SUBMITTED, State.APPROVED, State.SIGNED_OFF, State.PUBLISHED)
DAYS_AFTER = {
    State.SENT_BACK: (2, 6),
    State.APPROVED: (3, 8),
    State.SIGNED_OFF: (7, 18),
    State.PUBLISHED: (1, 4),
}
HOURS = {
    State.SUBMITTED: 11,
    State.SENT_BACK: 12,
    State.APPROVED: 13,
    State.SIGNED_OFF: 15,
    State.PUBLISHED: 16,
}

OPENED_WITHIN = 12
SUBMITTED_BEFORE_DEADLINE = (2, 20)
LAST_MOVE_BEFORE_TODAY = (4, 9)
WORKING_HOURS = (9, 17)
_FRIDAY = 4


@dataclass(frozen=True)
class Times:
    """When an assessment was opened, how long it was worked on, and when it moved. UTC."""

    opened_at: datetime
    worked_until: datetime
    moves: Mapping[State, datetime]

    @property
    def judged_on(self) -> date:
        """The day on which its evidence has to be recent."""
        return local(self.moves.get(State.SUBMITTED, self.worked_until)).date()


def draw_times(cycle: Cycle, as_of: date, state: State, drawn: np.random.Generator) -> Times:
    """Times for an assessment of a cycle that has come as far as a state before a day."""
    opened = local(cycle.opens_at).date() + timedelta(days=_between(drawn, (0, OPENED_WITHIN)))
    opened_at = london(working_day(opened), time(9, 5))
    if state is State.IN_PROGRESS:
        last_day = min(as_of - timedelta(days=1), local(cycle.deadline_at).date())
        return Times(opened_at, london(working_day(last_day), time(WORKING_HOURS[1])), {})
    moves = _moves(cycle, as_of, way_to(state), drawn)
    return Times(opened_at, moves[State.SUBMITTED] - timedelta(minutes=20), moves)


def way_to(state: State) -> tuple[State, ...]:
    """The states that lead to one, itself the last; what was sent back was submitted first."""
    if state is State.SENT_BACK:
        return (State.SUBMITTED, State.SENT_BACK)
    return WAY[: WAY.index(state) + 1]


def _moves(
    cycle: Cycle, as_of: date, way: tuple[State, ...], drawn: np.random.Generator
) -> dict[State, datetime]:
    waits = [_between(drawn, DAYS_AFTER[state]) for state in way[1:]]
    deadline = local(cycle.deadline_at).date()
    if deadline < as_of:
        day = deadline - timedelta(days=_between(drawn, SUBMITTED_BEFORE_DEADLINE))
    else:
        ago = _between(drawn, LAST_MOVE_BEFORE_TODAY) + sum(waits)
        day = as_of - timedelta(days=ago)
    moves = {}
    for state, wait in zip(way, [0, *waits], strict=True):
        day += timedelta(days=wait)
        moves[state] = london(working_day(day), time(HOURS[state], int(drawn.integers(60))))
    return moves


def draw_saves(times: Times, number: int, drawn: np.random.Generator) -> list[datetime]:
    """So many moments in working hours between opening and the end of work, in order."""
    first, last = times.opened_at, times.worked_until
    days = (local(last).date() - local(first).date()).days
    moments = [_moment(local(first).date(), days, drawn) for _ in range(number)]
    return sorted(min(max(moment, first), last) for moment in moments)


def _moment(first: date, days: int, drawn: np.random.Generator) -> datetime:
    day = first + timedelta(days=int(drawn.integers(days + 1)))
    hour = int(drawn.integers(*WORKING_HOURS))
    return london(working_day(day), time(hour, int(drawn.integers(60)), int(drawn.integers(60))))


def working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def _between(drawn: np.random.Generator, bounds: tuple[int, int]) -> int:
    return int(drawn.integers(bounds[0], bounds[1] + 1))
