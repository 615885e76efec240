"""Handing an assessment in: the list of what is missing, the submission, its receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from benchmarking.access import Action, check_can
from benchmarking.answers import Assessment, Move, State
from benchmarking.drafts import CannotSave
from benchmarking.receipts import content_hash, receipt_number
from benchmarking.sheets import Line, NotThere, Sheet, read_sheet
from benchmarking.store import assessments, ledger
from benchmarking.visit import Visit


@dataclass(frozen=True)
class Receipt:
    """Proof of a submission."""

    number: str
    moved_at: datetime


@dataclass(frozen=True)
class Check:
    """One line of the list before submission, with the questions that still need it.

    Lines that are ``required`` have to be met before anything can be submitted.
    """

    text: str
    required: bool
    open_lines: tuple[Line, ...]

    @property
    def is_met(self) -> bool:
        return not self.open_lines


def check_list(sheet: Sheet) -> tuple[Check, ...]:
    """What must be done before submission, and what would be better done."""
    lines = sheet.lines
    return (
        Check("Every question has an answer", True, _where(lines, lambda x: x.answer is None)),
        Check("Every “not applicable” has a reason", True, _where(lines, lambda x: x.lacks_reason)),
        Check("Every level that is claimed is evidenced", False, _where(lines, _is_capped)),
        Check("Every action has an owner and a date", False, _where(lines, _is_vague)),
    )


def submit(visit: Visit, sheet: Sheet) -> Receipt:
    """Submits the assessment as it is stored now. A second time gives the same receipt.

    Raises:
        Refused: the person may not submit for this trust.
        CannotSave: something required is missing; nothing was submitted.
    """
    check_can(visit.person, Action.SUBMIT, sheet.trust.code)
    entry = visit.audit("submit assessment", f"{sheet.trust.code} {sheet.cycle.cycle_id}")
    with visit.database.writing(entry) as writing:
        # Read while nobody else can write, so that what is checked is what is submitted.
        current = read_sheet(visit, sheet.trust.code, sheet.cycle)
        if current.assessment is not None and not current.state.is_open:
            writing.give_up()
            return receipt_of(visit, current)
        assessment = _complete(current)
        move = _submission(visit, current, assessment)
        assessments.move(writing, assessment, State.SUBMITTED, visit.now)
        ledger.append(writing, move)
    visit.database.checkpoint()
    return Receipt(move.receipt, move.moved_at)


def receipt_of(visit: Visit, sheet: Sheet) -> Receipt:
    """The receipt of an assessment that has been submitted.

    Raises:
        Refused: the person has no part in this assessment.
        NotThere: it has not been submitted.
    """
    check_can(visit.person, Action.SEE_DRAFT, sheet.trust.code)
    if sheet.assessment is not None:
        with visit.database.reading() as reading:
            moves = ledger.moves_of(reading, sheet.assessment.key)
        submitted = [move for move in moves if move.to_state is State.SUBMITTED]
        if submitted:
            return Receipt(submitted[-1].receipt, submitted[-1].moved_at)
    raise NotThere("This assessment has not been submitted.")


def _complete(sheet: Sheet) -> Assessment:
    """The assessment, if everything that is required holds."""
    missing = [check.text for check in check_list(sheet) if check.required and not check.is_met]
    if sheet.assessment is None or missing:
        raise CannotSave(
            "This cannot be submitted yet. What must hold first: " + "; ".join(missing) + "."
        )
    return sheet.assessment


def _submission(visit: Visit, sheet: Sheet, assessment: Assessment) -> Move:
    given = [line.answer for line in sheet.lines if line.answer is not None]
    return Move(
        key=assessment.key,
        from_state=assessment.state,
        to_state=State.SUBMITTED,
        person_id=visit.person.person_id,
        moved_at=visit.now,
        receipt=receipt_number(sheet.trust.code, assessment.key, State.SUBMITTED, visit.now),
        content_hash=content_hash(given),
    )


def _where(lines: tuple[Line, ...], needs: Callable[[Line], bool]) -> tuple[Line, ...]:
    return tuple(line for line in lines if needs(line))


def _is_capped(line: Line) -> bool:
    return line.standing is not None and line.standing.is_capped


def _is_vague(line: Line) -> bool:
    action = line.action
    return bool(action and action.text and not (action.owner_role and action.due_on))
