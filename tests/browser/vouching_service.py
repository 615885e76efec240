"""A real OpenID Connect provider on this machine: a process of its own, which a test may end."""

import importlib.util
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.serving import free_port
from tests.conftest import wanting

_SECONDS_TO_START = 60


@dataclass(frozen=True)
class Service:
    """A provider that lets anybody in under any subject. Its token says so, and is signed."""

    process: subprocess.Popen[bytes]
    issuer: str

    def settings(self, site_port: int) -> dict[str, str]:
        """How a dashboard on a port is told to use it."""
        return {
            "BENCHMARK_PUBLIC_URL": f"http://localhost:{site_port}",
            "BENCHMARK_OIDC_METADATA_URL": f"{self.issuer}/.well-known/openid-configuration",
            "BENCHMARK_OIDC_CLIENT_ID": "benchmark",
            "BENCHMARK_OIDC_CLIENT_SECRET": "a secret of the tests and of nobody else",
        }

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@contextmanager
def vouching(folder: Path) -> Iterator[Service]:
    """A provider that answers; ended afterwards."""
    # Imported, it would warn here of what it uses; as a process it warns nobody.
    if importlib.util.find_spec("oidc_provider_mock") is None:
        wanting("oidc-provider-mock is missing. Run make test, or install requirements-dev.txt")
    port = free_port()
    with (folder / "service.log").open("wb") as log:
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    service = Service(process, f"http://127.0.0.1:{port}")
    try:
        _wait(service, folder / "service.log")
        yield service
    finally:
        service.end()


def _wait(service: Service, log: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while not _answers(service.issuer):
        if service.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The sign-in service did not start:\n{log.read_text('utf-8')}")
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
