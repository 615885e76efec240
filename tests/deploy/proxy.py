"""nginx as we ship it, on ports of our own, before whatever listens as replicas.

What is put in the place of what a deployer changes stands in ``_replaced``; all else is run as it
is shipped.
"""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.serving import ROOT, free_port
from tests.conftest import wanting
from tests.deploy import certificate

NAME = "benchmark.example.nhs.uk"
SHIPPED = ROOT / "deploy" / "nginx"
# Only what every distribution's own file has: where to run, and that ours are read.
_MAIN = """
daemon off;
pid nginx.pid;
error_log errors.log;
events { worker_connections 1024; }
http {
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include replicas.conf;
    include benchmark.conf;
}
"""


@dataclass(frozen=True)
class Proxy:
    """Where nginx listens for people, for the machine alone and without TLS; and its folder."""

    port: int
    inner_port: int
    plain_port: int
    folder: Path

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.port}"

    @property
    def log(self) -> str:
        """What it wrote about every request, one JSON object a line."""
        return (self.folder / "benchmark.log").read_text("utf-8")

    def secured(self, name: str = NAME, seconds: float = 60) -> ssl.SSLSocket:
        """A connection that asks for a name and believes our certificate alone."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=seconds)
        return self.trust().wrap_socket(plain, server_hostname=name)

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / certificate.FILE))


def program() -> str:
    """The path of nginx, which Debian keeps out of most people's way."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    return found or wanting("nginx is missing. On Debian: sudo apt install nginx-light")


def planned(folder: Path) -> Proxy:
    """Where it will listen, so that replicas can be told before it does."""
    folder.mkdir()
    return Proxy(free_port(), free_port(), free_port(), folder)


@contextmanager
def running(proxy: Proxy, replicas: Sequence[int]) -> Iterator[Proxy]:
    """nginx before two ports of this machine, ended afterwards."""
    certificate.made(proxy.folder, NAME)
    command = [program(), "-p", str(proxy.folder), "-c", str(_written(proxy, replicas))]
    subprocess.run([*command, "-t", "-q"], check=True)
    process = subprocess.Popen(command)
    try:
        _wait(proxy.port)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _written(proxy: Proxy, replicas: Sequence[int]) -> Path:
    """A main file like that of a distribution, and beside it the files that we ship."""
    for name, changes in _replaced(proxy, replicas).items():
        told = (SHIPPED / name).read_text("utf-8")
        for shipped, here in changes:
            assert shipped in told, f"{name} has no {shipped!r} any more"
            told = told.replace(shipped, here)
        (proxy.folder / name).write_text(told, "utf-8")
    main = proxy.folder / "nginx.conf"
    main.write_text(_MAIN, "utf-8")
    return main


def _replaced(proxy: Proxy, replicas: Sequence[int]) -> dict[str, list[tuple[str, str]]]:
    """By file: what stands in it for what a deployer changes, and what stands here."""
    first, second = replicas
    return {
        "benchmark.conf": [
            ("listen 443 ", f"listen 127.0.0.1:{proxy.port} "),
            ("listen 80", f"listen 127.0.0.1:{proxy.plain_port}"),
            ("listen 127.0.0.1:8080", f"listen 127.0.0.1:{proxy.inner_port}"),
            ("/etc/nginx/tls/benchmark.pem", certificate.FILE),
            ("/etc/nginx/tls/benchmark.key", certificate.KEY),
            ("/var/log/nginx/", ""),
            ("/usr/share/benchmark", str(SHIPPED)),
        ],
        "replicas.conf": [
            ("127.0.0.1:8501", f"127.0.0.1:{first}"),
            ("127.0.0.1:8502", f"127.0.0.1:{second}"),
        ],
    }
