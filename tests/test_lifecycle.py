"""The life of an assessment as a table: which step from which state, and why not the others."""

from datetime import datetime, timedelta

import pytest

from benchmarking.access import Action
from benchmarking.answers import AssessmentKey, Move, State
from benchmarking.assessing.lifecycle import (
    NEXT,
    RULES,
    Given,
    Step,
    is_closed,
    refusal,
    step_of,
    way,
)

S = State
AT = datetime(2026, 11, 21, 14, 2)

# One row for each step, one column for each state: where it leads, or . where it is refused.
COLUMNS = (S.IN_PROGRESS, S.SUBMITTED, S.SENT_BACK, S.APPROVED, S.SIGNED_OFF, S.PUBLISHED)
TABLE = {
    #               progress   submitted  sent back  approved   signed off published
    Step.SUBMIT:    "submitted .          submitted  .          .          .",
    Step.SEND_BACK: ".         sent_back  .          sent_back  .          .",
    Step.APPROVE:   ".         approved   .          .          .          .",
    Step.SIGN_OFF:  ".         .          .          signed_off .          .",
    Step.PUBLISH:   ".         .          .          .          published  .",
    Step.REOPEN:    ".         .          .          .          .          in_progress",
}  # fmt: skip
NEEDS = {
    Step.SUBMIT: (Action.SUBMIT, Given.NOTHING, False),
    Step.SEND_BACK: (Action.APPROVE, Given.REASONS, False),
    Step.APPROVE: (Action.APPROVE, Given.NOTHING, True),
    Step.SIGN_OFF: (Action.SIGN_OFF, Given.RESPONSE, True),
    Step.PUBLISH: (Action.PUBLISH, Given.NOTHING, False),
    Step.REOPEN: (Action.REOPEN, Given.REASON, False),
}
EVERY_PAIR = [
    (step, state, leads_to)
    for step, row in TABLE.items()
    for state, leads_to in zip(COLUMNS, row.split(), strict=True)
]


def move(from_state: State, to_state: State, minutes: int = 0) -> Move:
    at = AT + timedelta(minutes=minutes)
    return Move(AssessmentKey(7, "2026-27"), from_state, to_state, 1, at, f"R{minutes}", "c" * 64)


def test_the_table_has_every_step_and_every_state() -> None:
    assert set(TABLE) == set(RULES) == set(Step) == set(NEEDS)
    assert set(COLUMNS) == set(State) == set(NEXT)
    assert len(EVERY_PAIR) == len(Step) * len(State)


@pytest.mark.parametrize("step, state, leads_to", EVERY_PAIR)
def test_every_step_from_every_state_is_allowed_or_refused_with_a_sentence(
    step: Step, state: State, leads_to: str
) -> None:
    said = refusal(step, state)
    assert (said == "") is (leads_to != ".")
    if leads_to == ".":
        assert RULES[step].done in said and said.endswith(NEXT[state])
    else:
        assert RULES[step].to_state.value == leads_to


@pytest.mark.parametrize("step", Step)
def test_each_step_needs_an_action_words_and_perhaps_a_second_person(step: Step) -> None:
    rule = RULES[step]
    assert (rule.action, rule.given, rule.second_person) == NEEDS[step]
    assert rule.new_revision is (step is Step.REOPEN)


@pytest.mark.parametrize(
    "step, state, said",
    [
        (
            Step.APPROVE,
            S.IN_PROGRESS,
            "This assessment is in progress, so it cannot be approved now. Next: the trust lead "
            "submits it once every question has an answer.",
        ),
        (
            Step.APPROVE,
            S.APPROVED,
            "This assessment has already been approved. Next: the board, or a committee on its "
            "behalf, signs it off with its response. Until then an approver can still send it "
            "back.",
        ),
        (
            Step.SEND_BACK,
            S.PUBLISHED,
            "This assessment is published, so it cannot be sent back now. It can no longer be "
            "changed. An approver can reopen it, with a reason.",
        ),
        (
            Step.REOPEN,
            S.IN_PROGRESS,
            "This assessment is in progress, so it cannot be reopened now. Next: the trust lead "
            "submits it once every question has an answer.",
        ),
    ],
)
def test_a_refusal_says_where_it_stands_and_what_comes_next(
    step: Step, state: State, said: str
) -> None:
    assert refusal(step, state) == said


@pytest.mark.parametrize("step, state, leads_to", [p for p in EVERY_PAIR if p[2] != "."])
def test_a_move_of_the_ledger_says_which_step_it_was(
    step: Step, state: State, leads_to: str
) -> None:
    assert step_of(move(state, State(leads_to))) is step


def test_a_move_that_no_step_makes_is_told_apart() -> None:
    with pytest.raises(ValueError, match="No step leads from published to approved"):
        step_of(move(S.PUBLISHED, S.APPROVED))


def test_a_cycle_is_closed_from_its_moment_on_and_may_never_be() -> None:
    assert not is_closed(None, AT)
    assert not is_closed(AT + timedelta(seconds=1), AT)
    assert is_closed(AT, AT)


# The way, drawn as one word for each station: what stands there, and the minute it was reached.

HANDED_IN = move(S.IN_PROGRESS, S.SUBMITTED, 1)
RETURNED = move(S.SUBMITTED, S.SENT_BACK, 2)
AGAIN = move(S.SENT_BACK, S.SUBMITTED, 3)
APPROVED = move(S.SUBMITTED, S.APPROVED, 4)
REOPENED = move(S.PUBLISHED, S.IN_PROGRESS, 5)


@pytest.mark.parametrize(
    "state, moves, drawn",
    [
        (S.IN_PROGRESS, (), "in_progress* submitted approved signed_off published"),
        (S.SUBMITTED, (HANDED_IN,), "in_progress+ submitted*1 approved signed_off published"),
        (
            S.SENT_BACK,
            (HANDED_IN, RETURNED),
            "sent_back*2 submitted approved signed_off published",
        ),
        (
            S.APPROVED,
            (HANDED_IN, RETURNED, AGAIN, APPROVED),
            "in_progress+ submitted+3 approved*4 signed_off published",
        ),
        (S.IN_PROGRESS, (REOPENED,), "in_progress*5 submitted approved signed_off published"),
        (S.PUBLISHED, (), "in_progress+ submitted+ approved+ signed_off+ published*"),
    ],
    ids=["new", "submitted", "sent back", "approved at last", "reopened", "nothing known"],
)
def test_the_way_says_what_is_passed_where_it_stands_and_what_led_there(
    state: State, moves: tuple[Move, ...], drawn: str
) -> None:
    found = [
        f"{stop.state}{'*' * stop.is_now}{'+' * stop.is_passed}"
        f"{stop.move.receipt.removeprefix('R') if stop.move else ''}"
        for stop in way(state, moves)
    ]
    assert " ".join(found) == drawn
