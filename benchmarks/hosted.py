"""What one reply to the hosted survey costs among a million answers, on both engines.

A reply is a batch of its own: its answers are added, and the roll-up is carried on by what the
batch changed, which is found by its number.
"""

import tempfile
import time
from pathlib import Path

from benchmarking.replies import Reply, Way
from benchmarking.settings import read
from benchmarking.standard import Standard, load_library
from benchmarking.store import responses
from benchmarking.store.database import AuditEntry, Database, connect
from benchmarking.store.migrate import migrate
from benchmarking.store.responses import Place
from benchmarks.replicas import postgresql
from benchmarks.responses import ITEMS, MILLION, NOW, TRUSTS, fill

REPLIES = 30
PLACE = Place(7, 1)


def measure(rows: int = MILLION) -> dict[str, dict[str, float]]:
    """Milliseconds of one reply, the median of some, on each engine."""
    with tempfile.TemporaryDirectory(prefix="benchmark-hosted-") as folder:
        found = {"DuckDB": _on(str(Path(folder) / "hosted.duckdb"), rows)}
        with postgresql(Path(folder)) as address:
            found["PostgreSQL"] = _on(address, rows)
    return found


def _on(address: str, rows: int) -> dict[str, float]:
    database = connect(address)
    try:
        migrate(database, NOW)
        fill(database, rows)
        _number_batches_after(database, TRUSTS)
        standard = next(s for s in load_library(read({}).standards).standards)
        return {"rows": rows, "ms": _reply_ms(database, standard)}
    finally:
        database.close()


def _number_batches_after(database: Database, last: int) -> None:
    """The batches that were filled in have numbers of their own, which no new one may take."""
    with database.writing(AuditEntry(0, "number batches", "benchmark", NOW)) as writing:
        while writing.value("SELECT nextval('survey_batch_number')") < last:
            pass


def _reply_ms(database: Database, standard: Standard) -> float:
    reply = Reply("", (4,) * ITEMS)
    taken = []
    for _ in range(REPLIES):
        start = time.perf_counter()
        with database.writing(AuditEntry(0, "use survey link", "benchmark", NOW)) as writing:
            batch = responses.begin_batch(writing, Way.HERE, standard)
            responses.add_answers(writing, PLACE, batch, range(1, ITEMS + 1), [reply])
            responses.count_in(writing, batch)
        taken.append((time.perf_counter() - start) * 1000)
    return round(sorted(taken)[REPLIES // 2], 1)
