"""The life of an assessment: which moves there are, from where, by whom, with what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from benchmarking.access import Action
from benchmarking.answers import Move, State


class Step(StrEnum):
    """Something that is done to a whole assessment, as a person would say it."""

    SUBMIT = "submit"
    SEND_BACK = "send back"
    APPROVE = "approve"
    SIGN_OFF = "sign off"
    PUBLISH = "publish"
    REOPEN = "reopen"


class Given(Enum):
    """What must be given with a step, in people's own words."""

    NOTHING = "nothing"
    REASONS = "a reason for each statement that is sent back"
    RESPONSE = "the response of the board, or of a committee on its behalf"
    REASON = "a reason"


@dataclass(frozen=True)
class Rule:
    """One step: from which states, to which, and what it takes.

    ``done`` is the step as something that has happened. With ``second_person``, whoever
    submitted may not take the step where the cycle needs two people. With ``new_revision``,
    the assessment stays as it is and a copy of it moves on.
    """

    from_states: tuple[State, ...]
    to_state: State
    done: str
    action: Action
    given: Given = Given.NOTHING
    second_person: bool = False
    new_revision: bool = False


RULES: Mapping[Step, Rule] = {
    Step.SUBMIT: Rule(
        (State.IN_PROGRESS, State.SENT_BACK), State.SUBMITTED, "submitted", Action.SUBMIT
    ),
    Step.SEND_BACK: Rule(
        (State.SUBMITTED, State.APPROVED),
        State.SENT_BACK,
        "sent back",
        Action.APPROVE,
        Given.REASONS,
    ),
    Step.APPROVE: Rule(
        (State.SUBMITTED,), State.APPROVED, "approved", Action.APPROVE, second_person=True
    ),
    Step.SIGN_OFF: Rule(
        (State.APPROVED,),
        State.SIGNED_OFF,
        "signed off",
        Action.SIGN_OFF,
        Given.RESPONSE,
        second_person=True,
    ),
    Step.PUBLISH: Rule((State.SIGNED_OFF,), State.PUBLISHED, "published", Action.PUBLISH),
    Step.REOPEN: Rule(
        (State.PUBLISHED,),
        State.IN_PROGRESS,
        "reopened",
        Action.REOPEN,
        Given.REASON,
        new_revision=True,
    ),
}

# What a person reads about a state: what happens next, and who does it.
NEXT: Mapping[State, str] = {
    State.IN_PROGRESS: "Next: the trust lead submits it once every question has an answer.",
    State.SENT_BACK: "Next: the reasons are dealt with, then the trust lead submits it again.",
    State.SUBMITTED: "Next: an approver approves it, or sends it back with reasons.",
    State.APPROVED: "Next: the board, or a committee on its behalf, signs it off with its "
    "response. Until then an approver can still send it back.",
    State.SIGNED_OFF: "Next: the trust lead publishes it.",
    State.PUBLISHED: "It can no longer be changed. An approver can reopen it, with a reason.",
}


def refusal(step: Step, state: State) -> str:
    """Why a step cannot be taken from a state, and what can; empty where it can."""
    rule = RULES[step]
    if state in rule.from_states:
        return ""
    if state is rule.to_state and not rule.new_revision:
        return f"This assessment has already been {rule.done}. {NEXT[state]}"
    return (
        f"This assessment is {state.label.lower()}, so it cannot be {rule.done} now. {NEXT[state]}"
    )


def is_closed(closed_at: datetime | None, now: datetime) -> bool:
    """Whether a cycle has been closed at a moment: nothing in it changes any more."""
    return closed_at is not None and closed_at <= now


def step_of(move: Move) -> Step:
    """The step that a move of the ledger was.

    Raises:
        ValueError: no step leads from there to there.
    """
    for step, rule in RULES.items():
        if move.from_state in rule.from_states and move.to_state is rule.to_state:
            return step
    raise ValueError(f"No step leads from {move.from_state} to {move.to_state}.")


@dataclass(frozen=True)
class Station:
    """One stop on the way of an assessment; ``move`` is what led there, if anything has."""

    state: State
    is_passed: bool
    is_now: bool
    move: Move | None


_WAY = (State.SUBMITTED, State.APPROVED, State.SIGNED_OFF, State.PUBLISHED)


def way(state: State, moves: Sequence[Move]) -> tuple[Station, ...]:
    """The way from work in progress to publication, and where on it an assessment stands.

    Args:
        state: where it stands.
        moves: everything that happened to this revision, in order. What lies before it was
            last sent back counts no longer.
    """
    led_to: dict[State, Move] = {}
    for move in moves:
        if move.to_state.is_open:
            led_to.clear()
        led_to[move.to_state] = move
    order = (state if state.is_open else State.IN_PROGRESS, *_WAY)
    here = order.index(state)
    return tuple(
        Station(stop, place < here, place == here, led_to.get(stop) if place <= here else None)
        for place, stop in enumerate(order)
    )
