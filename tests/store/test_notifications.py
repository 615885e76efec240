"""Choices, codes and what was sent, on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarking.store import notifications as store
from benchmarking.store.database import Database
from benchmarking.store.notifications import Choice, HowOften, SentCode
from tests.store.scene import LATER, LEAD, MANAGER, NOW, audit

CHOICE = Choice(MANAGER, "manager@trust.example", HowOften.DAILY, None)
CODE = SentCode("a" * 64, LATER, 0, 1, NOW)
LONG_AGO = NOW - timedelta(days=400)


def choose(database: Database, *choices: Choice) -> None:
    with database.writing(audit("choose")) as writing:
        for one in choices:
            store.choose(writing, one)


def claim(database: Database, fingerprint: str = "f", at=NOW, person: int = MANAGER) -> int:
    with database.writing(audit("claim", at=at)) as writing:
        return store.claim(writing, person, fingerprint)


def last(database: Database, given_up=LONG_AGO) -> store.Told | None:
    with database.reading() as reading:
        return store.last_told(reading, MANAGER, given_up)


def test_the_newest_choice_replaces_the_one_before(database: Database):
    with database.reading() as reading:
        assert store.choice_of(reading, MANAGER) is None
    confirmed = replace(CHOICE, how_often=HowOften.WEEKLY, confirmed_at=LATER)
    choose(database, CHOICE, confirmed)
    with database.reading() as reading:
        assert store.choice_of(reading, MANAGER) == confirmed


@pytest.mark.parametrize(
    "often, confirmed, on",
    [
        (HowOften.DAILY, LATER, True),
        (HowOften.WEEKLY, LATER, True),
        (HowOften.OFF, LATER, False),
        (HowOften.DAILY, None, False),
    ],
)
def test_mail_goes_only_where_an_address_was_confirmed(
    database: Database, often: HowOften, confirmed, on: bool
):
    choice = replace(CHOICE, how_often=often, confirmed_at=confirmed)
    choose(database, choice)
    with database.reading() as reading:
        assert store.switched_on(reading) == ((choice,) if on else ())
    assert choice.is_on is on


def test_an_address_is_forgotten_and_its_codes_stay_counted(database: Database):
    choose(database, CHOICE)
    with database.writing(audit("code")) as writing:
        store.keep_code(writing, MANAGER, CODE)
        store.keep_code(writing, MANAGER, replace(CODE, tries=3))
    with database.writing(audit("forget")) as writing:
        store.forget(writing, MANAGER)
    with database.reading() as reading:
        assert store.choice_of(reading, MANAGER) is None
        assert store.code_of(reading, MANAGER) == replace(CODE, tries=3)
        assert store.code_of(reading, LEAD) is None


def test_what_was_claimed_is_settled_or_released(database: Database):
    number = claim(database)
    found = last(database)
    assert found and (found.notification_id, found.sent_at) == (number, None)
    with database.writing(audit("settle")) as writing:
        store.settle(writing, number, LATER)
        store.release(writing, number)
    assert (found := last(database)) and found.sent_at == LATER
    with database.writing(audit("release")) as writing:
        store.release(writing, claim_in(writing))
    assert last(database) == found


def claim_in(writing) -> int:
    return store.claim(writing, MANAGER, "other")


def test_a_claim_that_nobody_finished_never_happened(database: Database):
    claim(database, at=NOW - timedelta(hours=2))
    assert last(database) is not None
    assert last(database, given_up=NOW - timedelta(hours=1)) is None


def test_old_notes_go_but_never_the_last_one_of_a_person(database: Database):
    for person, at in ((MANAGER, LONG_AGO), (MANAGER, LONG_AGO), (MANAGER, NOW), (LEAD, LONG_AGO)):
        claim(database, at=at, person=person)
    with database.writing(audit("purge")) as writing:
        assert store.old(writing, NOW) == store.remove_old(writing, NOW) == 2
        assert store.old(writing, NOW) == 0
    assert last(database) is not None


def test_an_address_goes_some_time_after_the_last_role_ended(database: Database):
    choose(database, CHOICE, replace(CHOICE, person_id=LEAD))
    with database.writing(audit("code")) as writing:
        store.keep_code(writing, MANAGER, CODE)
        writing.run("UPDATE role_grant SET holds_until = :now WHERE person_id = 1", now=NOW)
    with database.writing(audit("purge")) as writing:
        assert store.addresses_left(writing, NOW) == 0, "a role that has just ended"
        assert store.addresses_left(writing, LATER) == 1
        assert store.remove_addresses_left(writing, LATER) == 1
    with database.reading() as reading:
        assert store.choice_of(reading, MANAGER) is None and store.code_of(reading, MANAGER) is None
        assert store.choice_of(reading, LEAD) is not None
