"""File reviews: where one stands, and how it is drawn, given to readers, and abandoned."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from benchmarking import free_text, personal_details, replies
from benchmarking.access import Action, can, check_can
from benchmarking.answers import Cycle, Organisation
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere, trust_of
from benchmarking.entry_faults import refuse, text_or_fault
from benchmarking.imports import file_frame
from benchmarking.imports.file_frame import COLUMNS, Allowed
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import in_words
from benchmarking.results.history import Cycles
from benchmarking.reviewed_files import (
    ClosedComplaint,
    Outcome,
    Plan,
    Reader,
    Review,
    ReviewState,
    in_canonical_order,
)
from benchmarking.standard import AnswerScale, FileReview, Library, Standard
from benchmarking.statistics import sampling
from benchmarking.store import cycles, file_readings, file_reviews, people
from benchmarking.store.database import Reading, Writing
from benchmarking.visit import Visit

SUGGESTED = 30
MOST_FILES = 200
LONGEST_REASON = 500
SLOTS = (1, 2)
_SEED_BITS = 62


@dataclass(frozen=True)
class Instrument:
    """What readers look for, of which edition, and the answers they choose from."""

    standard: Standard
    review: FileReview
    scale: AnswerScale


@dataclass(frozen=True)
class Colleague:
    """Somebody who may read files of the trust, by title."""

    person_id: int
    title: str


@dataclass(frozen=True)
class Standing:
    """Where the newest review of a trust in a cycle stands, as one person may see it.

    ``slot`` is the slot in which the person reads, None where they do not. ``may_draw`` says
    whether they lead the review. ``is_cycle_closed`` keeps everything as it is.
    """

    trust: Organisation
    cycle: Cycle
    instrument: Instrument
    review: Review | None
    readers: tuple[Reader, ...]
    slot: int | None
    may_draw: bool
    is_cycle_closed: bool

    @property
    def state(self) -> ReviewState | None:
        return self.review.state if self.review else None

    @property
    def is_over(self) -> bool:
        """Whether another review may begin."""
        return self.review is None or not self.review.state.is_open

    def reader(self, slot: int) -> Reader | None:
        """Who reads in a slot, None where nobody is named."""
        return next((one for one in self.readers if one.slot == slot), None)

    @property
    def may_reconcile(self) -> bool:
        return self.may_draw or self.slot is not None


def instrument_of(library: Library, cycle: Cycle) -> Instrument | None:
    """The instrument that a cycle's editions have; None where none has one."""
    for name, edition, _ in cycle.editions:
        standard = library.standard(name, edition)
        if standard.file_review is not None:
            review = standard.file_review
            return Instrument(standard, review, library.scales[review.scale])
    return None


def cycles_offered(visit: Visit, trust_code: str, keep: Keep = afresh) -> tuple[Cycle, ...]:
    """The cycles that have opened, the newest first.

    Raises:
        Refused: the person has no part in file reviews of this trust.
        NotThere: no cycle yet.
    """
    check_can(visit.person, Action.REVIEW_FILES, trust_code)
    return Cycles(visit, keep).opened


def standing(visit: Visit, trust_code: str, cycle: Cycle) -> Standing | None:
    """Where the newest review stands; None where the cycle's editions have no file review.

    Raises:
        Refused: the person has no part in file reviews of this trust.
        NotThere: no such trust.
    """
    check_can(visit.person, Action.REVIEW_FILES, trust_code)
    instrument = instrument_of(visit.library, cycle)
    if instrument is None:
        return None
    with visit.database.reading() as reading:
        trust = trust_of(reading, trust_code)
        found = file_reviews.of_cycle(reading, trust.organisation_id, cycle.cycle_id)
        newest = found[0] if found else None
        readers = file_reviews.readers_of(reading, newest.review_id) if newest else ()
        closed = cycles.rule_of(reading, cycle.cycle_id).closed_at is not None
    return Standing(
        trust=trust,
        cycle=cycle,
        instrument=instrument,
        review=newest,
        readers=readers,
        slot=next((r.slot for r in readers if r.person_id == visit.person.person_id), None),
        may_draw=can(visit.person, Action.DRAW_FILES, trust_code),
        is_cycle_closed=closed,
    )


