"""What a trust says about itself: answers and comments, each saved at once."""

from datetime import datetime

from benchmarking import free_text
from benchmarking.access import Action, check_can
from benchmarking.answers import WHOLE_TRUST, Cycle, ItemKey
from benchmarking.assessing.drafts import (
    CannotSave,
    SomebodyElseSaved,
    kept_text,
    line_to_change,
    open_draft,
    stored_line,
    subject,
)
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.keeping import Keep, afresh
from benchmarking.results.history import Cycles, History
from benchmarking.standard import Missing
from benchmarking.store import answers
from benchmarking.store.audit_actions import SAVE_ANSWER, SAVE_COMMENT
from benchmarking.visit import Visit

LONGEST_COMMENT = 2000
LONGEST_REASON = 500


def open_sheet(
    visit: Visit,
    trust_code: str,
    cycle: Cycle | None = None,
    scope: str = WHOLE_TRUST,
    *,
    keep: Keep = afresh,
) -> Sheet:
    """The assessment of a trust for somebody who works on it; the current cycle's by default.

    Raises:
        Refused: the person has no part in this trust's assessment.
        NotThere: no such trust, or no cycle yet.
    """
    check_can(visit.person, Action.SEE_DRAFT, trust_code)
    history = History(Cycles(visit, keep), trust_code, scope)
    return history.sheet(cycle or history.cycles.opened[0])


def save_answer(
    visit: Visit, sheet: Sheet, key: ItemKey, choice: str, reason: str, read_revision: int
) -> datetime:
    """Saves one answer; the moment it was saved.

    Args:
        visit: who answers, and when.
        sheet: the assessment that the person is looking at.
        key: the question.
        choice: an option of the question's scale.
        reason: why it does not apply; empty for every other choice.
        read_revision: the revision of the answer that the person saw, 0 for none.

    Raises:
        Refused: the person may not answer for this trust.
        CannotSave: the choice is not offered, the reason too long, the assessment submitted.
        NeedsConfirmation: the text may tell who somebody is.
        SomebodyElseSaved: the stored answer is newer than the one that the person saw.
    """
    line = line_to_change(visit, sheet, key)
    _check_choice(line, choice)
    kept = kept_text(reason, LONGEST_REASON, "The reason")
    before = (line.answer.reason,) if line.answer else ()
    confirmed = free_text.confirmed(visit, kept, before=before)
    edition, content_hash = sheet.cycle.edition_of(key.standard_id)
    entry = visit.audit(SAVE_ANSWER, subject(sheet, key), *confirmed)
    with visit.database.writing(entry) as writing:
        saved = answers.save(
            writing,
            open_draft(writing, sheet),
            key,
            edition=edition,
            content_hash=content_hash,
            choice=choice,
            reason=kept,
            read_revision=read_revision,
        )
    if not saved:
        # Read once others may write again: it takes ten times as long as a save.
        raise SomebodyElseSaved(stored_line(visit, sheet, key), choice)
    return visit.now


def save_comment(
    visit: Visit, sheet: Sheet, key: ItemKey, text: str, read_revision: int
) -> datetime:
    """Saves the comment on one question; raises as ``save_answer``."""
    line = line_to_change(visit, sheet, key)
    kept = kept_text(text, LONGEST_COMMENT, "The comment")
    before = (line.comment.text,) if line.comment else ()
    confirmed = free_text.confirmed(visit, kept, before=before)
    entry = visit.audit(SAVE_COMMENT, subject(sheet, key), *confirmed)
    with visit.database.writing(entry) as writing:
        assessment = open_draft(writing, sheet)
        if not answers.save_comment(writing, assessment, key, kept, read_revision):
            raise SomebodyElseSaved(stored_line(visit, sheet, key), kept)
    return visit.now


def _check_choice(line: Line, choice: str) -> None:
    offered = line.scale.by_id.get(choice)
    if offered is None:
        raise CannotSave("This answer is not offered here. Choose one of those shown.")
    if offered.missing is Missing.NOT_APPLICABLE and not line.item.not_applicable.allowed:
        raise CannotSave(f"“Not applicable” is not offered here. {line.item.not_applicable.when}")
