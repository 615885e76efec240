"""What every change to an assessment has in common: who may, what is open, what is stale."""

from dataclasses import replace
from typing import Any

from benchmarking.access import Action, check_can
from benchmarking.answers import WHOLE_TRUST, Assessment, AssessmentKey, ItemKey
from benchmarking.assessing import lifecycle
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.store import answers, assessments, cycles, scopes
from benchmarking.store.database import Reading, Writing
from benchmarking.texts import UnusableText, cleaned
from benchmarking.visit import Visit


class CannotSave(Exception):
    """What was entered cannot be kept. Says why and what to do; nothing was changed."""


class SomebodyElseSaved(Exception):
    """A colleague saved the same thing in between. Nothing was overwritten.

    ``stored`` is what is stored now: a question with all that was said about it, or an action.
    ``mine`` is what was about to be saved.
    """

    def __init__(self, stored: Any, mine: str):
        super().__init__("A colleague saved this in the meantime. Choose which one to keep.")
        self.stored = stored
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
        CannotSave: it has been submitted, its cycle is closed, or it would be the first of a site
            or directorate that has ended.
    """
    found = newest_open(writing, sheet)
    if found is not None:
        return found.key
    key = first_key(sheet)
    assessments.add(writing, key, writing.audit.at)
    return key


def newest_open(writing: Writing, sheet: Sheet) -> Assessment | None:
    """The assessment as it is stored, None where nobody has begun it; raises as ``open_draft``."""
    if lifecycle.is_closed(
        cycles.rule_of(writing, sheet.cycle.cycle_id).closed_at, writing.audit.at
    ):
        raise CannotSave(f"{sheet.cycle.title} is closed, so nothing in it can be changed.")
    key = first_key(sheet)
    found = assessments.newest(writing, key.organisation_id, key.cycle_id, key.scope)
    if found is None:
        _check_takes_part(writing, sheet)
    elif not found.state.is_open:
        raise CannotSave(
            "This assessment has been submitted, so nothing in it can be changed. "
            "Ask the approver to send it back."
        )
    return found


def first_key(sheet: Sheet) -> AssessmentKey:
    """The key of the first revision of an assessment, whether or not somebody has begun it."""
    return AssessmentKey(sheet.trust.organisation_id, sheet.cycle.cycle_id, sheet.scope)


def _check_takes_part(reading: Reading, sheet: Sheet) -> None:
    if sheet.part_of_trust is None:
        return
    stored = scopes.find(reading, sheet.trust.organisation_id, sheet.scope)
    if stored is None or stored.ended_at is not None:
        raise CannotSave(
            f"{sheet.part_of_trust.name} no longer assesses itself, so nothing was saved. Ask the "
            f"trust lead."
        )


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
    """The question with its answer and comment as they are stored at this moment."""
    # Not the whole sheet: when many people save at once, this is read at every second save.
    first = first_key(sheet)
    with visit.database.reading() as reading:
        found = assessments.newest(reading, first.organisation_id, first.cycle_id, first.scope)
        stored = found.key if found else first
        answer = answers.of_assessment(reading, stored).get(key)
        comment = answers.comments_of(reading, stored).get(key)
    return replace(sheet.line(key), answer=answer, comment=comment)


def subject(sheet: Sheet, key: ItemKey) -> str:
    """What an audit entry calls one question of one assessment."""
    return f"{subject_of_all(sheet)} {key.standard_id} {key.item_id}"


def subject_of_all(sheet: Sheet) -> str:
    """What an audit entry calls a whole assessment."""
    scope = "" if sheet.scope == WHOLE_TRUST else f" {sheet.scope}"
    return f"{sheet.trust.code} {sheet.cycle.cycle_id}{scope}"
