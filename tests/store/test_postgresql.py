"""What only PostgreSQL does: several replicas on one database, and refusals in words."""

import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from benchmarking.answers import Move, State
from benchmarking.store import ledger
from benchmarking.store.database import Database, StoreError, connect
from benchmarking.store.migrate import migrate, migrations
from tests.store.scene import (
    KEY,
    MANAGER,
    NOW,
    Engine,
    audit,
    audit_entries,
    contents,
    say,
    small_demonstration,
)

SECRET = "geheim"


@pytest.fixture
def replicas(postgresql_schemas: Engine) -> Iterator[tuple[Database, Database]]:
    """Two servers of one database: each has its own pool and its own lock."""
    address = postgresql_schemas.new(small_demonstration)
    both = connect(address), connect(address)
    yield both
    for replica in both:
        replica.close()


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://joe:{SECRET}@127.0.0.1:1/benchmark",
        f"postgres://joe:{SECRET}@127.0.0.1:1/benchmark",
        f"postgresql://joe@127.0.0.1:1/benchmark?password={SECRET}",
    ],
)
def test_a_server_that_is_down_is_refused_without_the_password(address: str):
    with pytest.raises(StoreError) as refused:
        connect(address)
    assert str(refused.value).startswith(
        "The PostgreSQL database benchmark on 127.0.0.1 cannot be reached. "
        "Check that the server runs and that BENCHMARK_DATABASE is right. It said: "
    )
    assert SECRET not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    "address", [f"postgresql://joe:{SECRET}@host:port/x", f"postgresql://joe:{SECRET}@[::1/x"]
)
def test_an_address_that_is_none_is_refused_without_the_password(address: str):
    with pytest.raises(StoreError) as refused:
        connect(address)
    assert str(refused.value) == (
        "BENCHMARK_DATABASE is not an address of a PostgreSQL database. "
        "Write it as postgresql://user:password@server:5432/database."
    )
    assert SECRET not in "".join(traceback.format_exception(refused.value))


@pytest.mark.postgres
def test_a_database_that_is_not_there_is_refused(postgresql_server: str):
    with pytest.raises(
        StoreError, match='The PostgreSQL database nowhere on .* It said: .*"nowhere"'
    ):
        connect(postgresql_server.replace("/postgres?", "/nowhere?"))


@pytest.mark.postgres
def test_writers_of_two_replicas_take_turns(replicas: tuple[Database, Database]):
    turn = threading.Barrier(4)

    def append(writer: int) -> None:
        turn.wait(timeout=30)
        for number in range(5):
            states = (State.IN_PROGRESS, State.SUBMITTED)
            move = Move(KEY, *states, MANAGER, NOW, f"{writer}/{number}", "c" * 64)
            with replicas[writer % 2].writing(audit("append")) as writing:
                ledger.append(writing, move)

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(append, range(4)))
    with replicas[0].reading() as reading:
        assert len(ledger.moves_of(reading, KEY)) == 20
        assert ledger.first_broken_link(reading) is None


@pytest.mark.postgres
def test_two_replicas_that_start_at_once_build_one_schema(postgresql_schemas: Engine):
    address = postgresql_schemas.new(None)
    both = connect(address), connect(address)
    turn = threading.Barrier(2)

    def start(replica: Database) -> list[int]:
        turn.wait(timeout=30)
        return migrate(replica, NOW)

    with ThreadPoolExecutor(2) as starting:
        applied = sorted(starting.map(start, both))
    assert applied == [[], [step.number for step in migrations()]]
    for replica in both:
        replica.close()


@pytest.mark.postgres
def test_a_stale_write_of_another_replica_is_refused(replicas: tuple[Database, Database]):
    here, there = replicas
    with here.writing(audit("here")) as writing:
        assert say(writing, "level-1", 0)
    before = contents(here)
    with there.writing(audit("there")) as writing:
        assert not say(writing, "level-4", 0)
    assert contents(there) == before


@pytest.mark.postgres
def test_a_server_that_goes_away_is_said_in_words_and_nothing_is_kept(
    replicas: tuple[Database, Database],
):
    here, there = replicas
    with pytest.raises(StoreError) as failed:
        save_while_the_server_goes_away(here, there)
    assert str(failed.value).startswith(
        "The database failed, so nothing of this was kept. "
        "Check the disk, the server and the last backup. It said: "
    )
    with here.writing(audit("afterwards")) as writing:
        assert say(writing, "level-1", 0)
    assert audit_entries(here) == ["furnish", "afterwards"]


def save_while_the_server_goes_away(here: Database, there: Database) -> None:
    with here.writing(audit("lost")) as writing:
        process = writing.value("SELECT pg_backend_pid()")
        with there.engine.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
        say(writing, "level-1", 0)


@pytest.mark.postgres
def test_times_are_utc_whatever_the_server_believes(replicas: tuple[Database, Database]):
    here, _ = replicas
    with here.writing(replace(audit("far east"), at=NOW)) as writing:
        assert writing.value("SHOW timezone") == "UTC"
    with here.reading() as reading:
        assert reading.value("SELECT max(written_at) FROM audit") == NOW


@pytest.mark.postgres
@pytest.mark.parametrize(
    "index, asked",
    [
        ("response_by_batch", "SELECT answer FROM response WHERE batch = 7"),
        (
            "evidence_by_assessment",
            "SELECT title FROM evidence WHERE organisation_id = 1 AND cycle_id = '2026-27'",
        ),
        (
            "survey_invitation_by_sending",
            "SELECT state FROM survey_invitation "
            "WHERE organisation_id = 1 AND cycle_id = '2026-27' AND sending_id = 1",
        ),
        ("role_grant_by_person", "SELECT role FROM role_grant WHERE person_id = 1"),
    ],
)
def test_what_is_asked_for_often_is_found_by_an_index(
    replicas: tuple[Database, Database], index: str, asked: str
):
    here, _ = replicas
    with here.reading() as reading:
        # A table of three rows is read whole unless that is forbidden.
        reading.value("SELECT set_config('enable_seqscan', 'off', TRUE)")
        plan = reading.rows(f"EXPLAIN {asked}")
    assert any(index in row["QUERY PLAN"] for row in plan), plan


@pytest.mark.postgres
def test_indexes_come_with_the_tables_and_once(postgresql_schemas: Engine):
    database = connect(postgresql_schemas.new(None))
    migrate(database, NOW, up_to=13)
    assert index_names(database) == {"evidence_by_assessment", "role_grant_by_person"}
    migrate(database, NOW)
    assert len(index_names(database)) == 4
    migrate(database, NOW)
    assert len(index_names(database)) == 4
    database.close()


def index_names(database: Database) -> set[str]:
    """The indexes beside those of keys."""
    with database.reading() as reading:
        rows = reading.rows("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
    return {row["indexname"] for row in rows if not row["indexname"].endswith(("_pkey", "_key"))}
