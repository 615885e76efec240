"""What was measured on: the processor, its cores, the memory, the versions, the day."""

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarking.moments import in_words, local, utc_now

NAMED = ("streamlit", "duckdb", "pandas", "numpy", "plotly", "sqlalchemy")


def described() -> dict[str, Any]:
    """The machine and what runs on it, with how busy it was before anything was measured."""
    return {
        "processor": processor(_lines("/proc/cpuinfo")) or platform.processor() or "not known",
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in NAMED},
        "measured_on": in_words(local(utc_now()).date()),
        "load_before": round(os.getloadavg()[0], 1),
    }


def processor(lines: Iterable[str]) -> str:
    """The model of the processor, of what Linux says of it; "" where it says nothing."""
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "")


def sentence(machine: dict[str, Any]) -> str:
    """One line for the foot of a table."""
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return (
        f"{machine['measured_on']}; {machine['cores']} cores of {machine['processor']}, "
        f"{machine['memory_gb']} GB, load {machine['load_before']} before the start; "
        f"Python {machine['python']}, {versions}."
    )


def _lines(path: str) -> list[str]:
    found = Path(path)
    return found.read_text("utf-8").splitlines() if found.exists() else []
