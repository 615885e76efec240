"""Moving an assessment on: by whom, with what, once, and never over what happened meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from benchmarking.access import Refused, Role
from benchmarking.answers import ItemKey, MoveNote, State
from benchmarking.assessing import assessments, moves
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.lifecycle import RULES, Step
from benchmarking.assessing.sheets import NotThere, current_cycle
from benchmarking.store import cycles, ledger, people, revisions
from benchmarking.visit import Visit
from tests.store.scene import contents
from tests.use_cases.conftest import ME_1_1, ME_1_4, NOW, World, proposal, submitted, take

LEAD, COLLEAGUE, APPROVER, BOARD = "lead-07", "colleague-07", "approver-07", "board-07"
TODAY = NOW.date()
REASON = MoveNote("The sample is of last year.", ME_1_1)
RESPONSE = MoveNote("We accept this.", body="Quality committee", met_on=TODAY)
WHY = MoveNote("The survey was counted twice.")
NOTES = {Step.SEND_BACK: REASON, Step.SIGN_OFF: RESPONSE, Step.REOPEN: WHY}
WAY = [
    (Step.SUBMIT, LEAD),
    (Step.APPROVE, APPROVER),
    (Step.SIGN_OFF, BOARD),
    (Step.PUBLISH, LEAD),
    (Step.REOPEN, APPROVER),
]


def notes_for(step: Step) -> tuple[MoveNote, ...]:
    return (NOTES[step],) if step in NOTES else ()


def come_to(world: World, state: State) -> World:
    """DEMO-07's assessment in this state; the world a minute after the last step."""
    submitted(world)
    for step, subject in WAY[1:]:
        if assessments.open_sheet(world.visit(LEAD), "DEMO-07").state is state:
            break
        world = world.later(minutes=1)
        take(world, step, subject, *notes_for(step))
    assert assessments.open_sheet(world.visit(LEAD), "DEMO-07").state is state
    return world.later(minutes=1)


def state_of(world: World) -> State:
    return assessments.open_sheet(world.visit(LEAD), "DEMO-07").state


BEFORE = {step: RULES[step].from_states[0] for step in Step if step is not Step.SUBMIT}

# One column for each reader: x may take the step, . is refused.
READERS = {
    "lead": LEAD,
    "contr": COLLEAGUE,
    "appro": APPROVER,
    "board": BOARD,
    "lead 08": "lead-08",
    "insp": "inspector",
    "admin": "administrator",
}
TABLE = {
    #               lead contr appro board lead08 insp admin
    Step.SUBMIT:    "x   .     .     .     .      .    .",
    Step.SEND_BACK: ".   .     x     .     .      .    .",
    Step.APPROVE:   ".   .     x     .     .      .    .",
    Step.SIGN_OFF:  ".   .     .     x     .      .    .",
    Step.PUBLISH:   "x   .     .     .     .      .    .",
    Step.REOPEN:    ".   .     x     .     .      .    .",
}  # fmt: skip


@pytest.mark.parametrize("step", TABLE)
def test_each_step_is_for_those_the_table_says_and_changes_nothing_for_others(
    world: World, step: Step
) -> None:
    if step is Step.SUBMIT:
        submitted(world)
        world = world.later(minutes=1)
        take(world, Step.SEND_BACK, APPROVER, REASON)
    later = come_to(world, BEFORE[step]) if step is not Step.SUBMIT else world.later(minutes=1)
    asked = proposal(later, step, *notes_for(step))
    may = dict(zip(READERS, TABLE[step].split(), strict=True))
    before = contents(later.database)
    for reader in (name for name, mark in may.items() if mark == "."):
        with pytest.raises(Refused):
            moves.take(later.visit(READERS[reader]), asked)
    with pytest.raises(Refused):
        moves.take(later.stranger(), asked)
    assert contents(later.database) == before
    (allowed,) = [name for name, mark in may.items() if mark == "x"]
    moves.take(later.visit(READERS[allowed]), asked)
    assert state_of(later) is RULES[step].to_state


def test_a_whole_life_leaves_a_receipt_an_entry_and_a_line_in_the_audit_for_each_step(
    world: World,
) -> None:
    come_to(world, State.PUBLISHED)
    with world.database.reading() as reading:
        rows = reading.rows("SELECT from_state, to_state, receipt, content_hash FROM ledger")
        audited = reading.rows("SELECT action FROM audit WHERE action LIKE '% assessment'")
        assert ledger.first_broken_link(reading) is None
    assert [(row["from_state"], row["to_state"]) for row in rows] == [
        ("in_progress", "submitted"),
        ("submitted", "approved"),
        ("approved", "signed_off"),
        ("signed_off", "published"),
    ]
    assert len({row["receipt"] for row in rows}) == 4
    assert len({row["content_hash"] for row in rows}) == 1, "nothing changed on the way"
    assert [row["action"] for row in audited] == [
        "submit assessment",
        "approve assessment",
        "sign off assessment",
        "publish assessment",
    ]


