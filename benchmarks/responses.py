"""What survey replies cost: importing ten million answers, adding all up, reading one trust's.

    python -m benchmarks.responses
    python -m benchmarks.responses --hundred-million

prints a table and JSON. The import is the command itself, in a process of its own: seconds and
the most memory it took. Adding up is held against numpy's bincount over the same arrays in the
same run; reading one trust's waves is what a page does. Ratios may be compared between machines,
milliseconds may not.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarking.replies import Way
from benchmarking.settings import read
from benchmarking.standard import load_library
from benchmarking.store import cycles, installation, responses
from benchmarking.store.database import AuditEntry, Database, Reading, connect
from benchmarking.store.existing import open_existing
from benchmarking.store.installation import Kind
from benchmarking.store.migrate import migrate
from benchmarking.store.responses import Place

MILLION = 1_000_000
ANSWERS_IMPORTED = 10 * MILLION
TRUSTS, PERIODS, ITEMS = 215, 8, 25
AGREES_FROM, TOP, NO_VALUE = 4, 5, 10
SEED = 20261122
ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 22)

# The roll-up of every answer there is, as a rebuild adds it up.
ADD_UP = f"""
    SELECT organisation_id, period, item,
        sum(CASE WHEN answer BETWEEN {AGREES_FROM} AND {TOP} THEN sign ELSE 0 END) AS part,
        sum(CASE WHEN answer <= {TOP} THEN sign ELSE 0 END) AS out_of
    FROM response
    GROUP BY organisation_id, period, item
"""


def measure(rows_of: list[int]) -> dict[str, Any]:
    """The import, and for each number of rows how long adding up and one page's reading take."""
    with tempfile.TemporaryDirectory(prefix="benchmark-responses-") as folder:
        imported = measure_import(Path(folder))
        rows = {f"{size // MILLION} million": _at(Path(folder), size) for size in rows_of}
    return {"import": imported, "rows": rows, "page ratio": _page_ratio(list(rows.values()))}


