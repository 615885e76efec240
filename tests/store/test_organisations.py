"""Real trusts and fictional ones never stand in one database."""

import pytest

from benchmarking.answers import Organisation
from benchmarking.store import organisations
from benchmarking.store.database import Database, StoreError
from tests.store.scene import NORTH, SOUTH, audit, contents

REAL = Organisation(3, "R1A", "A real trust", "Community", "Midlands")
FICTIONAL = Organisation(3, "DEMO-03", "Third Demonstration Trust", "Acute", "North")


def test_trusts_are_listed_by_code(database: Database):
    with database.writing(audit()) as writing:
        organisations.add(writing, [Organisation(3, "DEMO-00", "First", "Acute", "North")])
    with database.reading() as reading:
        assert [o.code for o in organisations.every(reading)] == ["DEMO-00", "DEMO-01", "DEMO-02"]


def test_a_trust_is_found_by_its_code(database: Database):
    with database.reading() as reading:
        assert organisations.find(reading, "DEMO-01") == NORTH
        assert organisations.find(reading, "DEMO-02") == SOUTH
        assert organisations.find(reading, "DEMO-99") is None
        assert organisations.find(reading, "demo-01' OR 1=1") is None


def test_a_real_trust_is_refused_in_a_demonstration(database: Database):
    before = contents(database)
    with pytest.raises(StoreError) as refused, database.writing(audit()) as writing:
        organisations.add(writing, [FICTIONAL, REAL])
    assert str(refused.value) == (
        "R1A: fictional trusts belong in a demonstration database and real ones in a live "
        "database. Open the other database for this trust."
    )
    assert contents(database) == before


@pytest.mark.parametrize("code", ["DEMO-03", "demo-03", "Demo-X"])
def test_a_fictional_trust_is_refused_in_a_live_database(live: Database, code: str):
    before = contents(live)
    fictional = Organisation(3, code, "Third Demonstration Trust", "Acute", "North")
    with pytest.raises(StoreError, match=f"^{code}: fictional trusts belong in a demonstration"):
        with live.writing(audit()) as writing:
            organisations.add(writing, [REAL, fictional])
    assert contents(live) == before


def test_a_live_database_takes_real_trusts(live: Database):
    with live.writing(audit()) as writing:
        organisations.add(writing, [REAL])
    with live.reading() as reading:
        assert organisations.every(reading) == (REAL,)


def test_nobody_joins_a_database_that_is_not_set_up(bare: Database):
    with pytest.raises(StoreError, match="has not been set up"), bare.writing(audit()) as writing:
        organisations.add(writing, [FICTIONAL])
