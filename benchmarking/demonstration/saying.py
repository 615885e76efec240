"""The words that fictional assessments were moved with: reasons for a return, boards' responses."""

from datetime import timedelta

import numpy as np

from benchmarking.answers import Move, MoveNote, State
from benchmarking.demonstration.assessments import DrawnAssessment
from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.newcomer import STANDARD
from benchmarking.demonstration.words import pick, read_words
from benchmarking.moments import local

MOST_SENT_BACK = 3
# What shows that somebody looked; a policy alone does not.
_LOOKED = ("records", "survey", "independent-check")
_MET_BEFORE_DAYS = 5


def notes_of(drawn: DrawnAssessment, move: Move) -> tuple[MoveNote, ...]:
    """The words of one move of a fictional assessment; none where the step needs none."""
    match move.to_state:
        case State.SENT_BACK:
            return _reasons(drawn)
        case State.SIGNED_OFF:
            return (_response(drawn, move),)
        case _:
            return ()


def _reasons(drawn: DrawnAssessment) -> tuple[MoveNote, ...]:
    """A reason for each of a few answers that nothing but a policy stands behind."""
    words, draw = read_words(), _chance(drawn, "sent back")
    shown = {piece.item for piece in drawn.whole.evidence if piece.kind in _LOOKED}
    asked = [a.item for a in drawn.whole.answers if a.item.standard_id == STANDARD]
    bare = [item for item in asked if item not in shown]
    chosen = sorted(int(place) for place in draw.permutation(len(bare))[:MOST_SENT_BACK])
    return tuple(MoveNote(pick(words.reasons, draw), bare[place]) for place in chosen)


def _response(drawn: DrawnAssessment, move: Move) -> MoveNote:
    words, draw = read_words(), _chance(drawn, "signed off")
    met_on = local(move.moved_at).date() - timedelta(days=int(draw.integers(_MET_BEFORE_DAYS)))
    return MoveNote(pick(words.responses, draw), body=pick(words.bodies, draw), met_on=met_on)


def _chance(drawn: DrawnAssessment, about: str) -> np.random.Generator:
    return chance(drawn.trust.code, drawn.whole.assessment.key.cycle_id, about)
