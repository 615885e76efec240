"""The service as it is deployed: nginx as we ship it, two replicas, one PostgreSQL; on loopback."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.browser.serving import ROOT, asked, free_port
from tests.deploy import proxy
from tests.deploy.proxy import Proxy
from tests.web import copies

_SECONDS_TO_START = 150


@dataclass
class Replica:
    """One process of the application, and the port it listens on."""

    port: int
    settings: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Begins to start; ``wait`` waits until it is ready."""
        with self.log.open("ab") as written:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "benchmarking", "serve"],
                cwd=ROOT,
                env={**os.environ, **self.settings},
                stdout=written,
                stderr=subprocess.STDOUT,
            )

    def wait(self) -> None:
        """Waits until people can be let in.

        Raises:
            RuntimeError: it did not start, with its log.
        """
        assert self.process is not None
        until = time.monotonic() + _SECONDS_TO_START
        while asked(self.port) != 200:
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"A replica did not start:\n{self.log.read_text('utf-8')}")
            time.sleep(0.1)

    def kill(self) -> None:
        """Ends it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=40)

    def stop(self) -> None:
        """Ends it in order, if it runs."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=40)


@dataclass(frozen=True)
class Deployment:
    """The running service: what is before it, its replicas, its database and that one's server."""

    proxy: Proxy
    replicas: tuple[Replica, Replica]
    database: str
    postgresql: Any


@contextmanager
def deployed(
    folder: Path, pgserver: ModuleType, postgresql_folder: str, **more: str
) -> Iterator[Deployment]:
    """The service on an empty database: both replicas set it up at the same moment.

    ``more`` are settings of both.
    """
    before = proxy.planned(folder / "nginx")
    proxy.program()
    with ExitStack() as undo:
        server = pgserver.get_server(postgresql_folder, cleanup_mode="delete")
        undo.callback(server.cleanup)
        first, second = (
            Replica(
                port,
                {**more, **_settings(server.get_uri(), port, before, folder)},
                folder / f"{port}.log",
            )
            for port in (free_port(), free_port())
        )
        for replica in (first, second):
            undo.callback(replica.stop)
            replica.start()
        undo.enter_context(proxy.running(before, (first.port, second.port)))
        for replica in (first, second):
            replica.wait()
        yield Deployment(before, (first, second), server.get_uri(), server)


def _settings(database: str, port: int, before: Proxy, folder: Path) -> dict[str, str]:
    return {
        "BENCHMARK_DATABASE": database,
        "BENCHMARK_SECRET": copies.SECRET,
        "BENCHMARK_PORT": str(port),
        "BENCHMARK_PUBLIC_URL": before.address,
        # Two replicas share their files, here in a folder.
        "BENCHMARK_EVIDENCE": str(folder / "evidence"),
        "BENCHMARK_BACKUP_HOURS": "0",
    }
