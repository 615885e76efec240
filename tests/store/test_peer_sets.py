"""Sets of peers: each owner sees its own, and nobody overwrites what was not read."""

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.store import peer_sets
from benchmarking.store.database import Database
from benchmarking.store.peer_sets import PeerSet
from tests.store.scene import LATER, LEAD, MANAGER, NORTH, NOW, SOUTH, audit, contents

CODES = ("R0A", "RR8", "RTD")


def add(
    database: Database,
    name: str = "Large cities",
    codes: tuple[str, ...] = CODES,
    *,
    trust_code: str | None = NORTH.code,
    person_id: int = MANAGER,
) -> int:
    with database.writing(audit(person_id=person_id)) as writing:
        return peer_sets.add(writing, trust_code, name, codes)


def change(
    database: Database, number: int, name: str, codes: tuple[str, ...], read_revision: int
) -> bool:
    with database.writing(audit(person_id=LEAD, at=LATER)) as writing:
        return peer_sets.change(writing, number, name, codes, read_revision)


def end(database: Database, number: int, read_revision: int) -> bool:
    with database.writing(audit(person_id=LEAD, at=LATER)) as writing:
        return peer_sets.end(writing, number, read_revision)


def of_trust(database: Database, code: str = NORTH.code) -> tuple[PeerSet, ...]:
    with database.reading() as reading:
        return peer_sets.of_trust(reading, code)


def of_person(database: Database, person_id: int) -> tuple[PeerSet, ...]:
    with database.reading() as reading:
        return peer_sets.of_person(reading, person_id)


def test_a_set_comes_back_as_it_was_given(database: Database):
    number = add(database, "Trusts “by the sea”", ("RTD", "R0A"))
    expected = PeerSet(
        peer_set_id=number,
        trust_code=NORTH.code,
        name="Trusts “by the sea”",
        codes=("R0A", "RTD"),
        set_revision=1,
        author="Complaints manager",
        saved_at=NOW,
    )
    assert of_trust(database) == (expected,)


def test_sets_are_listed_from_the_oldest(database: Database):
    first, second = add(database, "Zeta"), add(database, "Alpha")
    assert [one.peer_set_id for one in of_trust(database)] == [first, second]


def test_each_owner_has_its_own(database: Database):
    add(database, "of the North")
    add(database, "of the South", trust_code=SOUTH.code)
    add(database, "the manager's", trust_code=None)
    add(database, "the lead's", trust_code=None, person_id=LEAD)
    assert [one.name for one in of_trust(database)] == ["of the North"]
    assert [one.name for one in of_trust(database, SOUTH.code)] == ["of the South"]
    assert [one.name for one in of_person(database, MANAGER)] == ["the manager's"]
    assert [one.name for one in of_person(database, LEAD)] == ["the lead's"]


def test_a_change_replaces_name_and_trusts_and_names_who_made_it(database: Database):
    number = add(database)
    assert change(database, number, "Cities", ("R0A", "RXH"), 1)
    (found,) = of_trust(database)
    assert (found.name, found.codes, found.set_revision) == ("Cities", ("R0A", "RXH"), 2)
    assert (found.author, found.saved_at) == ("Executive lead", LATER)
    assert change(database, number, "Cities", CODES, 2)
    assert of_trust(database)[0].codes == CODES


def test_a_change_of_what_was_not_read_keeps_nothing(database: Database):
    number = add(database)
    assert change(database, number, "Cities", ("R0A",), 1)
    before = contents(database)
    assert not change(database, number, "Towns", ("RTD",), 1)
    assert not end(database, number, 1)
    assert contents(database) == before


def test_an_ended_set_is_seen_by_nobody_and_stays_on_record(database: Database):
    number, other = add(database), add(database, "Another")
    assert end(database, number, 1)
    assert [one.peer_set_id for one in of_trust(database)] == [other]
    rows = {row["peer_set_id"]: row for row in contents(database)["peer_set"]}
    assert (rows[number]["ended_at"], rows[number]["author_id"]) == (LATER, LEAD)
    assert not change(database, number, "Again", CODES, 1)
    assert not end(database, number, 1)


def test_what_a_set_held_before_stays_on_record(database: Database):
    number = add(database)
    change(database, number, "Cities", ("R0A",), 1)
    kept = [(row["set_revision"], row["code"]) for row in contents(database)["peer_set_trust"]]
    assert sorted(kept) == [(1, "R0A"), (1, "RR8"), (1, "RTD"), (2, "R0A")]


@pytest.mark.parametrize("code", ["DEMO-01", "demo-02"])
def test_a_fictional_trust_is_in_no_set(database: Database, code: str):
    with pytest.raises(IntegrityError):
        add(database, codes=("R0A", code))
    assert of_trust(database) == ()


@pytest.mark.parametrize(
    "name, trust_code", [("", NORTH.code), ("  ", NORTH.code), ("Cities", "DEMO-99")]
)
def test_a_set_has_a_name_and_a_known_owner(database: Database, name: str, trust_code: str):
    with pytest.raises(IntegrityError):
        add(database, name, trust_code=trust_code)
