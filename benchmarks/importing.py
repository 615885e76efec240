"""One import or one plain reading of a file, in a process of its own; JSON out.

    python -m benchmarks.importing survey replies.csv 2026-27

The process is asked for the most memory it took, so each is measured in a new one.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarking import indicators, monthly_imports, published_imports, server, settings
from benchmarking.evidence_files import Upload, recognised
from benchmarking.survey import loads


def plain(file: str) -> None:
    """The same file read by pandas, without a check, stored nowhere."""
    pd.read_csv(file, dtype=str, keep_default_na=False)


def survey(file: str, cycle_id: str) -> None:
    running = server.current()
    loads.load(running.database, running.library, Path(file), cycle_id)


def ko41a(file: str) -> None:
    published_imports.import_ko41a(server.current(), Path(file))


def monthly(file: str) -> None:
    monthly_imports.import_monthly(server.current().database, Path(file))


def evidence(file: str) -> None:
    """An evidence file recognised by what is in it and kept under its hash."""
    running = server.current()
    content = Path(file).read_bytes()
    recognised(Upload(Path(file).name, content), running.files.largest)
    running.files.put(1, content)


def copied(file: str) -> None:
    """The same file read and written once, with nothing looked at."""
    content = Path(file).read_bytes()
    Path(file).with_suffix(".copy").write_bytes(content)


KINDS: dict[str, Callable[..., None]] = {
    one.__name__: one for one in (plain, survey, ko41a, monthly, evidence, copied)
}


def main(kind: str, *about: str) -> None:
    if kind not in ("plain", "copied"):
        server.current()
    else:
        indicators.load(settings.read().reference)
    before = _peak()
    start, cpu = time.perf_counter(), time.process_time()
    KINDS[kind](*about)
    told = {
        "seconds": round(time.perf_counter() - start, 3),
        "cpu_seconds": round(time.process_time() - cpu, 3),
        "before_mb": round(before),
        "peak_mb": round(_peak()),
    }
    json.dump(told, sys.stdout)
    server.stop()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
