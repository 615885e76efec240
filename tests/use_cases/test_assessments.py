"""Answers and comments: saved at once, refused in sentences, never overwritten."""

from dataclasses import replace

import pytest

from benchmarking.access import Refused
from benchmarking.answers import ItemKey, State
from benchmarking.assessing import assessments
from benchmarking.assessing.drafts import CannotSave, SomebodyElseSaved
from benchmarking.assessing.sheets import NotThere
from tests.use_cases.conftest import ME_1_1, ME_1_4, ME_4_1, World


def test_an_answer_is_there_again_after_it_was_saved(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    saved_at = assessments.save_answer(visit, sheet, ME_1_1, "some-shortfalls", "", 0)
    line = assessments.open_sheet(visit, "DEMO-07").line(ME_1_1)
    assert line.answer is not None
    assert (line.answer.choice, line.answer.answer_revision) == ("some-shortfalls", 1)
    assert (line.answer.author, line.answer.saved_at) == ("trust lead 7", saved_at)


def test_an_answer_names_the_words_it_was_given_to(world: World) -> None:
    visit = world.visit("lead-07")
    assessments.save_answer(visit, assessments.open_sheet(visit, "DEMO-07"), ME_1_1, "good", "", 0)
    line = assessments.open_sheet(visit, "DEMO-07").line(ME_1_1)
    standard = world.library.standard("my-expectations", "2014.2")
    assert line.answer is not None
    assert line.answer.edition == "2014.2"
    assert line.answer.content_hash == world.library.content_hash(standard)


def test_a_fresh_assessment_asks_both_standards_and_has_no_answers(world: World) -> None:
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    counts = {part.standard.id: 0 for part in sheet.parts}
    for part in sheet.parts:
        counts[part.standard.id] += len(part.lines)
    assert counts == {"my-expectations": 21, "complaints-law-england": 22}
    assert (sheet.done, sheet.state, sheet.assessment) == (0, State.IN_PROGRESS, None)


def test_looking_at_an_assessment_stores_nothing(world: World) -> None:
    before = world.count("SELECT count(*) FROM audit")
    assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    assert world.count("SELECT count(*) FROM audit") == before
    assert world.count("SELECT count(*) FROM assessment") == 0


@pytest.mark.parametrize(
    "choice, told",
    [
        ("excellent", "This answer is not offered here"),
        ("yes", "This answer is not offered here"),
        ("not-applicable", "“Not applicable” is not offered here"),
    ],
)
def test_an_answer_that_is_not_offered_is_refused(world: World, choice: str, told: str) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    with pytest.raises(CannotSave, match=told):
        assessments.save_answer(visit, sheet, ME_1_1, choice, "", 0)
    assert world.count("SELECT count(*) FROM answer") == 0


def test_a_question_of_another_cycle_is_refused(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    with pytest.raises(NotThere, match="not asked in this cycle"):
        assessments.save_answer(visit, sheet, ItemKey("my-expectations", "sa-9.9"), "good", "", 0)


def test_not_applicable_without_a_reason_is_kept_but_counts_as_not_answered(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_4_1, "not-applicable", "", 0)
    line = assessments.open_sheet(visit, "DEMO-07").line(ME_4_1)
    assert line.lacks_reason and not line.is_done
    reason = "No complaint was closed."
    assessments.save_answer(visit, sheet, ME_4_1, "not-applicable", reason, 1)
    line = assessments.open_sheet(visit, "DEMO-07").line(ME_4_1)
    assert line.is_done and line.answer is not None and line.answer.reason == reason


def test_an_answer_that_a_colleague_changed_meanwhile_is_not_overwritten(world: World) -> None:
    mine, theirs = world.visit("lead-07"), world.visit("colleague-07")
    sheet = assessments.open_sheet(mine, "DEMO-07")
    assessments.save_answer(theirs, sheet, ME_1_1, "good", "", 0)
    with pytest.raises(SomebodyElseSaved, match="in the meantime") as stale:
        assessments.save_answer(mine, sheet, ME_1_1, "exceptional", "", 0)
    stored = stale.value.stored.answer
    assert stored is not None and (stored.choice, stored.author) == ("good", "contributor 7")
    assert stale.value.mine == "exceptional"
    assessments.save_answer(mine, sheet, ME_1_1, "exceptional", "", stored.answer_revision)
    assert world.count("SELECT count(*) FROM answer WHERE choice = 'exceptional'") == 1


@pytest.mark.parametrize("subject", ["board-07", "lead-08", "inspector", "administrator"])
def test_only_people_on_the_assessment_see_or_answer_it(world: World, subject: str) -> None:
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    other = world.visit(subject)
    with pytest.raises(Refused, match="nothing here that you can see"):
        assessments.open_sheet(other, "DEMO-07")
    with pytest.raises(Refused):
        assessments.save_answer(other, sheet, ME_1_1, "good", "", 0)
    with pytest.raises(Refused):
        assessments.save_comment(other, sheet, ME_1_1, "Hello", 0)
    assert world.count("SELECT count(*) FROM answer") == 0


def test_an_absent_trust_looks_like_a_forbidden_one(world: World) -> None:
    lead = world.visit("lead-07")
    told = []
    for code in ("DEMO-08", "DEMO-99"):
        with pytest.raises(Refused) as refusal:
            assessments.open_sheet(lead, code)
        told.append(str(refusal.value))
    assert told[0] == told[1]


def test_a_stranger_is_told_to_sign_in(world: World) -> None:
    with pytest.raises(Refused, match="^Sign in to see this page.$"):
        assessments.open_sheet(world.stranger(), "DEMO-07")


def test_a_comment_is_kept_as_it_was_typed(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    typed = "Ŵy – “quoted”, <b>bold</b>, =1+1, 😀\nsecond line"
    assessments.save_comment(visit, sheet, ME_1_1, typed, 0)
    line = assessments.open_sheet(visit, "DEMO-07").line(ME_1_1)
    assert line.comment is not None and line.comment.text == typed


def test_a_comment_that_is_too_long_says_by_how_much(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    with pytest.raises(CannotSave, match="The comment is 2,001 characters long. Shorten it"):
        assessments.save_comment(visit, sheet, ME_1_1, "x" * 2001, 0)
    assert world.count("SELECT count(*) FROM answer_comment") == 0


def test_a_level_above_2_without_evidence_says_what_is_lacking(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_answer(visit, sheet, ME_1_4, "exceptional", "", 0)
    standing = assessments.open_sheet(visit, "DEMO-07").line(ME_1_4).standing
    assert standing is not None and standing.is_capped
    assert (standing.claimed, standing.evidenced) == ("exceptional", "some-shortfalls")
    assert "somebody outside the complaints team" in standing.lacking


def test_every_save_is_in_the_audit_without_its_text(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    assessments.save_comment(visit, sheet, ME_1_1, "a private remark", 0)
    with world.database.reading() as reading:
        row = reading.row("SELECT * FROM audit ORDER BY audit_id DESC LIMIT 1")
    assert row is not None
    assert (row["action"], row["person_id"]) == ("save comment", visit.person.person_id)
    assert row["subject"] == "DEMO-07 2026-27 my-expectations sa-1.1"
    assert "private" not in str(dict(row))


def test_a_forged_sheet_does_not_open_another_trust(world: World) -> None:
    sheet = assessments.open_sheet(world.visit("lead-07"), "DEMO-07")
    theirs = assessments.open_sheet(world.visit("lead-08"), "DEMO-08")
    forged = replace(sheet, trust=theirs.trust)
    with pytest.raises(Refused):
        assessments.save_answer(world.visit("lead-07"), forged, ME_1_1, "good", "", 0)
