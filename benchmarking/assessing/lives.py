"""Where an assessment stands in its life: what happened, what comes next, and who can do it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from benchmarking.access import Action, can, check_can
from benchmarking.answers import Assessment, Cycle, Move, MoveNote
from benchmarking.assessing import lifecycle
from benchmarking.assessing.lifecycle import NEXT, RULES, Station, Step
from benchmarking.assessing.move_words import needs_another
from benchmarking.keeping import Keep, afresh
from benchmarking.store import cycles, ledger, move_notes
from benchmarking.visit import Visit


@dataclass(frozen=True)
class Offer:
    """A step that a person may take from here; ``barred`` says why they cannot, if so."""

    step: Step
    barred: str = ""


@dataclass(frozen=True)
class Life:
    """What happened to one revision of an assessment, in order, and what may happen next.

    ``movers`` are titles by the number of the person; ``notes`` are by receipt.
    """

    trust_code: str
    cycle: Cycle
    assessment: Assessment
    moves: tuple[Move, ...]
    movers: Mapping[int, str]
    notes: Mapping[str, tuple[MoveNote, ...]]
    rule: cycles.Rule
    is_closed: bool = False
    offers: tuple[Offer, ...] = ()

    @property
    def stations(self) -> tuple[Station, ...]:
        return lifecycle.way(self.assessment.state, self.moves)

    @property
    def next(self) -> str:
        """What happens next, and who does it."""
        if self.is_closed:
            return "The cycle is closed, so nothing in it changes any more."
        return NEXT[self.assessment.state]

    def offer(self, step: Step) -> Offer | None:
        """The step as it is offered to the person, None where it is not."""
        return next((offer for offer in self.offers if offer.step is step), None)

    def by(self, move: Move) -> str:
        """The title of whoever made a move."""
        return self.movers.get(move.person_id, "Somebody")

    def response(self) -> MoveNote | None:
        """The board's response, once it was signed off."""
        signed = [s.move for s in self.stations if s.move and _is(s.move, Step.SIGN_OFF)]
        found = self.notes.get(signed[-1].receipt, ()) if signed else ()
        return found[0] if found else None


def for_workers(
    visit: Visit, trust_code: str, cycle: Cycle, assessment: Assessment, keep: Keep = afresh
) -> Life:
    """The life of an assessment for somebody who works on it.

    Raises:
        Refused: the person has no part in it.
    """
    check_can(visit.person, Action.SEE_DRAFT, trust_code)
    return _offered(visit, _life(visit, trust_code, cycle, assessment, keep))


def for_board(
    visit: Visit, trust_code: str, cycle: Cycle, assessment: Assessment, keep: Keep = afresh
) -> Life:
    """The life of an assessment for its trust's board: no reason that was given to colleagues.

    Raises:
        Refused: the person may not see this trust's overview.
    """
    check_can(visit.person, Action.SEE_OVERVIEW, trust_code)
    life = _life(visit, trust_code, cycle, assessment, keep)
    own = {m.receipt: life.notes.get(m.receipt, ()) for m in life.moves if _is(m, Step.SIGN_OFF)}
    return _offered(visit, replace(life, notes=own))


def _life(visit: Visit, trust_code: str, cycle: Cycle, assessment: Assessment, keep: Keep) -> Life:
    key = ("life", visit.stand.of_trust(trust_code), assessment.key)
    return keep(key, partial(_read, visit, trust_code, cycle, assessment))


def _read(visit: Visit, trust_code: str, cycle: Cycle, assessment: Assessment) -> Life:
    with visit.database.reading() as reading:
        return Life(
            trust_code,
            cycle,
            assessment,
            ledger.moves_of(reading, assessment.key),
            ledger.movers(reading, assessment.key),
            move_notes.of_assessment(reading, assessment.key),
            cycles.rule_of(reading, cycle.cycle_id),
        )


def _offered(visit: Visit, life: Life) -> Life:
    """The life with the steps that this person may take now."""
    if lifecycle.is_closed(life.rule.closed_at, visit.now):
        return replace(life, is_closed=True)
    offers = tuple(
        Offer(step, _barred(visit, life, step))
        for step, rule in RULES.items()
        if life.assessment.state in rule.from_states
        and can(visit.person, rule.action, life.trust_code)
    )
    return replace(life, offers=offers)


def _barred(visit: Visit, life: Life, step: Step) -> str:
    submitted = [move for move in life.moves if _is(move, Step.SUBMIT)]
    if not (RULES[step].second_person and life.rule.two_people and submitted):
        return ""
    mine = submitted[-1].person_id == visit.person.person_id
    return needs_another(step) if mine else ""


def _is(move: Move, step: Step) -> bool:
    return lifecycle.step_of(move) is step
