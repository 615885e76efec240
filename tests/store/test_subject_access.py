"""Every table that knows people is searched for one person, on both engines."""

import pytest

from benchmarking.store import subject_access
from benchmarking.store.database import Database
from benchmarking.store.subject_access import Mention, Named
from tests.store.scene import KEY, LEAD, MANAGER, audit, say


@pytest.fixture
def answered(database: Database) -> Database:
    with database.writing(audit("save answer")) as writing:
        say(writing, "good", 0, reason="Ŵe rang 100% of them")
    with database.writing(audit("give role", person_id=LEAD)) as writing:
        writing.run("UPDATE audit SET subject = 'person 1' WHERE action = 'give role'")
    return database


def test_all_rows_of_a_person_are_found_by_table(answered: Database):
    with answered.reading() as reading:
        rows = subject_access.rows_about(reading, MANAGER)
        counts = subject_access.counts_about(reading, MANAGER)
    assert {table: len(found) for table, found in rows.items()} == counts
    assert counts == {"answer": 1, "answer_history": 1, "audit": 3, "person": 1, "role_grant": 1}
    assert rows["answer"][0]["cycle_id"] == KEY.cycle_id
    assert [row["action"] for row in rows["audit"]] == ["furnish", "save answer", "give role"]


def test_somebody_without_rows_has_none(answered: Database):
    with answered.reading() as reading:
        assert subject_access.rows_about(reading, 99) == {}
        assert subject_access.numbered(reading, 99) is None
        assert subject_access.named(reading, "demonstration", "nobody") is None


def test_people_are_found_by_number_and_by_name(answered: Database):
    manager = Named(MANAGER, "demonstration", "complaints manager", "Complaints manager")
    with answered.reading() as reading:
        assert subject_access.numbered(reading, MANAGER) == manager
        assert subject_access.named(reading, manager.issuer, manager.subject) == manager
        assert [one.title for one in subject_access.every(reading)] == [
            "Complaints manager",
            "Executive lead",
        ]


@pytest.mark.parametrize(
    "text, found",
    [
        (
            "ŵE RANG 100%",
            (Mention("answer", "reason", 1), Mention("answer_history", "new_text", 1)),
        ),
        ("rang 1__%", ()),
        ("'; DELETE FROM answer", ()),
    ],
)
def test_a_text_is_found_in_any_case_and_taken_as_it_is(
    answered: Database, text: str, found: tuple[Mention, ...]
):
    with answered.reading() as reading:
        assert subject_access.mentions(reading, text) == found
