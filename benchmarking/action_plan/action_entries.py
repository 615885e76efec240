"""Every change to an action: added, changed, told about, closed, opened again."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from benchmarking import free_text
from benchmarking.access import Action, check_can
from benchmarking.action_plan import action_words
from benchmarking.answers import WHOLE_TRUST, ItemKey
from benchmarking.assessing.drafts import CannotSave, SomebodyElseSaved
from benchmarking.assessing.sheets import NotThere, current_cycle, part_of, standards_of, trust_of
from benchmarking.entry_faults import refuse, text_or_fault
from benchmarking.moments import in_words, moment_in_words
from benchmarking.store import actions as store
from benchmarking.store.database import AuditEntry, Reading, Writing
from benchmarking.trust_actions import Closure, Owner, Promised, Status, TrustAction
from benchmarking.visit import Visit

LONGEST_TEXT = 2000
LONGEST_OWNER = 100
LONGEST_NOTE = 1000
LONGEST_CYCLE = 40
LONGEST_SHOWN_BY = 300

_NO_ACTION = "This trust has no such action. Choose one from the list."


@dataclass(frozen=True)
class Ending:
    """How an action is closed: done, with what shows it, or dropped, with the reason.

    ``outcome`` is what came of it, or why it was dropped. ``evidence_id`` names a piece of
    evidence on one of its statements.
    """

    status: Status
    outcome: str
    closed_on: date | None
    evidence_id: str | None = None
    shown_by: str = ""


def add(visit: Visit, trust_code: str, new: Promised, scope: str = WHOLE_TRUST) -> int:
    """Adds what a trust will do; the action's number.

    Args:
        visit: who adds, and when.
        trust_code: whose action.
        new: what, who, by when, for which statements. An owner without a number is a role.
        scope: the part of the trust that will do it.

    Raises:
        Refused: the person may not answer for this trust.
        NotThere: no such trust or part of it, or no cycle has been opened.
        EntryFaults: something is missing or cannot be.
        NeedsConfirmation: the words may tell who somebody is; so of every change to an action.
    """
    check_can(visit.person, Action.ANSWER, trust_code)
    cycle = current_cycle(visit)
    confirmed = free_text.confirmed(visit, new.text, new.owner.title)
    with visit.database.writing(visit.audit("add action", trust_code, *confirmed)) as writing:
        number = _number_of(writing, trust_code, scope)
        kept = _checked(visit, writing, trust_code, new, None)
        return store.add(writing, number, scope, cycle.cycle_id, kept)


def change(
    visit: Visit,
    trust_code: str,
    action_id: int,
    new: Promised,
    read_revision: int,
    why_moved: str = "",
) -> datetime:
    """Changes what was promised; the moment it was saved.

    A day that was set is moved with a reason only, which is kept as a note.

    Raises:
        Refused: the person may not answer for this trust.
        NotThere: the trust has no such action.
        CannotSave: something is missing or cannot be, or the action is over.
        SomebodyElseSaved: the stored action is newer than the one that the person saw.
    """
    check_can(visit.person, Action.ANSWER, trust_code)
    confirmed = _confirmed_change(visit, trust_code, action_id, new, why_moved)
    entry = _entry(visit, "change action", trust_code, action_id, *confirmed)
    with visit.database.writing(entry) as writing:
        stored = _stored(writing, trust_code, action_id)
        _check_open(stored)
        kept = _checked(visit, writing, trust_code, new, stored)
        if stored.action_revision != read_revision:
            raise SomebodyElseSaved(stored, kept.text)
        _tell_of_move(writing, stored, kept, why_moved)
        store.change(writing, stored, kept)
    return visit.now


def tell(
    visit: Visit, trust_code: str, action_id: int, text: str, *, begins: bool, read_revision: int
) -> None:
    """Adds a note on how an action goes; with ``begins`` it is in progress from now on.

    Raises:
        Refused: the person may not answer for this trust.
        NotThere: the trust has no such action.
        CannotSave: nothing was said, or the action has changed since it was seen.
    """
    check_can(visit.person, Action.ANSWER, trust_code)
    kept, fault = text_or_fault(text, LONGEST_NOTE, "The note", "")
    refuse({"note": fault})
    confirmed = free_text.confirmed(visit, kept)
    entry = _entry(visit, "note on action", trust_code, action_id, *confirmed)
    with visit.database.writing(entry) as writing:
        stored = _stored(writing, trust_code, action_id)
        begun = begins and stored.status is Status.OPEN
        if not (kept or begun):
            refuse({"note": "Say how it goes."})
        if begun:
            _check_seen(stored, read_revision)
            store.set_status(writing, stored, Status.IN_PROGRESS)
        status = Status.IN_PROGRESS if begun else None
        store.tell(writing, stored, kept, to_status=status)


def close(
    visit: Visit, trust_code: str, action_id: int, ending: Ending, read_revision: int
) -> None:
    """Closes an action as done or dropped.

    Raises:
        Refused: the person may not answer for this trust.
        NotThere: the trust has no such action.
        CannotSave: something is missing or cannot be, the action is over, or it has changed
            since it was seen.
    """
    check_can(visit.person, Action.ANSWER, trust_code)
    confirmed = free_text.confirmed(visit, ending.outcome, ending.shown_by)
    entry = _entry(visit, "close action", trust_code, action_id, *confirmed)
    with visit.database.writing(entry) as writing:
        stored = _stored(writing, trust_code, action_id)
        _check_open(stored)
        _check_seen(stored, read_revision)
        closure = _closure(visit, writing, stored, ending)
        store.close(writing, stored, ending.status, closure)
        store.tell(writing, stored, closure.outcome, to_status=ending.status)


def reopen(visit: Visit, trust_code: str, action_id: int, why: str, read_revision: int) -> None:
    """Opens an action again that was done or dropped; raises as ``close``."""
    check_can(visit.person, Action.ANSWER, trust_code)
    kept, fault = text_or_fault(why, LONGEST_NOTE, "The reason", "Say why it is opened again.")
    refuse({"why": fault})
    confirmed = free_text.confirmed(visit, kept)
    entry = _entry(visit, "reopen action", trust_code, action_id, *confirmed)
    with visit.database.writing(entry) as writing:
        stored = _stored(writing, trust_code, action_id)
        if not stored.status.is_over:
            raise CannotSave("This action is open already. Nothing was changed.")
        _check_seen(stored, read_revision)
        store.set_status(writing, stored, Status.OPEN)
        store.tell(writing, stored, kept, to_status=Status.OPEN)


def _entry(visit: Visit, what: str, trust_code: str, action_id: int, *confirmed: str) -> AuditEntry:
    return visit.audit(what, f"{trust_code} action {action_id}", *confirmed)


def _confirmed_change(
    visit: Visit, trust_code: str, action_id: int, new: Promised, why: str
) -> tuple[str, ...]:
    """What the audit says of the words of a change; those that stay are not asked about again."""
    with visit.database.reading() as reading:
        was = _stored(reading, trust_code, action_id).promised
    stays = (was.text, was.owner.title)
    return free_text.confirmed(visit, new.text, new.owner.title, why, before=stays)


def _number_of(reading: Reading, trust_code: str, scope: str) -> int:
    trust = trust_of(reading, trust_code)
    part_of(reading, trust, scope)
    return trust.organisation_id


def _stored(reading: Reading, trust_code: str, action_id: int) -> TrustAction:
    found = store.find(reading, _number_of(reading, trust_code, WHOLE_TRUST), action_id)
    if found is None:
        raise NotThere(_NO_ACTION)
    return found


def _check_open(stored: TrustAction) -> None:
    if stored.status.is_over:
        raise CannotSave(
            f"This action is {stored.status.value}, so it cannot be changed. Open it again first."
        )


def _check_seen(stored: TrustAction, read_revision: int) -> None:
    if stored.action_revision != read_revision:
        raise CannotSave(
            f"{stored.author} changed this action on {moment_in_words(stored.saved_at)}, after "
            f"you opened it. Nothing was done. Look at it as it is now."
        )


def _checked(
    visit: Visit, reading: Reading, trust_code: str, new: Promised, before: TrustAction | None
) -> Promised:
    """What was entered as it is kept.

    Raises:
        EntryFaults: with a sentence for each field that cannot be kept.
    """
    was = before.promised if before else Promised("")
    text, no_text = text_or_fault(new.text, LONGEST_TEXT, "The action", "Say what will be done.")
    owner, no_owner = _owner(visit, reading, trust_code, new.owner, was.owner)
    cycle, no_cycle = text_or_fault(new.target_cycle, LONGEST_CYCLE, "The cycle", "")
    refuse(
        {
            "text": no_text,
            "owner": no_owner,
            "due_on": _fault_of_day(new.due_on, was.due_on, visit.today),
            "statements": _fault_of_statements(visit, new.statements, was.statements),
            "target_level": _fault_of_target(visit, new),
            "target_cycle": no_cycle,
        }
    )
    served = tuple(dict.fromkeys(new.statements))
    aimed_in = (
        (cycle or f"the cycle after {current_cycle(visit).title}") if new.target_level else ""
    )
    return Promised(text, owner, new.due_on, served, new.target_level, aimed_in)


def _owner(
    visit: Visit, reading: Reading, trust_code: str, given: Owner, was: Owner
) -> tuple[Owner, str]:
    """The owner as it is kept, and what is wrong with it."""
    if given.person_id is None:
        role, fault = text_or_fault(given.title, LONGEST_OWNER, "The owner", "")
        return Owner(role), fault
    if given.title.strip():
        return given, "Choose a colleague or write a role, not both."
    known = {one.person_id for one in store.colleagues(reading, trust_code, visit.now)}
    if given.person_id in known | {was.person_id}:
        return given, ""
    return given, "This person has no role in this trust now. Choose somebody else."


def _fault_of_day(day: date | None, before: date | None, today: date) -> str:
    if day is None or day == before or day >= today:
        return ""
    return f"{in_words(day)} has passed. Choose today or a later day."


def _fault_of_statements(
    visit: Visit, chosen: tuple[ItemKey, ...], before: tuple[ItemKey, ...]
) -> str:
    if not chosen:
        return "Choose at least one statement that this action serves."
    asked = {
        name.key
        for standard in standards_of(visit.library, current_cycle(visit))
        for name in action_words.names_in(standard)
    }
    strange = set(chosen) - asked - set(before)
    return "A statement is not asked in this cycle. Choose again." if strange else ""


def _fault_of_target(visit: Visit, new: Promised) -> str:
    standards = standards_of(visit.library, current_cycle(visit))
    served = {item.standard_id for item in new.statements}
    asked = [standard for standard in standards if standard.id in served]
    if new.target_level in {None, *action_words.levels_of(visit.library, asked)}:
        return ""
    return "This level is not on the scale of the statements. Choose another."


def _tell_of_move(writing: Writing, stored: TrustAction, new: Promised, why: str) -> None:
    """Keeps a note where a day that was set is moved.

    Raises:
        EntryFaults: no reason was given.
    """
    before = stored.promised.due_on
    if before is None or before == new.due_on:
        return
    asked = "Say why the day moves, so that everybody can see it."
    kept, fault = text_or_fault(why, LONGEST_NOTE, "The reason", asked)
    refuse({"why_moved": fault})
    store.tell(writing, stored, kept, due_from=before, due_to=new.due_on)


def _closure(visit: Visit, reading: Reading, stored: TrustAction, ending: Ending) -> Closure:
    """How an action ends, as it is kept.

    Raises:
        EntryFaults: with a sentence for each field that cannot be kept.
    """
    dropped = ending.status is Status.DROPPED
    asked = "Say why it is dropped." if dropped else "Say what came of it."
    outcome, no_outcome = text_or_fault(ending.outcome, LONGEST_NOTE, "The outcome", asked)
    shown_by, no_shown_by = text_or_fault(ending.shown_by, LONGEST_SHOWN_BY, "What shows it", "")
    refuse(
        {
            "outcome": no_outcome,
            "closed_on": _fault_of_closing(ending.closed_on, visit.today),
            "evidence_id": _fault_of_evidence(reading, stored, ending.evidence_id),
            "shown_by": no_shown_by or _fault_of_showing(ending, shown_by),
        }
    )
    closed_on = ending.closed_on or visit.today
    kept = Closure(stored.action_id, closed_on, outcome, shown_by, "")
    return replace(kept, evidence_id=ending.evidence_id)


def _fault_of_closing(day: date | None, today: date) -> str:
    if day is None or day <= today:
        return ""
    return f"{in_words(day)} has not come yet. Choose today or an earlier day."


def _fault_of_evidence(reading: Reading, stored: TrustAction, evidence_id: str | None) -> str:
    if evidence_id is None:
        return ""
    items = stored.promised.statements
    known = dict(store.evidence_for(reading, stored.organisation_id, items))
    gone = "This piece of evidence is not there any more. Choose another, or say what shows it."
    return "" if evidence_id in known else gone


def _fault_of_showing(ending: Ending, shown_by: str) -> str:
    if ending.status is Status.DROPPED or ending.evidence_id or shown_by:
        return ""
    return "Choose a piece of evidence, or say what shows that it was done."
