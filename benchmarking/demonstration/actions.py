"""Actions of fictional trusts: promised in one cycle, told about, extended, closed in another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml
from numpy.random import Generator

from benchmarking.access import Role
from benchmarking.answers import ItemKey
from benchmarking.demonstration import people
from benchmarking.demonstration.answering import DrawnPromise
from benchmarking.demonstration.assessments import DrawnAssessment
from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.claims import choice_at
from benchmarking.demonstration.cycles import london
from benchmarking.demonstration.words import pick
from benchmarking.evidence import Evidence
from benchmarking.moments import local
from benchmarking.store import bulk
from benchmarking.store.bulk import WholeAction
from benchmarking.store.database import Writing
from benchmarking.trust_actions import (
    SOON,
    ActionNote,
    Closure,
    Owner,
    Promised,
    Status,
    TrustAction,
)

_FILE = Path(__file__).with_suffix(".yaml")
# The role that somebody who signs in holds; of all others nobody is known here.
_KNOWN = people.IN_EACH_TRUST[Role.TRUST_LEAD]
MOST_STATEMENTS = 3
# How often two promises of one owner for one stage are one action.
JOINED = 0.4
# How often work is told to have begun, and more is told; how often what is long late is dropped.
BEGUN, TOLD, DROPPED, SHOWN_BY_EVIDENCE = 0.6, 0.5, 0.5, 0.7
# How often a board asks for what is far off to be done within the month.
SOONER = 0.15
LONG_LATE = timedelta(days=120)


@dataclass(frozen=True)
class Words:
    """The pools of ``actions.yaml``, which says what each is for."""

    begun: Sequence[str]
    going: Sequence[str]
    moved: Sequence[str]
    outcomes: Sequence[str]
    shown_by: Sequence[str]
    dropped: Sequence[str]
    sooner: Sequence[str]


@cache
def read_words() -> Words:
    """The words of ``actions.yaml``."""
    return Words(**yaml.safe_load(_FILE.read_text("utf-8")))


@dataclass
class Making:
    """An action as it comes to be.

    The first of ``promises`` made it, the others joined it on the same occasion. Those in
    ``extended`` were made about the same statement in a later cycle, and moved its day.
    """

    assessment: DrawnAssessment
    promises: list[DrawnPromise]
    extended: list[DrawnPromise] = field(default_factory=list)

    @property
    def first(self) -> DrawnPromise:
        return self.promises[0]

    @property
    def last(self) -> DrawnPromise:
        """The promise that says by when, and whether it was kept."""
        return self.extended[-1] if self.extended else self.first

    @property
    def items(self) -> tuple[ItemKey, ...]:
        return tuple(promise.question.key for promise in self.promises)

    @property
    def is_set(self) -> bool:
        """Whether what became of it was set by hand, and is not left to chance."""
        return self.first.question.set_promise is not None

    def goes_on_with(self, promise: DrawnPromise) -> bool:
        """Whether a later promise is this action with another day."""
        is_open = not (self.is_set or self.last.done)
        later = promise.due_on > self.last.due_on and promise.made_at > self.last.made_at
        return is_open and later and promise.question.key in self.items

    def is_joined_by(self, promise: DrawnPromise) -> bool:
        """Whether another promise of one occasion can be the same action: one owner, one stage."""
        if self.is_set or promise.question.set_promise or len(self.promises) == MOST_STATEMENTS:
            return False
        return (promise.owner_role, _stage(promise)) == (self.first.owner_role, _stage(self.first))


def add(
    writing: Writing, drawn: Sequence[DrawnAssessment], as_of: date, person_ids: Mapping[str, int]
) -> None:
    """Adds every action of the demonstration.

    Args:
        writing: the transaction of the demonstration.
        drawn: the assessments in which they were promised, by cycle.
        as_of: the day on which the demonstration is made; nothing happens on it or later.
        person_ids: the number of everybody, by title.
    """
    bulk.add_actions(writing, draw_actions(drawn, as_of, person_ids), person_ids)


def draw_actions(
    drawn: Sequence[DrawnAssessment], as_of: date, person_ids: Mapping[str, int]
) -> tuple[WholeAction, ...]:
    """Every action with its notes and how it ended; arguments as ``add``."""
    found = []
    for _, group in groupby(sorted(drawn, key=_whose), key=_whose):
        assessments = list(group)
        pieces = [piece for one in assessments for piece in one.whole.evidence]
        for making in _makings(assessments):
            found.append(_whole(making, pieces, as_of, person_ids))
    return tuple(found)


def _whose(one: DrawnAssessment) -> tuple[str, str]:
    return one.trust.code, one.whole.assessment.key.scope


def _stage(promise: DrawnPromise) -> str:
    return promise.question.number.split(".")[0] + promise.question.asked.standard.id


def _makings(assessments: Sequence[DrawnAssessment]) -> list[Making]:
    """The actions of one trust, or of a part of it, out of its promises in all cycles."""
    found: list[Making] = []
    for one in assessments:
        cycle_id = one.whole.assessment.key.cycle_id
        drawn = chance(*_whose(one), cycle_id, "joined actions")
        new: list[Making] = []
        for promise in one.promises:
            earlier = next((m for m in found if m.goes_on_with(promise)), None)
            same = next((m for m in new if m.is_joined_by(promise)), None)
            if earlier is not None:
                earlier.extended.append(promise)
            elif same is not None and drawn.random() < JOINED:
                same.promises.append(promise)
            else:
                new.append(Making(one, [promise]))
        found += new
    return found


def _whole(
    making: Making, pieces: Sequence[Evidence], as_of: date, person_ids: Mapping[str, int]
) -> WholeAction:
    key, first = making.assessment.whole.assessment.key, making.first
    drawn = chance(*_whose(making.assessment), key.cycle_id, first.question.key.item_id, "action")
    status, ended_at = _end(making, as_of, drawn)
    until = ended_at or london(as_of - timedelta(days=1), time(17))
    sooner = _brought_forward(making, as_of, drawn) if ended_at is None else None
    notes = [*_moves(making, drawn), *_progress(making, until, drawn), *filter(None, [sooner])]
    if ended_at is None and any(note.to_status for note in notes):
        status = Status.IN_PROGRESS
    closure = None
    if ended_at is not None:
        closure = _closure(making, status, ended_at, pieces, drawn)
        notes.append(_note(making, closure.outcome, ended_at, to_status=status))
    told = tuple(sorted(notes, key=lambda note: note.written_at))
    changes = [note.written_at for note in told if note.to_status or note.due_from]
    action = TrustAction(
        action_id=0,
        organisation_id=key.organisation_id,
        scope=key.scope,
        promised=_promised(making, sooner.due_to if sooner else making.last.due_on, person_ids),
        status=status,
        made_in=key.cycle_id,
        action_revision=1 + len(changes),
        author=first.author,
        saved_at=changes[-1] if changes else first.made_at,
    )
    return WholeAction(action, told, closure)


def _promised(making: Making, due_on: date | None, person_ids: Mapping[str, int]) -> Promised:
    first, code = making.first, making.assessment.trust.code
    owner = Owner(first.owner_role)
    if first.owner_role == _KNOWN:
        owner = Owner("", person_ids[people.title(Role.TRUST_LEAD, code)])
    return Promised(
        first.text,
        owner,
        due_on,
        making.items,
        choice_at(first.question.asked.scale, first.question.claimed + 1),
        _year_after(making.assessment.whole.assessment.key.cycle_id),
    )


def _year_after(cycle_id: str) -> str:
    year = int(cycle_id[:4]) + 1
    return f"{year}/{(year + 1) % 100:02}"


def _end(making: Making, as_of: date, drawn: Generator) -> tuple[Status, datetime | None]:
    """How an action ended and when; an open one has not."""
    due_on, yesterday = making.last.due_on, as_of - timedelta(days=1)
    after = making.last.made_at + timedelta(hours=1)
    if making.last.done:
        return Status.DONE, max(after, london(min(due_on, yesterday), time(10)))
    long_late = due_on < as_of - LONG_LATE and not making.is_set
    if long_late and drawn.random() < DROPPED:
        day = due_on + timedelta(days=int(drawn.integers(20, LONG_LATE.days)))
        return Status.DROPPED, max(after, london(day, time(11)))
    return Status.OPEN, None


def _moves(making: Making, drawn: Generator) -> Iterator[ActionNote]:
    """A note for each time that the day was moved."""
    before = making.first
    for promise in making.extended:
        reason = pick(read_words().moved, drawn)
        days = {"due_from": before.due_on, "due_to": promise.due_on}
        yield replace(_note(making, reason, promise.made_at), **days)
        before = promise


def _brought_forward(making: Making, as_of: date, drawn: Generator) -> ActionNote | None:
    """A note that a board wants it sooner, within the month; on a few that are far off."""
    due_on, asked_at = making.last.due_on, london(as_of - timedelta(days=2), time(12))
    far_off = due_on > as_of + SOON and making.last.made_at < asked_at
    if making.is_set or not far_off or drawn.random() > SOONER:
        return None
    day = as_of + timedelta(days=int(drawn.integers(3, SOON.days)))
    note = _note(making, pick(read_words().sooner, drawn), asked_at)
    return replace(note, due_from=due_on, due_to=day)


def _progress(making: Making, until: datetime, drawn: Generator) -> Iterator[ActionNote]:
    """That work has begun, and how it goes, as far as there was time for it."""
    words = read_words()
    begun_at = making.first.made_at + timedelta(days=int(drawn.integers(6, 40)))
    if begun_at >= until or drawn.random() > BEGUN:
        return
    yield _note(making, pick(words.begun, drawn), begun_at, to_status=Status.IN_PROGRESS)
    told_at = begun_at + timedelta(days=int(drawn.integers(10, 50)))
    if told_at < until and drawn.random() < TOLD:
        yield _note(making, pick(words.going, drawn), told_at)


def _note(making: Making, text: str, at: datetime, to_status: Status | None = None) -> ActionNote:
    return ActionNote(0, text, making.first.author, at, to_status)


def _closure(
    making: Making, status: Status, at: datetime, pieces: Sequence[Evidence], drawn: Generator
) -> Closure:
    words, author, day = read_words(), making.first.author, local(at).date()
    if status is Status.DROPPED:
        return Closure(0, day, pick(words.dropped, drawn), "", author)
    outcome = pick(words.outcomes, drawn)
    showing = [piece for piece in pieces if piece.item in making.items]
    if showing and drawn.random() < SHOWN_BY_EVIDENCE:
        return Closure(0, day, outcome, "", author, evidence_id=showing[-1].evidence_id)
    return Closure(0, day, outcome, pick(words.shown_by, drawn), author)
