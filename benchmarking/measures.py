"""What is counted while a copy runs: numbers for whoever watches it, and nobody's data.

Labels name pages, routes, tables and works as the code names them; never a trust, a person or an
address that somebody asked for. Counting costs microseconds, so it is always done; it is shown
only where BENCHMARK_METRICS_PORT is set.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

# A time of birth beside every number would double them, and nobody reads it.
disable_created_metrics()
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_MOMENTS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 5.0, 15.0)

SESSIONS = Gauge("benchmark_sessions", "Browser tabs that are connected now.", registry=REGISTRY)
RERUNS = Histogram(
    "benchmark_rerun_seconds",
    "Time to draw a page, from a click to its end on the server.",
    ["page"],
    buckets=_MOMENTS,
    registry=REGISTRY,
)
FAULTS = Counter(
    "benchmark_faults", "Faults that somebody was shown a reference for.", registry=REGISTRY
)
REQUESTS = Counter(
    "benchmark_requests",
    "Answers by route and status. A route is its pattern, not an address.",
    ["route", "status"],
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "benchmark_request_seconds",
    "Time to answer a request, websockets left out.",
    ["route"],
    buckets=_MOMENTS,
    registry=REGISTRY,
)
WRITES = Counter(
    "benchmark_writes",
    "Transactions that wrote, by how they ended: kept, given up, failed.",
    ["ended"],
    registry=REGISTRY,
)
WRITE_WAITS = Histogram(
    "benchmark_write_wait_seconds",
    "Time a writer waited for its turn.",
    buckets=_MOMENTS,
    registry=REGISTRY,
)
ROWS = Counter(
    "benchmark_bulk_rows",
    "Rows that imports and other bulk work handed to a table, kept or not.",
    ["table"],
    registry=REGISTRY,
)
DATABASE_ERRORS = Counter(
    "benchmark_database_errors", "Times that the database failed.", registry=REGISTRY
)
LAST_SUCCESS = Gauge(
    "benchmark_work_last_success_timestamp_seconds",
    "When the server's own work was last done by this process.",
    ["work"],
    registry=REGISTRY,
)


@contextmanager
def one_write() -> Iterator[list[str]]:
    """Counts a write by how it ended: as the list says last, else kept, else failed."""
    ended: list[str] = []
    how = "failed"
    try:
        yield ended
        how = ended[-1] if ended else "kept"
    finally:
        WRITES.labels(how).inc()
