"""Reconciling a file review: where two readers differ, what holds; and closing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from benchmarking import free_text
from benchmarking.access import Action, Refused, check_can
from benchmarking.answers import Cycle
from benchmarking.assessing.drafts import CannotSave, SomebodyElseSaved, kept_text
from benchmarking.assessing.sheets import NotThere
from benchmarking.file_review.file_reading import LONGEST_NOTE, number_offered
from benchmarking.file_review.reviews import Standing, about, checked_review, standing
from benchmarking.reviewed_files import Disagreement, DrawnFile, Review, ReviewState
from benchmarking.store import database as store
from benchmarking.store import file_readings, file_reviews
from benchmarking.visit import Visit


@dataclass(frozen=True)
class Differences:
    """All that two readers differ about, file by file in the order of the draw."""

    standing: Standing
    found: tuple[Disagreement, ...]

    @cached_property
    def by_file(self) -> Mapping[DrawnFile, tuple[Disagreement, ...]]:
        """In each file the items in the order of the instrument."""
        order = [item.id for item in self.standing.instrument.review.items]
        files = sorted({one.file for one in self.found}, key=lambda file: file.number)
        return {
            file: tuple(
                sorted(
                    (one for one in self.found if one.file == file),
                    key=lambda one: order.index(one.item_id),
                )
            )
            for file in files
        }

    @property
    def left(self) -> int:
        """How many still need an answer."""
        return sum(one.agreed is None for one in self.found)


def differences(visit: Visit, trust_code: str, cycle: Cycle) -> Differences:
    """Where the readers of the review that is being reconciled differ.

    Raises:
        Refused: the person neither read in this review nor leads it.
        NotThere: there is nothing to reconcile: the two have not both finished, or it is over.
    """
    seen = standing(visit, trust_code, cycle)
    if seen is None or not seen.may_reconcile:
        raise Refused(_NOT_YOURS, Action.REVIEW_FILES, trust_code)
    if seen.review is None or seen.review.state is not ReviewState.RECONCILING:
        raise NotThere("There is nothing to reconcile here. Look at the page again.")
    with visit.database.reading() as reading:
        return Differences(seen, file_readings.disagreements(reading, seen.review.review_id))


_NOT_YOURS = "There is nothing here that you can see. Ask your trust lead if you should."


def agree(
    visit: Visit, seen: Differences, about_what: Disagreement, choice: str, note: str, revision: int
) -> datetime:
    """Settles what holds for one item of one file; the moment it was saved.

    Args:
        visit: who settles it, and when.
        seen: the differences that the person is looking at.
        about_what: one of them.
        choice: an option of the scale; any of them, also one that neither reader chose.
        note: why.
        revision: of the settled answer that the person saw, 0 for none.

    Raises:
        Refused: the person neither read in this review nor leads it.
        NotThere: the readers do not differ about this.
        CannotSave: the choice is not offered, the note too long, or the review is over.
        NeedsConfirmation: the note may tell who somebody is.
        SomebodyElseSaved: somebody settled it in between.
    """
    check_can(visit.person, Action.REVIEW_FILES, seen.standing.trust.code)
    if not seen.standing.may_reconcile or about_what not in seen.found:
        raise NotThere("The readers do not differ about this. Look at the page again.")
    answer = number_offered(seen.standing.instrument.scale, choice)
    kept = kept_text(note, LONGEST_NOTE, "The note")
    before = (about_what.agreed.note,) if about_what.agreed else ()
    confirmed = free_text.confirmed(visit, kept, before=before)
    entry = visit.audit("settle a difference of readings", about(seen.standing), *confirmed)
    with visit.database.writing(entry) as writing:
        review = _reconciled(visit, writing, seen.standing)
        saved = file_readings.agree(
            writing,
            review,
            about_what.file.number,
            about_what.item_id,
            answer=answer,
            note=kept,
            read_revision=revision,
        )
    if not saved:
        raise SomebodyElseSaved(_stored(visit, seen, about_what), choice)
    return visit.now


def close(visit: Visit, seen: Standing) -> None:
    """Closes a review: what was found is written down and does not change any more.

    Raises:
        Refused: the person does not lead file reviews of this trust.
        CannotSave: the readers have not both finished, or differ about something still.
    """
    check_can(visit.person, Action.DRAW_FILES, seen.trust.code)
    with visit.database.writing(visit.audit("close file review", about(seen))) as writing:
        review = checked_review(writing, seen)
        if review.state is not ReviewState.RECONCILING:
            raise CannotSave("Both readers must finish before a review can be closed.")
        found = file_readings.disagreements(writing, review.review_id)
        left = sum(one.agreed is None for one in found)
        if left:
            many = "1 difference is" if left == 1 else f"{left} differences are"
            raise CannotSave(f"{many} not settled yet. Settle every one, then close the review.")
        file_readings.keep_findings(writing, review.review_id)
        file_reviews.move(writing, review, ReviewState.CLOSED)
    visit.database.checkpoint()


def _reconciled(visit: Visit, reading: store.Reading, seen: Standing) -> Review:
    """The review while it is reconciled, if the person still has a part in that."""
    review = checked_review(reading, seen)
    readers = file_reviews.readers_of(reading, review.review_id)
    reads = any(reader.person_id == visit.person.person_id for reader in readers)
    if not reads:
        check_can(visit.person, Action.DRAW_FILES, seen.trust.code)
    if review.state is not ReviewState.RECONCILING:
        raise CannotSave("Both readers must finish before their differences are settled.")
    return review


def _stored(visit: Visit, seen: Differences, about_what: Disagreement) -> Disagreement:
    review = seen.standing.review
    assert review is not None
    with visit.database.reading() as reading:
        found = file_readings.disagreements(reading, review.review_id)
    place = (about_what.file, about_what.item_id)
    return next(one for one in found if (one.file, one.item_id) == place)
