"""One server: what it holds, how it starts from nothing, and what it refuses to open."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarking import server, settings
from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.settings import Settings, SettingsError
from benchmarking.store import installation, published
from benchmarking.store.database import Reading, StoreError
from benchmarking.store.installation import Kind
from benchmarking.store.opening import open_database
from tests.holding import is_held
from tests.web import copies

ADDRESSES = ["127.0.0.1", "localhost", "::1", "127.0.0.9"]


def production(database: Path) -> Settings:
    return settings.read(
        {
            "BENCHMARK_MODE": "production",
            "BENCHMARK_DATABASE": str(database),
            "BENCHMARK_SECRET": "a secret of at least 32 characters",
        }
    )


def begun(database: Path) -> Settings:
    """The settings of a live database that was begun on purpose, with nothing in it yet."""
    open_database(production(database), utc_now()).close()
    return production(database)


def counted(reading: Reading) -> dict[str, int]:
    """How many rows each table has."""
    found = reading.rows(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    )
    return {
        row["table_name"]: int(reading.value(f"SELECT count(*) FROM {row['table_name']}"))
        for row in found
    }


def contents(running: Server) -> dict[str, int]:
    with running.database.reading() as reading:
        revision = installation.data_revision(reading)
        return counted(reading) | {"data revision": revision}


# What people make by themselves, and a demonstration leaves to them.
EMPTY_AT_FIRST = {
    *("peer_set", "peer_set_trust"),
    *("legal_hold", "purged_assessment"),
    *("session", "cycle_rule", "cycle_change"),
    *("carried_answer", "notification_choice", "notification_code", "notification_sent"),
    *("survey_mapping", "survey_key", "survey_purged"),
    "claimed_work",
}


@pytest.fixture
def demonstration(tmp_path: Path) -> Path:
    """A closed demonstration database of this test's own."""
    with copies.opened(tmp_path):
        return tmp_path / "copy.duckdb"


def test_a_demonstration_starts_from_nothing_with_trusts_cycles_and_published_figures(
    tmp_path: Path,
) -> None:
    # What is opened here is a copy of what server.start made of nothing.
    with copies.opened(tmp_path) as running, running.database.reading() as reading:
        assert installation.find_kind(reading) is Kind.DEMONSTRATION
        assert reading.value("SELECT count(*) FROM organisation") == 60
        assert reading.value("SELECT count(*) FROM cycle") == 3
        assert published.periods(reading, "ko41a") == ("2024-25",)
        assert running.offers_demonstration_sign_in


def test_a_second_start_loads_nothing_twice(demonstration: Path) -> None:
    seen = []
    for _ in range(2):
        running = server.start(copies.of(demonstration))
        seen.append(contents(running))
        running.database.close()
    assert seen[0] == seen[1]
    assert {table for table, rows in seen[0].items() if not rows} <= EMPTY_AT_FIRST


def test_production_starts_from_nothing_with_published_figures_and_nobody_else(
    tmp_path: Path,
) -> None:
    running = server.start(begun(tmp_path / "live.duckdb"))
    try:
        with running.database.reading() as reading:
            assert installation.find_kind(reading) is Kind.LIVE
            assert reading.value("SELECT count(*) FROM organisation") == 0
            assert reading.value("SELECT count(*) FROM person") == 0
            assert published.periods(reading, "ko41a") == ("2024-25",)
        assert not running.is_demonstration
        assert not running.offers_demonstration_sign_in
    finally:
        running.database.close()


def test_production_never_begins_a_database_where_a_disk_may_be_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no database at .*live.duckdb. Perhaps its"):
        server.start(production(tmp_path / "live.duckdb"))
    assert list(tmp_path.iterdir()) == []


def test_production_refuses_the_demonstration(demonstration: Path) -> None:
    before = demonstration.read_bytes()
    with pytest.raises(StoreError) as refused:
        server.start(production(demonstration))
    assert str(refused.value) == (
        f"{demonstration} is a demonstration database with fictional trusts. A production server "
        f"does not open it. Set BENCHMARK_DATABASE to the live database."
    )
    assert demonstration.read_bytes() == before


def test_a_demonstration_refuses_the_live_database(tmp_path: Path) -> None:
    live = tmp_path / "live.duckdb"
    server.start(begun(live)).database.close()
    before = live.read_bytes()
    with pytest.raises(StoreError) as refused:
        server.start(copies.of(live))
    assert str(refused.value) == (
        f"{live} is a live database with real trusts. A demonstration server does not open it. "
        f"Set BENCHMARK_MODE to production, or BENCHMARK_DATABASE to another."
    )
    assert live.read_bytes() == before


@pytest.mark.parametrize("address", ADDRESSES)
def test_roles_can_be_chosen_where_only_this_machine_reaches_the_demonstration(
    demonstration: Path, address: str
) -> None:
    assert offers_roles(copies.of(demonstration, BENCHMARK_ADDRESS=address))


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.7", "localhost.example", "benchmark"])
def test_roles_cannot_be_chosen_where_others_reach_it(demonstration: Path, address: str) -> None:
    assert not offers_roles(copies.of(demonstration, BENCHMARK_ADDRESS=address))


def offers_roles(chosen: Settings) -> bool:
    running = server.start(chosen)
    running.database.close()
    return running.offers_demonstration_sign_in


@pytest.fixture
def nothing_running(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has just begun."""
    monkeypatch.setattr(server, "_running", server._Running())


@pytest.mark.usefixtures("nothing_running")
def test_the_server_of_the_process_is_started_once_and_stays_stopped(
    demonstration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENCHMARK_DATABASE", str(demonstration))
    running = server.current()
    assert server.current() is running
    server.stop()
    server.stop()
    assert server.current() is running, "the file is not opened anew"
    with pytest.raises(StoreError, match="The server is stopping"):
        contents(running)
    assert not is_held(demonstration)


@pytest.mark.usefixtures("nothing_running")
def test_a_database_that_is_not_given_back_in_order_is_an_alarm_and_no_crash(
    demonstration: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setenv("BENCHMARK_DATABASE", str(demonstration))
    monkeypatch.setattr(server.current().database, "_move_log", fail)
    server.stop()
    assert "database not given back in order" in caplog.text
    assert "The disk is full." in caplog.text
    assert not is_held(demonstration)


@pytest.mark.usefixtures("nothing_running")
def test_stopping_what_never_started_does_nothing() -> None:
    server.stop()
    server.stop()
    assert server._running.server is None


def test_a_server_that_is_used_for_a_while_gives_way_to_the_one_before(
    demonstration: Path,
) -> None:
    running = server.start(copies.of(demonstration))
    other = replace(running)
    try:
        with server.using(running):
            with server.using(other):
                assert server.current() is other
            assert server.current() is running
    finally:
        running.database.close()


def test_the_secret_is_never_shown(demonstration: Path) -> None:
    chosen = copies.of(demonstration)
    assert chosen.secret == copies.SECRET
    assert copies.SECRET not in f"{chosen!r} {chosen}"
