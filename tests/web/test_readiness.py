"""People are let in once the dashboard has run, and not before."""

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarking.web import inner_addresses, readiness
from benchmarking.web.application import Surroundings
from benchmarking.web.readiness import Readiness
from tests.holding import is_held
from tests.web import copies

Script = tuple[int, list[int]]


@pytest.fixture
def script() -> Iterator[Script]:
    """A dashboard whose own check fails for as long as there are faults; its port, its faults."""
    faults: list[int] = []

    class Check(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == "/_stcore/script-health-check"
            assert self.headers[inner_addresses.OWN_ASKING] == inner_addresses.own_word
            self.send_response(faults.pop() if faults else 200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Check) as listening:
        threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()
        yield listening.server_port, faults
        listening.shutdown()


def test_a_server_is_not_ready_before_the_dashboard_has_run_and_is_afterwards(
    script: Script,
) -> None:
    port, _ = script
    ready = Readiness(port)
    assert not ready.is_ready
    asyncio.run(ready.warm_up())
    assert ready.is_ready


def test_a_dashboard_that_fails_at_first_is_asked_again(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, faults = script
    faults += [500, 503]
    monkeypatch.setattr(readiness, "_PAUSE_SECONDS", 0.01)
    ready = Readiness(port)
    asyncio.run(ready.warm_up())
    assert ready.is_ready and faults == []


def test_a_dashboard_that_never_runs_is_never_ready(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, faults = script
    faults += [500] * 9
    monkeypatch.setattr(readiness, "_PAUSE_SECONDS", 0)
    monkeypatch.setattr(readiness, "_TRIES", 3)
    ready = Readiness(port)
    asyncio.run(ready.warm_up())
    assert not ready.is_ready
    assert len(faults) == 6, "it gave up after three tries"


def test_a_port_where_nobody_listens_is_not_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(readiness, "_PAUSE_SECONDS", 0)
    monkeypatch.setattr(readiness, "_TRIES", 2)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as passing:
        port = passing.server_port
    ready = Readiness(port)
    asyncio.run(ready.warm_up())
    assert not ready.is_ready


def test_the_server_holds_the_database_while_it_lives_and_no_longer(tmp_path: Path) -> None:
    held: list[bool] = []

    async def live() -> None:
        async with Surroundings(Readiness(port=8501)).lifespan(None):
            held.append(is_held(tmp_path / "copy.duckdb"))

    with copies.opened(tmp_path):
        asyncio.run(live())
        held.append(is_held(tmp_path / "copy.duckdb"))
    assert held == [True, False]