# Twice, late, and at the same time.


@pytest.mark.parametrize("step", TABLE)
def test_the_same_click_again_gives_the_same_receipt_and_one_entry(
    world: World, step: Step
) -> None:
    if step is Step.SUBMIT:
        later, subject = world, LEAD
        submitted(world)
        asked = replace(proposal(world, step), seen=None)
    else:
        later = come_to(world, BEFORE[step])
        subject = dict(WAY).get(step, APPROVER)
        asked = proposal(later, step, *notes_for(step))
    first = moves.take(later.visit(subject), asked)
    before = contents(later.database)
    assert moves.take(later.later(minutes=5).visit(subject), asked) == first
    assert contents(later.database) == before


def test_ten_clicks_at_the_same_time_give_one_receipt_and_one_entry(world: World) -> None:
    later = come_to(world, State.APPROVED)
    asked, visit = proposal(later, Step.SIGN_OFF, RESPONSE), later.visit(BOARD)
    with ThreadPoolExecutor(10) as clicks:
        receipts = set(clicks.map(lambda _: moves.take(visit, asked), range(10)))
    assert len(receipts) == 1
    assert later.count("SELECT count(*) FROM ledger WHERE to_state = 'signed_off'") == 1


def test_a_replay_after_more_has_happened_still_gives_its_own_receipt(world: World) -> None:
    later = come_to(world, State.SUBMITTED)
    asked = proposal(later, Step.APPROVE)
    first = moves.take(later.visit(APPROVER), asked)
    after = later.later(minutes=1)
    take(after, Step.SIGN_OFF, BOARD, RESPONSE)
    assert moves.take(after.visit(APPROVER), asked) == first
    assert state_of(after) is State.SIGNED_OFF


def test_a_step_on_what_somebody_has_moved_since_is_refused_with_what_happened(
    world: World,
) -> None:
    later = come_to(world, State.SUBMITTED)
    late = proposal(later, Step.APPROVE)
    take(later, Step.SEND_BACK, APPROVER, REASON)
    before = contents(later.database)
    with pytest.raises(CannotSave) as refused:
        moves.take(later.later(minutes=3).visit(APPROVER), late)
    assert str(refused.value) == (
        "This assessment was sent back on 21 November 2026 at 14:03 by approver 7, after you "
        "opened it. What you wanted to do was not done. Look at it as it is now."
    )
    assert contents(later.database) == before


def test_a_page_from_before_a_return_does_not_approve_what_was_submitted_anew(
    world: World,
) -> None:
    later = come_to(world, State.SUBMITTED)
    late = proposal(later, Step.APPROVE)
    take(later, Step.SEND_BACK, APPROVER, REASON)
    again = later.later(minutes=5)
    take(again, Step.SUBMIT, LEAD)
    with pytest.raises(CannotSave, match=r"was sent back on .* after you opened it"):
        moves.take(again.visit(APPROVER), late)
    assert state_of(again) is State.SUBMITTED


def test_two_responses_to_one_assessment_are_not_taken_for_one_click(world: World) -> None:
    later = come_to(world, State.APPROVED)
    asked = proposal(later, Step.SIGN_OFF, RESPONSE)
    moves.take(later.visit(BOARD), asked)
    other = replace(asked, notes=(replace(RESPONSE, text="We do not accept this."),))
    with pytest.raises(CannotSave, match="was signed off on .* by board member 7"):
        moves.take(later.visit(BOARD), other)
    assert later.count("SELECT count(*) FROM move_note") == 1


