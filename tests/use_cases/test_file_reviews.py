"""A file review: drawn by the lead, read twice in the dark, reconciled, closed, and then fixed."""

from contextlib import suppress
from dataclasses import replace

import pytest

from benchmarking.access import Refused, Role
from benchmarking.assessing.drafts import CannotSave, SomebodyElseSaved
from benchmarking.assessing.sheets import NotThere
from benchmarking.entry_faults import EntryFaults
from benchmarking.file_results import FileCount
from benchmarking.file_review import file_findings, file_reading, file_reconciling, reviews
from benchmarking.free_text import NeedsConfirmation
from benchmarking.imports.refusal import ImportRefused
from benchmarking.reviewed_files import Outcome, ReviewState
from benchmarking.statistics import sampling
from benchmarking.store import cycles, people
from benchmarking.store import file_reviews as stored
from benchmarking.store.cycles import Rule
from benchmarking.store.database import AuditEntry
from tests.use_cases.conftest import NOW, World
from tests.use_cases.reviewing import (
    CYCLE_ID,
    FIRST,
    FRAME,
    LEAD,
    SECOND,
    TRUST,
    cycle_of,
    draw,
    finish,
    name_readers,
    number_of,
    read_all,
    reconciling,
    save,
    settle_all,
    sheet,
    standing,
    with_reviews,
)

ITEM, OTHER_ITEM = "fr-1.2", "fc-1"
NHS_NUMBER = "943 476 5919"


@pytest.fixture
def reviewing(world: World) -> World:
    return with_reviews(world)


# The frame and the draw.


def test_a_cycle_whose_editions_have_no_file_review_is_told_apart(reviewing: World) -> None:
    cycle = replace(cycle_of(reviewing), editions=())
    assert reviews.standing(reviewing.visit(LEAD), TRUST, cycle) is None


@pytest.mark.parametrize("subject", ["approver-07", "board-07", "lead-08", "inspector"])
def test_nobody_else_sees_where_a_review_stands(reviewing: World, subject: str) -> None:
    with pytest.raises(Refused):
        reviews.standing(reviewing.visit(subject), TRUST, cycle_of(reviewing))


def test_a_list_is_looked_at_before_anything_is_kept(reviewing: World) -> None:
    text = "Reference\tClosed on\tOutcome\nC-1\t03/05/2026\tUpheld\nC-2\t2026-06-30\tother\n"
    found = reviews.look_at_pasted(reviewing.visit(LEAD), TRUST, text)
    assert found.sizes == {Outcome.UPHELD: 1, Outcome.OTHER: 1}
    assert found.in_words == "2 complaints, closed from 3 May 2026 to 30 June 2026."
    assert standing(reviewing).review is None


def test_a_reference_that_is_an_nhs_number_is_refused_and_not_repeated(reviewing: World) -> None:
    text = f"reference,closed_on,outcome\n{NHS_NUMBER},2026-05-03,upheld\n"
    with pytest.raises(ImportRefused, match="the reference looks like an NHS number") as refused:
        reviews.look_at_pasted(reviewing.visit(LEAD), TRUST, text)
    assert "943" not in str(refused.value)


def test_the_template_can_be_handed_in(reviewing: World) -> None:
    content = reviews.template().to_csv(index=False).encode()
    found = reviews.look_at(reviewing.later(days=600).visit(LEAD), TRUST, content, "t.csv")
    assert list(found.sizes) == list(Outcome)


def test_only_the_lead_draws_names_and_abandons(reviewing: World) -> None:
    seen, colleague = standing(reviewing), reviewing.visit(FIRST)
    with pytest.raises(Refused):
        reviews.look_at_pasted(colleague, TRUST, "reference")
    with pytest.raises(Refused):
        reviews.draw(colleague, seen, FRAME, 2)
    draw(reviewing)
    seen = standing(reviewing)
    with pytest.raises(Refused):
        reviews.colleagues(colleague, TRUST)
    with pytest.raises(Refused):
        reviews.name_readers(colleague, seen, [1, 2])
    with pytest.raises(Refused):
        reviews.abandon(colleague, seen, "Enough.")
    with pytest.raises(Refused):
        file_reconciling.close(colleague, seen)


