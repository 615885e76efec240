"""A database is a demonstration or live, once and for all; its data revision drives the caches."""

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.store import installation
from benchmarking.store.database import Database, StoreError
from benchmarking.store.installation import Kind
from tests.store.scene import NOW, audit, audit_entries, contents


def data_revision(database: Database) -> int:
    with database.reading() as reading:
        return installation.data_revision(reading)


@pytest.mark.parametrize("kind", Kind)
def test_a_database_is_what_it_was_set_up_as(bare: Database, kind: Kind):
    with bare.writing(audit("set up")) as writing:
        installation.set_up(writing, kind, NOW)
    with bare.reading() as reading:
        assert installation.kind_of(reading) is kind
    assert audit_entries(bare) == ["set up"]


@pytest.mark.parametrize("kind", Kind)
def test_it_stays_what_it_is(database: Database, kind: Kind):
    before = contents(database)
    with pytest.raises(StoreError) as refused, database.writing(audit()) as writing:
        installation.set_up(writing, kind, NOW)
    assert str(refused.value) == (
        "This is a demonstration database already and stays one. "
        "Set BENCHMARK_DATABASE to a new one."
    )
    assert contents(database) == before


def test_the_database_itself_refuses_to_be_two_kinds(database: Database):
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        writing.run("INSERT INTO installation VALUES (2, 'live', :now, 1)", now=NOW)


def test_a_database_that_nobody_set_up_says_what_to_do(bare: Database):
    with bare.reading() as reading:
        assert installation.find_kind(reading) is None
        with pytest.raises(StoreError) as refused:
            installation.kind_of(reading)
    assert str(refused.value) == (
        "This database has not been set up. Run: python -m benchmarking demo create"
    )


def test_the_data_revision_counts_what_others_may_see(database: Database, bare: Database):
    assert data_revision(bare) == 0
    assert data_revision(database) == 1
    with database.writing(audit()) as writing:
        installation.raise_data_revision(writing)
    assert data_revision(database) == 2
