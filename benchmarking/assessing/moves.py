"""Moving an assessment on in its life: submitted, sent back, approved, signed off, published."""

from dataclasses import dataclass
from datetime import datetime

from benchmarking import free_text
from benchmarking.access import check_can
from benchmarking.answers import (
    WHOLE_TRUST,
    Assessment,
    AssessmentKey,
    Cycle,
    Move,
    MoveNote,
    State,
)
from benchmarking.assessing import lifecycle, move_words
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.lifecycle import RULES, Step
from benchmarking.assessing.receipts import content_hash, receipt_number
from benchmarking.assessing.sheet_reading import read_sheet
from benchmarking.assessing.sheets import Sheet
from benchmarking.assessing.submissions import check_list
from benchmarking.moments import local, moment_in_words
from benchmarking.store import assessments, cycles, installation, ledger, move_notes, revisions
from benchmarking.store.database import AuditEntry, Reading, Writing
from benchmarking.visit import Visit
from benchmarking.voices import hearing


@dataclass(frozen=True)
class Proposal:
    """A step that somebody wants to take, and the assessment as they saw it.

    ``notes`` are the words that the step has to be given with, see ``lifecycle.Given``.
    """

    step: Step
    trust_code: str
    cycle: Cycle
    seen: Assessment | None
    notes: tuple[MoveNote, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """Proof of a step."""

    number: str
    moved_at: datetime


def take(visit: Visit, proposal: Proposal) -> Receipt:
    """Takes one step in an assessment's life. The same click again gives the same receipt.

    Raises:
        Refused: the person may not do this for this trust.
        CannotSave: something required is missing, a second person is needed, or somebody has
            moved the assessment since it was seen. Nothing was changed.
        NeedsConfirmation: the words may tell who somebody is.
    """
    check_can(visit.person, RULES[proposal.step].action, proposal.trust_code)
    notes = move_words.checked(proposal.step, proposal.notes, visit.today)
    confirmed = free_text.confirmed(visit, *(note.text for note in notes))
    subject = f"{proposal.trust_code} {proposal.cycle.cycle_id}"
    entry = visit.audit(f"{proposal.step} assessment", subject, *confirmed)
    receipt = _receipt(visit, proposal, notes, entry)
    # Before anybody is told, and of a repeated click too: the first may have been killed here.
    visit.database.checkpoint()
    return receipt


def _receipt(
    visit: Visit, proposal: Proposal, notes: tuple[MoveNote, ...], entry: AuditEntry
) -> Receipt:
    with visit.database.writing(entry) as writing:
        # Read while nobody else can write, so that what is checked is what moves on.
        stored = _read(visit, proposal, writing)
        done = _done_before(visit, proposal, notes, stored)
        if done is not None:
            writing.give_up()
            return done
        assessment = _movable(visit, proposal, notes, stored)
        move = _carry_out(writing, visit, proposal, stored.sheet, assessment)
        move_notes.add(writing, {ledger.append(writing, move)[0]: notes})
        if move.to_state is State.PUBLISHED:
            # Others may see it from now on, or once the cycle is released.
            hearing.fix_for_peers(writing, visit.library, proposal.cycle, move.key)
            installation.raise_data_revision(writing)
    return Receipt(move.receipt, move.moved_at)


@dataclass(frozen=True)
class _Stored:
    """The assessment as it is stored, and what has happened to it since it was seen."""

    sheet: Sheet
    rule: cycles.Rule
    submitted_by: int | None
    submitted_at: datetime | None
    since: tuple[Move, ...]
    notes: dict[str, tuple[MoveNote, ...]]
    movers: dict[int, str]


def _read(visit: Visit, proposal: Proposal, reading: Reading) -> _Stored:
    scope = proposal.seen.key.scope if proposal.seen else WHOLE_TRUST
    sheet = read_sheet(visit, proposal.trust_code, proposal.cycle, scope)
    key = proposal.seen.key if proposal.seen else _first(sheet)
    # A reopening is the first entry of the revision that it makes.
    following = AssessmentKey(key.organisation_id, key.cycle_id, key.scope, key.revision + 1)
    moves = (*ledger.moves_of(reading, key), *ledger.moves_of(reading, following)[:1])
    handed_in = [move for move in moves if move.to_state is State.SUBMITTED]
    return _Stored(
        sheet=sheet,
        rule=cycles.rule_of(reading, proposal.cycle.cycle_id),
        submitted_by=handed_in[-1].person_id if handed_in else None,
        submitted_at=handed_in[-1].moved_at if handed_in else None,
        since=_since(moves, proposal.seen),
        notes=move_notes.of_assessment(reading, key) | move_notes.of_assessment(reading, following),
        movers=ledger.movers(reading, key) | ledger.movers(reading, following),
    )


def _first(sheet: Sheet) -> AssessmentKey:
    return AssessmentKey(sheet.trust.organisation_id, sheet.cycle.cycle_id)


def _since(moves: tuple[Move, ...], seen: Assessment | None) -> tuple[Move, ...]:
    """What came after the move that led to what was seen; by the ledger's order, not clocks."""
    if seen is not None:
        for place, move in enumerate(moves):
            led_to = (move.key, move.to_state, move.moved_at)
            if led_to == (seen.key, seen.state, seen.state_since):
                return moves[place + 1 :]
    return moves


def _done_before(
    visit: Visit, proposal: Proposal, notes: tuple[MoveNote, ...], stored: _Stored
) -> Receipt | None:
    """The receipt of this very step, if this person has taken it before.

    Raises:
        CannotSave: something else happened since the assessment was seen.
    """
    if not stored.since:
        return None
    first = stored.since[0]
    step = lifecycle.step_of(first)
    mine = step is proposal.step and first.person_id == visit.person.person_id
    if mine and stored.notes.get(first.receipt, ()) == notes:
        return Receipt(first.receipt, first.moved_at)
    raise CannotSave(
        f"This assessment was {RULES[step].done} on {moment_in_words(first.moved_at)} by "
        f"{stored.movers.get(first.person_id, 'somebody')}, after you opened it. What you wanted "
        f"to do was not done. Look at it as it is now."
    )


def _movable(
    visit: Visit, proposal: Proposal, notes: tuple[MoveNote, ...], stored: _Stored
) -> Assessment:
    """The assessment, if nothing stands in the way of the step."""
    sheet, rule = stored.sheet, RULES[proposal.step]
    if lifecycle.is_closed(stored.rule.closed_at, visit.now):
        raise CannotSave(f"{sheet.cycle.title} is closed, so nothing in it can be changed.")
    problem = lifecycle.refusal(proposal.step, sheet.state)
    if problem:
        raise CannotSave(problem)
    if rule.second_person and stored.rule.two_people:
        _check_second_person(visit, proposal.step, stored)
    for note in notes:
        if note.item is not None:
            sheet.line(note.item)
        _check_met_after(note, stored.submitted_at)
    return _complete(proposal.step, sheet)


def _check_second_person(visit: Visit, step: Step, stored: _Stored) -> None:
    if visit.person.person_id == stored.submitted_by:
        raise CannotSave(move_words.needs_another(step))


def _check_met_after(note: MoveNote, submitted_at: datetime | None) -> None:
    if note.met_on and submitted_at and note.met_on < local(submitted_at).date():
        raise CannotSave(
            f"The assessment was submitted on {moment_in_words(submitted_at)}. Enter the day, "
            f"then or later, on which it was considered."
        )


def _complete(step: Step, sheet: Sheet) -> Assessment:
    """The assessment, if everything that a submission requires holds."""
    checks = check_list(sheet) if step is Step.SUBMIT else ()
    missing = [check.text for check in checks if check.required and not check.is_met]
    if sheet.assessment is None or missing:
        raise CannotSave(
            "This cannot be submitted yet. What must hold first: " + "; ".join(missing) + "."
        )
    return sheet.assessment


def _carry_out(
    writing: Writing, visit: Visit, proposal: Proposal, sheet: Sheet, assessment: Assessment
) -> Move:
    rule, key = RULES[proposal.step], assessment.key
    if rule.new_revision:
        key = revisions.begin_again(writing, key, visit.now)
    else:
        assessments.move(writing, assessment, rule.to_state, visit.now)
    answered = [line.answer for line in sheet.lines if line.answer is not None]
    return Move(
        key=key,
        from_state=assessment.state,
        to_state=rule.to_state,
        person_id=visit.person.person_id,
        moved_at=visit.now,
        receipt=receipt_number(proposal.trust_code, key, rule.to_state, visit.now),
        content_hash=content_hash(answered),
    )
