"""A new revision is a whole copy, and the one it was made from stays as it was."""

from dataclasses import replace
from datetime import date

from benchmarking.answers import State
from benchmarking.evidence import Evidence
from benchmarking.store import answers, assessments, bulk, evidence, revisions
from benchmarking.store.database import Database
from benchmarking.store.migrate import tables
from tests.store.scene import ITEM, KEY, LATER, LEAD, NOW, OTHER_ITEM, audit, contents, say

NEXT = replace(KEY, revision=2)
PIECE = Evidence("e1", ITEM, "policy", "Policy", "note", period_to=date(2026, 5, 1))


def furnish(database: Database) -> None:
    with database.writing(audit()) as writing:
        say(writing, "good", 0)
        say(writing, "not-applicable", 0, item=OTHER_ITEM, reason="None")
        answers.save_comment(writing, KEY, ITEM, "A comment", 0)
        evidence.add(writing, KEY, [PIECE])


def begin_again(database: Database) -> None:
    with database.writing(audit(person_id=LEAD, at=LATER)) as writing:
        assert revisions.begin_again(writing, KEY, LATER) == NEXT


def test_everything_that_was_said_is_copied_with_who_and_when(database: Database) -> None:
    furnish(database)
    begin_again(database)
    with database.reading() as reading:
        for read in (answers.of_assessment, answers.comments_of):
            assert read(reading, NEXT) == read(reading, KEY) != {}
        (copied,) = evidence.of_assessment(reading, NEXT)
        (original,) = evidence.of_assessment(reading, KEY)
    assert copied == replace(original, evidence_id="e1.2")
    assert copied.saved_at == NOW


def test_the_earlier_revision_stays_as_it_was(database: Database) -> None:
    furnish(database)
    before = contents(database)
    begin_again(database)
    after = contents(database)
    for table in revisions.SAID:
        assert [row for row in after[table] if row["revision"] == 1] == before[table]
    with database.reading() as reading:
        found = assessments.revisions(reading, KEY.organisation_id, KEY.cycle_id, KEY.scope)
    assert [(one.key.revision, one.state_since) for one in found] == [(2, LATER), (1, NOW)]
    assert found[0].state is State.IN_PROGRESS


def test_a_third_revision_copies_the_second(database: Database) -> None:
    furnish(database)
    begin_again(database)
    with database.writing(audit(at=LATER)) as writing:
        revisions.begin_again(writing, NEXT, LATER)
    with database.reading() as reading:
        (copied,) = evidence.of_assessment(reading, replace(KEY, revision=3))
    assert copied.evidence_id == "e1.2.3"


def test_every_table_that_holds_what_was_said_is_copied(database: Database) -> None:
    """A table with these columns that is added later must be copied, too, or say why not."""
    with database.reading() as reading:
        rows = reading.rows(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema()"
        )
        known = tables(reading)
    columns: dict[str, set[str]] = {}
    for row in rows:
        columns.setdefault(row["table_name"], set()).add(row["column_name"])
    assert set(revisions.SAID) <= known
    for table, copied in revisions.SAID.items():
        assert set(copied) == columns[table], table
    assert set(bulk.ANSWER) == columns["answer"]
