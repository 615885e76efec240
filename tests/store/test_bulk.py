"""A whole assessment comes back as if people had saved it one answer at a time."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.answers import Answer, Assessment, Comment, State
from benchmarking.evidence import Evidence
from benchmarking.store import answers, assessments, bulk, evidence
from benchmarking.store.bulk import WholeAssessment
from benchmarking.store.database import Database
from tests.store.scene import (
    CYCLE,
    ITEM,
    KEY,
    LATER,
    LEAD,
    MANAGER,
    NOW,
    OTHER_ITEM,
    SOUTH,
    audit,
    audit_entries,
    contents,
)

SOUTHS = replace(KEY, organisation_id=SOUTH.organisation_id)
IDS = {"Complaints manager": MANAGER, "Executive lead": LEAD}
WHOLE = WholeAssessment(
    assessment=Assessment(SOUTHS, State.PUBLISHED, LATER),
    opened_at=NOW,
    answers=(
        Answer(ITEM, "2014.1", "a" * 64, "level-3", "", 2, "Executive lead", LATER),
        Answer(OTHER_ITEM, "2014.1", "a" * 64, "na", "None here", 1, "Complaints manager", NOW),
    ),
    comments=(Comment(ITEM, "Since May – 😀", 1, "Complaints manager", NOW),),
    evidence=(
        Evidence("e1", ITEM, "policy", "Policy", author="Executive lead", saved_at=NOW),
        Evidence(
            evidence_id="e2",
            item=OTHER_ITEM,
            kind="records",
            title="Files",
            records_drawn=0,
            at_random=False,
            author="Complaints manager",
            saved_at=LATER,
        ),
    ),
)


def test_everything_comes_back_with_its_author_and_time(database: Database):
    with database.writing(audit("many")) as writing:
        bulk.add_many(writing, [WHOLE], IDS)
    with database.reading() as reading:
        assert assessments.published(reading, CYCLE.cycle_id, KEY.scope) == (WHOLE.assessment,)
        assert answers.of_assessment(reading, SOUTHS) == {a.item: a for a in WHOLE.answers}
        assert answers.comments_of(reading, SOUTHS) == {c.item: c for c in WHOLE.comments}
        assert evidence.of_assessment(reading, SOUTHS) == WHOLE.evidence
    assert audit_entries(database) == ["furnish", "many"]


def test_an_assessment_that_is_there_is_not_written_over(database: Database):
    before = contents(database)
    there = replace(WHOLE, assessment=Assessment(KEY, State.PUBLISHED, LATER))
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        bulk.add_many(writing, [WHOLE, there], IDS)
    assert contents(database) == before


def test_an_author_without_a_number_is_a_mistake(database: Database):
    before = contents(database)
    with pytest.raises(KeyError, match="Executive lead"), database.writing(audit()) as writing:
        bulk.add_many(writing, [WHOLE], {"Complaints manager": MANAGER})
    assert contents(database) == before


def test_no_assessments_are_no_rows(database: Database):
    before = contents(database)
    with database.writing(audit()) as writing:
        bulk.add_many(writing, [], IDS)
        writing.give_up()
    assert contents(database) == before


def test_rows_are_changed_where_they_are_found_and_nowhere_else(database: Database):
    def titles() -> dict[int, str]:
        with database.reading() as reading:
            rows = reading.rows("SELECT person_id, title FROM person")
        return {row["person_id"]: row["title"] for row in rows}

    before = titles()
    said = [(MANAGER, "Head of complaints"), (999, "Nobody")]
    with database.writing(audit("rename")) as writing:
        writing.bulk_change("person", ("person_id",), ("title",), said)
        writing.bulk_change("person", ("person_id",), ("title",), [])
    assert titles() == {**before, MANAGER: "Head of complaints"}
    assert LEAD in before, "another one stays"


def test_what_cannot_be_kept_is_not_changed_to_it(database: Database):
    with (
        pytest.raises(ValueError, match="cannot be kept"),
        database.writing(audit("rename")) as writing,
    ):
        writing.bulk_change("person", ("person_id",), ("title",), [(MANAGER, "\x00")])
