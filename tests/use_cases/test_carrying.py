"""Starting from last cycle's answers: copied, marked, and not of this cycle until reconfirmed."""

from dataclasses import replace

import pytest

from benchmarking.access import Refused
from benchmarking.answers import Assessment, AssessmentKey, Carried, ItemKey, State
from benchmarking.assessing import answer_history, assessments, carrying, submissions
from benchmarking.assessing.drafts import CannotSave, SomebodyElseSaved
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import Sheet
from benchmarking.store import answers
from benchmarking.store import assessments as stored
from tests.use_cases.conftest import ME_1_1, ME_1_4, ME_4_1, World, answered, submitted, take

LEAD, COLLEAGUE = "lead-07", "colleague-07"
LAW_1 = ItemKey("complaints-law-england", "sa-1")
LAST = AssessmentKey(7, "2025-26")
WHY = "No complaint was closed."
# What was published last year, with an answer that is offered no more and a question that is gone.
PUBLISHED = {
    ME_1_1: ("good", ""),
    ME_1_4: ("dont-know", ""),
    ME_4_1: ("not-applicable", WHY),
    LAW_1: ("perhaps", ""),
    ItemKey("my-expectations", "sa-9.9"): ("good", ""),
}


def publish_last(world: World, edition: str = "2014.2") -> None:
    """Last cycle's assessment of DEMO-07, published with a few answers."""
    with world.database.writing(world.visit(LEAD).audit("publish", "tests")) as writing:
        stored.add(writing, LAST, world.now)
        for item, (choice, reason) in PUBLISHED.items():
            answers.save(
                writing, LAST, item, edition=edition, content_hash="h", choice=choice,
                reason=reason, read_revision=0,
            )  # fmt: skip
        opened = Assessment(LAST, State.IN_PROGRESS, world.now)
        stored.move(writing, opened, State.PUBLISHED, world.now)


def sheet_of(world: World) -> Sheet:
    return assessments.open_sheet(world.visit(LEAD), "DEMO-07")


def carry(world: World) -> int:
    return carrying.carry_forward(world.visit(LEAD), sheet_of(world))


@pytest.fixture
def carried(world: World) -> World:
    publish_last(world)
    carry(world)
    return world


def test_choices_and_reasons_are_copied_where_they_are_still_offered(world: World) -> None:
    publish_last(world)
    assert [answer.item for answer in carrying.offered(sheet_of(world))] == [ME_1_1, ME_1_4, ME_4_1]
    assert carry(world) == 3
    sheet = sheet_of(world)
    found = {one.key: one.answer for one in sheet.lines if one.answer}
    assert {key: (a.choice, a.reason, a.answer_revision) for key, a in found.items()} == {
        ME_1_1: ("good", "", 1),
        ME_1_4: ("dont-know", "", 1),
        ME_4_1: ("not-applicable", WHY, 1),
    }
    assert found[ME_1_1].content_hash != "h", "the answer names the words of this cycle"
    assert sheet.line(ME_1_1).carried == Carried("2025/26", "2014.2")


def test_evidence_comments_and_actions_are_not_copied(carried: World) -> None:
    for table in ("evidence", "answer_comment", "action_statement"):
        assert carried.count(f"SELECT count(*) FROM {table}") == 0


def test_what_is_answered_in_this_cycle_stays_as_it_is(world: World) -> None:
    publish_last(world)
    sheet = sheet_of(world)
    assessments.save_answer(world.visit(COLLEAGUE), sheet, ME_1_1, "some-shortfalls", "", 0)
    assert carrying.carry_forward(world.visit(LEAD), sheet) == 2, "from a page drawn before"
    line = sheet_of(world).line(ME_1_1)
    assert (line.claimed, line.carried) == ("some-shortfalls", None)


def test_a_carried_answer_counts_as_answered_and_is_told_apart(carried: World) -> None:
    sheet = sheet_of(carried)
    assert sheet.done == 3
    assert [one.key for one in carrying.unconfirmed(sheet)] == [ME_1_1, ME_1_4, ME_4_1]
    assert all(one.is_done and not one.is_settled for one in carrying.unconfirmed(sheet))


@pytest.mark.parametrize("choice", ["good", "exceptional"], ids=["the same", "another"])
def test_any_save_makes_it_an_answer_of_this_cycle(carried: World, choice: str) -> None:
    assessments.save_answer(carried.visit(COLLEAGUE), sheet_of(carried), ME_1_1, choice, "", 1)
    line = sheet_of(carried).line(ME_1_1)
    assert line.answer is not None
    assert (line.answer.choice, line.answer.author) == (choice, "contributor 7")
    assert line.carried is None and line.is_settled
    assert len(carrying.unconfirmed(sheet_of(carried))) == 2


