"""A server opens its own kind of database, at the newest schema, with an unbroken ledger."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarking import settings
from benchmarking.answers import Move, State
from benchmarking.settings import Mode, Settings
from benchmarking.store import installation, ledger
from benchmarking.store.database import Database, StoreError, connect
from benchmarking.store.installation import Kind
from benchmarking.store.migrate import is_empty, kind_so_far, migrate, tables
from benchmarking.store.opening import open_database, refuse_demonstration, refuse_live
from tests.store.scene import (
    KEY,
    MANAGER,
    NOW,
    Engine,
    audit,
    audit_entries,
    contents,
    contents_at,
    set_up_live,
    small_demonstration,
)

Opener = Callable[[str, Mode], Database]


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens a database as a server of a mode does, and closes it after the test."""
    with ExitStack() as stack:

        def open_it(address: str, mode: Mode) -> Database:
            database = open_database(server(address, mode), NOW)
            stack.callback(database.engine.dispose)
            return database

        yield open_it


def server(address: str, mode: Mode) -> Settings:
    return settings.read(
        {
            "BENCHMARK_MODE": mode.value,
            "BENCHMARK_DATABASE": address,
            "BENCHMARK_SECRET": "s" * 64,
        }
    )


def refusal(address: str, mode: Mode) -> str:
    """What a server says that does not open a database, and does not change it either."""
    before = contents_at(address)
    with pytest.raises(StoreError) as refused:
        open_database(server(address, mode), NOW)
    assert contents_at(address) == before
    return str(refused.value)


def kind_of(database: Database) -> Kind | None:
    with database.reading() as reading:
        return installation.find_kind(reading)


def test_a_new_database_is_live_in_production(address: str, opened: Opener):
    database = opened(address, Mode.PRODUCTION)
    assert kind_of(database) is Kind.LIVE
    assert audit_entries(database) == ["set up installation"]


def test_a_new_demonstration_waits_to_be_filled(address: str, opened: Opener):
    database = opened(address, Mode.DEMONSTRATION)
    assert is_empty(database)
    assert contents(database)["audit"] == []


@pytest.mark.parametrize("mode", Mode)
def test_a_second_start_changes_nothing(address: str, opened: Opener, mode: Mode):
    first = opened(address, mode)
    before = contents(first)
    first.close()
    assert contents(opened(address, mode)) == before


def test_each_server_opens_its_own_kind(engine: Engine, opened: Opener):
    demonstration = opened(engine.new(small_demonstration), Mode.DEMONSTRATION)
    assert kind_of(demonstration) is Kind.DEMONSTRATION
    assert kind_of(opened(engine.new(set_up_live), Mode.PRODUCTION)) is Kind.LIVE


def test_a_production_server_refuses_a_demonstration(engine: Engine):
    said = refusal(engine.new(small_demonstration), Mode.PRODUCTION)
    assert said.endswith(
        " is a demonstration database with fictional trusts. A production server does not open "
        "it. Set BENCHMARK_DATABASE to the live database."
    )


def test_a_demonstration_server_refuses_a_live_database(engine: Engine):
    """In a demonstration anybody can sign in as anybody."""
    said = refusal(engine.new(set_up_live), Mode.DEMONSTRATION)
    assert said.endswith(
        " is a live database with real trusts. A demonstration server does not open it. "
        "Set BENCHMARK_MODE to production, or BENCHMARK_DATABASE to another."
    )


def test_either_kind_can_be_asked_for_by_itself(database: Database, live: Database, bare: Database):
    refuse_demonstration(live)
    refuse_demonstration(bare)
    refuse_live(database)
    refuse_live(bare)
    with pytest.raises(StoreError, match="is a demonstration database with fictional trusts"):
        refuse_demonstration(database)
    with pytest.raises(StoreError, match="is a live database with real trusts"):
        refuse_live(live)


def test_a_database_without_the_newest_schema_is_told_its_kind_too(address: str):
    database = connect(address)
    refuse_demonstration(database)
    refuse_live(database)
    assert kind_so_far(database) is None
    database.close()


@pytest.mark.parametrize("mode", Mode)
def test_another_programs_database_is_refused(address: str, mode: Mode):
    database = connect(address)
    with database.alone() as connection:
        connection.execute(text("CREATE TABLE invoice (invoice_id INTEGER)"))
    database.close()
    assert "it holds the table invoice" in refusal(address, mode)


@pytest.mark.parametrize("mode", Mode)
def test_a_newer_database_is_refused(engine: Engine, mode: Mode):
    kind = small_demonstration if mode is Mode.DEMONSTRATION else set_up_live
    address = engine.new(kind)
    database = connect(address)
    with database.alone() as connection:
        connection.execute(
            text("INSERT INTO schema_migration VALUES (9000, 'notes', 'x', :now)"), {"now": NOW}
        )
    database.close()
    assert "The database has schema 9000" in refusal(address, mode)


def test_a_changed_ledger_is_refused_and_the_entry_named(engine: Engine):
    address = engine.new(small_demonstration)
    database = connect(address)
    move = Move(KEY, State.IN_PROGRESS, State.SUBMITTED, MANAGER, NOW, "DEMO-01/1", "c" * 64)
    with database.writing(audit()) as writing:
        ledger.append(writing, move)
        ledger.append(writing, replace(move, receipt="DEMO-01/2"))
        writing.run("UPDATE ledger SET content_hash = 'another' WHERE entry_number = 1")
    database.close()
    assert refusal(address, Mode.DEMONSTRATION).endswith(
        ": entry 1 of the ledger (receipt DEMO-01/1) does not fit the entries before it, so the "
        "ledger was changed from outside. Restore the last backup, and find out who changed it."
    )


def test_an_older_database_is_brought_to_the_newest_schema(
    address: str, tmp_path: Path, opened: Opener
):
    database = connect(address)
    assert migrate(database, NOW, tmp_path) == []
    database.close()
    again = opened(address, Mode.PRODUCTION)
    with again.reading() as reading:
        assert "ledger" in tables(reading)
