"""The fictional trusts' file reviews: closed ones as counts, and one in each other state."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

import numpy as np

from benchmarking import replies
from benchmarking.access import Role
from benchmarking.answers import Cycle
from benchmarking.demonstration import open_reviews, people
from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.claims import Claims
from benchmarking.demonstration.cycles import london
from benchmarking.demonstration.evidenced import claims_of
from benchmarking.demonstration.found_in_files import Readings, draw_readings, set_for
from benchmarking.demonstration.newcomer import CURRENT, LAST, NEWCOMER
from benchmarking.demonstration.timeline import working_day
from benchmarking.demonstration.trusts import DemonstrationTrust, demonstration_trusts
from benchmarking.file_review.reviews import Instrument, frame_digest, instrument_of
from benchmarking.moments import local
from benchmarking.reviewed_files import (
    ClosedComplaint,
    Outcome,
    Reader,
    Review,
    ReviewState,
    Stratum,
    in_canonical_order,
)
from benchmarking.standard import Library
from benchmarking.statistics import sampling
from benchmarking.store import bulk_reviews
from benchmarking.store.bulk_reviews import WholeReview
from benchmarking.store.database import Writing

# How many complaints a trust closed in the time of a frame, by its type.
FRAMES = {
    "Acute": (180, 400),
    "Mental health": (90, 220),
    "Community": (80, 130),
    "Ambulance": (80, 170),
}
SIZES = (20, 30, 40)
CHANCES = (0.45, 0.55, 0.25)
OUTCOMES = {
    Outcome.UPHELD: 0.3,
    Outcome.PARTLY_UPHELD: 0.36,
    Outcome.NOT_UPHELD: 0.27,
    Outcome.OTHER: 0.07,
}
FRAME_OVER = timedelta(days=182)
FRAME_ENDS_BEFORE_DRAW, BEFORE_DEADLINE, BEFORE_TODAY = 12, 22, 11
DRAWN_AFTER_OPENING = (4, 14)
_SEEDS = 2**62


@dataclass(frozen=True)
class Size:
    """How many files are drawn, of how many closed complaints."""

    files: int
    frame: int


@dataclass(frozen=True)
class Begun:
    """One review of one trust in one cycle, and how far it has come."""

    trust: DemonstrationTrust
    cycle: Cycle
    cycle_place: int
    size: Size
    state: ReviewState

    def chance(self, about: str) -> np.random.Generator:
        """Chance for something that hangs on this review alone."""
        return chance("file review", self.trust.code, self.cycle_place, about)


BY_HAND: Mapping[tuple[str, int], tuple[Size, ReviewState]] = {
    (NEWCOMER, LAST): (Size(40, 291), ReviewState.CLOSED),
    (NEWCOMER, CURRENT): (Size(20, 268), ReviewState.CLOSED),
    ("DEMO-12", CURRENT): (Size(30, 118), ReviewState.READING),
    ("DEMO-31", CURRENT): (Size(30, 304), ReviewState.RECONCILING),
    ("DEMO-24", CURRENT): (Size(30, 226), ReviewState.DRAWN),
    ("DEMO-18", CURRENT): (Size(40, 187), ReviewState.ABANDONED),
}
ABANDONED_BECAUSE = "The list left out the complaints of one hospital. We will draw again."


@dataclass(frozen=True, eq=False)
class Drawn:
    """A review as it is to be written, and what was found, where it is closed."""

    begun: Begun
    whole: WholeReview
    readings: Readings


def add(writing: Writing, drawn: Sequence[Drawn], person_ids: Mapping[str, int]) -> None:
    """Adds the reviews, in the order in which they were drawn."""
    wholes = sorted((one.whole for one in drawn), key=lambda one: one.review.drawn_at)
    bulk_reviews.add_reviews(writing, wholes, person_ids)


def draw_reviews(
    library: Library, rounds: Sequence[Cycle], as_of: date, person_ids: Mapping[str, int]
) -> tuple[Drawn, ...]:
    """All file reviews of the demonstration; none where the cycles' editions have no instrument."""
    instrument = instrument_of(library, rounds[-1])
    if instrument is None:
        return ()
    claims = claims_of(library, instrument.standard)
    return tuple(
        _drawn(begun, instrument, claims, as_of, person_ids) for begun in draw_begun(rounds)
    )


def draw_begun(rounds: Sequence[Cycle]) -> Iterator[Begun]:
    """Which trusts review files in which cycle."""
    for place, cycle in enumerate(rounds):
        for trust in demonstration_trusts():
            if trust.states[place] is None:
                continue
            if by_hand := BY_HAND.get((trust.code, place)):
                yield Begun(trust, cycle, place, *by_hand)
                continue
            drawn = chance("file review", trust.code, place)
            if drawn.random() < CHANCES[place]:
                frame = int(drawn.integers(*FRAMES[trust.organisation.trust_type]))
                size = Size(int(drawn.choice(SIZES, p=[0.3, 0.45, 0.25])), frame)
                yield Begun(trust, cycle, place, size, ReviewState.CLOSED)