def test_a_draw_can_be_made_again_from_its_seed_and_list(reviewing: World) -> None:
    draw(reviewing, 10)
    review = standing(reviewing).review
    assert review is not None
    with reviewing.database.reading() as reading:
        files = stored.files_of(reading, review.review_id)
        frame = stored.frame_of(reading, review.review_id)
    assert frame == FRAME.complaints
    again = sampling.draw([one.outcome for one in frame], 10, review.seed)
    assert [file.complaint for file in files] == [frame[place] for place in again]
    assert {one.outcome: one.drawn for one in review.strata} == FRAME.allocation(10)


def test_two_draws_differ_because_each_has_a_seed_of_its_own(reviewing: World) -> None:
    seeds = set()
    for _ in range(2):
        draw(reviewing)
        review = standing(reviewing).review
        assert review is not None
        seeds.add(review.seed)
        reviews.abandon(reviewing.visit(LEAD), standing(reviewing), "Once more.")
    assert len(seeds) == 2


@pytest.mark.parametrize("wanted", [0, -1, 201])
def test_a_size_that_cannot_be_is_refused(reviewing: World, wanted: int) -> None:
    with pytest.raises(CannotSave, match="Draw from 1 to 200 files. 30 is a good number."):
        draw(reviewing, wanted)
    assert standing(reviewing).review is None


def test_all_files_are_drawn_where_there_are_fewer_than_wanted(reviewing: World) -> None:
    draw(reviewing, 200)
    review = standing(reviewing).review
    assert review is not None
    assert (review.files, review.frame_size) == (80, 80)


def test_one_review_of_a_cycle_is_open_at_a_time(reviewing: World) -> None:
    before = standing(reviewing)
    draw(reviewing)
    with pytest.raises(CannotSave, match="A review is open already. Close or abandon it first."):
        reviews.draw(reviewing.visit(LEAD), before, FRAME, 2)
    reviews.abandon(reviewing.visit(LEAD), standing(reviewing), "A wrong list.")
    draw(reviewing)
    assert standing(reviewing).state is ReviewState.DRAWN


def test_a_review_is_abandoned_with_a_reason_and_its_list_removed(reviewing: World) -> None:
    draw(reviewing)
    with pytest.raises(EntryFaults, match="Say why, so that it can be understood later."):
        reviews.abandon(reviewing.visit(LEAD), standing(reviewing), "  ")
    reviews.abandon(reviewing.visit(LEAD), standing(reviewing), "A wrong list.")
    found = standing(reviewing)
    assert found.review is not None
    assert (found.state, found.review.reason) == (ReviewState.ABANDONED, "A wrong list.")
    assert reviewing.count("SELECT count(*) FROM file_review_frame") == 2
    with pytest.raises(CannotSave, match="This review is over, so nothing in it can be changed."):
        reviews.abandon(reviewing.visit(LEAD), found, "Again.")


