"""Each save of an answer or a comment leaves one row, in the same transaction, and for good."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarking.answers import Answer
from benchmarking.store import answer_history, answers, carried_answers, revisions
from benchmarking.store.answer_history import Kind, Past, Said, Save
from benchmarking.store.database import Database
from tests.store.scene import CYCLE, ITEM, KEY, LATER, LEAD, MANAGER, NOW, OTHER_ITEM, audit, say

FIRST = Save(Kind.ANSWER, 1, 1, None, Said("good", ""), "Complaints manager", NOW)


def history(database: Database, item=ITEM, key=KEY) -> tuple[Save, ...]:
    with database.reading() as reading:
        return answer_history.of_question(reading, key, item)


def answer(database: Database, choice: str, seen: int, key=KEY, **how) -> None:
    with database.writing(audit("save answer", person_id=LEAD, at=LATER)) as writing:
        say(writing, choice, seen, key=key, **how)


@pytest.fixture
def answered(database: Database) -> Database:
    with database.writing(audit("save answer")) as writing:
        say(writing, "good", 0)
    return database


def test_the_first_answer_was_saved_over_nothing(answered: Database):
    assert history(answered) == (FIRST,)


def test_each_save_keeps_who_when_and_both_values(answered: Database):
    answer(answered, "not-applicable", 1, reason="We run no wards.")
    second = Save(
        kind=Kind.ANSWER,
        revision=1,
        saved_revision=2,
        old=Said("good", ""),
        new=Said("not-applicable", "We run no wards."),
        author="Executive lead",
        saved_at=LATER,
    )
    assert history(answered) == (FIRST, second)
    answer(answered, "good", 2)
    assert history(answered)[2].old == second.new


def test_comments_and_answers_stand_in_the_order_in_which_they_were_saved(answered: Database):
    earlier = NOW - timedelta(days=1)
    for seen, text in enumerate(("Since May.", "")):
        with answered.writing(audit("save comment", at=earlier)) as writing:
            answers.save_comment(writing, KEY, ITEM, text, seen)
    answer(answered, "exceptional", 1)
    told = [(save.kind, save.saved_revision, save.old, save.new) for save in history(answered)]
    assert told == [
        (Kind.ANSWER, 1, None, Said("good", "")),
        (Kind.COMMENT, 1, None, Said(None, "Since May.")),
        (Kind.COMMENT, 2, Said(None, "Since May."), Said(None, "")),
        (Kind.ANSWER, 2, Said("good", ""), Said("exceptional", "")),
    ], "by what was saved first, never by the clock"


@pytest.mark.parametrize("seen", [0, 2])
def test_a_refused_save_leaves_no_trace(answered: Database, seen: int):
    answer(answered, "exceptional", seen)
    assert history(answered) == (FIRST,)


def test_a_save_that_is_broken_off_leaves_no_trace(answered: Database):
    with pytest.raises(RuntimeError, match="The disk is gone."):
        break_off(answered)
    assert history(answered) == (FIRST,)


def break_off(database: Database) -> None:
    with database.writing(audit()) as writing:
        say(writing, "exceptional", 1)
        raise RuntimeError("The disk is gone.")


def test_an_answer_from_before_history_was_kept_has_none_until_its_next_save(answered: Database):
    with answered.writing(audit("forget")) as writing:
        writing.run("DELETE FROM answer_history")
    assert history(answered) == ()
    answer(answered, "exceptional", 1)
    (save,) = history(answered)
    assert (save.saved_revision, save.old) == (2, Said("good", ""))


def test_reopening_copies_nothing_and_the_history_goes_on_over_revisions(answered: Database):
    second = replace(KEY, revision=2)
    with answered.writing(audit("reopen")) as writing:
        revisions.begin_again(writing, KEY, LATER)
    assert history(answered, key=second) == (FIRST,)
    answer(answered, "exceptional", 1, key=second)
    found = history(answered)
    assert [(save.revision, save.saved_revision) for save in found] == [(1, 1), (2, 2)]
    assert found[1].old == FIRST.new


def test_questions_trusts_and_parts_are_kept_apart(answered: Database):
    answer(answered, "exceptional", 0, item=OTHER_ITEM)
    answer(answered, "exceptional", 0, key=replace(KEY, scope="site-1"))
    assert history(answered) == (FIRST,)
    with answered.reading() as reading:
        assert answer_history.counts(reading, KEY) == {ITEM: 1, OTHER_ITEM: 1}
        assert answer_history.counts(reading, replace(KEY, revision=2)) == {ITEM: 1, OTHER_ITEM: 1}
        assert answer_history.counts(reading, replace(KEY, organisation_id=2)) == {}


def test_a_save_that_took_an_answer_over_says_from_where(answered: Database):
    taken = Answer(ITEM, "2014.1", "a" * 64, "good", "", 3, "Complaints manager", NOW)
    with answered.writing(audit("carry")) as writing:
        carried_answers.mark(writing, KEY, CYCLE.cycle_id, [taken])
    answer(answered, "good", 1)
    assert [save.carried_from for save in history(answered)] == ["2026 to 2027", None]


def test_saves_added_at_once_stand_before_those_that_follow(database: Database):
    pasts = [
        Past(KEY, ITEM, Kind.ANSWER, 1, None, Said("good", ""), MANAGER, NOW),
        Past(KEY, ITEM, Kind.COMMENT, 1, None, Said(None, "Why"), LEAD, NOW),
        Past(KEY, OTHER_ITEM, Kind.ANSWER, 2, Said("a", ""), Said("b", "c"), LEAD, LATER),
    ]
    with database.writing(audit("fill")) as writing:
        answer_history.add_many(writing, pasts)
        answers.save_comment(writing, KEY, OTHER_ITEM, "Later", 0)
    assert [save.kind for save in history(database)] == [Kind.ANSWER, Kind.COMMENT]
    other = history(database, item=OTHER_ITEM)
    assert [(save.old, save.new) for save in other] == [
        (Said("a", ""), Said("b", "c")),
        (None, Said(None, "Later")),
    ]
