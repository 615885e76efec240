"""An assessment as people work on it: every question with all that was said about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from benchmarking.answers import (
    WHOLE_TRUST,
    Answer,
    Assessment,
    Comment,
    Cycle,
    ImprovementAction,
    ItemKey,
    Organisation,
    State,
)
from benchmarking.evidence import Evidence, Standing, standing
from benchmarking.moments import local
from benchmarking.standard import AnswerScale, Item, Library, Missing, Stage, Standard, Statement
from benchmarking.store import (
    answers,
    assessments,
    cycles,
    evidence,
    ledger,
    move_notes,
    organisations,
)
from benchmarking.store.database import Reading
from benchmarking.visit import Visit

# Which revision of an assessment is meant, by the states that it may be in.
IN_ANY_STATE = frozenset(State)
HANDED_IN = frozenset(state for state in State if not state.is_open)
PUBLISHED = frozenset({State.PUBLISHED})


class NotThere(Exception):
    """What was asked for is not there, or not for this person: the two look the same."""


@dataclass(frozen=True)
class SentBack:
    """Why one question was sent back, by whom (a title) and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Line:
    """One question, and what was said about it in this cycle and the last.

    ``standing`` is None until there is an answer; ``last_choice`` is the last cycle's answer.
    ``sent_back`` is why it was sent back, until somebody has changed something about it.
    """

    key: ItemKey
    statement: Statement
    item: Item
    scale: AnswerScale
    answer: Answer | None = None
    standing: Standing | None = None
    comment: Comment | None = None
    action: ImprovementAction | None = None
    evidence: tuple[Evidence, ...] = ()
    last_choice: str | None = None
    sent_back: SentBack | None = None

    @property
    def missing(self) -> Missing | None:
        """Why the answer has no value; None where it has one or nobody answered."""
        return None if self.answer is None else self.scale.by_id[self.answer.choice].missing

    @property
    def lacks_reason(self) -> bool:
        """Whether "not applicable" was chosen without saying why."""
        if self.answer is None or self.missing is not Missing.NOT_APPLICABLE:
            return False
        return not self.answer.reason.strip()

    @property
    def is_done(self) -> bool:
        return self.answer is not None and not self.lacks_reason

    @property
    def claimed(self) -> str | None:
        return None if self.answer is None else self.answer.choice

    @property
    def evidenced(self) -> str | None:
        return None if self.standing is None else self.standing.evidenced


@dataclass(frozen=True)
class Part:
    """One stage of one standard with its questions."""

    standard: Standard
    stage: Stage
    lines: tuple[Line, ...]

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)


@dataclass(frozen=True)
class Sheet:
    """One trust's assessment in one cycle.

    ``is_closed``: an administrator closed the cycle. ``scope``: the part of the trust it is about.
    """

    trust: Organisation
    cycle: Cycle
    assessment: Assessment | None
    parts: tuple[Part, ...]
    is_closed: bool = False
    scope: str = WHOLE_TRUST

    @property
    def state(self) -> State:
        """Where it is in its life; one that nobody has begun is in progress, too."""
        return State.IN_PROGRESS if self.assessment is None else self.assessment.state

    @property
    def takes_changes(self) -> bool:
        """Whether anything in it may still be changed."""
        return self.state.is_open and not self.is_closed

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)

    @property
    def next_open(self) -> Line | None:
        """The first question that still needs an answer."""
        return next((line for line in self.lines if not line.is_done), None)

    def parts_of(self, standard_id: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.standard.id == standard_id)

    def standard_of(self, key: ItemKey) -> Standard:
        return self.parts_of(key.standard_id)[0].standard

    def line(self, key: ItemKey) -> Line:
        """The line of a question.

        Raises:
            NotThere: this cycle does not ask it.
        """
        for line in self.lines:
            if line.key == key:
                return line
        raise NotThere("This question is not asked in this cycle. Reload the page.")


def cycles_of(visit: Visit) -> tuple[Cycle, ...]:
    """All cycles that have opened, the newest first."""
    with visit.database.reading() as reading:
        return tuple(c for c in cycles.every(reading) if c.opens_at <= visit.now)


def current_cycle(visit: Visit) -> Cycle:
    """The newest cycle that has opened.

    Raises:
        NotThere: no cycle has been opened yet.
    """
    opened = cycles_of(visit)
    if not opened:
        raise NotThere("No cycle has been opened yet. An administrator opens the first one.")
    return opened[0]


def standards_of(library: Library, cycle: Cycle) -> tuple[Standard, ...]:
    """The editions that a cycle asks, in its order."""
    return tuple(library.standard(name, edition) for name, edition, _ in cycle.editions)


