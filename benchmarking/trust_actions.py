"""What a trust promised to do about its statements: actions, and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from benchmarking.answers import ItemKey

# How long before its day an action is due soon.
SOON = timedelta(days=30)


class Status(StrEnum):
    """How far an action has come, as its people say."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_over(self) -> bool:
        return self in (Status.DONE, Status.DROPPED)

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Due(StrEnum):
    """How an action stands to its day; what is over has no day to keep any more."""

    LATE = "late"
    SOON = "due soon"
    ON_TIME = "on time"
    NO_DAY = "no day set"
    OVER = "over"


def due(status: Status, due_on: date | None, today: date) -> Due:
    """How an action of this status stands to its day. On its day it is not late yet."""
    if status.is_over:
        return Due.OVER
    if due_on is None:
        return Due.NO_DAY
    if due_on < today:
        return Due.LATE
    return Due.SOON if due_on <= today + SOON else Due.ON_TIME


@dataclass(frozen=True)
class Owner:
    """Who does it: somebody who is known here, or else a role in words; perhaps nobody yet.

    ``title`` is what the person is called, or the role.
    """

    title: str = ""
    person_id: int | None = None


@dataclass(frozen=True)
class Promised:
    """What somebody enters about an action: what, who, by when, and which statements it serves.

    ``target_level`` is a choice of the statements' scale that is aimed at in ``target_cycle``,
    which is named in words.
    """

    text: str
    owner: Owner = Owner()
    due_on: date | None = None
    statements: tuple[ItemKey, ...] = ()
    target_level: str | None = None
    target_cycle: str = ""


@dataclass(frozen=True)
class TrustAction:
    """One action of a trust, or of a part of it.

    ``made_in`` is the cycle in which it was promised. ``action_revision`` rises with every
    change but a note that changes nothing else; ``author`` is a title.
    """

    action_id: int
    organisation_id: int
    scope: str
    promised: Promised
    status: Status
    made_in: str
    action_revision: int
    author: str
    saved_at: datetime

    def due(self, today: date) -> Due:
        """How it stands to its day."""
        return due(self.status, self.promised.due_on, today)

    def is_late(self, today: date) -> bool:
        return self.due(today) is Due.LATE

    def serves(self, item: ItemKey) -> bool:
        return item in self.promised.statements


@dataclass(frozen=True)
class ActionNote:
    """Something told about an action, which stays as it was told.

    ``to_status`` is the status that it brought, None where it brought none. Where it moved the
    day, ``due_from`` is the day before; ``due_to`` is None where no day is set any more.
    """

    action_id: int
    text: str
    author: str
    written_at: datetime
    to_status: Status | None = None
    due_from: date | None = None
    due_to: date | None = None


@dataclass(frozen=True)
class Closure:
    """How an action ended: ``outcome`` in words; why, where it was dropped.

    What shows it is a piece of evidence or said in words, ``shown_by``. ``evidence_title`` is
    empty once that piece was taken away.
    """

    action_id: int
    closed_on: date
    outcome: str
    shown_by: str
    author: str
    evidence_id: str | None = None
    evidence_title: str = ""
