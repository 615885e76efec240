"""Servers of our own on loopback, started for a measurement and ended by their process id."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarking.settings import ROOT


@dataclass(frozen=True)
class RunningServer:
    """A server process and where it listens."""

    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Processor time spent so far, of all its threads."""
        times = self.process.cpu_times()
        return times.user + times.system


@contextmanager
def serving(
    script: str, ready: str, folder: Path, settings: Mapping[str, str] | None = None
) -> Iterator[RunningServer]:
    """Serves a script of this repository with a database in a folder, until the block ends.

    Args:
        script: to be served.
        ready: the address that answers once it is ready.
        folder: where the database lies, unless ``settings`` name another.
        settings: of this server, by environment variable.
    """
    port = free_port()
    environment = {
        **os.environ,
        "BENCHMARK_DATABASE": str(folder / "benchmark.duckdb"),
        **(settings or {}),
        "BENCHMARK_PORT": str(port),
        "STREAMLIT_SERVER_PORT": str(port),
    }
    command = [sys.executable, "-m", "streamlit", "run", script]
    started = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://localhost:{port}{ready}")
        yield RunningServer(port, psutil.Process(started.pid))
    finally:
        started.terminate()
        started.wait(timeout=30)


def told_by(
    module: str, *about: str, given: str = "", environment: Mapping[str, str] | None = None
) -> Any:
    """What another process says in JSON that runs a module of this repository.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *about],
        input=given,
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(about)} failed. It said:\n{done.stderr}")
    return json.loads(done.stdout)


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def wait_for(address: str, seconds: float = 120) -> None:
    """Waits until an address answers.

    Raises:
        TimeoutError: it does not.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer within {seconds:.0f} seconds.")
