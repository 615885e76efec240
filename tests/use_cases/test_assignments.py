"""Who does what: handing over, taking, handing back, and what is mine, waiting or overdue."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from benchmarking.access import Person, Refused, Role
from benchmarking.answers import Answer, Assignment, Carried, MoveNote
from benchmarking.assessing import assessments, assignments
from benchmarking.assessing.assignments import Which
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import Line, SentBack, Sheet
from benchmarking.store import people
from benchmarking.visit import Visit
from tests.use_cases.conftest import ME_1_1, ME_1_4, ME_4_1, NOW, World, submitted, take

TODAY = NOW.date()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
LEAD, COLLEAGUE, APPROVER = "lead-07", "colleague-07", "approver-07"
ME = Person(1, "Me")


def sheet_of(world: World, subject: str = LEAD) -> Sheet:
    return assessments.open_sheet(world.visit(subject), "DEMO-07")


def number(world: World, subject: str) -> int:
    return world.visit(subject).person.person_id


def give(world: World, to: str, *keys, day: date | None = None, by: str = LEAD) -> None:
    sheet = sheet_of(world)
    lines = [sheet.line(key) for key in keys]
    assignments.hand_over(world.visit(by), sheet, lines, number(world, to), day)


def holder(world: World, key=ME_1_1) -> str | None:
    given = sheet_of(world).line(key).assignment
    return given.title if given else None


# Pure: what is mine, waiting, overdue.


def line(
    world: World,
    *,
    answered: bool = False,
    held_by: int | None = None,
    wanted: date | None = None,
    may_answer: bool = True,
    returned: bool = False,
    carried: bool = False,
) -> Line:
    given = held_by and Assignment(held_by, "Somebody", wanted, "Lead", NOW, may_answer)
    answer = Answer(ME_1_1, "2014.1", "h", "good", "", 1, "Somebody", NOW)
    return replace(
        sheet_of(world).line(ME_1_1),
        answer=answer if answered else None,
        assignment=given or None,
        sent_back=SentBack("Why", "Approver", NOW) if returned else None,
        carried=Carried("2025/26", "2014.1") if carried else None,
    )


@pytest.mark.parametrize(
    "how, waits, why",
    [
        ({}, True, "nobody holds it and nobody has answered"),
        ({"held_by": 1}, False, "somebody holds it"),
        ({"answered": True}, False, "it is answered"),
        ({"held_by": 1, "may_answer": False}, True, "whoever holds it may no longer answer"),
        ({"held_by": 1, "answered": True, "returned": True}, True, "it was sent back"),
        ({"answered": True, "carried": True}, False, "it has an answer, though not of this cycle"),
    ],
)
def test_a_question_waits_while_it_needs_somebody(world: World, how: dict, waits: bool, why: str):
    assert assignments.is_waiting(line(world, **how)) is waits, why


@pytest.mark.parametrize(
    "how, overdue, why",
    [
        ({"wanted": YESTERDAY}, True, "the day is over"),
        ({"wanted": TODAY}, False, "the day is not over yet"),
        ({"wanted": None}, False, "no day was named"),
        ({"wanted": YESTERDAY, "answered": True}, False, "it is done"),
        ({"wanted": YESTERDAY, "answered": True, "returned": True}, True, "it was sent back"),
        ({"wanted": YESTERDAY, "answered": True, "carried": True}, True, "nobody reconfirmed it"),
    ],
)
def test_a_question_is_overdue_once_its_day_is_over(
    world: World, how: dict, overdue: bool, why: str
):
    assert assignments.is_overdue(line(world, held_by=1, **how), TODAY) is overdue, why
    assert not assignments.is_overdue(line(world, answered=True), TODAY)


@pytest.mark.parametrize("held_by, mine", [(None, False), (1, True), (2, False)])
def test_mine_is_what_i_hold(world: World, held_by: int | None, mine: bool):
    assert assignments.is_mine(line(world, held_by=held_by, answered=True), ME) is mine


def test_each_choice_keeps_the_order_in_which_questions_are_asked(world: World):
    give(world, LEAD, ME_4_1, ME_1_1, day=TODAY)
    give(world, COLLEAGUE, ME_1_4)
    later, person = world.later(days=1), world.visit(LEAD).person
    sheet = sheet_of(later)

    def chosen(which: Which) -> list:
        return [one.key for one in assignments.chosen(sheet, which, person, TOMORROW)]

    assert chosen(Which.ALL) == [one.key for one in sheet.lines]
    assert chosen(Which.MINE) == chosen(Which.OVERDUE) == [ME_1_1, ME_4_1]
    assert len(chosen(Which.WAITING)) == 43 - 3
    assert chosen(Which.CARRIED) == []


def test_what_i_still_have_to_do_begins_with_the_overdue_then_goes_by_its_day(world: World):
    give(world, LEAD, ME_1_1)
    give(world, LEAD, ME_1_4, day=TODAY + timedelta(days=9))
    give(world, LEAD, ME_4_1, day=TODAY)
    later = world.later(days=2)
    sheet, person = sheet_of(later), world.visit(LEAD).person
    today = later.now.date()
    assert [one.key for one in assignments.still_mine(sheet, person, today)] == [
        ME_4_1,
        ME_1_4,
        ME_1_1,
    ]
    assessments.save_answer(later.visit(LEAD), sheet, ME_4_1, "good", "", 0)
    left = assignments.still_mine(sheet_of(later), person, today)
    assert [one.key for one in left] == [ME_1_4, ME_1_1]


# Handing over.


def test_the_trust_lead_hands_a_question_to_a_colleague_with_a_day(world: World):
    give(world, COLLEAGUE, ME_1_1, day=TOMORROW)
    assert sheet_of(world, COLLEAGUE).line(ME_1_1).assignment == Assignment(
        number(world, COLLEAGUE), "contributor 7", TOMORROW, "trust lead 7", NOW
    )


def test_a_stage_is_handed_over_in_one_write(world: World):
    stage = sheet_of(world).parts[0]
    before = world.count("SELECT count(*) FROM audit")
    give(world, COLLEAGUE, *(one.key for one in stage.lines), day=TOMORROW)
    assert world.count("SELECT count(*) FROM audit") == before + 1
    assert world.count("SELECT count(*) FROM assignment") == len(stage.lines) == 4


def test_every_change_of_hands_is_in_the_audit_by_numbers_alone(world: World):
    give(world, COLLEAGUE, ME_1_1, day=TOMORROW)
    mine = sheet_of(world, COLLEAGUE)
    assignments.hand_back(world.visit(COLLEAGUE), mine, mine.line(ME_1_1))
    mine = sheet_of(world, COLLEAGUE)
    assignments.take(world.visit(COLLEAGUE), mine, mine.line(ME_1_1))
    sheet = sheet_of(world)
    assignments.take_back(world.visit(LEAD), sheet, [sheet.line(ME_1_1)])
    with world.database.reading() as reading:
        rows = reading.rows("SELECT action, subject, detail FROM audit ORDER BY audit_id DESC")
    subject = "DEMO-07 2026-27 my-expectations sa-1.1"
    to = f"to person {number(world, COLLEAGUE)}, wanted by {TOMORROW.isoformat()}"
    assert [tuple(row.values()) for row in rows[:4]] == [
        ("take back question", subject, ""),
        ("take question", subject, ""),
        ("hand back question", subject, ""),
        ("hand over question", subject, to),
    ]


def test_handing_over_does_not_begin_the_assessment(world: World):
    give(world, COLLEAGUE, ME_1_1)
    assert world.count("SELECT count(*) FROM assessment") == 0


@pytest.mark.parametrize("by", [COLLEAGUE, APPROVER, "board-07", "lead-08", "inspector"])
def test_only_the_trust_lead_hands_over_to_others(world: World, by: str):
    sheet = sheet_of(world)
    with pytest.raises(Refused):
        assignments.hand_over(world.visit(by), sheet, [sheet.line(ME_1_1)], 2, None)
    with pytest.raises(Refused):
        assignments.take_back(world.visit(by), sheet, [sheet.line(ME_1_1)])
    with pytest.raises(Refused):
        assignments.colleagues(world.visit(by), "DEMO-07")
    assert world.count("SELECT count(*) FROM assignment") == 0


def test_questions_go_to_those_who_may_answer_here_and_to_nobody_else(world: World):
    lead = world.visit(LEAD)
    assert [one.title for one in assignments.colleagues(lead, "DEMO-07")] == [
        "contributor 7",
        "trust lead 7",
    ]
    for other in (APPROVER, "board-07", "lead-08", "inspector"):
        with pytest.raises(CannotSave, match="may not answer for this trust"):
            give(world, other, ME_1_1)
    sheet = sheet_of(world)
    with pytest.raises(CannotSave, match="Choose somebody from the list"):
        assignments.hand_over(lead, sheet, [sheet.line(ME_1_1)], 999, None)


def test_colleagues_who_share_a_title_are_told_apart(world: World):
    entry = world.visit("administrator").audit("add person", "person")
    with world.database.writing(entry) as writing:
        another = people.add(writing, "demonstration", "second-07", "contributor 7")
        people.grant(writing, another, Role.CONTRIBUTOR, "DEMO-07", NOW)
    found = assignments.colleagues(world.visit(LEAD), "DEMO-07")
    assert [one.title for one in found] == [
        "contributor 7 (1)",
        "contributor 7 (2)",
        "trust lead 7",
    ]
    assert found[1].person_id == another


def test_a_day_that_is_past_is_refused_and_today_is_not(world: World):
    with pytest.raises(CannotSave, match="20 November 2026 is past. Choose today"):
        give(world, COLLEAGUE, ME_1_1, day=YESTERDAY)
    give(world, COLLEAGUE, ME_1_1, day=TODAY)
    assert holder(world) == "contributor 7"


def test_what_changed_hands_since_it_was_seen_is_not_handed_over_unseen(world: World):
    seen = sheet_of(world)
    theirs = sheet_of(world, COLLEAGUE)
    assignments.take(world.visit(COLLEAGUE), theirs, theirs.line(ME_1_4))
    both = [seen.line(ME_1_1), seen.line(ME_1_4)]
    with pytest.raises(CannotSave, match="Somebody changed who does 1.4 in the meantime"):
        assignments.hand_over(world.visit(LEAD), seen, both, number(world, LEAD), None)
    assert (holder(world), holder(world, ME_1_4)) == (None, "contributor 7")


# Taking and handing back.


def test_a_contributor_takes_what_nobody_holds_and_hands_it_back(world: World):
    sheet = sheet_of(world, COLLEAGUE)
    assignments.take(world.visit(COLLEAGUE), sheet, sheet.line(ME_1_1))
    assert holder(world) == "contributor 7"
    mine = sheet_of(world, COLLEAGUE)
    assignments.hand_back(world.visit(COLLEAGUE), mine, mine.line(ME_1_1))
    assert holder(world) is None


def test_nobody_takes_what_a_colleague_holds_or_hands_back_what_is_not_theirs(world: World):
    give(world, LEAD, ME_1_1)
    sheet = sheet_of(world, COLLEAGUE)
    with pytest.raises(CannotSave, match="A colleague holds this"):
        assignments.take(world.visit(COLLEAGUE), sheet, sheet.line(ME_1_1))
    with pytest.raises(CannotSave, match="You do not hold this"):
        assignments.hand_back(world.visit(COLLEAGUE), sheet, sheet.line(ME_1_1))
    assert holder(world) == "trust lead 7"


def test_two_who_take_the_same_question_at_once_do_not_both_get_it(world: World):
    seen = sheet_of(world)
    assignments.take(world.visit(COLLEAGUE), seen, seen.line(ME_1_1))
    with pytest.raises(CannotSave, match="Somebody changed who does 1.1"):
        assignments.take(world.visit(LEAD), seen, seen.line(ME_1_1))
    assert holder(world) == "contributor 7"


def test_what_somebody_held_who_left_waits_again_and_can_be_taken(world: World):
    give(world, COLLEAGUE, ME_1_1)
    later = world.later(hours=1)
    entry = later.visit("administrator").audit("end role", "person 2")
    with world.database.writing(entry) as writing:
        people.end_role(writing, number(world, COLLEAGUE), later.now)
    after = later.later(minutes=1)
    sheet = sheet_of(after)
    gone = sheet.line(ME_1_1)
    assert gone.assignment is not None and not gone.assignment.may_answer
    assert assignments.is_waiting(gone)
    assignments.take(after.visit(LEAD), sheet, gone)
    assert holder(after) == "trust lead 7"


@pytest.mark.parametrize("subject", [APPROVER, "board-07", "lead-08", "inspector"])
def test_only_those_who_may_answer_take_or_hand_back(world: World, subject: str):
    sheet = sheet_of(world)
    do: Callable[[Visit, Sheet, Line], None]
    for do in (assignments.take, assignments.hand_back):
        with pytest.raises(Refused):
            do(world.visit(subject), sheet, sheet.line(ME_1_1))


def test_once_submitted_nothing_changes_hands_until_it_is_sent_back(world: World):
    give(world, COLLEAGUE, ME_1_1)
    submitted(world)
    sheet = sheet_of(world)
    with pytest.raises(CannotSave, match="This assessment has been submitted"):
        assignments.hand_over(world.visit(LEAD), sheet, [sheet.line(ME_1_4)], 1, None)
    take(world, Step.SEND_BACK, APPROVER, MoveNote("Too high", ME_1_1))
    give(world, LEAD, ME_1_4)
    assert (holder(world), holder(world, ME_1_4)) == ("contributor 7", "trust lead 7")


def test_times_are_those_of_the_visit(world: World):
    later = world.later(days=3)
    give(later, COLLEAGUE, ME_1_1)
    given = sheet_of(later).line(ME_1_1).assignment
    assert given is not None and given.assigned_at == datetime(2026, 11, 24, 14, 2)
