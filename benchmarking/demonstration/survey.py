"""Whom the fictional trusts asked in their surveys, and what came back when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

import numpy as np

from benchmarking.access import Role
from benchmarking.answers import Cycle
from benchmarking.demonstration import people
from benchmarking.demonstration.agreeing import (
    Answers,
    draw_answers,
    draw_shares,
    said_by_hand,
    with_so_many,
)
from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.cycles import london
from benchmarking.demonstration.evidenced import claims_of
from benchmarking.demonstration.newcomer import NEWCOMER
from benchmarking.demonstration.timeline import working_day
from benchmarking.demonstration.trusts import DemonstrationTrust, demonstration_trusts
from benchmarking.demonstration.turnout import Turnout, draw_turnout, way_of
from benchmarking.moments import local
from benchmarking.replies import Sending, Way
from benchmarking.standard import Library, Standard
from benchmarking.store import bulk_survey, responses
from benchmarking.store.bulk_survey import WholeBatch, WholeSending
from benchmarking.store.database import Writing
from benchmarking.store.responses import Place
from benchmarking.voices.instruments import survey_of, surveyed

# Days from the opening of a cycle to the first sending, from the last complaint closed to its
# sending, and from the end of the time in which replies come.
FIRST_SENDING, CLOSED_BEFORE, BEFORE_DEADLINE, BEFORE_TODAY = 5, 14, 21, 10
CLOSED_OVER_WEEKS, NEWCOMER_CLOSED_OVER_WEEKS = (18, 30), 26
# Where in that time the sendings lie, how many they ask, and where replies come.
SENDINGS_AT, SENT = (0.0, 0.3, 0.5), (0.6, 0.25, 0.15)
BATCHES_FROM, SINGLY_FROM_AFTER_BATCHES = 0.35, 0.7
FEW, MANY = 60, 250


@dataclass(frozen=True)
class Survey:
    """One trust's survey in one cycle (0 the oldest), from its first day to its last."""

    trust: DemonstrationTrust
    cycle: Cycle
    cycle_place: int
    turnout: Turnout
    first: date
    last: date

    @property
    def trust_number(self) -> int:
        return self.trust.organisation.organisation_id

    @property
    def lead(self) -> str:
        """The title of who asks for the trust."""
        return people.title(Role.TRUST_LEAD, self.trust.code)

    def chance(self, about: str) -> np.random.Generator:
        """Chance for something that hangs on this survey alone."""
        return chance("survey", self.trust.code, self.cycle_place, about)

    def day(self, part: float) -> date:
        """A working day in the time of the survey, by the part of it that has gone."""
        return working_day(self.first + (self.last - self.first) * part)


def add(
    writing: Writing,
    library: Library,
    rounds: Sequence[Cycle],
    as_of: date,
    person_ids: Mapping[str, int],
) -> None:
    """Adds what was sent and what was replied in all cycles, in the order of time."""
    standard = surveyed(library, rounds[-1])
    if standard is None:
        return
    surveys = list(draw_surveys(rounds, as_of))
    sendings = [sending for one in surveys for sending in sendings_of(one)]
    bulk_survey.add_sendings(writing, sendings, person_ids)
    periods = [responses.period_for(writing, cycle.cycle_id) for cycle in rounds]
    batches = draw_batches(library, standard, surveys, periods)
    bulk_survey.add_replies(writing, standard, library, batches, person_ids)


def draw_surveys(rounds: Sequence[Cycle], as_of: date) -> Iterator[Survey]:
    """The surveys of all trusts that take part in a cycle and ask."""
    for place, cycle in enumerate(rounds):
        opened, deadline = local(cycle.opens_at).date(), local(cycle.deadline_at).date()
        first = opened + timedelta(days=FIRST_SENDING)
        last = min(deadline - timedelta(days=BEFORE_DEADLINE), as_of - timedelta(days=BEFORE_TODAY))
        for trust in demonstration_trusts():
            turnout = draw_turnout(trust, place)
            if turnout is not None and trust.states[place] is not None:
                yield Survey(trust, cycle, place, turnout, first, last)


