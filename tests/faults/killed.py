"""Killing a child at its work, and what it had acknowledged by then."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarking.settings import ROOT

_PATIENCE = 120.0


def killed_after(
    work: str, address: str, folder: Path, *, acknowledged: int, milliseconds: float = 0.0
) -> list[str]:
    """Kills the child so long after its so-many-th acknowledgement; all that it acknowledged."""
    file = folder / "acknowledged.txt"
    child = _child(work, address, file)
    deadline = time.monotonic() + _PATIENCE
    # One more than asked: the first says only that it has begun.
    while len(_lines(file)) < acknowledged + 1:
        if child.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"The child ended by itself: {child.communicate()[1]}")
        time.sleep(0.002)
    time.sleep(milliseconds / 1000)
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=_PATIENCE)
    return _lines(file)[1:]


def killed_at(work: str, address: str, folder: Path, point: str, number: int = 0) -> list[str]:
    """Has the child kill itself at a point; all that it acknowledged."""
    file = folder / "acknowledged.txt"
    child = _child(work, address, file, point, str(number))
    _, said = child.communicate(timeout=_PATIENCE)
    assert child.returncode == -signal.SIGKILL, f"It came through to its end: {said}"
    return _lines(file)[1:]


def _child(work: str, address: str, file: Path, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-W", "ignore", "-m", "tests.faults.child"]
    return subprocess.Popen(
        [*command, work, address, str(file), *more],
        cwd=ROOT,
        env={**os.environ, "BENCHMARK_DATABASE": str(file.with_name("tests.duckdb"))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _lines(file: Path) -> list[str]:
    """Whole lines only: the last may be half written."""
    text = file.read_text("utf-8") if file.exists() else ""
    return text.split("\n")[:-1]