def read_sheet(
    visit: Visit,
    trust_code: str,
    cycle: Cycle,
    scope: str = WHOLE_TRUST,
    states: Collection[State] = IN_ANY_STATE,
) -> Sheet:
    """The sheet of a trust in a cycle. The caller has checked what the person may see.

    Args:
        visit: who asks, and when.
        trust_code: whose sheet.
        cycle: of which round.
        scope: of which part of the trust.
        states: the newest revision in one of these is read; the sheet is empty without one.

    Raises:
        NotThere: no such trust.
    """
    with visit.database.reading() as reading:
        trust = organisations.find(reading, trust_code)
        if trust is None:
            raise NotThere("There is no such trust here.")
        found = _newest(reading, trust, cycle, scope, states)
        last = _last_choices(reading, trust, cycle, scope)
        said = _said(reading, found)
        as_of = _judged_on(reading, visit, found)
        closed = cycles.rule_of(reading, cycle.cycle_id).closed_at is not None
    parts = _parts(visit.library, cycle, said, last, as_of)
    return Sheet(trust, cycle, found, parts, closed, scope)


@dataclass(frozen=True)
class _Said:
    """Everything saved in one assessment, by question."""

    answers: Mapping[ItemKey, Answer]
    comments: Mapping[ItemKey, Comment]
    actions: Mapping[ItemKey, ImprovementAction]
    evidence: Sequence[Evidence]
    sent_back: Mapping[ItemKey, SentBack]

    def evidence_for(self, key: ItemKey) -> tuple[Evidence, ...]:
        return tuple(piece for piece in self.evidence if piece.item == key)

    def open_return(self, key: ItemKey) -> SentBack | None:
        """Why a question was sent back, if nothing about it was saved since."""
        found = self.sent_back.get(key)
        if found is None:
            return None
        kept = (self.answers.get(key), self.comments.get(key), self.actions.get(key))
        saved = [one.saved_at for one in (*kept, *self.evidence_for(key)) if one is not None]
        return None if any(at is not None and at > found.at for at in saved) else found


def _newest(
    reading: Reading, trust: Organisation, cycle: Cycle, scope: str, states: Collection[State]
) -> Assessment | None:
    revisions = assessments.revisions(reading, trust.organisation_id, cycle.cycle_id, scope)
    return next((found for found in revisions if found.state in states), None)


def _said(reading: Reading, assessment: Assessment | None) -> _Said:
    if assessment is None:
        return _Said({}, {}, {}, (), {})
    key = assessment.key
    return _Said(
        answers.of_assessment(reading, key),
        answers.comments_of(reading, key),
        answers.actions_of(reading, key),
        evidence.of_assessment(reading, key),
        _sent_back(reading, assessment),
    )


def _sent_back(reading: Reading, assessment: Assessment) -> Mapping[ItemKey, SentBack]:
    if assessment.state is not State.SENT_BACK:
        return {}
    moves = ledger.moves_of(reading, assessment.key)
    if not moves or moves[-1].to_state is not State.SENT_BACK:
        return {}
    last = moves[-1]
    by = ledger.movers(reading, assessment.key).get(last.person_id, "A colleague")
    notes = move_notes.of_assessment(reading, assessment.key).get(last.receipt, ())
    return {note.item: SentBack(note.text, by, last.moved_at) for note in notes if note.item}


def _last_choices(
    reading: Reading, trust: Organisation, cycle: Cycle, scope: str
) -> Mapping[ItemKey, str]:
    """The answers of the newest earlier cycle in which this trust was published."""
    for earlier in cycles.every(reading):
        if earlier.opens_at >= cycle.opens_at:
            continue
        found = _newest(reading, trust, earlier, scope, PUBLISHED)
        if found is not None:
            said = answers.of_assessment(reading, found.key)
            return {key: answer.choice for key, answer in said.items()}
    return {}


def _judged_on(reading: Reading, visit: Visit, assessment: Assessment | None) -> date:
    """The day on which evidence must be recent: today for a draft, else its submission."""
    if assessment is None or assessment.state.is_open:
        return visit.today
    submitted = ledger.submitted_at(reading, assessment.key)
    return local(submitted or assessment.state_since).date()


def _parts(
    library: Library, cycle: Cycle, said: _Said, last: Mapping[ItemKey, str], as_of: date
) -> tuple[Part, ...]:
    return tuple(
        Part(
            standard,
            stage,
            tuple(
                _line(library, standard, item, said, last, as_of)
                for item in standard.items_of(stage)
            ),
        )
        for standard in standards_of(library, cycle)
        for stage in standard.stages
    )


def _line(
    library: Library,
    standard: Standard,
    item: Item,
    said: _Said,
    last: Mapping[ItemKey, str],
    as_of: date,
) -> Line:
    key = ItemKey(standard.id, item.id)
    scale = library.scale_of(standard)
    answer = said.answers.get(key)
    pieces = said.evidence_for(key)
    return Line(
        key=key,
        statement=standard.statement_by_id[item.statement],
        item=item,
        scale=scale,
        answer=answer,
        standing=answer and standing(standard, scale, item, answer.choice, pieces, as_of),
        comment=said.comments.get(key),
        action=said.actions.get(key),
        evidence=pieces,
        last_choice=last.get(key),
        sent_back=said.open_return(key),
    )
