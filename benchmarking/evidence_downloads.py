"""Handing out the file of a piece of evidence: to the trust's own people, and what is shared.

Who may not have a file and who asks for one that is not there get the same answer.
"""

from dataclasses import dataclass

from benchmarking import events, evidence_files, personal_details
from benchmarking.access import Action, Refused, can
from benchmarking.answers import WHOLE_TRUST
from benchmarking.assessing.sheets import NotThere
from benchmarking.evidence_files import TYPES, FileType, UnusableFile
from benchmarking.results.levels import is_released
from benchmarking.store import cycles, evidence
from benchmarking.store.database import Reading
from benchmarking.store.evidence import Placed
from benchmarking.store.evidence_files import FilesFailed, sha256_of
from benchmarking.visit import Visit

_NOT_THERE = "There is no such file here, or it is not for you to see."


class CannotGive(Exception):
    """A file cannot be handed out to somebody who may have it. Says why and what to do."""


@dataclass(frozen=True)
class Download:
    """A file as it is handed out."""

    name: str
    file_type: FileType
    content: bytes


def fetch(visit: Visit, evidence_id: str) -> Download:
    """The file of a piece of evidence, as it was brought.

    People who work on the trust's assessment have it under the name it came with. Inspectors have
    what the trust marked as shared, once its assessment is published and its cycle released, under
    a name of ours: nobody knows what stands in theirs.

    Raises:
        Refused: it is not for this person.
        NotThere: there is no such file.
        CannotGive: it is missing where it should lie, was changed there, or is withheld.
    """
    if not (can(visit.person, Action.SEE_DRAFT) or can(visit.person, Action.COMPARE)):
        raise Refused(_NOT_THERE, Action.SEE_DRAFT)
    with visit.database.reading() as reading:
        placed = evidence.find(reading, evidence_id) if evidence_id.isprintable() else None
        is_shared = placed is not None and _is_shared(visit, reading, placed)
    if placed is None or placed.file is None:
        raise NotThere(_NOT_THERE)
    if can(visit.person, Action.SEE_DRAFT, placed.trust_code):
        return _download(placed, _content(visit, placed), placed.piece.file_name)
    if not (is_shared and can(visit.person, Action.COMPARE)):
        raise Refused(_NOT_THERE, Action.SEE_DRAFT, placed.trust_code)
    content = _content(visit, placed)
    _check_shows_nobody(placed, content)
    return _download(placed, content, _name_of_ours(placed))


def _is_shared(visit: Visit, reading: Reading, placed: Placed) -> bool:
    if not (placed.piece.may_be_shared and placed.is_published and placed.key.scope == WHOLE_TRUST):
        return False
    found = [one for one in cycles.every(reading) if one.cycle_id == placed.key.cycle_id]
    return any(is_released(cycle, visit.now) for cycle in found)


def _content(visit: Visit, placed: Placed) -> bytes:
    """The file, if it lies there as it was brought."""
    piece = placed.piece
    try:
        content = visit.files.read(placed.key.organisation_id, piece.file_sha256)
    except FilesFailed as failed:
        events.alarm("evidence file not read", evidence=piece.evidence_id, why=failed)
        raise CannotGive(
            "The place where files are kept does not answer. Try again later. If this stays, tell "
            "your administrator."
        ) from failed
    if content is None or sha256_of(content) != piece.file_sha256:
        what = "missing" if content is None else "changed"
        events.alarm(f"evidence file {what}", evidence=piece.evidence_id)
        raise CannotGive(
            "The file is missing where it was kept. Tell your administrator, who may have it in a "
            "backup; or add it again."
            if content is None
            else "The file was changed where it was kept, so it is no longer what was brought and "
            "is not handed out. Tell your administrator."
        )
    return content


def _check_shows_nobody(placed: Placed, content: bytes) -> None:
    """What is looked for may have grown since the file was shared."""
    try:
        words = evidence_files.words_in(placed.piece.file_type, content)
    except UnusableFile:
        raise CannotGive(personal_details.WITHHELD) from None
    if personal_details.may_identify(words):
        raise CannotGive(personal_details.WITHHELD)


def _download(placed: Placed, content: bytes, name: str) -> Download:
    file_type = TYPES.get(placed.piece.file_type)
    if file_type is None:
        raise CannotGive("This kind of file is no longer handed out. Ask the trust lead.")
    return Download(evidence_files.name_to_save(name, file_type), file_type, content)


def _name_of_ours(placed: Placed) -> str:
    return f"{placed.trust_code}-{placed.key.cycle_id}-{placed.piece.item.item_id}-evidence"
