"""How evidence is entered: checked, added, taken away, with the file that belongs to it."""

import dataclasses
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from benchmarking import (
    events,
    evidence_categories,
    evidence_files,
    free_text,
    personal_details,
)
from benchmarking.answers import ItemKey
from benchmarking.assessing.drafts import CannotSave, kept_text, line_to_change, open_draft, subject
from benchmarking.assessing.sheets import Sheet
from benchmarking.evidence import Evidence
from benchmarking.evidence_files import UnusableFile, Upload
from benchmarking.moments import in_words
from benchmarking.standard import EvidencePolicy
from benchmarking.store import evidence
from benchmarking.store.database import StoreError
from benchmarking.store.evidence_files import FilesFailed, StoredFile, sha256_of
from benchmarking.texts import UnusableText, web_address
from benchmarking.visit import Visit

LONGEST_TITLE = 200
LONGEST_NOTE = 2000
LONGEST_REVIEWER = 100
_MOST_RECORDS = 1_000_000


def add(
    visit: Visit, sheet: Sheet, key: ItemKey, piece: Evidence, upload: Upload | None = None
) -> datetime:
    """Adds a piece of evidence to one question; the moment it was saved.

    The file is kept before the row that names it.

    Raises:
        Refused: the person may not answer for this trust.
        CannotSave: something in it cannot be right, or the assessment was submitted.
        NeedsConfirmation: its words or its file may tell who somebody is.
    """
    line_to_change(visit, sheet, key)
    policy = sheet.standard_of(key).evidence
    kept = _checked(dataclasses.replace(piece, item=key), policy, visit.today)
    words = ""
    if upload is not None:
        kept, words = _with_file(visit, kept, upload)
    _check_shared(kept, words)
    told = free_text.confirmed(visit, *_typed(kept), file=words)
    entry = visit.audit("add evidence", subject(sheet, key), "; ".join([kept.kind, *told]))
    with _file_kept(visit, sheet, upload) as keep_again, visit.database.writing(entry) as writing:
        evidence.add(writing, open_draft(writing, sheet), [kept])
        keep_again()
    return visit.now


def remove(visit: Visit, sheet: Sheet, key: ItemKey, evidence_id: str) -> datetime:
    """Takes a piece of evidence away; does nothing where a colleague already has.

    Its file goes once no other piece of the trust's evidence names it.
    """
    line_to_change(visit, sheet, key)
    entry = visit.audit("remove evidence", subject(sheet, key), evidence_id)
    with visit.database.writing(entry) as writing:
        found = evidence.find(writing, evidence_id)
        is_gone = evidence.remove(writing, open_draft(writing, sheet), evidence_id)
    if is_gone and found is not None and found.file is not None:
        _remove_unnamed(visit, sheet, found.file)
    return visit.now


@contextmanager
def _file_kept(visit: Visit, sheet: Sheet, upload: Upload | None) -> Iterator[Callable[[], None]]:
    """The file, kept before the row; where the row is not, it goes again.

    What it gives is called in the transaction of the row. A colleague who took away the last other
    piece with the same file has removed it in the meantime; from there on nobody can.
    """
    if upload is None:
        yield lambda: None
        return
    file = _put(visit, sheet, upload)
    try:
        yield lambda: _keep_again(visit, sheet, upload)
    except (CannotSave, StoreError):
        _remove_unnamed(visit, sheet, file)
        raise


def _put(visit: Visit, sheet: Sheet, upload: Upload) -> StoredFile:
    try:
        organisation_id = sheet.trust.organisation_id
        return StoredFile(organisation_id, visit.files.put(organisation_id, upload.content))
    except FilesFailed as failed:
        events.alarm("evidence file not kept", why=failed)
        raise CannotSave(
            "The file could not be kept, so nothing was saved. Try again later. If this stays, "
            "tell your administrator."
        ) from failed


def _keep_again(visit: Visit, sheet: Sheet, upload: Upload) -> None:
    _put(visit, sheet, upload)


