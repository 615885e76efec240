"""What a trust has said about itself: the values that are asked, stored, scored and shown."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

WHOLE_TRUST = "trust"


class State(StrEnum):
    """Where an assessment is in its life."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    SIGNED_OFF = "signed_off"
    PUBLISHED = "published"

    @property
    def is_open(self) -> bool:
        """Whether answers may still be changed."""
        return self in (State.IN_PROGRESS, State.SENT_BACK)

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Organisation:
    """A trust that assesses itself here."""

    organisation_id: int
    code: str
    name: str
    trust_type: str
    region: str


@dataclass(frozen=True)
class Cycle:
    """One round of assessments. Times are UTC.

    Other trusts' results of this round are shown from ``release_at`` on, never before.
    ``editions`` are (standard id, edition, content hash) in the order they are asked.
    """

    cycle_id: str
    title: str
    opens_at: datetime
    deadline_at: datetime
    release_at: datetime
    peers_named: bool
    editions: tuple[tuple[str, str, str], ...]

    def edition_of(self, standard_id: str) -> tuple[str, str]:
        """The edition of a standard that is asked in this cycle, and its content hash."""
        return next(
            (edition, hash_) for name, edition, hash_ in self.editions if name == standard_id
        )


@dataclass(frozen=True)
class AssessmentKey:
    """Which assessment: whose, of which cycle, of what part of the trust, which revision."""

    organisation_id: int
    cycle_id: str
    scope: str = WHOLE_TRUST
    revision: int = 1


class ScopeKind(StrEnum):
    """What a part of a trust is."""

    SITE = "site"
    DIRECTORATE = "directorate"


@dataclass(frozen=True)
class Scope:
    """A part of a trust that assesses itself beside the whole.

    ``scope_id`` is what an ``AssessmentKey`` calls it. ``ended_at`` is None while it takes part.
    """

    scope_id: str
    kind: ScopeKind
    name: str
    ended_at: datetime | None = None

    @property
    def title(self) -> str:
        return f"{self.name} ({self.kind})"


@dataclass(frozen=True)
class Assessment:
    """One assessment and where it is in its life."""

    key: AssessmentKey
    state: State
    state_since: datetime


@dataclass(frozen=True)
class ItemKey:
    """Which question of which standard. Item ids are unique only within their standard."""

    standard_id: str
    item_id: str


@dataclass(frozen=True)
class Answer:
    """One saved answer, and the words it was given to (edition and content hash).

    ``answer_revision`` counts the times it was saved, from 1; ``author`` is a title.
    """

    item: ItemKey
    edition: str
    content_hash: str
    choice: str
    reason: str
    answer_revision: int
    author: str
    saved_at: datetime


@dataclass(frozen=True)
class Comment:
    """The trust's comment on one answer."""

    item: ItemKey
    text: str
    comment_revision: int
    author: str
    saved_at: datetime


@dataclass(frozen=True)
class Assignment:
    """Who holds one question, and by which day it is wanted; None where nobody named a day.

    ``title`` is the holder's, ``by`` that of whoever handed it over. ``may_answer`` is false
    once the holder may no longer answer for the trust.
    """

    person_id: int
    title: str
    wanted_by: date | None
    by: str
    assigned_at: datetime
    may_answer: bool = True


@dataclass(frozen=True)
class Carried:
    """From which cycle (by its title) an answer was taken over, and to which edition it was given.

    Only an answer that nobody has saved since is carried.
    """

    cycle: str
    edition: str


@dataclass(frozen=True)
class Move:
    """One step in an assessment's life, as the ledger keeps it."""

    key: AssessmentKey
    from_state: State
    to_state: State
    person_id: int
    moved_at: datetime
    receipt: str
    content_hash: str


@dataclass(frozen=True)
class MoveNote:
    """Words that go with a move: the reason of a return or a reopening, a board's response.

    ``item`` is the question it is about, None where it is about the whole. ``body`` and
    ``met_on`` belong to a response: who gave it, and the day they met.
    """

    text: str
    item: ItemKey | None = None
    body: str = ""
    met_on: date | None = None