def test_an_answer_that_a_colleague_changed_meanwhile_is_not_reconfirmed_unseen(
    carried: World,
) -> None:
    seen = sheet_of(carried)
    assessments.save_answer(carried.visit(COLLEAGUE), seen, ME_1_1, "some-shortfalls", "", 1)
    with pytest.raises(SomebodyElseSaved):
        assessments.save_answer(carried.visit(LEAD), seen, ME_1_1, "good", "", 1)
    assert sheet_of(carried).line(ME_1_1).claimed == "some-shortfalls"


def test_the_history_says_from_which_cycle_an_answer_came(carried: World) -> None:
    visit, sheet = carried.visit(LEAD), sheet_of(carried)
    assessments.save_answer(visit, sheet, ME_1_1, "good", "", 1)
    past = answer_history.of_question(visit, sheet_of(carried), ME_1_1)
    assert [save.carried_from for save in past.saves] == [None, "2025/26"]


def test_nothing_is_submitted_before_each_is_reconfirmed(carried: World) -> None:
    sheet = sheet_of(carried)
    for line in sheet.lines:
        if line.answer is None:
            said = "good" if "good" in line.scale.by_id else "yes"
            assessments.save_answer(carried.visit(LEAD), sheet, line.key, said, "", 0)
    checks = [check for check in submissions.check_list(sheet_of(carried)) if not check.is_met]
    needed = [check for check in checks if check.required]
    assert [check.text for check in needed] == [
        "Every answer carried forward is reconfirmed (3 are not)"
    ]
    assert [line.key for line in needed[0].open_lines] == [ME_1_1, ME_1_4, ME_4_1]
    with pytest.raises(CannotSave, match="carried forward is reconfirmed"):
        take(carried, Step.SUBMIT, LEAD)
    answered(carried, sheet_of(carried), "good")
    assert take(carried, Step.SUBMIT, LEAD).number.startswith("DEMO-07/2026-27")


def test_the_first_thing_to_go_on_with_is_what_has_no_answer_then_what_is_not_reconfirmed(
    carried: World,
) -> None:
    sheet = sheet_of(carried)
    assert sheet.next_open is not None and sheet.next_open.carried is None
    parts = tuple(
        replace(part, lines=tuple(one for one in part.lines if one.answer)) for part in sheet.parts
    )
    only_carried = replace(sheet, parts=parts)
    assert only_carried.next_open is not None and only_carried.next_open.key == ME_1_1


def test_a_new_edition_is_said(world: World) -> None:
    publish_last(world, edition="2013.2")
    carry(world)
    sheet = sheet_of(world)
    assert sheet.line(ME_1_1).carried == Carried("2025/26", "2013.2")
    assert carrying.changed_editions(sheet) == ()
    before = sheet.last_cycle
    assert before is not None
    older = tuple((name, "2013.2", hash_) for name, _, hash_ in before.editions)
    found = carrying.changed_editions(replace(sheet, last_cycle=replace(before, editions=older)))
    assert found[0] == "My expectations: 2013.2, now 2014.2"


def test_a_second_time_copies_nothing_and_writes_nothing(carried: World) -> None:
    before = carried.count("SELECT count(*) FROM audit")
    assert carry(carried) == 0
    assert carried.count("SELECT count(*) FROM audit") == before
    assert carried.count("SELECT count(*) FROM carried_answer") == 3


def test_one_write_says_in_the_audit_from_which_cycle(carried: World) -> None:
    with carried.database.reading() as reading:
        row = reading.row("SELECT * FROM audit ORDER BY audit_id DESC LIMIT 1")
    assert row is not None
    assert (row["action"], row["subject"], row["detail"]) == (
        "carry answers forward",
        "DEMO-07 2026-27",
        "from 2025-26",
    )


@pytest.mark.parametrize("subject", [COLLEAGUE, "approver-07", "board-07", "lead-08", "inspector"])
def test_only_the_trust_lead_starts_from_last_cycle(world: World, subject: str) -> None:
    publish_last(world)
    with pytest.raises(Refused):
        carrying.carry_forward(world.visit(subject), sheet_of(world))
    assert world.count("SELECT count(*) FROM carried_answer") == 0


def test_a_trust_that_published_nothing_has_nothing_to_start_from(world: World) -> None:
    assert carrying.offered(sheet_of(world)) == ()
    with pytest.raises(CannotSave, match="Nothing was published before"):
        carry(world)


def test_nothing_is_copied_into_what_was_submitted(world: World) -> None:
    publish_last(world)
    submitted(world)
    with pytest.raises(CannotSave, match="This assessment has been submitted"):
        carry(world)
