"""What people say is kept as they said it, and never overwritten unseen."""

from dataclasses import replace

import pytest

from benchmarking.answers import Answer, AssessmentKey, Comment, ItemKey
from benchmarking.store import answers
from benchmarking.store.database import Database
from tests.store.scene import (
    CYCLE,
    ITEM,
    KEY,
    LATER,
    LEAD,
    NOW,
    OTHER_ITEM,
    SOUTH,
    audit,
    contents,
    publish,
    say,
)

TEXTS = {
    "nothing": "",
    "Welsh and Irish": "Ŵyn, ŷd a Gaeilge: á é í",
    "emoji": "Thank you 👩🏽‍⚕️🙏",
    "quotes": "O'Brien said \"don't\" – “never”; `so` it is",
    "lines": "one\ntwo\r\nthree\ttabbed ",
    "SQL": "'); DROP TABLE answer; -- :choice %s $1 {0}",
    "HTML": "<script>alert(1)</script> &amp; <b>",
    "right to left": "\u202eevil\u202c \u200b עברית",
    "long": "a" * 20_000,
}


def test_an_answer_comes_back_as_it_was_saved(database: Database):
    with database.writing(audit()) as writing:
        assert say(writing, "not-applicable", 0, reason="We run no wards.")
    with database.reading() as reading:
        found = answers.of_assessment(reading, KEY)
    assert found == {
        ITEM: Answer(
            item=ITEM,
            edition="2014.1",
            content_hash="a" * 64,
            choice="not-applicable",
            reason="We run no wards.",
            answer_revision=1,
            author="Complaints manager",
            saved_at=NOW,
        )
    }


def test_text_comes_back_unchanged(database: Database):
    items = {name: ItemKey("my-expectations", name) for name in TEXTS}
    with database.writing(audit()) as writing:
        for name, text in TEXTS.items():
            say(writing, "level-1", 0, item=items[name], reason=text)
            answers.save_comment(writing, KEY, items[name], text, 0)
    with database.reading() as reading:
        reasons = {k.item_id: a.reason for k, a in answers.of_assessment(reading, KEY).items()}
        comments = {k.item_id: c.text for k, c in answers.comments_of(reading, KEY).items()}
    assert reasons == TEXTS
    assert comments == TEXTS


def test_the_time_comes_back_to_the_microsecond(database: Database):
    at = NOW.replace(microsecond=123457)
    with database.writing(audit(at=at)) as writing:
        say(writing, "level-1", 0)
    with database.reading() as reading:
        assert answers.of_assessment(reading, KEY)[ITEM].saved_at == at


def test_a_changed_answer_names_who_changed_it_and_counts_up(database: Database):
    with database.writing(audit()) as writing:
        say(writing, "level-2", 0, reason="first")
    with database.writing(audit(person_id=LEAD, at=LATER)) as writing:
        assert say(writing, "level-3", 1)
    with database.reading() as reading:
        answer = answers.of_assessment(reading, KEY)[ITEM]
    assert (answer.choice, answer.reason, answer.answer_revision) == ("level-3", "", 2)
    assert (answer.author, answer.saved_at) == ("Executive lead", LATER)


@pytest.mark.parametrize(
    "read_revision, why",
    [
        (0, "a colleague answered first"),
        (1, "a colleague answered again in the meantime"),
        (3, "no such revision was ever there"),
    ],
)
def test_a_stale_answer_is_refused_and_nothing_changes(
    database: Database, read_revision: int, why: str
):
    for revision, choice in enumerate(("level-1", "level-2")):
        with database.writing(audit()) as writing:
            say(writing, choice, revision)
    before = contents(database)
    with database.writing(audit(person_id=LEAD, at=LATER)) as writing:
        assert not say(writing, "level-4", read_revision), why
    assert contents(database) == before


def test_stale_comments_are_refused_and_nothing_changes(database: Database):
    with database.writing(audit()) as writing:
        answers.save_comment(writing, KEY, ITEM, "first", 0)
    before = contents(database)
    for read_revision in (0, 2):
        with database.writing(audit(at=LATER)) as writing:
            assert not answers.save_comment(writing, KEY, ITEM, "second", read_revision)
    assert contents(database) == before


def test_a_refused_answer_does_not_spoil_the_reads_that_follow(database: Database):
    """So that both values can be shown, in the same transaction too."""
    with database.writing(audit()) as writing:
        say(writing, "level-1", 0)
    with database.writing(audit()) as writing:
        assert not say(writing, "level-2", 0)
        assert answers.of_assessment(writing, KEY)[ITEM].choice == "level-1"


def test_a_comment_comes_back_as_it_was_saved(database: Database):
    with database.writing(audit()) as writing:
        answers.save_comment(writing, KEY, ITEM, "Since May.", 0)
    with database.writing(audit(person_id=LEAD, at=LATER)) as writing:
        answers.save_comment(writing, KEY, ITEM, "Since April.", 1)
    with database.reading() as reading:
        found = answers.comments_of(reading, KEY)
    assert found == {ITEM: Comment(ITEM, "Since April.", 2, "Executive lead", LATER)}


@pytest.mark.parametrize(
    "other",
    [
        replace(KEY, organisation_id=SOUTH.organisation_id),
        replace(KEY, scope="Ward 7"),
        replace(KEY, revision=2),
    ],
    ids=["another trust", "a part of the trust", "another revision"],
)
def test_assessments_are_kept_apart(database: Database, other: AssessmentKey):
    with database.writing(audit()) as writing:
        assert say(writing, "level-1", 0)
        assert say(writing, "level-4", 0, key=other)
    with database.reading() as reading:
        mine = answers.of_assessment(reading, KEY)
        theirs = answers.of_assessment(reading, other)
    assert (mine[ITEM].choice, theirs[ITEM].choice) == ("level-1", "level-4")


def test_an_assessment_without_answers_has_none(database: Database):
    with database.reading() as reading:
        assert answers.of_assessment(reading, KEY) == {}
        assert answers.comments_of(reading, KEY) == {}


def test_published_choices_are_those_of_the_newest_published_revision(database: Database):
    second = replace(KEY, revision=2)
    reopened = replace(KEY, revision=3)
    south = replace(KEY, organisation_id=SOUTH.organisation_id)
    publish(database, KEY, "level-1")
    publish(database, second, "level-3", at=LATER)
    with database.writing(audit()) as writing:
        say(writing, "level-4", 0, key=reopened)
        say(writing, "level-2", 0, key=south, item=OTHER_ITEM)
    with database.reading() as reading:
        rows = answers.published_choices(reading, CYCLE.cycle_id, KEY.scope)
    assert [dict(row) for row in rows] == [
        {
            "organisation_id": KEY.organisation_id,
            "standard_id": ITEM.standard_id,
            "item_id": ITEM.item_id,
            "choice": "level-3",
            "revision": 2,
            "state_since": LATER,
        }
    ]