def measure_import(folder: Path) -> dict[str, float]:
    """Seconds and megabytes of ``import survey`` for ten million answers of 60 trusts."""
    environment = {
        **os.environ,
        "BENCHMARK_DATABASE": str(folder / "import.duckdb"),
        "BENCHMARK_SECRET": "a secret of this measurement",
    }
    command = [sys.executable, "-m", "benchmarking"]
    subprocess.run([*command, "demo", "create"], env=environment, cwd=ROOT, check=True)
    database = open_existing(environment["BENCHMARK_DATABASE"])
    with database.reading() as reading:
        cycle = cycles.every(reading)[0].cycle_id
    database.engine.dispose()
    replies = _write_file(folder / "replies.csv")
    start = time.monotonic()
    child = subprocess.Popen(
        [*command, "import", "survey", str(folder / "replies.csv"), "--cycle", cycle],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise RuntimeError("The import failed. What it said stands above.")
    return {
        "replies": replies,
        "answers": ANSWERS_IMPORTED,
        "file_mb": round((folder / "replies.csv").stat().st_size / MILLION),
        "seconds": round(time.monotonic() - start, 1),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_mb": round(used.ru_maxrss / 1024),
    }


def _write_file(path: Path) -> int:
    """A file in our template with ten million answers; how many replies that are."""
    library = load_library(read({}).standards)
    survey = next(s.complainant_survey for s in library.standards if s.complainant_survey)
    items = [item.id for item in survey.items]
    labels = np.array([choice.label for choice in library.scales[survey.scale].choices])
    replies = -(-ANSWERS_IMPORTED // len(items))
    drawn = np.random.default_rng(SEED).integers(0, len(labels), (replies, len(items)))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["response_id", "trust", *items])
        for number, row in enumerate(drawn):
            writer.writerow([f"R{number:07}", f"DEMO-{1 + number % 60:02}", *labels[row]])
    return replies


def _at(folder: Path, size: int) -> dict[str, float]:
    database = connect(str(folder / f"{size}.duckdb"))
    migrate(database, NOW)
    fill(database, size)
    added, counted = _adding_up(database, size), _counting(size)
    reading = _best_ms(lambda: _one_page(database), 30)
    database.close()
    return {
        "add_up_ms": round(added, 1),
        "bincount_ms": round(counted, 1),
        "ratio": round(added / counted, 2),
        "page_ms": round(reading, 2),
        "file_mb": round((folder / f"{size}.duckdb").stat().st_size / MILLION),
    }


def fill(database: Database, size: int) -> None:
    """Answers of 215 trusts in 8 cycles, each trust's in one batch, in the order of a load."""
    with database.writing(AuditEntry(0, "fill", "benchmark", NOW)) as writing:
        installation.set_up(writing, Kind.DEMONSTRATION, NOW)
        columns = ("item", "standard_id", "item_id", "agrees_from", "top")
        items = [(n, "benchmark", str(n), AGREES_FROM, TOP) for n in range(1, ITEMS + 1)]
        writing.bulk("survey_item", columns, items)
        for trust, period, item, answer in _answers(size):
            arrays = {
                "organisation_id": np.full(item.size, trust, np.int16),
                "period": period,
                "item": item,
                "answer": answer,
                "sign": np.ones(item.size, np.int16),
                "batch": np.full(item.size, trust, np.int32),
            }
            writing.bulk_columns("response", arrays)
    with database.writing(AuditEntry(0, "roll up", "benchmark", NOW)) as writing:
        writing.bulk_columns("response_wave", _rolled_up(writing))
    database.checkpoint()


def _rolled_up(reading: Reading) -> dict[str, np.ndarray | list[str]]:
    """The roll-up that the batches would have left, all at once."""
    rows = [
        (place.organisation_id, place.period, item, wave, counts.part, counts.out_of)
        for (place, item), waves in responses.rebuilt(reading).items()
        for wave, counts in enumerate((waves.waiting, *waves.full))
    ]
    names = ("organisation_id", "period", "item", "wave", "part", "out_of")
    columns = dict(zip(names, np.array(rows).T, strict=True))
    return {**columns, "way": [Way.ELSEWHERE.value] * len(rows)}


def _answers(size: int) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
    """(trust, periods, items, answers) of each trust, sorted by period and item."""
    drawn = np.random.default_rng(SEED)
    values = np.array([1, 2, 3, 4, 5, NO_VALUE], dtype=np.int16)
    for trust in range(1, TRUSTS + 1):
        rows = size // TRUSTS + (trust <= size % TRUSTS)
        cell = np.arange(rows, dtype=np.int64) * (PERIODS * ITEMS) // rows
        period = (1 + cell // ITEMS).astype(np.int16)
        item = (1 + cell % ITEMS).astype(np.int16)
        yield trust, period, item, values[drawn.integers(0, values.size, rows)]


def _adding_up(database: Database, size: int) -> float:
    """Milliseconds to add everything up on the engine, its result fetched as arrays."""
    with database.engine.connect() as connection:
        inner: Any = connection.connection.driver_connection
        found = inner.execute(ADD_UP).fetchnumpy()
        if found["out_of"].size != min(TRUSTS * PERIODS * ITEMS, size):
            raise RuntimeError("Not every cell was added up.")
        return _best_ms(lambda: inner.execute(ADD_UP).fetchnumpy(), 5)


def _counting(size: int) -> float:
    """Milliseconds of numpy's bincount over the same answers."""
    parts = [(np.full(i.size, t, np.int16), p, i, a) for t, p, i, a in _answers(size)]
    trust, period, item, answer = (np.concatenate(some) for some in zip(*parts, strict=True))
    del parts
    cells = (TRUSTS + 1) * (PERIODS + 1) * (ITEMS + 1)

    def count() -> object:
        key = (trust.astype(np.int32) * (PERIODS + 1) + period) * (ITEMS + 1) + item
        agree = (answer >= AGREES_FROM) & (answer <= TOP)
        return (
            np.bincount(key[answer <= TOP], minlength=cells),
            np.bincount(key[agree], minlength=cells),
        )

    return _best_ms(count, 3)


def _one_page(database: Database) -> object:
    """What a page of one trust reads of its survey."""
    with database.reading() as reading:
        numbers = responses.item_numbers(reading, "benchmark")
        return numbers, responses.waves_of(reading, Place(TRUSTS // 2, PERIODS // 2))


def _best_ms(work: Callable[[], object], repeats: int) -> float:
    work()
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def _page_ratio(found: list[dict[str, float]]) -> float:
    """How many times as long a page takes to read at the most rows as at the fewest."""
    return round(found[-1]["page_ms"] / found[0]["page_ms"], 2)


def _print(found: dict[str, Any]) -> None:
    taken = found["import"]
    print(f"Import: {taken['seconds']} s, at most {taken['peak_mb']} MB\n")
    print("| Rows | adding up, ms | bincount, ms | ratio | one page, ms | file, MB |")
    print("|---|---|---|---|---|---|")
    for rows, row in found["rows"].items():
        print(f"| {rows} | {' | '.join(str(value) for value in row.values())} |")
    print()
    print(json.dumps(found, indent=2, ensure_ascii=False))


def sizes(hundred_million: bool) -> list[int]:
    """The numbers of rows that are measured."""
    return [MILLION, 10 * MILLION, *([100 * MILLION] if hundred_million else [])]


if __name__ == "__main__":
    _print(measure(sizes("--hundred-million" in sys.argv[1:])))
