"""What every change to an assessment has in common: who may, what is open, what is stale."""

from benchmarking import lifecycle
from benchmarking.access import Action, check_can
from benchmarking.answers import WHOLE_TRUST, AssessmentKey, ItemKey
from benchmarking.sheets import Line, Sheet, read_sheet
from benchmarking.store import assessments, cycles
from benchmarking.store.database import Writing
from benchmarking.texts import UnusableText, cleaned
from benchmarking.visit import Visit


class CannotSave(Exception):
    """What was entered cannot be kept. Says why and what to do; nothing was changed."""


class SomebodyElseSaved(Exception):
    """A colleague saved the same thing in between. Nothing was overwritten.

    ``line`` is the question as it is stored now; ``mine`` is what was about to be saved.
    """

    def __init__(self, line: Line, mine: str):
        super().__init__("A colleague saved this in the meantime. Choose which one to keep.")
        self.line = line
        self.mine = mine


def line_to_change(visit: Visit, sheet: Sheet, key: ItemKey) -> Line:
    """The question, for a person who may answer it.

    Raises:
        Refused: the person may not answer for this trust.
        NotThere: this cycle does not ask it.
    """
    check_can(visit.person, Action.ANSWER, sheet.trust.code)
    return sheet.line(key)


def open_draft(writing: Writing, sheet: Sheet) -> AssessmentKey:
    """The key of the assessment, which is opened by its first answer.

    Raises:
        CannotSave: it has been submitted, or its cycle is closed.
    """
    if lifecycle.is_closed(
        cycles.rule_of(writing, sheet.cycle.cycle_id).closed_at, writing.audit.at
    ):
        raise CannotSave(f"{sheet.cycle.title} is closed, so nothing in it can be changed.")
    key = AssessmentKey(sheet.trust.organisation_id, sheet.cycle.cycle_id, sheet.scope)
    found = assessments.newest(writing, key.organisation_id, key.cycle_id, key.scope)
    if found is None:
        assessments.add(writing, key, writing.audit.at)
        return key
    if not found.state.is_open:
        raise CannotSave(
            "This assessment has been submitted, so nothing in it can be changed. "
            "Ask the approver to send it back."
        )
    return found.key


def kept_text(text: str, longest: int, name: str) -> str:
    """The text as it will be kept.

    Raises:
        CannotSave: it is too long.
    """
    try:
        return cleaned(text, longest, name)
    except UnusableText as problem:
        raise CannotSave(str(problem)) from problem


def stored_line(visit: Visit, sheet: Sheet, key: ItemKey) -> Line:
    """The question as it is stored at this moment."""
    return read_sheet(visit, sheet.trust.code, sheet.cycle, sheet.scope).line(key)


def subject(sheet: Sheet, key: ItemKey) -> str:
    """What an audit entry calls one question of one assessment."""
    scope = "" if sheet.scope == WHOLE_TRUST else f" {sheet.scope}"
    return f"{sheet.trust.code} {sheet.cycle.cycle_id}{scope} {key.standard_id} {key.item_id}"