def template() -> pd.DataFrame:
    """A frame to fill in: the three columns, with one row for each outcome as an example."""
    rows = [
        (f"C-2026-{number:03}", f"2026-05-{number + 10}", outcome.value)
        for number, outcome in enumerate(Outcome, 1)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


@dataclass(frozen=True)
class Frame:
    """Closed complaints from which files may be drawn, in canonical order."""

    complaints: tuple[ClosedComplaint, ...]

    @property
    def sizes(self) -> Mapping[Outcome, int]:
        """How many there are of each outcome that there is."""
        found = Counter(complaint.outcome for complaint in self.complaints)
        return {outcome: found[outcome] for outcome in Outcome if found[outcome]}

    def allocation(self, wanted: int) -> Mapping[Outcome, int]:
        """How many files of each outcome a draw of this size takes."""
        taken = sampling.allocation(list(self.sizes.values()), wanted)
        return dict(zip(self.sizes, taken, strict=True))

    @property
    def in_words(self) -> str:
        """How many there are, and from which time."""
        days = [complaint.closed_on for complaint in self.complaints]
        many = f"{len(days):,} complaints" if len(days) > 1 else "One complaint"
        return f"{many}, closed from {in_words(min(days))} to {in_words(max(days))}."


def look_at(visit: Visit, trust_code: str, content: bytes, name: str) -> Frame:
    """The frame in a file. Nothing is stored.

    Raises:
        Refused: the person may not draw this trust's files.
        ImportRefused: with every fault of the file.
    """
    check_can(visit.person, Action.DRAW_FILES, trust_code)
    return Frame(file_frame.read(content, Allowed(visit.today, _identifies), name))


def look_at_pasted(visit: Visit, trust_code: str, text: str) -> Frame:
    """The frame in rows that somebody pasted; raises as ``look_at``."""
    return look_at(visit, trust_code, file_frame.from_pasted(text), "what you pasted")


def draw(visit: Visit, seen: Standing, frame: Frame, wanted: int) -> int:
    """Draws files at random from a frame, and so begins a review; its number.

    Args:
        visit: who draws, and when.
        seen: where the newest review stood.
        frame: as ``look_at`` found it.
        wanted: how many files; all are drawn where there are fewer.

    Raises:
        Refused: the person may not draw this trust's files.
        CannotSave: another review is open, the size cannot be, or the cycle is closed.
    """
    check_can(visit.person, Action.DRAW_FILES, seen.trust.code)
    if not 1 <= wanted <= MOST_FILES:
        raise CannotSave(f"Draw from 1 to {MOST_FILES} files. {SUGGESTED} is a good number.")
    plan = _plan(seen, frame, wanted)
    with visit.database.writing(visit.audit("draw files", about(seen))) as writing:
        check_cycle_open(writing, seen)
        found = file_reviews.of_cycle(writing, plan.organisation_id, plan.cycle_id)
        if found and found[0].state.is_open:
            raise CannotSave("A review is open already. Close or abandon it first.")
        return file_reviews.add(writing, plan)


def colleagues(visit: Visit, trust_code: str) -> tuple[Colleague, ...]:
    """Everybody who may be named as a reader, by title.

    Raises:
        Refused: the person may not draw this trust's files.
    """
    check_can(visit.person, Action.DRAW_FILES, trust_code)
    with visit.database.reading() as reading:
        return _colleagues(visit, reading, trust_code)


def name_readers(visit: Visit, seen: Standing, named: Sequence[int]) -> None:
    """Names the two readers by their numbers, in place of those who have not begun.

    A reader who has begun can be replaced only once they may no longer read; what they had
    read is removed then, and the new reader begins afresh.

    Raises:
        Refused: the person may not draw this trust's files.
        CannotSave: the two are one, one may not read, or has been reading, or files are no
            longer read.
    """
    check_can(visit.person, Action.DRAW_FILES, seen.trust.code)
    if len(named) != len(SLOTS) or len(set(named)) != len(SLOTS):
        raise CannotSave("Two different people read each file. Choose two.")
    with visit.database.writing(visit.audit("name readers of files", about(seen))) as writing:
        review = checked_review(writing, seen)
        if not review.state.is_read:
            raise CannotSave("All files have been read, so readers stay as they are.")
        able = {one.person_id for one in _colleagues(visit, writing, seen.trust.code)}
        if not set(named) <= able:
            raise CannotSave("This colleague may not read files. Choose somebody from the list.")
        _replace(writing, review, named, able)


def _replace(writing: Writing, review: Review, named: Sequence[int], able: set[int]) -> None:
    before = {reader.slot: reader for reader in file_reviews.readers_of(writing, review.review_id)}
    for slot, person_id in zip(SLOTS, named, strict=True):
        reader = before.get(slot)
        if reader is not None and reader.person_id == person_id:
            continue
        if reader is not None and (reader.has_finished or reader.has_begun):
            if reader.has_finished or reader.person_id in able:
                raise CannotSave(f"{reader.title} has begun to read and stays a reader.")
            file_readings.forget(writing, review.review_id, slot)
        file_reviews.name_reader(writing, review, slot, person_id)


def abandon(visit: Visit, seen: Standing, reason: str) -> None:
    """Ends a review without a result; another may begin.

    Raises:
        Refused: the person may not draw this trust's files.
        CannotSave: it is over already, or the cycle is closed.
        EntryFaults: no reason was given, or too long a one.
        NeedsConfirmation: the reason may tell who somebody is.
    """
    check_can(visit.person, Action.DRAW_FILES, seen.trust.code)
    kept, fault = text_or_fault(
        reason, LONGEST_REASON, "The reason", "Say why, so that it can be understood later."
    )
    refuse({"reason": fault})
    entry = visit.audit("abandon file review", about(seen), *free_text.confirmed(visit, kept))
    with visit.database.writing(entry) as writing:
        review = checked_review(writing, seen)
        file_reviews.move(writing, review, ReviewState.ABANDONED, kept)


def checked_review(reading: Reading, seen: Standing) -> Review:
    """The review that somebody saw, as it is stored now, if anything in it may be changed.

    Asks no permission; the use case that calls it has.

    Raises:
        NotThere: there is none.
        CannotSave: it is over, or its cycle is closed.
    """
    check_cycle_open(reading, seen)
    review = file_reviews.find(reading, seen.review.review_id) if seen.review else None
    if review is None or review.organisation_id != seen.trust.organisation_id:
        raise NotThere("There is no such review here. Look at the page again.")
    if not review.state.is_open:
        raise CannotSave("This review is over, so nothing in it can be changed.")
    return review


def check_cycle_open(reading: Reading, seen: Standing) -> None:
    """Passes silently while no administrator has closed the cycle.

    Raises:
        CannotSave: one has.
    """
    if cycles.rule_of(reading, seen.cycle.cycle_id).closed_at is not None:
        raise CannotSave(f"{seen.cycle.title} is closed, so nothing in it can be changed.")


def about(seen: Standing) -> str:
    """What an audit entry calls a review. No file, no item, and nothing that was answered."""
    number = f" review {seen.review.review_id}" if seen.review else ""
    return f"{seen.trust.code} {seen.cycle.cycle_id}{number}"


def _identifies(text: str) -> str:
    found = personal_details.kinds([text])
    return personal_details.in_words(found) if found else ""


def _plan(seen: Standing, frame: Frame, wanted: int) -> Plan:
    instrument, seed = seen.instrument, secrets.randbits(_SEED_BITS)
    standard, scale = instrument.standard, instrument.scale
    complaints = in_canonical_order(frame.complaints)
    return Plan(
        organisation_id=seen.trust.organisation_id,
        cycle_id=seen.cycle.cycle_id,
        standard_id=standard.id,
        edition=standard.edition,
        content_hash=seen.cycle.edition_of(standard.id)[1],
        shown_from=replies.number_of(scale, instrument.review.shown_from),
        top=len(scale.valued),
        seed=seed,
        wanted=wanted,
        frame=complaints,
        frame_sha256=frame_digest(complaints),
        drawn=sampling.draw([complaint.outcome for complaint in complaints], wanted, seed),
    )


def frame_digest(complaints: Sequence[ClosedComplaint]) -> str:
    """What vouches for a frame in canonical order: SHA-256 of its lines, in hexadecimal."""
    lines = [f"{c.reference}\t{c.closed_on}\t{c.outcome.value}\n" for c in complaints]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _colleagues(visit: Visit, reading: Reading, trust_code: str) -> tuple[Colleague, ...]:
    known = [one.known.at(visit.now) for one in people.every(reading)]
    return tuple(
        Colleague(person.person_id, person.title)
        for person in known
        if can(person, Action.REVIEW_FILES, trust_code)
    )
