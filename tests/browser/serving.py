"""The dashboard as it is served: a process of its own, on a free port and a copied database."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.web import copies

ROOT = Path(__file__).resolve().parents[2]
_SECONDS_TO_START = 90


@dataclass(frozen=True)
class Site:
    """A served dashboard. ``states`` is what /healthz said from the first answer to the last."""

    port: int
    log: Path
    states: tuple[int, ...]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


@contextmanager
def served(folder: Path, port: int = 0, **more: str) -> Iterator[Site]:
    """A dashboard with the demonstration, ready for its first visitor; ended afterwards.

    A database that is there is served as it is. ``more`` adds to its settings.
    """
    database, log, port = folder / "served.duckdb", folder / "server.log", port or free_port()
    if not database.exists():
        shutil.copyfile(copies.filled(), database)
    told = {
        "BENCHMARK_DATABASE": str(database),
        "BENCHMARK_SECRET": copies.SECRET,
        "BENCHMARK_PORT": str(port),
        "STREAMLIT_SERVER_PORT": str(port),
        **more,
    }
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard.py"],
            cwd=ROOT,
            env={**os.environ, **told},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Site(port, log, tuple(until_ready(process, port, log)))
    finally:
        process.terminate()
        process.wait(timeout=20)


def until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> Iterator[int]:
    """Each new answer of /healthz until it is 200."""
    last, deadline = 0, time.monotonic() + _SECONDS_TO_START
    while last != 200:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The dashboard did not start:\n{log.read_text('utf-8')}")
        now = asked(port)
        if now and now != last:
            yield now
        last = now
        time.sleep(0.05)


def asked(port: int) -> int:
    """The status of /healthz; 0 while nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
