"""Roles hold from and until a moment, in one trust or everywhere, and are looked up anew."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.access import Grant, Person, Role
from benchmarking.store import people
from benchmarking.store.database import Database
from tests.store.scene import LATER, MANAGER, NOW, audit, contents

ISSUER = "demonstration"


def find(database: Database, subject: str, at: datetime = NOW) -> Person | None:
    with database.reading() as reading:
        return people.find(reading, ISSUER, subject, at)


def test_a_person_has_the_roles_that_hold_now(database: Database):
    assert find(database, "complaints manager") == Person(
        MANAGER, "Complaints manager", (Grant(Role.CONTRIBUTOR, "DEMO-01"),)
    )


def test_somebody_unknown_is_nobody(database: Database):
    assert find(database, "stranger") is None
    with database.reading() as reading:
        assert people.find(reading, "another issuer", "complaints manager", NOW) is None


def test_a_person_without_a_role_is_known_and_may_nothing(database: Database):
    with database.writing(audit()) as writing:
        person_id = people.add(writing, ISSUER, "newcomer", "Newcomer")
    assert find(database, "newcomer") == Person(person_id, "Newcomer")


def test_a_person_may_have_several_roles_in_the_order_they_were_given(database: Database):
    with database.writing(audit()) as writing:
        people.grant(writing, MANAGER, Role.TRUST_LEAD, "DEMO-02", NOW)
        people.grant(writing, MANAGER, Role.INSPECTOR, None, NOW)
    found = find(database, "complaints manager")
    assert found is not None
    assert found.grants == (
        Grant(Role.CONTRIBUTOR, "DEMO-01"),
        Grant(Role.TRUST_LEAD, "DEMO-02"),
        Grant(Role.INSPECTOR, None),
    )


MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    "at, holds, why",
    [
        (NOW - MOMENT, False, "it has not begun"),
        (NOW, True, "it begins with its first moment"),
        (LATER - MOMENT, True, "it has not ended"),
        (LATER, False, "it ends with its last moment"),
    ],
)
def test_a_role_holds_from_and_until_a_moment(
    database: Database, at: datetime, holds: bool, why: str
):
    with database.writing(audit()) as writing:
        writing.run("UPDATE role_grant SET holds_until = :later", later=LATER)
    found = find(database, "complaints manager", at)
    assert found is not None, why
    assert bool(found.grants) is holds, why


def test_a_role_taken_away_is_gone_at_the_next_look(database: Database):
    assert find(database, "complaints manager", LATER) != Person(MANAGER, "Complaints manager")
    with database.writing(audit()) as writing:
        writing.run("UPDATE role_grant SET holds_until = :now WHERE person_id = 1", now=NOW)
    assert find(database, "complaints manager", LATER) == Person(MANAGER, "Complaints manager")


def test_two_people_cannot_be_vouched_for_under_one_name(database: Database):
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        people.add(writing, ISSUER, "complaints manager", "Another")


def test_people_are_listed_by_title_in_the_order_they_were_added(database: Database):
    with database.writing(audit()) as writing:
        people.add(writing, "another issuer", "x", "Not listed here")
        people.add(writing, ISSUER, "a", "Added last")
    with database.reading() as reading:
        assert people.titles(reading, ISSUER) == (
            ("complaints manager", "Complaints manager"),
            ("executive lead", "Executive lead"),
            ("a", "Added last"),
        )


def test_a_role_in_a_trust_that_is_not_there_is_refused(database: Database):
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        people.grant(writing, MANAGER, Role.TRUST_LEAD, "DEMO-99", NOW)
    found = find(database, "complaints manager")
    assert found is not None and found.grants == (Grant(Role.CONTRIBUTOR, "DEMO-01"),)


def test_a_role_may_be_given_for_a_time_to_come(database: Database):
    with database.writing(audit()) as writing:
        person_id = people.add(writing, ISSUER, "stand-in", "Stand-in")
        people.grant(writing, person_id, Role.APPROVER, "DEMO-01", LATER, LATER + MOMENT)
    held = (Grant(Role.APPROVER, "DEMO-01"),)
    for at, grants in ((NOW, ()), (LATER, held), (LATER + MOMENT, ())):
        found = find(database, "stand-in", at)
        assert found is not None and found.grants == grants, at


def test_everybody_is_listed_by_title_with_every_role_they_ever_held(database: Database):
    with database.writing(audit()) as writing:
        people.end_role(writing, 1, LATER)
        people.add(writing, "another issuer", "x", "A newcomer")
    with database.reading() as reading:
        found = people.every(reading)
    assert [(one.issuer, one.subject, one.known.title) for one in found] == [
        ("another issuer", "x", "A newcomer"),
        (ISSUER, "complaints manager", "Complaints manager"),
        (ISSUER, "executive lead", "Executive lead"),
    ]
    newcomer, manager, _ = found
    assert newcomer.known.roles == ()
    assert manager.known.roles == (
        people.HeldRole(1, Grant(Role.CONTRIBUTOR, "DEMO-01"), NOW, LATER),
    )


def end(database: Database, grant_id: int, at: datetime) -> bool:
    with database.writing(audit()) as writing:
        return people.end_role(writing, grant_id, at)


def test_a_role_is_ended_once(database: Database):
    assert end(database, 1, LATER)
    before = contents(database)
    assert not end(database, 1, LATER + MOMENT)
    assert not end(database, 99, LATER), "no such role"
    assert contents(database) == before, "nor is an audit entry kept"


def test_a_role_that_has_a_last_day_can_be_ended_before_it(database: Database):
    with database.writing(audit()) as writing:
        writing.run("UPDATE role_grant SET holds_until = :later", later=LATER)
    assert end(database, 1, NOW + MOMENT)
    assert find(database, "complaints manager", NOW + MOMENT) == Person(
        MANAGER, "Complaints manager"
    )


def test_a_role_that_is_ended_before_it_begins_never_holds(database: Database):
    assert end(database, 1, NOW - timedelta(days=1))
    assert not end(database, 1, NOW - timedelta(days=1)), "it is over"
    for at in (NOW - MOMENT, NOW, LATER):
        assert find(database, "complaints manager", at) == Person(MANAGER, "Complaints manager")
