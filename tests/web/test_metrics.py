"""Numbers for whoever watches the server: for this machine alone, and about nobody."""

import shutil
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarking import measures
from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.store.database import AuditEntry, Database, Reading, StoreError
from benchmarking.web import metrics
from benchmarking.web.health import Health
from benchmarking.web.readiness import Readiness
from tests.browser.serving import free_port


@pytest.fixture
def health(demonstration: Server) -> Health:
    return Health(Readiness(1, is_ready=True), demonstration)


def read(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        return str(answer.read().decode())


def seen(health: Health) -> str:
    port = free_port()
    with metrics.shown(health, port):
        return read(port)


def test_what_is_counted_and_what_is_looked_up_is_shown(health: Health) -> None:
    said = seen(health)
    for name in (
        "benchmark_sessions",
        "benchmark_rerun_seconds",
        "benchmark_requests_total",
        "benchmark_writes_total",
        "benchmark_write_wait_seconds",
        "benchmark_bulk_rows_total",
        "benchmark_database_errors_total",
        "benchmark_work_last_success_timestamp_seconds",
        "benchmark_data_revision ",
        "benchmark_disk_free_bytes ",
        "process_resident_memory_bytes",
    ):
        assert name.removesuffix("_total") in said


def test_a_disk_that_cannot_be_asked_is_left_out(
    health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(shutil, "disk_usage", fail)
    said = seen(health)
    assert "benchmark_disk_free_bytes" not in said
    assert "benchmark_data_revision " in said


def test_numbers_name_no_trust_and_no_person(health: Health) -> None:
    said = seen(health)
    assert "DEMO-" not in said and "RJ1" not in said and "@" not in said


def test_only_this_machine_reaches_them(health: Health) -> None:
    port = free_port()
    with metrics.shown(health, port), socket.socket() as elsewhere:
        # The wildcard address stays free only where nobody listens on more than loopback.
        elsewhere.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        assert listeners(port) == {"127.0.0.1"}


def listeners(port: int) -> set[str]:
    """The addresses that somebody listens on at a port, as Linux knows them."""
    found = set()
    with open("/proc/net/tcp", encoding="ascii") as table:
        for line in table.readlines()[1:]:
            address, state = line.split()[1], line.split()[3]
            home, _, its_port = address.partition(":")
            if state == "0A" and int(its_port, 16) == port:
                found.add(socket.inet_ntoa(bytes.fromhex(home)[::-1]))
    return found


def test_nothing_is_shown_unless_a_port_is_set(
    health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "start_http_server", None)
    with metrics.shown(health, 0):
        pass


def test_a_port_that_is_taken_is_told_in_words(health: Health) -> None:
    port = free_port()
    with (
        metrics.shown(health, port),
        pytest.raises(metrics.PortTaken, match="BENCHMARK_METRICS_PORT: nobody can listen on"),
        metrics.shown(health, port),
    ):
        pytest.fail("two servers on one port")


def test_the_port_is_free_afterwards(health: Health) -> None:
    port = free_port()
    for _ in range(2):
        with metrics.shown(health, port):
            assert "benchmark_sessions" in read(port)


def test_a_database_that_fails_hides_one_number_and_no_other(
    health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def fail(_: Database) -> Iterator[Reading]:
        raise StoreError("Gone.")
        yield

    monkeypatch.setattr(Database, "reading", fail)
    said = seen(health)
    assert "benchmark_data_revision" not in said
    assert "benchmark_disk_free_bytes" in said


def test_before_the_database_is_open_there_is_little_to_look_up() -> None:
    said = seen(Health(Readiness(1)))
    assert "benchmark_data_revision" not in said and "benchmark_sessions" in said


def counted(ended: str) -> float:
    return measures.REGISTRY.get_sample_value("benchmark_writes_total", {"ended": ended}) or 0.0


def test_writes_are_counted_by_how_they_ended(demonstration: Server) -> None:
    entry = AuditEntry(1, "count", "metrics", utc_now())
    before = {how: counted(how) for how in ("kept", "given up", "failed")}
    database = demonstration.database
    with database.writing(entry):
        pass
    with database.writing(entry) as writing:
        writing.give_up()
    with pytest.raises(ZeroDivisionError), database.writing(entry):
        raise ZeroDivisionError
    assert {how: counted(how) - before[how] for how in before} == {
        "kept": 1,
        "given up": 1,
        "failed": 1,
    }