@pytest.mark.parametrize("broken", ["ledger.append", "move_notes.add", "installation"])
def test_a_step_that_breaks_off_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    later = come_to(world, State.SIGNED_OFF)
    before = contents(later.database)
    name = "installation.raise_data_revision" if broken == "installation" else broken

    def break_off(*_given: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(f"benchmarking.assessing.moves.{name}", break_off)
    with pytest.raises(RuntimeError, match="the power went"):
        take(later, Step.PUBLISH, LEAD)
    assert contents(later.database) == before


def test_a_reopening_that_breaks_off_leaves_no_half_of_a_copy(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = come_to(world, State.PUBLISHED)
    before = contents(later.database)
    # The tables are copied in their order; this one comes last and is not there.
    monkeypatch.setattr(revisions, "SAID", {**revisions.SAID, "nowhere": ("revision",)})
    with pytest.raises(Exception, match="nowhere"):
        take(later, Step.REOPEN, APPROVER, WHY)
    assert contents(later.database) == before


# Two people.


def everything_at_once(world: World) -> Visit:
    """DEMO-07's lead, who may approve and sign off, too."""
    lead = world.visit(LEAD)
    with world.database.writing(lead.audit("grant", "tests")) as writing:
        for role in (Role.APPROVER, Role.BOARD_MEMBER):
            people.grant(writing, lead.person.person_id, role, "DEMO-07", NOW - timedelta(days=9))
    return world.visit(LEAD)


def one_person_is_enough(world: World) -> None:
    entry = world.visit("administrator").audit("set rule", "2026-27")
    with world.database.writing(entry) as writing:
        cycles.set_rule(writing, "2026-27", cycles.Rule(two_people=False))


def test_nobody_approves_what_they_submitted(world: World) -> None:
    later = come_to(world, State.SUBMITTED)
    both = everything_at_once(later)
    with pytest.raises(CannotSave) as refused:
        moves.take(both, proposal(later, Step.APPROVE))
    assert str(refused.value) == (
        "You submitted this assessment. This cycle takes two people, so it has to be approved by "
        "somebody else."
    )
    assert state_of(later) is State.SUBMITTED


def test_nobody_signs_off_what_they_submitted(world: World) -> None:
    later = come_to(world, State.APPROVED)
    with pytest.raises(CannotSave, match="it has to be signed off by somebody else"):
        moves.take(everything_at_once(later), proposal(later, Step.SIGN_OFF, RESPONSE))
    assert state_of(later) is State.APPROVED


def test_who_submitted_may_send_it_back(world: World) -> None:
    later = come_to(world, State.SUBMITTED)
    moves.take(everything_at_once(later), proposal(later, Step.SEND_BACK, REASON))
    assert state_of(later) is State.SENT_BACK


def test_where_one_person_is_enough_they_may_approve_their_own(world: World) -> None:
    later = come_to(world, State.SUBMITTED)
    one_person_is_enough(later)
    moves.take(everything_at_once(later), proposal(later, Step.APPROVE))
    assert state_of(later) is State.APPROVED


def test_in_a_closed_cycle_nothing_moves(world: World) -> None:
    later = come_to(world, State.SUBMITTED)
    entry = later.visit("administrator").audit("close", "2026-27")
    with later.database.writing(entry) as writing:
        cycles.set_rule(writing, "2026-27", cycles.Rule(closed_at=later.now))
    with pytest.raises(CannotSave, match="2026/27 is closed, so nothing in it can be changed."):
        take(later, Step.APPROVE, APPROVER)
    assert state_of(later) is State.SUBMITTED


# What has to be given.

LONG = "a" * 4001


@pytest.mark.parametrize(
    "step, given, said",
    [
        (Step.SEND_BACK, (), "Choose the statements that you send back"),
        (Step.SEND_BACK, (MoveNote("About nothing"),), "Choose the statements that you send"),
        (Step.SEND_BACK, (MoveNote(" ", ME_1_1),), "Give a reason for each statement"),
        (
            Step.SEND_BACK,
            (REASON, MoveNote("", ME_1_4)),
            "Give a reason for each statement",
        ),
        (
            Step.SEND_BACK,
            (replace(REASON, text=LONG),),
            "The reason is 4,001 characters long. Shorten it to 1,000 or fewer.",
        ),
        (Step.SIGN_OFF, (), "Enter the response of the board or committee"),
        (Step.SIGN_OFF, (replace(RESPONSE, text=""),), "Enter the response"),
        (Step.SIGN_OFF, (replace(RESPONSE, body=" "),), "Say which body signs it off."),
        (Step.SIGN_OFF, (replace(RESPONSE, met_on=None),), "Enter the day on which the board"),
        (
            Step.SIGN_OFF,
            (replace(RESPONSE, met_on=TODAY + timedelta(days=1)),),
            "22 November 2026 is in the future. Enter a day up to today.",
        ),
        (
            Step.SIGN_OFF,
            (replace(RESPONSE, met_on=TODAY - timedelta(days=1)),),
            "The assessment was submitted on 21 November 2026 at 14:02. Enter the day, then or "
            "later, on which it was considered.",
        ),
        (Step.SIGN_OFF, (replace(RESPONSE, text=LONG),), "Shorten it to 4,000 or fewer."),
        (Step.REOPEN, (), "Say why it is reopened."),
        (Step.REOPEN, (MoveNote("\n"),), "Say why it is reopened."),
    ],
)
def test_without_what_it_must_be_given_with_no_step_is_taken(
    world: World, step: Step, given: tuple[MoveNote, ...], said: str
) -> None:
    later = come_to(world, BEFORE[step])
    before = contents(later.database)
    with pytest.raises(CannotSave) as refused:
        take(later, step, dict(WAY).get(step, APPROVER), *given)
    assert str(refused.value).startswith(said) or said in str(refused.value)
    assert contents(later.database) == before


def test_a_reason_about_a_question_that_is_not_asked_is_refused(world: World) -> None:
    later = come_to(world, State.SUBMITTED)
    with pytest.raises(NotThere, match="This question is not asked in this cycle"):
        take(later, Step.SEND_BACK, APPROVER, MoveNote("Why", ItemKey("my-expectations", "no")))
    assert state_of(later) is State.SUBMITTED


def test_what_is_given_with_a_step_that_needs_nothing_is_not_kept(world: World) -> None:
    later = come_to(world, State.SUBMITTED)
    take(later, Step.APPROVE, APPROVER, MoveNote("By the way"))
    assert later.count("SELECT count(*) FROM move_note") == 0


# Sent back.


def line_of(world: World, key: ItemKey) -> Any:
    return assessments.open_sheet(world.visit(COLLEAGUE), "DEMO-07").line(key)


def returned(world: World) -> World:
    later = come_to(world, State.SUBMITTED)
    take(later, Step.SEND_BACK, APPROVER, REASON, MoveNote("No date.", ME_1_4))
    return later.later(minutes=1)


def test_the_reasons_stand_at_their_statements_with_who_and_when(world: World) -> None:
    later = returned(world)
    found = line_of(later, ME_1_1).sent_back
    assert (found.reason, found.by) == ("The sample is of last year.", "approver 7")
    assert found.at == later.now - timedelta(minutes=1)
    sheet = assessments.open_sheet(later.visit(LEAD), "DEMO-07")
    assert [line.key for line in sheet.lines if line.sent_back] == [ME_1_1, ME_1_4]


Touch = Callable[[World], object]


def touch_answer(world: World) -> None:
    sheet = assessments.open_sheet(world.visit(COLLEAGUE), "DEMO-07")
    assessments.save_answer(world.visit(COLLEAGUE), sheet, ME_1_1, "good", "", 1)


def touch_comment(world: World) -> None:
    sheet = assessments.open_sheet(world.visit(COLLEAGUE), "DEMO-07")
    assessments.save_comment(world.visit(COLLEAGUE), sheet, ME_1_1, "Newer sample", 0)


@pytest.mark.parametrize("touch", [touch_answer, touch_comment])
def test_a_reason_stands_until_somebody_touches_the_statement(world: World, touch: Touch) -> None:
    later = returned(world)
    touch(later)
    assert line_of(later, ME_1_1).sent_back is None
    assert line_of(later, ME_1_4).sent_back is not None


def test_after_a_return_the_assessment_is_changed_submitted_and_approved_again(
    world: World,
) -> None:
    later = returned(world)
    touch_answer(later)
    first = take(later.later(minutes=1), Step.SUBMIT, LEAD)
    take(later.later(minutes=2), Step.APPROVE, APPROVER)
    with later.database.reading() as reading:
        found = ledger.moves_of(reading, proposal_key(later))
    assert [m.to_state.value for m in found] == [
        *("submitted", "sent_back", "submitted", "approved"),
    ]
    assert found[2].receipt == first.number
    assert found[2].content_hash != found[0].content_hash
    assert line_of(later, ME_1_4).sent_back is None, "nobody waits for it any more"


def proposal_key(world: World) -> Any:
    seen = proposal(world, Step.APPROVE).seen
    assert seen is not None
    return seen.key


def test_what_was_approved_can_be_sent_back_until_it_is_signed_off(world: World) -> None:
    later = come_to(world, State.APPROVED)
    take(later, Step.SEND_BACK, APPROVER, REASON)
    assert state_of(later) is State.SENT_BACK


def test_nothing_can_be_changed_after_submission(world: World) -> None:
    submitted(world)
    visit = world.visit(LEAD)
    sheet = assessments.open_sheet(visit, "DEMO-07")
    with pytest.raises(CannotSave, match="has been submitted, so nothing in it can be changed"):
        assessments.save_answer(visit, sheet, ME_1_1, "good", "", 1)
    assert current_cycle(visit).cycle_id == "2026-27"
    assert date(2026, 11, 21) == TODAY
