"""People are let in once the dashboard has run, and not before."""

import asyncio
import gc
import json
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarking.web import application, inner_addresses, readiness
from benchmarking.web.application import Surroundings, surround
from benchmarking.web.readiness import Readiness
from tests.holding import is_held
from tests.test_provider import COMPLETE
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


def test_a_dashboard_that_fails_for_long_is_one_alarm_and_is_still_asked(
    script: Script, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    port, faults = script
    faults += [500] * 9
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    monkeypatch.setattr(readiness.asyncio, "sleep", pause)
    monkeypatch.setattr(readiness, "_TRIES", 3)
    ready = Readiness(port)
    asyncio.run(ready.warm_up())
    assert ready.is_ready
    assert paused == [0.25] * 2 + [5.0] * 7
    (line,) = [json.loads(record.getMessage()) for record in caplog.records]
    assert line["event"] == "not ready"
    assert "it is tried again every few seconds" in line["do"]


def test_a_port_where_nobody_listens_is_not_ready() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as passing:
        port = passing.server_port
    assert not Readiness(port)._runs()


def test_a_proxy_for_what_lies_outside_is_not_asked(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert Readiness(script[0])._runs()


@pytest.mark.parametrize(
    "listens_on, asked_at",
    [
        ("10.0.0.5", "http://10.0.0.5:8501/"),
        ("::1", "http://[::1]:8501/"),
        ("fd00::5", "http://[fd00::5]:8501/"),
        ("0.0.0.0", "http://127.0.0.1:8501/"),
    ],
)
def test_a_server_on_one_address_is_asked_there_and_answers_to_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listens_on: str, asked_at: str
) -> None:
    told = {
        "BENCHMARK_ADDRESS": listens_on,
        "BENCHMARK_DATABASE": str(tmp_path / "d.duckdb"),
        "BENCHMARK_SECRET": copies.SECRET,
        **COMPLETE,
    }
    for name, said in told.items():
        monkeypatch.setenv(name, said)
    options = {"server.port": 8501, "server.address": listens_on}
    around = surround(options.get)
    assert f"http://{around.readiness.address}:8501/" == asked_at
    app = Starlette(middleware=around.middleware(), routes=[Route("/", lambda _: Response("in"))])
    assert TestClient(app, base_url=asked_at).get("/").text == "in"


def test_it_is_asked_at_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(request: urllib.request.Request, timeout: float) -> None:
        asked.append(request.full_url)
        raise ConnectionRefusedError(timeout)

    monkeypatch.setattr(readiness._direct, "open", refuse)
    assert not Readiness(8501, "[::1]")._runs()
    assert asked == ["http://[::1]:8501/_stcore/script-health-check"]


def test_the_server_holds_the_database_while_it_lives_and_no_longer(tmp_path: Path) -> None:
    held: list[bool] = []

    async def live() -> None:
        async with Surroundings(Readiness(port=8501)).lifespan(None):
            held.append(is_held(tmp_path / "copy.duckdb"))

    with copies.opened(tmp_path):
        asyncio.run(live())
        held.append(is_held(tmp_path / "copy.duckdb"))
    assert held == [True, False]


def test_collections_leave_out_what_was_made_until_the_server_was_ready(
    tmp_path: Path, script: Script
) -> None:
    async def live() -> None:
        async with Surroundings(Readiness(script[0])).lifespan(None), asyncio.timeout(60):
            while not gc.get_freeze_count():
                await asyncio.sleep(0.01)

    gc.unfreeze()
    with copies.opened(tmp_path):
        asyncio.run(live())
    gc.unfreeze()


def test_work_that_has_failed_does_not_keep_the_server_from_ending_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ended: list[str] = []

    async def fail(_: object) -> None:
        raise ZeroDivisionError

    async def go_on(_: object) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("in order")

    async def live() -> None:
        async with Surroundings(Readiness(port=8501)).lifespan(None):
            async with asyncio.timeout(60):
                while not caplog.records:
                    await asyncio.sleep(0.01)

    monkeypatch.setattr(application.notifying, "tell_every_hour", fail)
    monkeypatch.setattr(application.backing_up, "back_up_when_due", go_on)
    with copies.opened(tmp_path):
        asyncio.run(live())
        assert not is_held(tmp_path / "copy.duckdb")
    assert ended == ["in order"]
    assert json.loads(caplog.records[0].getMessage())["event"] == "fault"
