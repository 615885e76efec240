"""How evidence is entered: checked, added, taken away."""

import dataclasses
import uuid
from datetime import date, datetime

from benchmarking.answers import ItemKey
from benchmarking.drafts import CannotSave, kept_text, line_to_change, open_draft, subject
from benchmarking.evidence import Evidence
from benchmarking.moments import in_words
from benchmarking.sheets import Sheet
from benchmarking.standard import EvidencePolicy
from benchmarking.store import evidence
from benchmarking.texts import UnusableText, web_address
from benchmarking.visit import Visit

LONGEST_TITLE = 200
LONGEST_NOTE = 2000
_MOST_RECORDS = 1_000_000


def add(visit: Visit, sheet: Sheet, key: ItemKey, piece: Evidence) -> datetime:
    """Adds a piece of evidence to one question; the moment it was saved.

    Raises:
        Refused: the person may not answer for this trust.
        CannotSave: something in it cannot be right, or the assessment was submitted.
    """
    line_to_change(visit, sheet, key)
    policy = sheet.standard_of(key).evidence
    kept = _checked(dataclasses.replace(piece, item=key), policy, visit.today)
    entry = visit.audit("add evidence", subject(sheet, key), kept.kind)
    with visit.database.writing(entry) as writing:
        evidence.add(writing, open_draft(writing, sheet), [kept])
    return visit.now


def remove(visit: Visit, sheet: Sheet, key: ItemKey, evidence_id: str) -> datetime:
    """Takes a piece of evidence away; does nothing where a colleague already has."""
    line_to_change(visit, sheet, key)
    entry = visit.audit("remove evidence", subject(sheet, key), evidence_id)
    with visit.database.writing(entry) as writing:
        evidence.remove(writing, open_draft(writing, sheet), evidence_id)
    return visit.now


def _checked(piece: Evidence, policy: EvidencePolicy, today: date) -> Evidence:
    kinds = {kind.id: kind for kind in policy.kinds}
    if piece.kind not in kinds:
        raise CannotSave("This kind of evidence is not offered here. Choose one of those shown.")
    title = kept_text(piece.title, LONGEST_TITLE, "The title")
    if not title:
        raise CannotSave("Give the evidence a title, so that others can find it.")
    _check_counts(piece)
    _check_days(piece, today)
    if piece.checked_by and piece.checked_by not in {c.id for c in policy.checkers}:
        raise CannotSave("This checker is not offered here. Choose one of those shown.")
    note = kept_text(piece.note, LONGEST_NOTE, "The note")
    return dataclasses.replace(
        piece, evidence_id=uuid.uuid4().hex, title=title, note=note, link=_link(piece.link)
    )


def _link(text: str) -> str:
    try:
        return web_address(text)
    except UnusableText as problem:
        raise CannotSave(str(problem)) from problem


def _check_counts(piece: Evidence) -> None:
    counts = (piece.records_available, piece.records_drawn, piece.replies)
    if any(count is not None and not 0 <= count <= _MOST_RECORDS for count in counts):
        raise CannotSave("A number of records or replies must lie between 0 and 1,000,000.")
    available, drawn = piece.records_available, piece.records_drawn
    if available is not None and drawn is not None and drawn > available:
        raise CannotSave(
            f"{drawn:,} records drawn of {available:,} available cannot be right. "
            f"Correct one of the two."
        )


def _check_days(piece: Evidence, today: date) -> None:
    for day in (piece.period_from, piece.period_to, piece.checked_on):
        if day is not None and day > today:
            raise CannotSave(f"{in_words(day)} is in the future. Enter a day up to today.")
    if piece.period_from and piece.period_to and piece.period_from > piece.period_to:
        raise CannotSave("The period ends before it begins. Swap or correct the two days.")
