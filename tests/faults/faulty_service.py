"""A sign-in service that breaks in every way that one can; it never lets anybody in."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarking.provider import WELL_KNOWN


@dataclass
class FaultyService:
    """``ways`` says how each of its addresses answers; one that is not named answers well."""

    port: int = 0
    ways: dict[str, str] = field(default_factory=dict)
    may_go_on: threading.Event = field(default_factory=threading.Event)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self, site_port: int) -> dict[str, str]:
        """How a dashboard on a port is told to use it."""
        return {
            "BENCHMARK_PUBLIC_URL": f"http://localhost:{site_port}",
            "BENCHMARK_OIDC_METADATA_URL": f"{self.issuer}{WELL_KNOWN}",
            "BENCHMARK_OIDC_CLIENT_ID": "benchmark",
            "BENCHMARK_OIDC_CLIENT_SECRET": "a secret of the tests and of nobody else",
        }

    def metadata(self) -> dict[str, Any]:
        # An https address where nobody speaks TLS.
        token = self.issuer.replace("http:", "https:") if self.ways.get("tls") else self.issuer
        named = "https://elsewhere.example" if self.ways.get("issuer") else self.issuer
        return {
            "issuer": named,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{token}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }


@contextmanager
def breaking_service() -> Iterator[FaultyService]:
    """A service on a port of this machine; ended afterwards."""
    service = FaultyService()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            way = service.ways.get(self.path, "")
            if way == "hangs":
                service.may_go_on.wait(timeout=30)
            if way in ("hangs", "closes"):
                self.close_connection = True
                return
            content = b"<p>Down for maintenance" if way == "garbage" else self._said()
            self.send_response(503 if way == "fails" else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def _said(self) -> bytes:
            said = {
                WELL_KNOWN: service.metadata(),
                "/token": {"access_token": "a", "token_type": "Bearer", "id_token": "no.token.it"},
                "/keys": {"keys": []},
            }
            return json.dumps(said.get(self.path, {})).encode()

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as listening:
        service.port = listening.server_port
        threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True).start()
        yield service
        service.may_go_on.set()
        listening.shutdown()
