"""What was submitted is held to what is stored: whoever changes one of the two is found out."""

from dataclasses import replace

import pytest

from benchmarking.answers import Assessment, Move, State
from benchmarking.assessing import ledgers
from benchmarking.assessing.receipts import content_hash
from benchmarking.store import assessments, ledger, submitted
from benchmarking.store.database import Database
from tests.store.scene import (
    ITEM,
    KEY,
    LATER,
    LEAD,
    MANAGER,
    NOW,
    OTHER_ITEM,
    audit,
    say,
)

NAMED = "DEMO-01 2026-27, revision 1: "
REOPENED = replace(KEY, revision=2)
# The life of an assessment as the ledger keeps it, with who moves it.
STEPS = {
    State.SUBMITTED: MANAGER,
    State.SENT_BACK: LEAD,
    State.APPROVED: LEAD,
    State.SIGNED_OFF: LEAD,
    State.PUBLISHED: MANAGER,
}


def answered(database: Database) -> None:
    with database.writing(audit("save answers")) as writing:
        say(writing, "good", 0)
        say(writing, "not_applicable", 0, item=OTHER_ITEM, reason="No complaint of this kind.")


def moved(database: Database, *way: State) -> None:
    """Moves the assessment along a way, each move with its entry in the ledger."""
    before = State.IN_PROGRESS
    for number, state in enumerate(way):
        with database.writing(audit(f"move to {state}")) as writing:
            hash_ = content_hash(submitted.answers(writing)[KEY])
            receipt = f"DEMO-01/{number}"
            move = Move(KEY, before, state, STEPS[state], LATER, receipt, hash_)
            assessments.move(writing, Assessment(KEY, before, NOW), state, LATER)
            ledger.append(writing, move)
        before = state


@pytest.fixture
def handed_in(database: Database) -> Database:
    answered(database)
    moved(database, State.SUBMITTED)
    return database


def tampered(database: Database, sql: str, **values: object) -> tuple[str, ...]:
    """The faults after somebody changed the database by hand."""
    with database.writing(audit("tamper")) as writing:
        assert writing.run(sql, **values) == 1, "the change must hit something"
    return ledgers.verify(database).faults


def test_every_assessment_is_known_with_its_state_and_its_last_submission(handed_in: Database):
    with handed_in.reading() as reading:
        (one,) = submitted.every(reading)
        said = submitted.answers(reading)
    assert (one.key, one.trust_code, one.stored) == (KEY, "DEMO-01", State.SUBMITTED)
    assert (one.last_from, one.last_to) == (State.IN_PROGRESS, State.SUBMITTED)
    assert (one.receipt, one.content_hash) == ("DEMO-01/0", content_hash(said[KEY]))
    assert [answer.item for answer in said[KEY]] == [ITEM, OTHER_ITEM]


def test_a_draft_is_known_and_the_ledger_says_nothing_of_it(database: Database):
    answered(database)
    with database.reading() as reading:
        assert submitted.every(reading) == (submitted.Handed(KEY, "DEMO-01", State.IN_PROGRESS),)
    assert ledgers.verify(database).is_whole


@pytest.mark.parametrize(
    "way",
    [
        (State.SUBMITTED,),
        (State.SUBMITTED, State.SENT_BACK),
        (State.SUBMITTED, State.SENT_BACK, State.SUBMITTED),
        (State.SUBMITTED, State.APPROVED, State.SIGNED_OFF, State.PUBLISHED),
    ],
    ids=lambda way: way[-1],
)
def test_an_honest_life_is_whole_at_each_step(database: Database, way: tuple[State, ...]):
    answered(database)
    moved(database, *way)
    assert ledgers.verify(database).faults == ()


def test_answers_may_change_after_an_assessment_was_sent_back(database: Database):
    answered(database)
    moved(database, State.SUBMITTED, State.SENT_BACK)
    with database.writing(audit("save answer")) as writing:
        assert say(writing, "exceptional", 1)
    assert ledgers.verify(database).faults == ()


@pytest.mark.parametrize("reopened_as", [KEY, REOPENED], ids=["old key", "new key"])
def test_reopening_leaves_the_published_revision_as_it_was(database: Database, reopened_as: object):
    answered(database)
    moved(database, State.SUBMITTED, State.APPROVED, State.SIGNED_OFF, State.PUBLISHED)
    with database.writing(audit("reopen")) as writing:
        assessments.add(writing, REOPENED, LATER)
        move = Move(KEY, State.PUBLISHED, State.IN_PROGRESS, LEAD, LATER, "DEMO-01/9", "e" * 64)
        ledger.append(writing, replace(move, key=reopened_as))
    assert ledgers.verify(database).faults == ()