def test_nothing_changes_once_the_cycle_is_closed(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    seen = sheet(reviewing, FIRST)
    with reviewing.database.writing(AuditEntry(0, "close", "tests", NOW)) as writing:
        cycles.set_rule(writing, CYCLE_ID, Rule(True, NOW))
    told = "2027/28 is closed, so nothing in it can be changed."
    with pytest.raises(CannotSave, match=told):
        file_reading.save(reviewing.visit(FIRST), seen, ITEM, "yes", "", 0)
    with pytest.raises(CannotSave, match=told):
        name_readers(reviewing, SECOND, FIRST)


# The readers.


def test_readers_are_offered_by_title_and_are_those_who_may_read(reviewing: World) -> None:
    offered = reviews.colleagues(reviewing.visit(LEAD), TRUST)
    assert {one.person_id for one in offered} == {
        number_of(reviewing, subject) for subject in (FIRST, SECOND, LEAD)
    }


@pytest.mark.parametrize(
    "named, told",
    [
        ((FIRST, FIRST), "Two different people read each file. Choose two."),
        ((FIRST,), "Two different people read each file. Choose two."),
        ((FIRST, "approver-07"), "This colleague may not read files."),
        ((FIRST, "lead-08"), "This colleague may not read files."),
    ],
)
def test_readers_who_cannot_be_are_refused(
    reviewing: World, named: tuple[str, ...], told: str
) -> None:
    draw(reviewing)
    numbers = [number_of(reviewing, subject) for subject in named]
    with pytest.raises(CannotSave, match=told):
        reviews.name_readers(reviewing.visit(LEAD), standing(reviewing), numbers)
    assert standing(reviewing).readers == ()


def test_a_reader_is_replaced_until_they_have_begun(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    name_readers(reviewing, LEAD, SECOND)
    save(reviewing, LEAD, ITEM, "yes")
    with pytest.raises(CannotSave, match="trust lead 7 has begun to read and stays a reader."):
        name_readers(reviewing, FIRST, SECOND)
    assert [one.person_id for one in standing(reviewing).readers] == [
        number_of(reviewing, LEAD),
        number_of(reviewing, SECOND),
    ]


def test_a_reader_who_left_is_replaced_and_the_new_one_begins_afresh(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    save(reviewing, FIRST, ITEM, "yes")
    with reviewing.database.writing(AuditEntry(0, "end role", "tests", NOW)) as writing:
        writing.run(
            "UPDATE role_grant SET holds_until = :now WHERE person_id = :person",
            now=NOW,
            person=number_of(reviewing, FIRST),
        )
    name_readers(reviewing, LEAD, SECOND)
    assert sheet(reviewing, LEAD).done == 0
    with pytest.raises(Refused):
        sheet(reviewing, FIRST)


# Reading.


def test_the_first_answer_begins_the_reading(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    assert standing(reviewing).state is ReviewState.DRAWN
    save(reviewing, FIRST, ITEM, "partly", note="Page 4.")
    assert standing(reviewing).state is ReviewState.READING
    line = sheet(reviewing, FIRST, 1).lines[ITEM]
    assert line.reading is not None
    assert (line.choice, line.reading.note) == ("partly", "Page 4.")


def test_items_are_read_in_groups_and_the_next_one_is_found(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    seen = sheet(reviewing, FIRST)
    assert [group.title for group in seen.groups] == [
        "1 Considering a complaint",
        "2 Making a complaint",
        "3 Staying informed",
        "4 Receiving outcomes",
        "5 Reflecting on the experience",
        "How it was handled",
        "The apology",
    ]
    grouped = [item for group in seen.groups for item in group.items]
    assert grouped == list(seen.standing.instrument.review.items)
    for line in seen.lines_of(seen.groups[0]):
        save(reviewing, FIRST, line.item.id, "no")
    seen = sheet(reviewing, FIRST)
    assert seen.next_group == seen.groups[1]
    assert (seen.done, seen.items) == (len(seen.groups[0].items), 33)


def test_reading_goes_on_with_the_first_file_that_is_not_finished(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    seen = sheet(reviewing, FIRST)
    for item_id in seen.lines:
        save(reviewing, FIRST, item_id, "yes", file=1)
    assert sheet(reviewing, FIRST).file.number == 2
    assert sheet(reviewing, FIRST, 1).next_file == sheet(reviewing, FIRST, 2).file


def test_an_answer_saved_in_another_window_is_not_overwritten(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    save(reviewing, FIRST, ITEM, "yes")
    seen = sheet(reviewing, FIRST, 1)
    with pytest.raises(SomebodyElseSaved) as stale:
        file_reading.save(reviewing.visit(FIRST), seen, ITEM, "no", "", 0)
    assert stale.value.stored.choice == "yes"
    assert sheet(reviewing, FIRST, 1).lines[ITEM].choice == "yes"


def test_a_note_that_may_tell_who_somebody_is_needs_a_second_look(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    with pytest.raises(NeedsConfirmation, match="This looks like an NHS number."):
        save(reviewing, FIRST, ITEM, "yes", note=f"See {NHS_NUMBER}.")
    assert sheet(reviewing, FIRST, 1).lines[ITEM].reading is None


@pytest.mark.parametrize(
    "item_id, choice, told",
    [
        (ITEM, "exceptional", "This answer is not offered here."),
        (ITEM, "", "This answer is not offered here."),
        ("fr-9.9", "yes", "This is not asked of this file."),
        ("sa-1.1", "yes", "This is not asked of this file."),
    ],
)
def test_forged_answers_are_refused(reviewing: World, item_id: str, choice: str, told: str) -> None:
    draw(reviewing)
    name_readers(reviewing)
    seen = sheet(reviewing, FIRST)
    with pytest.raises((CannotSave, NotThere), match=told):
        file_reading.save(reviewing.visit(FIRST), seen, item_id, choice, "", 0)
    assert reviewing.count("SELECT count(*) FROM file_reading") == 0


def test_a_forged_file_slot_or_review_is_refused(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    seen, visit = sheet(reviewing, FIRST), reviewing.visit(FIRST)
    other = replace(seen.file, number=99)
    with pytest.raises(NotThere, match="There is no such file in this review."):
        sheet(reviewing, FIRST, 99)
    with pytest.raises(NotThere, match="This is not asked of this file."):
        file_reading.save(visit, replace(seen, file=other), ITEM, "yes", "", 0)
    with pytest.raises(Refused):
        file_reading.save(visit, replace(seen, slot=2), ITEM, "yes", "", 0)
    with pytest.raises(Refused):
        file_reading.save(reviewing.visit("lead-08"), seen, ITEM, "yes", "", 0)
    assert reviewing.count("SELECT count(*) FROM file_reading") == 0


def test_reading_is_finished_only_when_every_item_is_answered_and_then_stays(
    reviewing: World,
) -> None:
    draw(reviewing)
    name_readers(reviewing)
    save(reviewing, FIRST, ITEM, "yes")
    with pytest.raises(CannotSave, match="Some files are not finished yet."):
        finish(reviewing, FIRST)
    reviews.abandon(reviewing.visit(LEAD), standing(reviewing), "Again.")
    draw(reviewing)
    name_readers(reviewing)
    read_all(reviewing, FIRST)
    finish(reviewing, FIRST)
    seen = sheet(reviewing, FIRST, 1)
    with pytest.raises(CannotSave, match="so your answers stay as they are."):
        file_reading.save(reviewing.visit(FIRST), seen, ITEM, "no", "", 1)
    assert standing(reviewing).state is ReviewState.READING


# Who sees what, when: nothing of another's reading before both have finished.

SEES_NOTHING = "nothing"
SEES_OWN = "own"
SEES_DIFFERENCES = "differences"
BLIND = [
    # who           while reading  one finished  both finished
    (FIRST, SEES_OWN, SEES_OWN, SEES_DIFFERENCES),
    (SECOND, SEES_OWN, SEES_OWN, SEES_DIFFERENCES),
    (LEAD, SEES_NOTHING, SEES_NOTHING, SEES_DIFFERENCES),
    ("third-07", SEES_NOTHING, SEES_NOTHING, SEES_NOTHING),
    ("approver-07", SEES_NOTHING, SEES_NOTHING, SEES_NOTHING),
    ("board-07", SEES_NOTHING, SEES_NOTHING, SEES_NOTHING),
    ("lead-08", SEES_NOTHING, SEES_NOTHING, SEES_NOTHING),
    ("inspector", SEES_NOTHING, SEES_NOTHING, SEES_NOTHING),
    ("administrator", SEES_NOTHING, SEES_NOTHING, SEES_NOTHING),
]


def with_third(world: World) -> World:
    with world.database.writing(AuditEntry(0, "set the scene", "tests", NOW)) as writing:
        person = people.add(writing, "demonstration", "third-07", "third contributor")
        people.grant(writing, person, Role.CONTRIBUTOR, TRUST, NOW)
    return world


def sees(world: World, subject: str) -> str:
    """What of single readings somebody gets from any use case."""
    own = differences = False
    with suppress(Refused):
        own = bool(sheet(world, subject))
    with suppress(Refused, NotThere):
        visit = world.visit(subject)
        differences = bool(file_reconciling.differences(visit, TRUST, cycle_of(world)).found)
    return SEES_DIFFERENCES if differences else SEES_OWN if own else SEES_NOTHING


@pytest.mark.parametrize("subject, reading, one_done, both_done", BLIND)
def test_nobody_sees_anothers_reading_before_both_have_finished(
    reviewing: World, subject: str, reading: str, one_done: str, both_done: str
) -> None:
    with_third(reviewing)
    draw(reviewing, 1)
    name_readers(reviewing)
    read_all(reviewing, FIRST)
    read_all(reviewing, SECOND, other={(1, ITEM): "no"})
    assert sees(reviewing, subject) == reading
    finish(reviewing, FIRST)
    assert sees(reviewing, subject) == one_done
    finish(reviewing, SECOND)
    assert sees(reviewing, subject) == both_done


def test_a_reader_gets_their_own_answers_and_no_count_of_the_others(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    save(reviewing, FIRST, ITEM, "no", note="Mine alone.")
    for subject in (SECOND, LEAD):
        found = standing(reviewing, subject)
        assert "Mine alone" not in repr(found)
        first = found.reader(1)
        assert first is not None
        assert (first.has_begun, first.has_finished) == (True, False)
    seen = sheet(reviewing, SECOND)
    assert (seen.answered, seen.done) == ({}, 0)
    assert all(line.reading is None for line in seen.lines.values())


def test_the_audit_says_that_somebody_read_and_not_what_nor_where(reviewing: World) -> None:
    reconciling(reviewing, {(1, ITEM): "no"})
    settle_all(reviewing, "partly")
    with reviewing.database.reading() as reading:
        rows = reading.rows("SELECT action, subject, detail FROM audit")
    mine = [row for row in rows if "reading" in row["action"] or "settle" in row["action"]]
    assert len(mine) > 100
    assert {(row["subject"], row["detail"]) for row in mine} == {("DEMO-07 2027-28 review 1", "")}


# Reconciling and closing.


def test_only_disagreements_are_settled_with_both_answers_side_by_side(reviewing: World) -> None:
    reconciling(reviewing, {(1, ITEM): "no", (2, OTHER_ITEM): "not-applicable"})
    found = file_reconciling.differences(reviewing.visit(LEAD), TRUST, cycle_of(reviewing))
    assert [(one.file.number, one.item_id) for one in found.found] == [(1, ITEM), (2, OTHER_ITEM)]
    assert found.left == 2
    settle_all(reviewing, "partly", subject=LEAD)
    found = file_reconciling.differences(reviewing.visit(SECOND), TRUST, cycle_of(reviewing))
    assert found.left == 0
    assert {one.agreed.author for one in found.found if one.agreed} == {"trust lead 7"}


def test_a_difference_that_somebody_settled_in_between_is_not_overwritten(
    reviewing: World,
) -> None:
    reconciling(reviewing, {(1, ITEM): "no"})
    seen = file_reconciling.differences(reviewing.visit(FIRST), TRUST, cycle_of(reviewing))
    settle_all(reviewing, "partly", subject=LEAD)
    with pytest.raises(SomebodyElseSaved) as stale:
        file_reconciling.agree(reviewing.visit(FIRST), seen, seen.found[0], "yes", "", 0)
    assert stale.value.stored.agreed.author == "trust lead 7"


def test_where_both_said_the_same_nothing_can_be_settled(reviewing: World) -> None:
    reconciling(reviewing, {(1, ITEM): "no"})
    seen = file_reconciling.differences(reviewing.visit(FIRST), TRUST, cycle_of(reviewing))
    forged = replace(seen.found[0], item_id=OTHER_ITEM)
    with pytest.raises(NotThere, match="The readers do not differ about this."):
        file_reconciling.agree(reviewing.visit(FIRST), seen, forged, "no", "", 0)


def test_a_review_is_closed_once_everything_is_settled(reviewing: World) -> None:
    draw(reviewing)
    name_readers(reviewing)
    with pytest.raises(CannotSave, match="Both readers must finish"):
        file_reconciling.close(reviewing.visit(LEAD), standing(reviewing))
    read_all(reviewing, FIRST)
    read_all(reviewing, SECOND, other={(1, ITEM): "no", (2, ITEM): "no"})
    finish(reviewing, FIRST)
    finish(reviewing, SECOND)
    with pytest.raises(CannotSave, match="2 differences are not settled yet."):
        file_reconciling.close(reviewing.visit(LEAD), standing(reviewing))
    settle_all(reviewing, "partly")
    file_reconciling.close(reviewing.visit(LEAD), standing(reviewing))
    assert standing(reviewing).state is ReviewState.CLOSED


def test_what_was_found_is_of_the_agreed_answers(reviewing: World) -> None:
    reconciling(reviewing, {(1, ITEM): "no", (2, OTHER_ITEM): "not-applicable"})
    settle_all(reviewing, "not-applicable")
    file_reconciling.close(reviewing.visit(LEAD), standing(reviewing))
    with reviewing.database.reading() as reading:
        found = stored.closed_results(reading, 7, CYCLE_ID)
    assert found is not None
    assert (found.files, found.frame, len(found.counts)) == (2, 80, 33)
    assert found.counts[ITEM] == FileCount(yes=1, partly=0, out_of=1, same=1, pairs=2)
    assert found.counts["fa-regret"] == FileCount(yes=2, partly=0, out_of=2, same=2, pairs=2)


def test_a_closed_review_takes_nothing_more(reviewing: World) -> None:
    reconciling(reviewing, {(1, ITEM): "no"})
    seen = file_reconciling.differences(reviewing.visit(FIRST), TRUST, cycle_of(reviewing))
    settle_all(reviewing, "no")
    file_reconciling.close(reviewing.visit(LEAD), standing(reviewing))
    with pytest.raises(CannotSave, match="This review is over, so nothing in it can be changed."):
        file_reconciling.agree(reviewing.visit(FIRST), seen, seen.found[0], "yes", "", 1)
    with pytest.raises(NotThere, match="There is nothing to reconcile here."):
        file_reconciling.differences(reviewing.visit(FIRST), TRUST, cycle_of(reviewing))


def test_another_review_may_follow_and_the_closed_one_still_speaks(reviewing: World) -> None:
    reconciling(reviewing, {})
    file_reconciling.close(reviewing.visit(LEAD), standing(reviewing))
    draw(reviewing)
    assert standing(reviewing).state is ReviewState.DRAWN
    found = file_findings.found(reviewing.visit(FIRST), TRUST, cycle_of(reviewing))
    assert found is not None
    assert found.review.state is ReviewState.CLOSED


def test_every_step_is_one_audit_entry(reviewing: World) -> None:
    reconciling(reviewing, {(1, ITEM): "no"}, files=1)
    settle_all(reviewing, "no")
    file_reconciling.close(reviewing.visit(LEAD), standing(reviewing))
    with reviewing.database.reading() as reading:
        rows = reading.rows("SELECT action, count(*) AS n FROM audit GROUP BY action")
    assert {row["action"]: row["n"] for row in rows if row["action"] != "set the scene"} == {
        "draw files": 1,
        "name readers of files": 1,
        "save reading of a file": 66,
        "finish reading files": 2,
        "settle a difference of readings": 1,
        "close file review": 1,
    }
