"""When somebody signed in, was last here, and how that ended, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.store import sessions
from benchmarking.store.database import Database
from benchmarking.store.sessions import Ending, Session
from tests.store.scene import LATER, MANAGER, NOW, audit, audit_entries

MOMENT = timedelta(seconds=1)


def begin(database: Database, session_id: str = "s1", person_id: int = MANAGER) -> None:
    with database.writing(audit("signed in")) as writing:
        sessions.begin(writing, session_id, person_id, NOW - MOMENT, NOW)


def find(database: Database, session_id: str = "s1") -> Session | None:
    with database.reading() as reading:
        return sessions.find(reading, session_id)


def end(database: Database, ending: Ending) -> bool:
    with database.writing(audit(ending.value)) as writing:
        return sessions.end(writing, "s1", ending, LATER)


def test_nothing_is_known_before_the_first_page(database: Database):
    assert find(database) is None


def test_a_session_begins_once(database: Database):
    begin(database)
    begin(database)
    assert find(database) == Session(NOW - MOMENT, NOW, None)
    assert audit_entries(database) == ["furnish", "signed in"]


def test_a_session_is_somebodys_who_is_known(database: Database):
    with pytest.raises(IntegrityError):
        begin(database, person_id=99)
    assert audit_entries(database) == ["furnish"]


def test_somebody_who_is_still_here_was_seen_later_and_never_earlier(database: Database):
    begin(database)
    for seen, is_noted in ((LATER, True), (NOW, False), (LATER, False)):
        with database.writing(audit("still here")) as writing:
            assert sessions.see(writing, "s1", seen) is is_noted
    assert find(database) == Session(NOW - MOMENT, LATER, None)
    assert audit_entries(database).count("still here") == 1


@pytest.mark.parametrize("ending", Ending)
def test_a_session_ends_once_and_for_good(database: Database, ending: Ending):
    begin(database)
    assert end(database, ending)
    for other in Ending:
        assert not end(database, other)
    with database.writing(audit("still here")) as writing:
        assert not sessions.see(writing, "s1", LATER + MOMENT)
    begin(database)
    assert find(database) == Session(NOW - MOMENT, NOW, ending)
    assert audit_entries(database) == ["furnish", "signed in", ending.value]


def test_one_session_ends_without_the_others(database: Database):
    begin(database, "s1")
    begin(database, "s2")
    end(database, Ending.SIGNED_OUT)
    other = find(database, "s2")
    assert other is not None and other.ending is None


def test_a_session_can_begin_and_end_in_one_transaction(database: Database):
    with database.writing(audit("signed out")) as writing:
        sessions.begin(writing, "s1", MANAGER, NOW, NOW)
        assert sessions.end(writing, "s1", Ending.SIGNED_OUT, LATER)
    assert find(database) == Session(NOW, NOW, Ending.SIGNED_OUT)
