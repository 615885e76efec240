"""What a file review waits for somebody to do, for the page that they meet first."""

from enum import StrEnum

from benchmarking.access import Action, can
from benchmarking.answers import Cycle
from benchmarking.file_review.reviews import SLOTS, Standing, standing
from benchmarking.keeping import Keep, afresh
from benchmarking.reviewed_files import ReviewState
from benchmarking.visit import Visit


class Waits(StrEnum):
    """What a file review waits for somebody to do, as a sentence."""

    READING = "A file review waits for you to read its files."
    READERS = "A file review is drawn and waits for you to name two readers."
    RECONCILING = "Both readers of complaint files have finished: settle where they differ."


def waits_for(visit: Visit, trust_code: str, cycle: Cycle, keep: Keep = afresh) -> Waits | None:
    """What the newest review waits for this person to do; None where nothing.

    Raises:
        NotThere: no such trust.
    """
    if not can(visit.person, Action.REVIEW_FILES, trust_code):
        return None
    whose = (trust_code, cycle.cycle_id, visit.person.person_id)
    key = ("review waits", visit.stand.of_trust(trust_code), *whose)
    return keep(key, lambda: _waits(standing(visit, trust_code, cycle)))


def _waits(seen: Standing | None) -> Waits | None:
    if seen is None or seen.review is None or seen.is_cycle_closed:
        return None
    if seen.review.state.is_read:
        mine = None if seen.slot is None else seen.reader(seen.slot)
        if mine is not None:
            return None if mine.has_finished else Waits.READING
        return Waits.READERS if seen.may_draw and len(seen.readers) < len(SLOTS) else None
    settles = seen.review.state is ReviewState.RECONCILING and seen.may_reconcile
    return Waits.RECONCILING if settles else None
