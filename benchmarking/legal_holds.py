"""Legal holds: an administrator keeps everything of a trust from being purged, with a reason."""

from datetime import date, datetime, time, timedelta

from benchmarking import free_text
from benchmarking.access import Action, check_can
from benchmarking.assessing.drafts import CannotSave, kept_text
from benchmarking.assessing.sheets import NotThere, trust_of
from benchmarking.moments import from_clocks
from benchmarking.store import legal_holds as store
from benchmarking.store.legal_holds import Hold
from benchmarking.visit import Visit

LONGEST_REASON = 500


def every(visit: Visit) -> tuple[Hold, ...]:
    """All holds there ever were, the newest first.

    Raises:
        Refused: the person may not see the audit.
    """
    check_can(visit.person, Action.SEE_AUDIT)
    with visit.database.reading() as reading:
        return store.every(reading)


def place(visit: Visit, trust_code: str, reason: str, last_day: date | None = None) -> int:
    """Places a hold on a trust from now on; its number.

    Args:
        visit: who places it, and when.
        trust_code: the trust.
        reason: why, such as the name of a proceeding. It is kept with the hold and stands nowhere
            else, not in the audit either.
        last_day: the last day it holds, in London; None until somebody ends it.

    Raises:
        Refused: the person may not administer the installation.
        NotThere: no such trust.
        CannotSave: no trust was chosen, there is no reason, or it would end before it begins.
        NeedsConfirmation: the reason may tell who somebody is.
        NeedsConfirmation: the reason may tell who somebody is.
    """
    check_can(visit.person, Action.ADMINISTER)
    if not trust_code:
        raise CannotSave("A hold is on one trust. Choose which.")
    kept = kept_text(reason, LONGEST_REASON, "The reason")
    if not kept:
        raise CannotSave("A hold needs a reason. Write why nothing of this trust may go.")
    until = None if last_day is None else _end_of(last_day)
    if until is not None and until <= visit.now:
        raise CannotSave("A hold cannot end before it begins. Choose today or a later day.")
    confirmed = free_text.confirmed(visit, kept)
    with visit.database.writing(visit.audit("place legal hold", trust_code, *confirmed)) as writing:
        trust = trust_of(writing, trust_code)
        return store.add(writing, trust.organisation_id, kept, until)


def end(visit: Visit, hold_id: int) -> None:
    """Ends a hold now.

    Raises:
        Refused: the person may not administer the installation.
        NotThere: there is no such hold, or it has ended.
    """
    check_can(visit.person, Action.ADMINISTER)
    with visit.database.writing(visit.audit("end legal hold", f"hold {hold_id}")) as writing:
        ended = store.end(writing, hold_id)
    if not ended:
        raise NotThere("This hold has ended already. Look at the list again.")


def _end_of(day: date) -> datetime:
    shown = datetime.combine(day + timedelta(days=1), time())
    return from_clocks(shown) or shown
