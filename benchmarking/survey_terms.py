"""How a trust asks people who complained, and what becomes of one invitation: the plain facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

USUAL_DAYS, FEWEST_DAYS, MOST_DAYS = 42, 14, 120


class LeftOut(StrEnum):
    """Why somebody is not invited."""

    REOPENED = "reopened"
    OMBUDSMAN = "ombudsman"
    CLAIM = "claim"
    SAFEGUARDING = "safeguarding"
    BEREAVEMENT = "bereavement"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as a form says it."""
        return _LABELS[self]


_LABELS = {
    LeftOut.REOPENED: "The complaint was opened again",
    LeftOut.OMBUDSMAN: "It is with the Ombudsman",
    LeftOut.CLAIM: "There is a legal claim",
    LeftOut.SAFEGUARDING: "There is a safeguarding concern",
    LeftOut.BEREAVEMENT: "Somebody died recently",
    LeftOut.OTHER: "Another reason, which is not recorded",
}
# What must be checked for every reference before anybody is invited.
CHECKED_FOR = tuple(reason for reason in LeftOut if reason is not LeftOut.OTHER)


class Stands(StrEnum):
    """What became of an invitation. That its time is over is told by its last day."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Terms:
    """Whom people who are asked can turn to, and what is asked besides the questions.

    ``complain_link``, ``email`` may be empty. ``days`` is how long a link works.
    """

    phone: str = ""
    post: str = ""
    email: str = ""
    complain_text: str = ""
    complain_link: str = ""
    advocacy_name: str = ""
    advocacy_contact: str = ""
    with_comments: bool = False
    with_equality: bool = False
    days: int = USUAL_DAYS

    @property
    def are_complete(self) -> bool:
        """Whether everything stands there that people must be told."""
        needed = (self.phone, self.post, self.complain_text)
        return all((*needed, self.advocacy_name, self.advocacy_contact))


@dataclass(frozen=True)
class SavedTerms:
    """The terms as they are stored; version 0, and no terms filled in, before the first save."""

    terms: Terms = Terms()
    version: int = 0
    author: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Invitation:
    """One person's invitation. ``draft`` is what was answered so far, as it is stored."""

    organisation_id: int
    cycle_id: str
    sending_id: int
    expires_on: date
    stands: Stands
    draft: str = ""


@dataclass(frozen=True)
class Invited:
    """One sending of invitations made here. How many answered is not told."""

    sending_id: int
    closed_from: date
    closed_to: date
    invited: int
    sent_at: datetime
    expires_on: date
    left_out: Mapping[LeftOut, int]
