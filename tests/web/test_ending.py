"""A served copy ends in order when it is told to, and refuses to begin where it must not."""

import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from benchmarking.settings import ROOT
from benchmarking.store.database import connect
from tests.browser.serving import free_port, until_ready
from tests.holding import is_held
from tests.web import copies, slow_dashboard

LONG = 120
Begun = tuple[subprocess.Popen[bytes], int]
SLOW = str(Path(slow_dashboard.__file__).relative_to(ROOT))


@contextmanager
def process(folder: Path, *command: str, **told: str) -> Iterator[Begun]:
    """A server process on a database in a folder, and its port; ended by force if need be."""
    port = free_port()
    settings = {
        "BENCHMARK_DATABASE": str(folder / "served.duckdb"),
        "BENCHMARK_SECRET": copies.SECRET,
        "BENCHMARK_PORT": str(port),
        "STREAMLIT_SERVER_PORT": str(port),
        "BENCHMARK_LOG_LEVEL": "info",
        "PYTHONPATH": str(ROOT),
        **told,
    }
    with (folder / "server.log").open("wb") as log:
        begun = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield begun, port
    finally:
        if begun.poll() is None:
            begun.kill()
        begun.wait(timeout=LONG)


def get(port: int, path: str) -> str:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)) as connection:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        with closing(connection.getresponse()) as answer:
            return answer.read().decode()


def written(database: Path) -> list[str]:
    opened = connect(str(database))
    with opened.reading() as reading:
        found = reading.rows("SELECT subject FROM audit WHERE action = 'slow write' ORDER BY 1")
    opened.close()
    return [row["subject"] for row in found]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_server_that_is_told_to_end_keeps_what_it_acknowledges(
    tmp_path: Path, told: signal.Signals
) -> None:
    database, log = tmp_path / "served.duckdb", tmp_path / "server.log"
    shutil.copyfile(copies.filled(), database)
    with (
        process(tmp_path, "-m", "streamlit", "run", SLOW) as (running, port),
        ThreadPoolExecutor(3) as people,
    ):
        assert list(until_ready(running, port, log))[-1] == 200
        asked: dict[str, Future[str]] = {
            name: people.submit(get, port, f"/slow/{name}") for name in ("one", "two", "three")
        }
        until_writing(tmp_path, running)
        running.send_signal(told)
        running.wait(timeout=LONG)
        kept = [name for name, answer in asked.items() if said(answer) == f"kept {name}"]
    assert kept, "the write under way was answered"
    assert not is_held(database)
    assert not Path(f"{database}.wal").exists(), "nothing waits in the log"
    assert set(kept) <= set(written(database))
    assert b"not given back in order" not in log.read_bytes()


def until_writing(folder: Path, running: subprocess.Popen[bytes]) -> None:
    """Waits until one of the slow writes is under way."""
    until = time.monotonic() + LONG
    while not any(folder.glob("*" + slow_dashboard.MARK)):
        assert running.poll() is None and time.monotonic() < until, "a write begins"
        time.sleep(0.01)


def said(answer: Future[str]) -> str:
    try:
        return answer.result(timeout=LONG)
    except (ConnectionError, http.client.HTTPException):
        # Never acknowledged, so it may be kept or not.
        return ""


def test_the_command_becomes_the_server_so_that_a_signal_reaches_it(tmp_path: Path) -> None:
    database, log = tmp_path / "served.duckdb", tmp_path / "server.log"
    shutil.copyfile(copies.filled(), database)
    with process(tmp_path, "-m", "benchmarking", "serve") as (running, port):
        list(until_ready(running, port, log))
        assert is_held(database)
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=LONG)
    assert not is_held(database)
    assert not Path(f"{database}.wal").exists()
    assert b"Application shutdown complete" in log.read_bytes()


WRONG = {
    "BENCHMARK_MODE": "production",
    "BENCHMARK_SECRET": "change-me-change-me-change-me-change-me",
    "BENCHMARK_ADDRESS": "0.0.0.0",
    "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",
    "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full",
    "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": "false",
}


@pytest.mark.parametrize(
    "command",
    [["-m", "benchmarking", "serve"], ["-m", "streamlit", "run", "dashboard.py"]],
    ids=["by the command", "by Streamlit itself"],
)
def test_a_production_server_lists_everything_that_must_not_be_and_ends_with_2(
    tmp_path: Path, command: list[str]
) -> None:
    with process(tmp_path, *command, **WRONG) as (running, _):
        assert running.wait(timeout=LONG) == 2
    lines = (tmp_path / "server.log").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith(("BENCHMARK", "Others", "Streamlit's"))]
    named = "\n".join(lines)
    for what in (
        "Others can reach the address 0.0.0.0",
        "BENCHMARK_SECRET: this one holds a word that stands in manuals",
        "BENCHMARK_PUBLIC_URL: others can reach",
        "Streamlit's client.showErrorDetails is 'full'",
        "Streamlit's server.enableXsrfProtection",
    ):
        assert what in named
    assert "Traceback" not in named and WRONG["BENCHMARK_SECRET"] not in named
    assert not (tmp_path / "served.duckdb").exists(), "nothing was opened"


def test_a_port_for_numbers_that_is_taken_ends_the_start_with_2(tmp_path: Path) -> None:
    shutil.copyfile(copies.filled(), tmp_path / "served.duckdb")
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with process(
            tmp_path, "-m", "streamlit", "run", "dashboard.py", BENCHMARK_METRICS_PORT=port
        ) as (running, _):
            assert running.wait(timeout=LONG) == 2
    assert f"nobody can listen on 127.0.0.1:{port}" in (tmp_path / "server.log").read_text("utf-8")


ADD = ("people", "add", "--subject", "a1", "--title", "Administrator", "--role", "administrator")


def test_a_production_server_begins_once_its_first_administrator_was_added(tmp_path: Path) -> None:
    told = {"BENCHMARK_MODE": "production", "BENCHMARK_SECRET": secrets.token_hex(32)}
    log = tmp_path / "server.log"
    with process(tmp_path, "-m", "benchmarking", "serve", **told) as (running, _):
        assert running.wait(timeout=LONG) == 2
    assert f"there is no database at {tmp_path / 'served.duckdb'}" in log.read_text("utf-8")
    with process(tmp_path, "-m", "benchmarking", *ADD, **told) as (adding, _):
        assert adding.wait(timeout=LONG) == 0
    with process(tmp_path, "-m", "benchmarking", "serve", **told) as (running, port):
        assert list(until_ready(running, port, log))[-1] == 200
        assert "my-expectations/2014.1" in get(port, "/healthz")
