"""Complaint files that a trust draws at random and has read twice, as they are stored.

A trust has a frame (its closed complaints), draws files from it, and two people read each of them
without seeing what the other says. Where they differ, an answer is agreed. Answers are small
numbers, as in ``replies``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a complaint was closed: the strata of the draw, in this order."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly upheld"
    NOT_UPHELD = "not upheld"
    OTHER = "other"


class ReviewState(StrEnum):
    """Where a review stands."""

    DRAWN = "drawn"
    READING = "reading"
    RECONCILING = "reconciling"
    CLOSED = "closed"
    ABANDONED = "abandoned"

    @property
    def is_open(self) -> bool:
        return self not in (ReviewState.CLOSED, ReviewState.ABANDONED)

    @property
    def is_read(self) -> bool:
        """Whether readers are at work, or may begin."""
        return self in (ReviewState.DRAWN, ReviewState.READING)


@dataclass(frozen=True)
class ClosedComplaint:
    """One complaint of a frame: the trust's own reference and nothing that names anybody."""

    reference: str
    closed_on: date
    outcome: Outcome


def in_canonical_order(complaints: Iterable[ClosedComplaint]) -> tuple[ClosedComplaint, ...]:
    """The complaints as a draw counts them off: by outcome, then by reference."""
    order = list(Outcome)
    return tuple(sorted(complaints, key=lambda one: (order.index(one.outcome), one.reference)))


@dataclass(frozen=True)
class DrawnFile:
    """One complaint that was drawn; ``number`` counts from 1 in the order of the draw."""

    number: int
    complaint: ClosedComplaint


@dataclass(frozen=True)
class Stratum:
    """How many complaints of one outcome there were in a frame, and were drawn."""

    outcome: Outcome
    frame: int
    drawn: int


@dataclass(frozen=True)
class Plan:
    """A review about to begin: its instrument, its frame in canonical order, and the draw.

    ``shown_from`` and ``top`` are the numbers of the lowest answer that counts as shown and of
    the highest answer with a value. ``drawn`` are places in the frame, in the order of the draw.
    """

    organisation_id: int
    cycle_id: str
    standard_id: str
    edition: str
    content_hash: str
    shown_from: int
    top: int
    seed: int
    wanted: int
    frame: tuple[ClosedComplaint, ...]
    frame_sha256: str
    drawn: tuple[int, ...]

    @property
    def files(self) -> tuple[DrawnFile, ...]:
        return tuple(
            DrawnFile(number, self.frame[place]) for number, place in enumerate(self.drawn, 1)
        )

    @property
    def strata(self) -> tuple[Stratum, ...]:
        """Those outcomes that the frame has."""
        frame = [complaint.outcome for complaint in self.frame]
        drawn = [file.complaint.outcome for file in self.files]
        return tuple(
            Stratum(outcome, frame.count(outcome), drawn.count(outcome))
            for outcome in Outcome
            if outcome in frame
        )


@dataclass(frozen=True)
class Review:
    """One review as it stands. ``files`` were drawn of ``frame_size`` closed complaints.

    ``reason`` says why it was abandoned; ``drawn_by`` is a title.
    """

    review_id: int
    organisation_id: int
    cycle_id: str
    standard_id: str
    edition: str
    content_hash: str
    shown_from: int
    top: int
    seed: int
    wanted: int
    frame_size: int
    frame_sha256: str
    closed_from: date
    closed_to: date
    state: ReviewState
    state_since: datetime
    reason: str
    drawn_at: datetime
    drawn_by: str
    strata: tuple[Stratum, ...]

    @property
    def files(self) -> int:
        return sum(stratum.drawn for stratum in self.strata)


@dataclass(frozen=True)
class Reader:
    """Who reads in which slot, 1 or 2. How far somebody is, is for nobody but themselves."""

    slot: int
    person_id: int
    title: str
    has_begun: bool
    finished_at: datetime | None

    @property
    def has_finished(self) -> bool:
        return self.finished_at is not None


@dataclass(frozen=True)
class Reading:
    """What one reader found in one file about one item."""

    answer: int
    note: str
    revision: int
    saved_at: datetime


@dataclass(frozen=True)
class Agreed:
    """What holds where two readers differed; ``author`` is the title of who settled it."""

    answer: int
    note: str
    revision: int
    author: str
    saved_at: datetime


@dataclass(frozen=True)
class Disagreement:
    """One item of one file about which the two readers said different things."""

    file: DrawnFile
    item_id: str
    first: Reading
    second: Reading
    agreed: Agreed | None


@dataclass(frozen=True)
class Finding:
    """In how many files the readers gave these answers to an item and agreed on that one."""

    item_id: str
    first: int
    second: int
    agreed: int
    files: int
