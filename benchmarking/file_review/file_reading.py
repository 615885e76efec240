"""Reading complaint files: what one reader finds, and nobody else sees until both finished."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from benchmarking import free_text, replies
from benchmarking.access import Action, Refused, check_can
from benchmarking.answers import Cycle
from benchmarking.assessing.drafts import CannotSave, SomebodyElseSaved, kept_text
from benchmarking.assessing.sheets import NotThere
from benchmarking.file_review.reviews import Instrument, Standing, about, checked_review, standing
from benchmarking.keeping import Keep, afresh
from benchmarking.reviewed_files import DrawnFile, Reader, Reading, Review, ReviewState
from benchmarking.standard import AnswerScale, Closeness, ReviewItem
from benchmarking.store import database as store
from benchmarking.store import file_readings, file_reviews
from benchmarking.store.audit_actions import SAVE_READING
from benchmarking.visit import Visit

LONGEST_NOTE = 500
HANDLING, APOLOGY = "handling", "apology"


@dataclass(frozen=True)
class FileLine:
    """One item of one file, and what this reader found."""

    item: ReviewItem
    reading: Reading | None
    choice: str | None

    @property
    def is_proxy(self) -> bool:
        """Whether the file shows a sign of the statement, and not the thing itself."""
        return Closeness.PROXY in self.item.measures.values()


@dataclass(frozen=True)
class Group:
    """Items that are read together: of one stage, of handling, of an apology.

    ``briefly`` is its title where there is little room.
    """

    id: str
    title: str
    briefly: str
    items: tuple[ReviewItem, ...]


@dataclass(frozen=True)
class FileSheet:
    """One file as one reader works on it.

    ``answered`` counts the items that this reader has answered, by the number of the file.
    """

    standing: Standing
    slot: int
    files: tuple[DrawnFile, ...]
    file: DrawnFile
    groups: tuple[Group, ...]
    lines: Mapping[str, FileLine]
    answered: Mapping[int, int]

    @property
    def items(self) -> int:
        return len(self.lines)

    @property
    def done(self) -> int:
        """How many items of this file are answered."""
        return self.answered.get(self.file.number, 0)

    @property
    def is_complete(self) -> bool:
        """Whether every item of every file is answered."""
        return all(self.is_read(file) for file in self.files)

    def is_read(self, file: DrawnFile) -> bool:
        return self.answered.get(file.number, 0) >= self.items

    def lines_of(self, group: Group) -> tuple[FileLine, ...]:
        return tuple(self.lines[item.id] for item in group.items)

    def left_in(self, group: Group) -> int:
        """How many items of a group this file still needs."""
        return sum(line.reading is None for line in self.lines_of(group))

    @property
    def next_group(self) -> Group | None:
        """The first group of this file that is not finished."""
        return next((group for group in self.groups if self.left_in(group)), None)

    @property
    def next_file(self) -> DrawnFile | None:
        """The next file that is not finished, after this one and then from the beginning."""
        place = self.files.index(self.file)
        others = (*self.files[place + 1 :], *self.files[:place])
        return next((file for file in others if not self.is_read(file)), None)


def groups_of(instrument: Instrument) -> tuple[Group, ...]:
    """The items of an instrument in the groups in which they are read, none of them empty."""
    review, found = instrument.review, []
    for stage in instrument.standard.stages:
        ids = {statement.id for statement in stage.statements}
        ids |= {stage.headline.id} if stage.headline else set()
        items = tuple(item for item in review.statements if ids & set(item.measures))
        briefly = f"{instrument.standard.words.stage.capitalize()} {stage.number}"
        found.append(Group(stage.id, stage.numbered, briefly, items))
    found.append(Group(HANDLING, "How it was handled", "Handling", review.criteria))
    found.append(Group(APOLOGY, "The apology", "Apology", review.apology))
    return tuple(group for group in found if group.items)


def sheet(
    visit: Visit,
    trust_code: str,
    cycle: Cycle,
    number: int | None = None,
    keep: Keep = afresh,
) -> FileSheet:
    """One file with what this reader found in it; by default the first that is not finished.

    Raises:
        Refused: the person does not read this review.
        NotThere: there is no such file.
    """
    check_can(visit.person, Action.REVIEW_FILES, trust_code)
    whose = (trust_code, cycle.cycle_id, number, visit.person.person_id)
    key = ("file sheet", visit.stand.of_trust(trust_code), *whose)
    return keep(key, partial(_sheet, visit, trust_code, cycle, number))


def _sheet(visit: Visit, trust_code: str, cycle: Cycle, number: int | None) -> FileSheet:
    seen = standing(visit, trust_code, cycle)
    if seen is None or seen.review is None or seen.slot is None:
        raise Refused(_NOT_YOURS, Action.REVIEW_FILES, trust_code)
    with visit.database.reading() as reading:
        files = file_reviews.files_of(reading, seen.review.review_id)
        answered = file_readings.answered(reading, seen.review.review_id, seen.slot)
        file = _file(files, number, answered, len(seen.instrument.review.items))
        said = file_readings.of_file(reading, seen.review.review_id, seen.slot, file.number)
    lines = {
        item.id: _line(seen.instrument.scale, item, said.get(item.id))
        for item in seen.instrument.review.items
    }
    return FileSheet(seen, seen.slot, files, file, groups_of(seen.instrument), lines, answered)


_NOT_YOURS = "There is nothing here that you can see. Ask your trust lead if you should."


def save(
    visit: Visit, seen: FileSheet, item_id: str, choice: str, note: str, read_revision: int
) -> datetime:
    """Saves what this reader found about one item of one file; the moment it was saved.

    Args:
        visit: who reads, and when.
        seen: the file that the person is looking at.
        item_id: of the instrument.
        choice: an option of its scale.
        note: where in the file it stands, or what is missing.
        read_revision: the revision that the person saw, 0 for none.

    Raises:
        Refused: the person does not read this review.
        NotThere: there is no such file or item.
        CannotSave: the choice is not offered, the note too long, or reading is over.
        NeedsConfirmation: the note may tell who somebody is.
        SomebodyElseSaved: the same reader saved it in another window in between.
    """
    check_can(visit.person, Action.REVIEW_FILES, seen.standing.trust.code)
    line = _known(seen, item_id)
    answer = number_offered(seen.standing.instrument.scale, choice)
    kept = kept_text(note, LONGEST_NOTE, "The note")
    before = (line.reading.note,) if line.reading else ()
    confirmed = free_text.confirmed(visit, kept, before=before)
    entry = visit.audit(SAVE_READING, about(seen.standing), *confirmed)
    with visit.database.writing(entry) as writing:
        review, slot = _mine(visit, writing, seen), seen.slot
        if review.state is ReviewState.DRAWN:
            file_reviews.move(writing, review, ReviewState.READING)
        saved = file_readings.save(
            writing,
            review,
            slot,
            seen.file.number,
            item_id,
            answer=answer,
            note=kept,
            read_revision=read_revision,
        )
    if not saved:
        raise SomebodyElseSaved(_stored(visit, seen, item_id), choice)
    return visit.now


def finish(visit: Visit, seen: FileSheet) -> None:
    """Says that this reader has read everything; once both have, they reconcile.

    Raises:
        Refused: the person does not read this review.
        CannotSave: something has not been answered, or was finished before.
    """
    check_can(visit.person, Action.REVIEW_FILES, seen.standing.trust.code)
    entry = visit.audit("finish reading files", about(seen.standing))
    with visit.database.writing(entry) as writing:
        review = _mine(visit, writing, seen)
        answered = file_readings.answered(writing, review.review_id, seen.slot)
        if any(answered.get(file.number, 0) < seen.items for file in seen.files):
            raise CannotSave("Some files are not finished yet. Answer every item of each file.")
        file_reviews.finish(writing, review.review_id, seen.slot)
        readers = file_reviews.readers_of(writing, review.review_id)
        if len(readers) > 1 and all(reader.has_finished for reader in readers):
            file_reviews.move(writing, review, ReviewState.RECONCILING)


def number_offered(scale: AnswerScale, choice: str) -> int:
    """The number of a choice.

    Raises:
        CannotSave: the scale has no such choice.
    """
    if choice not in scale.by_id:
        raise CannotSave("This answer is not offered here. Choose one of those shown.")
    return replies.number_of(scale, choice)


def choice_of(scale: AnswerScale, number: int) -> str:
    """The choice that has a number."""
    return next(c.id for c in scale.choices if replies.number_of(scale, c.id) == number)


def _mine(visit: Visit, reading: store.Reading, seen: FileSheet) -> Review:
    """The review, if the person still reads in the slot and has not finished."""
    review = checked_review(reading, seen.standing)
    reader = _in_slot(file_reviews.readers_of(reading, review.review_id), seen.slot)
    if reader is None or reader.person_id != visit.person.person_id:
        raise Refused(_NOT_YOURS, Action.REVIEW_FILES, seen.standing.trust.code)
    if reader.has_finished or not review.state.is_read:
        raise CannotSave("You have finished reading, so your answers stay as they are.")
    return review


def _in_slot(readers: Sequence[Reader], slot: int) -> Reader | None:
    return next((reader for reader in readers if reader.slot == slot), None)


def _known(seen: FileSheet, item_id: str) -> FileLine:
    if item_id not in seen.lines or seen.file not in seen.files:
        raise NotThere("This is not asked of this file. Look at the page again.")
    return seen.lines[item_id]


def _file(
    files: Sequence[DrawnFile], number: int | None, answered: Mapping[int, int], items: int
) -> DrawnFile:
    if number is None:
        return next((f for f in files if answered.get(f.number, 0) < items), files[0])
    for file in files:
        if file.number == number:
            return file
    raise NotThere("There is no such file in this review. Choose one of those drawn.")


def _line(scale: AnswerScale, item: ReviewItem, reading: Reading | None) -> FileLine:
    return FileLine(item, reading, choice_of(scale, reading.answer) if reading else None)


def _stored(visit: Visit, seen: FileSheet, item_id: str) -> FileLine:
    """The line as it is stored at this moment."""
    review = seen.standing.review
    assert review is not None
    with visit.database.reading() as reading:
        said = file_readings.of_file(reading, review.review_id, seen.slot, seen.file.number)
    return _line(seen.standing.instrument.scale, seen.lines[item_id].item, said.get(item_id))