CHANGED_ANSWERS = {
    "choice": "UPDATE answer SET choice = 'exceptional' WHERE item_id = 'me-1.1'",
    "reason": "UPDATE answer SET reason = 'None this year.' WHERE item_id = 'me-1.2'",
    "words": "UPDATE answer SET content_hash = 'x' WHERE item_id = 'me-1.1'",
    "item": "UPDATE answer SET item_id = 'me-1.3' WHERE item_id = 'me-1.1'",
    "taken out": "DELETE FROM answer WHERE item_id = 'me-1.1'",
}


@pytest.mark.parametrize("sql", CHANGED_ANSWERS.values(), ids=CHANGED_ANSWERS)
def test_a_submitted_answer_changed_in_the_database_names_the_assessment(
    handed_in: Database, sql: str
):
    assert tampered(handed_in, sql) == (
        NAMED + "its stored answers are not those submitted under receipt DEMO-01/0.",
    )


def test_an_answer_added_after_submission_names_the_assessment(handed_in: Database):
    with handed_in.writing(audit("tamper")) as writing:
        say(writing, "good", 0, item=replace(ITEM, item_id="me-1.3"))
    assert ledgers.verify(handed_in).differences == (
        NAMED + "its stored answers are not those submitted under receipt DEMO-01/0.",
    )


CHANGED_STATES = {
    "published": "it is stored as published, but the ledger says submitted.",
    "in_progress": "it is stored as in progress, but the ledger says submitted.",
}


@pytest.mark.parametrize("state, problem", CHANGED_STATES.items())
def test_a_state_that_nobody_moved_names_the_assessment(
    handed_in: Database, state: str, problem: str
):
    """Setting it back to a draft would otherwise hide what is done to its answers."""
    sql = "UPDATE assessment SET state = :state"
    assert tampered(handed_in, sql, state=state) == (NAMED + problem,)


def test_a_state_without_any_entry_names_the_assessment(database: Database):
    assert tampered(database, "UPDATE assessment SET state = 'published'") == (
        NAMED + "it is stored as published, but the ledger says nothing about it.",
    )


def test_an_assessment_taken_out_is_named_by_its_receipt(handed_in: Database):
    sql = "DELETE FROM assessment WHERE revision = 1"
    assert tampered(handed_in, sql) == (
        NAMED + "it is no longer stored, but the ledger has its receipt DEMO-01/0.",
    )


def test_the_last_entry_cut_off_is_found_by_the_state_it_led_to(database: Database):
    """The chain alone cannot see this."""
    answered(database)
    moved(database, State.SUBMITTED, State.APPROVED)
    assert tampered(database, "DELETE FROM ledger WHERE entry_number = 2") == (
        NAMED + "it is stored as approved, but the ledger says submitted.",
    )


def test_a_broken_chain_names_its_first_broken_entry(database: Database):
    answered(database)
    moved(database, State.SUBMITTED, State.APPROVED)
    sql = "UPDATE ledger SET person_id = 7 WHERE entry_number = 1"
    found = tampered(database, sql)
    assert found == ("Entry 1 (receipt DEMO-01/0) does not fit the entries before it.",)
    assert ledgers.verify(database).sentence == (
        "The ledger and what is stored do not agree: 1 fault."
    )


def test_a_whole_ledger_says_how_much_was_checked(handed_in: Database):
    found = ledgers.verify(handed_in)
    assert (found.entries, found.checked, found.purged) == (1, 1, 0)
    assert found.sentence == (
        "The ledger has 1 entry, the chain is whole. The answers of 1 submitted assessment are "
        "those that were submitted."
    )


def test_names_with_line_ends_and_escapes_stay_on_one_line(handed_in: Database):
    with handed_in.writing(audit("tamper")) as writing:
        writing.run("UPDATE ledger SET receipt = :evil", evil="A\n\x1b[31mB")
    (fault, *_) = ledgers.verify(handed_in).faults
    assert fault == ("Entry 1 (receipt A\\n\\x1b[31mB) does not fit the entries before it.")
