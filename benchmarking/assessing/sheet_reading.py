"""Reading an assessment: all that was said about each question, and what stands beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from benchmarking.answers import (
    WHOLE_TRUST,
    Answer,
    Assessment,
    AssessmentKey,
    Assignment,
    Cycle,
    ItemKey,
    Organisation,
    State,
)
from benchmarking.assessing.sheets import (
    IN_ANY_STATE,
    Line,
    Part,
    SentBack,
    Sheet,
    part_of,
    standards_of,
    trust_of,
)
from benchmarking.assessing.work import Work, last_answers, read_work
from benchmarking.evidence import Evidence, standing
from benchmarking.keeping import Keep, afresh
from benchmarking.moments import local
from benchmarking.standard import Item, Library, Standard
from benchmarking.store import (
    actions,
    assessments,
    assignments,
    cycles,
    evidence,
    ledger,
    move_notes,
)
from benchmarking.store.database import Reading
from benchmarking.trust_actions import TrustAction
from benchmarking.visit import Visit


def read_sheet(
    visit: Visit,
    trust_code: str,
    cycle: Cycle,
    scope: str = WHOLE_TRUST,
    states: Collection[State] = IN_ANY_STATE,
    keep: Keep = afresh,
) -> Sheet:
    """The sheet of a trust in a cycle. The caller has checked what the person may see.

    Args:
        visit: who asks, and when.
        trust_code: whose sheet.
        cycle: of which round.
        scope: of which part of the trust.
        states: the newest revision in one of these is read; the sheet is empty without one.
        keep: where what a saved answer does not change is kept between requests.

    Raises:
        NotThere: no such trust, or no such part of it.
    """
    # Asked before the reading begins, so that nothing older is kept under it.
    number = visit.stand.of_trust(trust_code)
    with visit.database.reading() as reading:
        trust = keep(("trust", number, trust_code), partial(trust_of, reading, trust_code))
        part = part_of(reading, trust, scope)
        found = _newest(reading, trust, cycle, scope, states)
        first = AssessmentKey(trust.organisation_id, cycle.cycle_id, scope)
        work = read_work(reading, found.key if found else first)
        about = (found.key, found.state) if found else first
        beside = keep(
            ("beside answers", number, visit.today, about),
            partial(_beside, reading, visit, cycle, first, found),
        )
    said = _Said(work, beside)
    parts = _parts(visit.library, cycle, said)
    return Sheet(trust, cycle, found, parts, beside.is_closed, part, beside.last_cycle)


@dataclass(frozen=True)
class _Beside:
    """What lies beside the answers of one assessment, which saving one of them leaves as it is.

    ``last`` are the answers of ``last_cycle``. ``as_of`` is the day on which evidence must be
    recent.
    """

    evidence: Sequence[Evidence]
    sent_back: Mapping[ItemKey, SentBack]
    actions: Sequence[TrustAction]
    assignments: Mapping[ItemKey, Assignment]
    last_cycle: Cycle | None
    last: Mapping[ItemKey, Answer]
    as_of: date
    is_closed: bool


@dataclass(frozen=True)
class _Said:
    """Everything about one assessment, by question."""

    work: Work
    beside: _Beside

    def evidence_for(self, key: ItemKey) -> tuple[Evidence, ...]:
        return tuple(piece for piece in self.beside.evidence if piece.item == key)

    def actions_for(self, key: ItemKey) -> tuple[TrustAction, ...]:
        return tuple(action for action in self.beside.actions if action.serves(key))

    def open_return(self, key: ItemKey) -> SentBack | None:
        """Why a question was sent back, if nothing about it was saved since."""
        found = self.beside.sent_back.get(key)
        if found is None:
            return None
        work = self.work
        kept = (work.answers.get(key), work.comments.get(key), *self.actions_for(key))
        saved = [one.saved_at for one in (*kept, *self.evidence_for(key)) if one is not None]
        return None if any(at is not None and at > found.at for at in saved) else found


def _newest(
    reading: Reading, trust: Organisation, cycle: Cycle, scope: str, states: Collection[State]
) -> Assessment | None:
    revisions = assessments.revisions(reading, trust.organisation_id, cycle.cycle_id, scope)
    return next((found for found in revisions if found.state in states), None)


def _beside(
    reading: Reading,
    visit: Visit,
    cycle: Cycle,
    first: AssessmentKey,
    assessment: Assessment | None,
) -> _Beside:
    key = assessment.key if assessment else first
    promised = actions.of_trust(reading, key.organisation_id)
    last_cycle, last = last_answers(reading, key, cycle)
    return _Beside(
        evidence=evidence.of_assessment(reading, key) if assessment else (),
        sent_back=_sent_back(reading, assessment) if assessment else {},
        actions=[one for one in promised if one.scope == key.scope],
        assignments=assignments.of_assessment(reading, key, visit.now),
        last_cycle=last_cycle,
        last=last,
        as_of=_judged_on(reading, visit, assessment),
        is_closed=cycles.rule_of(reading, cycle.cycle_id).closed_at is not None,
    )


def _sent_back(reading: Reading, assessment: Assessment) -> Mapping[ItemKey, SentBack]:
    if assessment.state is not State.SENT_BACK:
        return {}
    moves = ledger.moves_of(reading, assessment.key)
    if not moves or moves[-1].to_state is not State.SENT_BACK:
        return {}
    last = moves[-1]
    by = ledger.movers(reading, assessment.key).get(last.person_id, "A colleague")
    notes = move_notes.of_assessment(reading, assessment.key).get(last.receipt, ())
    return {note.item: SentBack(note.text, by, last.moved_at) for note in notes if note.item}


def _judged_on(reading: Reading, visit: Visit, assessment: Assessment | None) -> date:
    """The day on which evidence must be recent: today for a draft, else its submission."""
    if assessment is None or assessment.state.is_open:
        return visit.today
    submitted = ledger.submitted_at(reading, assessment.key)
    return local(submitted or assessment.state_since).date()


def _parts(library: Library, cycle: Cycle, said: _Said) -> tuple[Part, ...]:
    return tuple(
        Part(
            standard,
            stage,
            tuple(_line(library, standard, item, said) for item in standard.items_of(stage)),
        )
        for standard in standards_of(library, cycle)
        for stage in standard.stages
    )


def _line(library: Library, standard: Standard, item: Item, said: _Said) -> Line:
    key = ItemKey(standard.id, item.id)
    scale = library.scale_of(standard)
    work, beside = said.work, said.beside
    answer = work.answers.get(key)
    pieces = said.evidence_for(key)
    return Line(
        key=key,
        statement=standard.statement_by_id[item.statement],
        item=item,
        scale=scale,
        answer=answer,
        standing=answer and standing(standard, scale, item, answer.choice, pieces, beside.as_of),
        comment=work.comments.get(key),
        actions=said.actions_for(key),
        evidence=pieces,
        last=beside.last.get(key),
        sent_back=said.open_return(key),
        assignment=beside.assignments.get(key),
        carried=work.carried.get(key),
        saves=work.saves.get(key, 0),
    )
