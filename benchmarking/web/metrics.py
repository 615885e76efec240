"""Numbers for whoever watches the server: on a port of their own that only this machine reaches."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from benchmarking import measures
from benchmarking.store import installation
from benchmarking.store.database import StoreError
from benchmarking.web.health import Health

_HOME = "127.0.0.1"


class PortTaken(Exception):
    """Nobody can listen on the port for numbers. Says what to do."""


class Looked(Collector):
    """What is not counted but looked up each time somebody asks."""

    def __init__(self, health: Health):
        self._health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The room on the disk, and how far the published data has come."""
        free = self._free()
        if free != float("inf"):
            yield GaugeMetricFamily(
                "benchmark_disk_free_bytes",
                "Room where the database and evidence files lie; the least of it.",
                value=free,
            )
        revision = self._revision()
        if revision is not None:
            yield GaugeMetricFamily(
                "benchmark_data_revision", "Rises with every change of data.", value=revision
            )

    def _free(self) -> float:
        try:
            return self._health.free_bytes()
        except OSError:
            # Alarmed by whoever watches the disk; what is not known is not shown.
            return float("inf")

    def _revision(self) -> int | None:
        if self._health.running is None:
            return None
        try:
            with self._health.running.database.reading() as reading:
                return installation.data_revision(reading)
        except StoreError:
            # Counted where it happened; what is not known is not shown.
            return None


@contextmanager
def shown(health: Health, port: int) -> Iterator[None]:
    """Shows the numbers at http://127.0.0.1:port/metrics for a while; not at all where port is 0.

    Raises:
        PortTaken: somebody else listens there.
    """
    if port == 0:
        yield
        return
    looked = CollectorRegistry()
    looked.register(Looked(health))
    try:
        listening, thread = start_http_server(port, addr=_HOME, registry=_Both(looked))
    except OSError as fault:
        raise PortTaken(
            f"BENCHMARK_METRICS_PORT: nobody can listen on {_HOME}:{port} ({fault.strerror}). "
            f"Give every process on this machine a port of its own, or 0 for none."
        ) from None
    try:
        yield
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


class _Both(CollectorRegistry):
    """What was counted, and then what is looked up."""

    def __init__(self, looked: CollectorRegistry):
        super().__init__()
        for registry in (measures.REGISTRY, looked):
            self.register(registry)  # type: ignore[arg-type]