def _drawn(
    begun: Begun,
    instrument: Instrument,
    claims: Claims,
    as_of: date,
    person_ids: Mapping[str, int],
) -> Drawn:
    drawn_at, since = _times(begun, as_of)
    frame = _frame(begun, local(drawn_at).date())
    seed = int(begun.chance("seed").integers(_SEEDS))
    places = sampling.draw([complaint.outcome for complaint in frame], begun.size.files, seed)
    review = _review(begun, instrument, frame, places, seed, drawn_at, since)
    readings = draw_readings(
        instrument.standard,
        instrument.review,
        _levels(begun, instrument, claims),
        [frame[place].outcome for place in places],
        set_for(begun.trust.code, begun.cycle_place),
        begun.chance("readings"),
    )
    readers = () if begun.state in _WITHOUT_READERS else _readers(begun, since, person_ids)
    whole = WholeReview(review, readers)
    if begun.state is ReviewState.CLOSED:
        whole = WholeReview(review, readers, findings=readings.findings(instrument.review))
    elif begun.state is not ReviewState.ABANDONED:
        items = [item.id for item in instrument.review.items]
        whole = open_reviews.whole(whole, frame, places, items, readings)
    return Drawn(begun, whole, readings)


_WITHOUT_READERS = (ReviewState.DRAWN, ReviewState.ABANDONED)
_HALF_READ = (ReviewState.DRAWN, ReviewState.READING)


def _times(begun: Begun, as_of: date) -> tuple[datetime, datetime]:
    """When files were drawn, and since when the review is as it is."""
    chances, opened = begun.chance("times"), local(begun.cycle.opens_at).date()
    deadline = local(begun.cycle.deadline_at).date()
    drawn_on = working_day(opened + timedelta(days=int(chances.integers(*DRAWN_AFTER_OPENING))))
    last = min(deadline - timedelta(days=BEFORE_DEADLINE), as_of - timedelta(days=BEFORE_TODAY))
    days = (last - drawn_on).days
    ended_on = working_day(drawn_on + timedelta(days=int(chances.integers(days // 2, days))))
    drawn_at = london(drawn_on, time(10, int(chances.integers(60))))
    if begun.state is ReviewState.DRAWN:
        return drawn_at, drawn_at
    return drawn_at, london(ended_on, time(15, int(chances.integers(60))))


def _frame(begun: Begun, drawn_on: date) -> tuple[ClosedComplaint, ...]:
    """The trust's closed complaints, with references as a complaints office would give them."""
    chances, many = begun.chance("frame"), begun.size.frame
    last = drawn_on - timedelta(days=FRAME_ENDS_BEFORE_DRAW)
    days = np.sort(chances.integers(0, FRAME_OVER.days, many))
    kinds = list(OUTCOMES)
    outcomes = chances.choice(len(kinds), many, p=list(OUTCOMES.values())).tolist()
    closed = [last - FRAME_OVER + timedelta(days=1 + day) for day in days.tolist()]
    # Numbers begin anew each year; the first year was well under way.
    numbers = {closed[0].year: count(int(chances.integers(140, 420)))}
    complaints = [
        ClosedComplaint(
            f"C-{day.year}-{next(numbers.setdefault(day.year, count(1))):04}", day, kinds[outcome]
        )
        for day, outcome in zip(closed, outcomes, strict=True)
    ]
    return in_canonical_order(complaints)


def _review(
    begun: Begun,
    instrument: Instrument,
    frame: Sequence[ClosedComplaint],
    places: Sequence[int],
    seed: int,
    drawn_at: datetime,
    since: datetime,
) -> Review:
    standard, scale = instrument.standard, instrument.scale
    days = [complaint.closed_on for complaint in frame]
    return Review(
        review_id=0,
        organisation_id=begun.trust.organisation.organisation_id,
        cycle_id=begun.cycle.cycle_id,
        standard_id=standard.id,
        edition=standard.edition,
        content_hash=begun.cycle.edition_of(standard.id)[1],
        shown_from=replies.number_of(scale, instrument.review.shown_from),
        top=len(scale.valued),
        seed=seed,
        wanted=begun.size.files,
        frame_size=len(frame),
        frame_sha256=frame_digest(frame),
        closed_from=min(days),
        closed_to=max(days),
        state=begun.state,
        state_since=since,
        reason=ABANDONED_BECAUSE if begun.state is ReviewState.ABANDONED else "",
        drawn_at=drawn_at,
        drawn_by=people.title(Role.TRUST_LEAD, begun.trust.code),
        strata=_strata(frame, places),
    )


def _strata(frame: Sequence[ClosedComplaint], places: Sequence[int]) -> tuple[Stratum, ...]:
    every = [complaint.outcome for complaint in frame]
    drawn = [every[place] for place in places]
    return tuple(Stratum(o, every.count(o), drawn.count(o)) for o in Outcome if o in every)


def _levels(begun: Begun, instrument: Instrument, claims: Claims) -> Mapping[str, int]:
    """The place of the level that evidence shows, by statement; where none is told, the second."""
    row = [trust.code for trust in demonstration_trusts()].index(begun.trust.code)
    shown = claims.shown[begun.cycle_place, row]
    items = instrument.standard.self_assessment.items
    return {
        item.statement: int(level) if level >= 0 else 1
        for item, level in zip(items, shown, strict=True)
    }


def _readers(begun: Begun, since: datetime, person_ids: Mapping[str, int]) -> tuple[Reader, ...]:
    finished = None if begun.state in _HALF_READ else since
    titles = [people.title(role, begun.trust.code) for role in (Role.TRUST_LEAD, Role.CONTRIBUTOR)]
    return tuple(
        Reader(slot, person_ids[title], title, True, finished)
        for slot, title in enumerate(titles, 1)
    )
