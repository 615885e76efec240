"""An assessment as people work on it: every question with all that was said about it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from benchmarking.answers import (
    WHOLE_TRUST,
    Answer,
    Assessment,
    Assignment,
    Carried,
    Comment,
    Cycle,
    ItemKey,
    Organisation,
    Scope,
    State,
)
from benchmarking.evidence import Evidence, Standing
from benchmarking.standard import AnswerScale, Item, Library, Missing, Stage, Standard, Statement
from benchmarking.store import cycles, organisations, scopes
from benchmarking.store.database import Reading
from benchmarking.trust_actions import TrustAction
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

    ``standing`` is None until there is an answer; ``last`` is the last cycle's answer.
    ``actions`` are all that serve its statement, of whatever cycle, those that are over too.
    ``sent_back`` is why it was sent back, until somebody has changed something about it.
    ``carried`` says that the answer was taken over from an earlier cycle and not saved since.
    ``saves`` counts what is kept of the answer's and the comment's history.
    """

    key: ItemKey
    statement: Statement
    item: Item
    scale: AnswerScale
    answer: Answer | None = None
    standing: Standing | None = None
    comment: Comment | None = None
    actions: tuple[TrustAction, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    last: Answer | None = None
    sent_back: SentBack | None = None
    assignment: Assignment | None = None
    carried: Carried | None = None
    saves: int = 0

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
    def is_settled(self) -> bool:
        """Whether nothing more is asked: answered in this cycle, and not sent back."""
        return self.is_done and self.carried is None and self.sent_back is None

    @property
    def last_choice(self) -> str | None:
        return None if self.last is None else self.last.choice

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

    ``is_closed``: an administrator closed the cycle. ``part_of_trust`` is the site or directorate
    that it is about, None for the whole trust. ``last_cycle`` is the newest earlier cycle in which
    it was published, whose answers stand beside this one's.
    """

    trust: Organisation
    cycle: Cycle
    assessment: Assessment | None
    parts: tuple[Part, ...]
    is_closed: bool = False
    part_of_trust: Scope | None = None
    last_cycle: Cycle | None = None

    @property
    def scope(self) -> str:
        """What of the trust it is about, as an ``AssessmentKey`` names it."""
        return self.part_of_trust.scope_id if self.part_of_trust else WHOLE_TRUST

    @property
    def whose(self) -> str:
        """The trust's name, with the part of it that the sheet is about."""
        if self.part_of_trust is None:
            return self.trust.name
        return f"{self.trust.name}, {self.part_of_trust.title}"

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
        """The first question that still needs an answer, else one to be reconfirmed."""
        unanswered = (line for line in self.lines if not line.is_done)
        carried = (line for line in self.lines if line.carried is not None)
        return next(unanswered, next(carried, None))

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


def trust_of(reading: Reading, trust_code: str) -> Organisation:
    """The trust with this code.

    Raises:
        NotThere: there is none.
    """
    trust = organisations.find(reading, trust_code)
    if trust is None:
        raise NotThere("There is no such trust here.")
    return trust


def part_of(reading: Reading, trust: Organisation, scope: str) -> Scope | None:
    """The part of a trust that a scope names, None for the whole.

    Raises:
        NotThere: the trust has named no such part.
    """
    if scope == WHOLE_TRUST:
        return None
    part = scopes.find(reading, trust.organisation_id, scope)
    if part is None:
        raise NotThere("This trust has no such site or directorate. Choose one of those shown.")
    return part