def _remove_unnamed(visit: Visit, sheet: Sheet, file: StoredFile) -> None:
    """Removes a file that no piece of the trust's evidence names, while nobody can add one."""
    entry = visit.audit("remove evidence file", f"{sheet.trust.code} file {file.sha256[:12]}")
    try:
        with visit.database.writing(entry) as writing:
            if evidence.is_named(writing, file):
                writing.give_up()
            else:
                visit.files.remove(file)
    except StoreError as failed:
        # The next purge finds it.
        events.alarm("evidence file not removed", file=file.sha256, why=failed)


def _with_file(visit: Visit, piece: Evidence, upload: Upload) -> tuple[Evidence, str]:
    """The piece with what is kept of its file, and the words that were found in it."""
    try:
        file_type = evidence_files.recognised(upload, visit.files.largest)
        words = evidence_files.words_in(file_type.id, upload.content)
    except UnusableFile as problem:
        raise CannotSave(str(problem)) from problem
    described = dataclasses.replace(
        piece,
        file_sha256=sha256_of(upload.content),
        file_name=evidence_files.kept_name(upload.name),
        file_type=file_type.id,
        file_size=len(upload.content),
        file_may_identify=personal_details.may_identify(words),
    )
    return described, words


def _check_shared(piece: Evidence, words: str) -> None:
    if not piece.may_be_shared:
        return
    if not piece.file_sha256:
        raise CannotSave(
            "Only a file can be shared with inspectors. Add one, or take the tick away."
        )
    found = personal_details.kinds([words])
    if found:
        raise CannotSave(
            f"The file seems to hold {personal_details.in_words(found)}, so it cannot be shared "
            f"with inspectors. Take that out, or take the tick away."
        )


def _typed(piece: Evidence) -> tuple[str, ...]:
    return (piece.title, piece.note, piece.link, piece.reviewed_by, piece.file_name)


def _checked(piece: Evidence, policy: EvidencePolicy, today: date) -> Evidence:
    _check_choices(piece, policy)
    title = kept_text(piece.title, LONGEST_TITLE, "The title")
    if not title:
        raise CannotSave("Give the evidence a title, so that others can find it.")
    _check_counts(piece)
    _check_days(piece, today)
    reviewer = kept_text(piece.reviewed_by, LONGEST_REVIEWER, "Who looked at it")
    if piece.reviewed_on and not reviewer:
        raise CannotSave("Say by role who looked at it, or leave out the day.")
    return dataclasses.replace(
        piece,
        evidence_id=uuid.uuid4().hex,
        title=title,
        note=kept_text(piece.note, LONGEST_NOTE, "The note"),
        link=_link(piece.link),
        reviewed_by=reviewer,
        **_NO_FILE,
    )


# What is said of a file follows from the file alone.
_NO_FILE: dict[str, Any] = {
    "file_sha256": "",
    "file_name": "",
    "file_type": "",
    "file_size": None,
    "file_may_identify": False,
}


def _check_choices(piece: Evidence, policy: EvidencePolicy) -> None:
    if piece.kind not in {kind.id for kind in policy.kinds}:
        raise CannotSave("This kind of evidence is not offered here. Choose one of those shown.")
    if piece.checked_by and piece.checked_by not in {c.id for c in policy.checkers}:
        raise CannotSave("This checker is not offered here. Choose one of those shown.")
    if piece.category and piece.category not in evidence_categories.shipped().by_id:
        raise CannotSave("This category is not offered here. Choose one of those shown.")


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
    days = (
        *(piece.period_from, piece.period_to, piece.checked_on),
        *(piece.dated_on, piece.reviewed_on),
    )
    for day in days:
        if day is not None and day > today:
            raise CannotSave(f"{in_words(day)} is in the future. Enter a day up to today.")
    if piece.period_from and piece.period_to and piece.period_from > piece.period_to:
        raise CannotSave("The period ends before it begins. Swap or correct the two days.")
