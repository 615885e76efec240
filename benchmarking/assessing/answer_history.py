"""What was answered and commented before, for those who work on the assessment and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarking.access import Action, check_can
from benchmarking.answers import ItemKey
from benchmarking.assessing.drafts import first_key
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.store import answer_history as store
from benchmarking.store.answer_history import Kind, Save
from benchmarking.visit import Visit


@dataclass(frozen=True)
class Past:
    """Every save of one question that is kept, the newest first, over all revisions.

    ``unknown`` counts, of the answer and of the comment, the saves from before history was kept.
    """

    saves: tuple[Save, ...]
    unknown: dict[Kind, int]


def of_question(visit: Visit, sheet: Sheet, key: ItemKey) -> Past:
    """What one question of an assessment said before.

    Raises:
        Refused: the person has no part in this trust's assessment.
        NotThere: this cycle does not ask it.
    """
    check_can(visit.person, Action.SEE_DRAFT, sheet.trust.code)
    line = sheet.line(key)
    with visit.database.reading() as reading:
        saves = store.of_question(reading, first_key(sheet), key)
    return Past(tuple(reversed(saves)), _unknown(line, saves))


def _unknown(line: Line, saves: Sequence[Save]) -> dict[Kind, int]:
    """How many saves there were of which nothing is kept, by kind; kinds without any left out."""
    newest = {
        Kind.ANSWER: line.answer.answer_revision if line.answer else 0,
        Kind.COMMENT: line.comment.comment_revision if line.comment else 0,
    }
    kept = {kind: {save.saved_revision for save in saves if save.kind is kind} for kind in newest}
    # What was saved since the sheet was read is known, and counts no more.
    found = {kind: len(set(range(1, newest[kind] + 1)) - kept[kind]) for kind in newest}
    return {kind: number for kind, number in found.items() if number}
