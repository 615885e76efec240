"""What bringing files costs: publications, monthly figures, survey replies, evidence files.

Each import runs in a process of its own over a demonstration of its own; so does a plain reading
of the same file by pandas, which checks and stores nothing.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarking.moments import local, utc_now
from benchmarking.series import shipped
from benchmarking.series.months import last_ended, later, month_code
from benchmarking.settings import ROOT, read
from benchmarking.standard import load_library
from benchmarking.store import cycles
from benchmarking.store.existing import open_existing
from benchmarks.servers import told_by

SIZES = (10_000, 100_000, 1_000_000)
TRUSTS, MONTHS = 60, 24
SEED = 20261122
KO41A = ROOT / "data" / "published" / "ko41a_2024-25_org_level.csv"
# Two random megabytes behind the words that a PDF begins with.
EVIDENCE_BYTES = 2_000_000


def measure(sizes: Sequence[int] = SIZES) -> dict[str, dict[str, Any]]:
    """Rows a second and memory of each kind of file, beside a plain reading of it."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="benchmark-imports-") as name:
        folder = Path(name)
        cycle = _demonstration(folder / "first.duckdb")
        for title, kind, file, rows, about in _files(folder, sizes, cycle):
            shutil.copy(folder / "first.duckdb", folder / "now.duckdb")
            ours = _run(folder, kind, str(file), *about)
            baseline = _run(folder, "copied" if kind == "evidence" else "plain", str(file))
            found[title] = _compared(ours, baseline, rows, file.stat().st_size)
            (folder / "now.duckdb").unlink()
    return found


def _compared(ours: dict[str, float], plain: dict[str, float], rows: int, size: int) -> Any:
    return {
        "rows": rows,
        "file_mb": round(size / 1e6, 1),
        **ours,
        "rows_a_second": round(rows / ours["seconds"]),
        "plain_seconds": plain["seconds"],
        "plain_peak_mb": plain["peak_mb"],
        "times_plain": round(ours["seconds"] / max(plain["seconds"], 0.001), 1),
    }


def _files(
    folder: Path, sizes: Sequence[int], cycle: str
) -> Iterator[tuple[str, str, Path, int, tuple[str, ...]]]:
    """(title, kind, file, rows, what else the import is told), one after another."""
    known = KO41A.read_text("utf-8-sig")
    changed = folder / KO41A.name
    # A file that is loaded already would change nothing: a blank line makes it another.
    changed.write_text(known + "\n", "utf-8")
    yield "KO41a publication", "ko41a", changed, known.count("\n") - 1, ()
    yield "monthly figures", "monthly", *_monthly(folder / "monthly.csv"), ()
    for size in sizes:
        with _survey(folder / "replies.csv", size) as file:
            yield f"survey, {size:,} replies", "survey", file, size, (cycle,)
    paper = folder / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7\n" + np.random.default_rng(SEED).bytes(EVIDENCE_BYTES))
    yield "evidence file", "evidence", paper, 1, ()


def _monthly(path: Path) -> tuple[Path, int]:
    newest = last_ended(local(utc_now()).date())
    months = [month_code(later(newest, -back)) for back in range(MONTHS)]
    rows = [
        (f"DEMO-{trust:02}", series.id, month, 20, 25)
        for trust in range(1, TRUSTS + 1)
        for series in shipped()[:1]
        for month in months
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("trust", "series", "month", "in_time", "due"), *rows])
    return path, len(rows)


@contextmanager
def _survey(path: Path, replies: int) -> Iterator[Path]:
    """A file of that many replies in our template, for as long as it is needed."""
    library = load_library(read({}).standards)
    survey = next(s.complainant_survey for s in library.standards if s.complainant_survey)
    items = [item.id for item in survey.items]
    labels = np.array([choice.label for choice in library.scales[survey.scale].choices])
    drawn = np.random.default_rng(SEED).integers(0, len(labels), (replies, len(items)))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["response_id", "trust", *items])
        for number, row in enumerate(drawn):
            writer.writerow([f"R{number:07}", f"DEMO-{1 + number % TRUSTS:02}", *labels[row]])
    yield path
    path.unlink()


def _demonstration(path: Path) -> str:
    """Makes a demonstration; the id of its newest cycle."""
    command = [sys.executable, "-m", "benchmarking", "demo", "create"]
    subprocess.run(command, env=_environment(path), cwd=ROOT, check=True, capture_output=True)
    database = open_existing(str(path))
    with database.reading() as reading:
        found = cycles.every(reading)[0].cycle_id
    database.close()
    return found


def _run(folder: Path, kind: str, *about: str) -> dict[str, float]:
    environment = _environment(folder / "now.duckdb")
    return told_by("benchmarks.importing", kind, *about, environment=environment)


def _environment(path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "BENCHMARK_DATABASE": str(path),
        "BENCHMARK_EVIDENCE": str(path.with_name("evidence")),
        "BENCHMARK_SECRET": "a secret of this measurement",
    }
