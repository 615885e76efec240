"""The audit is read newest first, by when, who, what and about what."""

from datetime import timedelta

import pytest

from benchmarking.store import audit
from benchmarking.store.audit import Wanted
from benchmarking.store.database import AuditEntry, Database
from tests.store.scene import LATER, LEAD, MANAGER, NOW, audit_entries

EVIL = "DEMO-01 2026-27\n'; DROP TABLE audit; --\x1b[31m%_"


@pytest.fixture
def filled(database: Database) -> Database:
    for entry in (
        AuditEntry(MANAGER, "save answer", "DEMO-01 2026-27 my-expectations me-1.1", NOW),
        AuditEntry(LEAD, "submit assessment", "DEMO-01 2026-27", LATER),
        AuditEntry(LEAD, "save answer", "DEMO-011 2026-27", LATER),
        AuditEntry(0, "import", EVIL, LATER + timedelta(days=1), "a" * 64),
        AuditEntry(MANAGER, "denied access", "DEMO-02", LATER, "compare trusts"),
    ):
        with database.writing(entry):
            pass
    return database


def found(database: Database, **wanted: object) -> list[int]:
    """The numbers of the entries; 1 is the one that furnished the scene."""
    with database.reading() as reading:
        asked = Wanted(**wanted)  # type: ignore[arg-type]
        read = audit.entries(reading, asked, 100)
        assert audit.count(reading, asked) == len(read)
    return [entry.number for entry in read]


@pytest.mark.parametrize(
    "wanted, numbers",
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"since": LATER}, [6, 5, 4, 3]),
        ({"until": LATER}, [2, 1]),
        ({"since": LATER, "until": LATER}, []),
        ({"person_id": LEAD}, [4, 3]),
        ({"person_id": 0}, [5]),
        ({"person_id": 99}, []),
        ({"action": "save answer"}, [4, 2]),
        ({"action": "save"}, []),
        ({"about": "DEMO-01"}, [5, 3, 2, 1]),
        ({"about": "DEMO-01 2026-27 my-expectations"}, [2]),
        ({"about": "DEMO-0"}, []),
        ({"about": "DEMO_01"}, []),
        ({"about": "%"}, []),
        ({"about": "' OR 1=1 --"}, []),
        ({"about": "DEMO-01", "person_id": LEAD}, [3]),
        ({"presence": False}, [6, 5, 4, 3, 2, 1]),
    ],
)
def test_entries_are_found_by_what_is_asked(
    filled: Database, wanted: dict[str, object], numbers: list[int]
):
    assert found(filled, **wanted) == numbers


@pytest.mark.parametrize("action", audit.BY_THE_CLOCK)
def test_what_is_written_by_the_clock_can_be_left_out(filled: Database, action: str):
    with filled.writing(AuditEntry(LEAD, action, "session ab12", LATER)):
        pass
    assert found(filled, presence=False) == [6, 5, 4, 3, 2, 1]
    assert found(filled) == [7, 6, 5, 4, 3, 2, 1]


def test_an_entry_comes_back_as_it_was_written(filled: Database):
    with filled.reading() as reading:
        (one,) = audit.entries(reading, Wanted(person_id=0), 1)
        (other,) = audit.entries(reading, Wanted(action="denied access"), 1)
    assert (one.number, one.at, one.person_id) == (5, LATER + timedelta(days=1), 0)
    assert (one.title, one.action, one.subject, one.detail) == (None, "import", EVIL, "a" * 64)
    assert other.title == "Complaints manager"


@pytest.mark.parametrize("after, numbers", [(0, [6, 5]), (2, [4, 3]), (5, [1]), (6, [])])
def test_entries_come_in_pages(filled: Database, after: int, numbers: list[int]):
    with filled.reading() as reading:
        read = audit.entries(reading, Wanted(), 2, after)
    assert [entry.number for entry in read] == numbers


def test_what_can_be_asked_for_is_what_is_there(filled: Database):
    with filled.reading() as reading:
        assert audit.actions(reading) == (
            "denied access",
            "furnish",
            "import",
            "save answer",
            "submit assessment",
        )
        assert dict(audit.people(reading)) == {
            MANAGER: "Complaints manager",
            LEAD: "Executive lead",
            0: None,
        }
        assert audit.trusts(reading) == ("DEMO-01", "DEMO-02")


@pytest.mark.parametrize(
    "person, detail, after, times",
    [
        (MANAGER, "compare trusts", timedelta(seconds=59), 1),
        (MANAGER, "compare trusts", timedelta(seconds=60), 0),
        (MANAGER, "see the audit", timedelta(0), 0),
        (LEAD, "compare trusts", timedelta(0), 0),
    ],
)
def test_a_repetition_is_the_same_person_and_kind_within_the_time(
    filled: Database, person: int, detail: str, after: timedelta, times: int
):
    minute = timedelta(minutes=1)
    with filled.reading() as reading:
        found = audit.how_often(reading, person, "denied access", detail, LATER + after, minute)
    assert found == times


def test_the_audit_is_only_added_to(filled: Database):
    """Reading it in every way changes nothing."""
    before = audit_entries(filled)
    test_entries_come_in_pages(filled, 0, [6, 5])
    assert audit_entries(filled) == before
