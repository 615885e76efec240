"""People are let in once the dashboard has run, and not before."""

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarking import server
from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.store.installation import data_revision
from benchmarking.store.opening import open_database
from benchmarking.web import application, readiness
from benchmarking.web.readiness import Readiness
from tests.web import copies

Script = tuple[int, list[int]]


@pytest.fixture
def script() -> Iterator[Script]:
    """A dashboard whose own check fails for as long as there are faults; its port, its faults."""
    faults: list[int] = []

    class Check(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == "/_stcore/script-health-check"
            self.send_response(faults.pop() if faults else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Check) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield listening.server_port, faults
        listening.shutdown()


def asked(ready: Readiness) -> tuple[int, object]:
    answer = TestClient(Starlette(routes=[Route("/healthz", ready.answer)])).get("/healthz")
    return answer.status_code, answer.json()


def test_a_server_is_not_ready_before_the_dashboard_has_run_and_is_afterwards(
    script: Script,
) -> None:
    port, _ = script
    ready = Readiness(port)
    assert asked(ready) == (503, {"ready": False})
    asyncio.run(ready.warm_up())
    assert asked(ready) == (200, {"ready": True})


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
    assert asked(ready) == (503, {"ready": False})
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


def test_the_database_is_open_while_the_server_lives_and_free_for_others_afterwards(
    tmp_path: Path,
) -> None:
    async def live(running: Server) -> None:
        async with application.lifespan(None):
            assert server.current() is running
            with running.database.reading() as reading:
                assert data_revision(reading) > 0

    with copies.opened(tmp_path) as running:
        asyncio.run(live(running))
        (tmp_path / "copy.duckdb").rename(tmp_path / "moved.duckdb")
        opened = open_database(copies.of(tmp_path / "moved.duckdb"), utc_now())
        opened.close()
