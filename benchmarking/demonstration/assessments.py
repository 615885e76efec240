"""Fictional assessments, each with everything said in it and the times of its life."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from benchmarking.access import Role
from benchmarking.answers import WHOLE_TRUST, Assessment, AssessmentKey, Cycle, Move, State
from benchmarking.assessing.receipts import content_hash, receipt_number
from benchmarking.demonstration import newcomer, people, scopes
from benchmarking.demonstration.answering import Asked, DrawnPromise, Question, Reply
from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.claims import draw_claims
from benchmarking.demonstration.cycles import asked
from benchmarking.demonstration.timeline import Times, draw_saves, draw_times
from benchmarking.demonstration.trusts import DemonstrationTrust, demonstration_trusts
from benchmarking.standard import Library, Standard
from benchmarking.store.bulk import WholeAssessment

# How much of an assessment in progress is answered; of the others a share between the bounds.
SHARE_ANSWERED = {"DEMO-12": 0.0, "DEMO-31": 1.0}
SHARE_BOUNDS = (0.15, 0.9)

WHO_MOVES = {
    State.SUBMITTED: Role.TRUST_LEAD,
    State.SENT_BACK: Role.APPROVER,
    State.APPROVED: Role.APPROVER,
    State.SIGNED_OFF: Role.BOARD_MEMBER,
    State.PUBLISHED: Role.TRUST_LEAD,
}


@dataclass(frozen=True)
class DrawnAssessment:
    """One assessment as it is to be written, the times of its life, and what was promised in it."""

    trust: DemonstrationTrust
    whole: WholeAssessment
    times: Times
    promises: tuple[DrawnPromise, ...] = ()


def draw_assessments(
    library: Library, cycles: Sequence[Cycle], as_of: date
) -> tuple[DrawnAssessment, ...]:
    """All assessments of the demonstration, by cycle and trust.

    Args:
        cycles: the oldest, the last and the current one.
        as_of: the day on which the demonstration is made; nothing happens on it or later.
    """
    trusts = demonstration_trusts()
    standards = [_asked(library, standard, trusts) for standard in asked(library)]
    rounds = [(trust, row, WHOLE_TRUST) for row, trust in enumerate(trusts)]
    rounds += [(trust, p.claims_of_row, p.scope_id) for trust, p in scopes.trusts_of_parts()]
    return tuple(
        _assessment(trust, cycle, state, _questions(standards, place, row, trust), as_of, scope)
        for place, cycle in enumerate(cycles)
        for trust, row, scope in rounds
        if (state := trust.states[place]) is not None
    )


def moves_of(drawn: DrawnAssessment, person_ids: Mapping[str, int]) -> Iterator[Move]:
    """The moves of an assessment in order, each with its receipt.

    Args:
        drawn: the assessment.
        person_ids: the number of everybody, by title.
    """
    key, code = drawn.whole.assessment.key, drawn.trust.code
    answered = content_hash(drawn.whole.answers)
    for before, after in pairwise((State.IN_PROGRESS, *drawn.times.moves)):
        at = drawn.times.moves[after]
        person_id = person_ids[people.title(WHO_MOVES[after], code)]
        receipt = receipt_number(code, key, after, at)
        yield Move(key, before, after, person_id, at, receipt, answered)


def _asked(library: Library, standard: Standard, trusts: Sequence[DemonstrationTrust]) -> Asked:
    scale = library.scale_of(standard)
    claims = newcomer.set_by_hand(draw_claims(standard, scale, trusts), standard, trusts)
    return Asked(standard, scale, library.content_hash(standard), claims)


def _questions(
    standards: Sequence[Asked], place: int, row: int, trust: DemonstrationTrust
) -> list[Question]:
    """All questions to a trust in a cycle, in the order in which they are asked."""
    return [
        Question(
            trust.code,
            place,
            one,
            item,
            int(one.claims.claimed[place, row, column]),
            int(one.claims.shown[place, row, column]),
        )
        for one in standards
        for column, item in enumerate(one.standard.self_assessment.items)
    ]


def _assessment(
    trust: DemonstrationTrust,
    cycle: Cycle,
    state: State,
    questions: list[Question],
    as_of: date,
    scope: str,
) -> DrawnAssessment:
    part = () if scope == WHOLE_TRUST else (scope,)
    drawn = chance(trust.code, questions[0].cycle_place, "assessment", *part)
    times = draw_times(cycle, as_of, state, drawn)
    answered = _answered(trust, state, questions, drawn)
    saves = draw_saves(times, len(answered), drawn)
    replies = [
        Reply(question, saved_at, times.judged_on, as_of, drawn)
        for question, saved_at in zip(answered, saves, strict=True)
    ]
    since = max(times.moves.values(), default=times.opened_at)
    key = AssessmentKey(trust.organisation.organisation_id, cycle.cycle_id, scope)
    stem = "-".join((trust.code, cycle.cycle_id, *part))
    answers = tuple(reply.answer() for reply in replies)
    comments = tuple(said for reply in replies if (said := reply.comment()))
    promises = tuple(made for reply in replies if (made := reply.promise()))
    evidence = tuple(piece for reply in replies for piece in reply.evidence(stem))
    whole = WholeAssessment(
        Assessment(key, state, since), times.opened_at, answers, comments, evidence
    )
    return DrawnAssessment(trust, whole, times, promises)


def _answered(
    trust: DemonstrationTrust, state: State, questions: list[Question], drawn: np.random.Generator
) -> list[Question]:
    """The questions that have an answer: all of them unless the assessment is in progress."""
    if state is not State.IN_PROGRESS:
        return questions
    if trust.code == newcomer.NEWCOMER:
        return [q for q in questions if newcomer.is_answered(q.asked.standard, q.number)]
    share = SHARE_ANSWERED.get(trust.code, drawn.uniform(*SHARE_BOUNDS))
    return questions[: round(share * len(questions))]
