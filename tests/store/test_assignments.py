"""Who holds which question: one row each, for all revisions, and whether they may still answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarking.access import Role
from benchmarking.answers import Assignment
from benchmarking.store import assignments, people
from benchmarking.store.database import Database
from tests.store.scene import (
    ITEM,
    KEY,
    LATER,
    LEAD,
    MANAGER,
    NOW,
    OTHER_ITEM,
    SOUTH,
    audit,
    contents,
)

DAY = date(2026, 12, 1)


def held(database: Database, at=LATER, key=KEY) -> dict:
    with database.reading() as reading:
        return assignments.of_assessment(reading, key, at)


def hand_over(database: Database, *items, person_id: int = MANAGER, day: date | None = DAY) -> None:
    with database.writing(audit("hand over", person_id=LEAD)) as writing:
        assignments.hand_over(writing, KEY, items, person_id, day)


@pytest.mark.parametrize("day", [None, DAY])
def test_a_question_comes_back_with_who_holds_it(database: Database, day: date | None):
    hand_over(database, ITEM, day=day)
    assert held(database) == {
        ITEM: Assignment(
            person_id=MANAGER,
            title="Complaints manager",
            wanted_by=day,
            by="Executive lead",
            assigned_at=NOW,
            may_answer=True,
        )
    }


def test_the_next_holder_takes_the_place_of_the_last_one(database: Database):
    hand_over(database, ITEM, OTHER_ITEM)
    hand_over(database, ITEM, person_id=LEAD, day=None)
    found = held(database)
    assert (found[ITEM].person_id, found[ITEM].wanted_by) == (LEAD, None)
    assert found[OTHER_ITEM].person_id == MANAGER
    assert len(contents(database)["assignment"]) == 2


def test_what_is_taken_back_is_held_by_nobody_and_can_be_handed_over_again(database: Database):
    hand_over(database, ITEM, OTHER_ITEM)
    with database.writing(audit("take back")) as writing:
        assignments.take_back(writing, KEY, [ITEM])
    assert set(held(database)) == {OTHER_ITEM}
    hand_over(database, ITEM)
    with database.reading() as reading:
        assert assignments.holders(reading, KEY) == {ITEM: MANAGER, OTHER_ITEM: MANAGER}


def test_it_holds_for_every_revision_of_this_assessment_and_for_no_other(database: Database):
    hand_over(database, ITEM)
    assert set(held(database, key=replace(KEY, revision=2))) == {ITEM}
    for other in (
        replace(KEY, scope="site-1"),
        replace(KEY, organisation_id=SOUTH.organisation_id),
        replace(KEY, cycle_id="2027-28"),
    ):
        assert held(database, key=other) == {}


def test_whoever_lost_the_role_is_told_apart(database: Database):
    hand_over(database, ITEM)
    hand_over(database, OTHER_ITEM, person_id=LEAD)
    with database.writing(audit("end role", at=LATER)) as writing:
        people.end_role(writing, 1, LATER)
    before, after = held(database, at=NOW), held(database, at=LATER + timedelta(minutes=1))
    assert (before[ITEM].may_answer, after[ITEM].may_answer) == (True, False)
    assert not after[OTHER_ITEM].may_answer, "an approver may not answer"


def test_a_role_in_another_trust_lets_nobody_answer_here(database: Database):
    with database.writing(audit("give role")) as writing:
        stranger = people.add(writing, "demonstration", "south", "Contributor elsewhere")
        people.grant(writing, stranger, Role.CONTRIBUTOR, SOUTH.code, NOW)
    hand_over(database, ITEM, person_id=stranger)
    assert not held(database)[ITEM].may_answer


def test_many_are_added_as_they_were_made_elsewhere(database: Database):
    with database.writing(audit("fill")) as writing:
        assignments.add_many(
            writing, KEY, [(ITEM, MANAGER, DAY, LEAD, NOW), (OTHER_ITEM, LEAD, None, LEAD, LATER)]
        )
    found = held(database)
    assert (found[ITEM].title, found[ITEM].wanted_by) == ("Complaints manager", DAY)
    assert (found[OTHER_ITEM].assigned_at, found[OTHER_ITEM].wanted_by) == (LATER, None)