def sendings_of(survey: Survey) -> Iterator[WholeSending]:
    """One to three sendings, whose complaints closed one after another."""
    drawn, invited = survey.chance("sendings"), survey.turnout.invited
    many = 1 if invited < FEW else 2 if invited < MANY else 3
    weeks = int(drawn.integers(*CLOSED_OVER_WEEKS))
    if survey.trust.code == NEWCOMER:
        weeks = NEWCOMER_CLOSED_OVER_WEEKS
    days = [survey.day(part) for part in SENDINGS_AT[:many]]
    ends = [day - timedelta(days=CLOSED_BEFORE) for day in days]
    begins = [ends[-1] - timedelta(weeks=weeks), *(end + timedelta(days=1) for end in ends[:-1])]
    asked = np.round(invited * np.array(SENT[:many]) / sum(SENT[:many])).astype(int)
    asked[0] += invited - asked.sum()
    ways = [way_of(survey.trust)] * many
    if survey.turnout.singly:
        ways[-1] = Way.HERE
    for day, begin, end, number, way in zip(days, begins, ends, asked, ways, strict=True):
        at = london(day, time(int(drawn.integers(9, 12)), int(drawn.integers(60))))
        sending = Sending(way, begin, end, int(number), survey.lead, at)
        yield WholeSending(survey.trust_number, survey.cycle.cycle_id, sending)


def draw_batches(
    library: Library, standard: Standard, surveys: Sequence[Survey], periods: Sequence[int]
) -> list[WholeBatch]:
    """Everything that came back, in the order of time. ``periods`` are the cycles' numbers."""
    trusts = demonstration_trusts()
    rows = {trust.code: row for row, trust in enumerate(trusts)}
    shares = draw_shares(standard, claims_of(library, standard), trusts)
    batches: list[WholeBatch] = []
    for one in surveys:
        answers = _answers(library, standard, one, shares[one.cycle_place, rows[one.trust.code]])
        place = Place(one.trust_number, periods[one.cycle_place])
        many = len(answers) - one.turnout.singly
        batches += _at_once(one, place, answers[:many])
        batches += _singly(one, place, answers[many:])
    return sorted(batches, key=lambda one: one.at)


def _answers(library: Library, standard: Standard, survey: Survey, shares: np.ndarray) -> Answers:
    scale = library.scales[survey_of(standard).scale]
    answers = draw_answers(shares, survey.turnout.replied, scale, survey.chance("replies"))
    by_hand = said_by_hand(standard, survey.trust.code, survey.cycle_place)
    return with_so_many(answers, by_hand, survey.chance("by hand"))


def _at_once(survey: Survey, place: Place, answers: Answers) -> Iterator[WholeBatch]:
    """Files, or the replies that were given here in some days; evenly over the time."""
    sizes, way = survey.turnout.batches, way_of(survey.trust)
    until = SINGLY_FROM_AFTER_BATCHES if survey.turnout.singly else 1
    parts = np.linspace(BATCHES_FROM, until, len(sizes) + 1)[1:]
    ends = np.cumsum(sizes)
    for number, (part, end, size) in enumerate(zip(parts, ends, sizes, strict=True), 1):
        day, said = survey.day(float(part)), answers[end - size : end]
        at = london(day, time(9 + number, 7 * number))
        if way is Way.HERE:
            yield WholeBatch(place, way, at, said)
        else:
            yield _file(survey, place, at, said, number)


def _file(survey: Survey, place: Place, at: datetime, answers: Answers, number: int) -> WholeBatch:
    stem = f"{survey.trust.code} {survey.cycle.cycle_id} {number}"
    return WholeBatch(
        place,
        Way.ELSEWHERE,
        at,
        answers,
        author=survey.lead,
        file_name=f"survey-replies-{number}.csv",
        sha256=sha256(stem.encode()).hexdigest(),
        keys=tuple(
            sha256(f"{stem} {reply}".encode()).hexdigest()[:32] for reply in range(len(answers))
        ),
    )


def _singly(survey: Survey, place: Place, answers: Answers) -> Iterator[WholeBatch]:
    """Replies given here, one in each batch."""
    since = SINGLY_FROM_AFTER_BATCHES if survey.turnout.batches else BATCHES_FROM
    parts = np.linspace(since, 1, len(answers) + 1)[1:]
    for part, said in zip(parts, answers, strict=True):
        at = london(survey.day(float(part)), time(12))
        yield WholeBatch(place, Way.HERE, at, said[None, :])
