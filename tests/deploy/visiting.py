"""Visitors of the deployed service, with the name, the trust and the cookies of a browser.

The name leads to this machine; nothing asks a name server.
"""

import base64
import http.client
import itertools
import json
import os
import socket
import time
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.deploy.proxy import NAME, Proxy
from tests.web.tabs import SECONDS, Tab, connected

PLACE = "benchmark_place"
# Streamlit believes the cookie of the sign-in service only from a page that knows this one.
_OWN_PAGE = "_streamlit_xsrf"


@dataclass(frozen=True)
class Answer:
    """What came back. ``headers`` are as they came, their names in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def every(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for one, value in self.headers if one == name]

    def one(self, name: str) -> str:
        """The only value of a header; "" where there is none."""
        found = self.every(name)
        assert len(found) <= 1, f"{name} comes {len(found)} times: {found}"
        return found[0] if found else ""


@dataclass
class Visitor:
    """Somebody with a browser of their own."""

    proxy: Proxy
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str, **sent: str) -> Answer:
        """The answer to a GET; ``sent`` are headers, their names with _ for a dash."""
        named = {name.replace("_", "-"): value for name, value in sent.items()}
        return self.ask("GET", path, b"", named)

    def post(self, path: str, **form: str) -> Answer:
        """The answer to a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(form).encode(), kind)

    def ask(self, method: str, path: str, body: bytes, sent: dict[str, str]) -> Answer:
        """The answer to a request. Cookies are brought and taken as by a browser."""
        host = {"Host": f"{NAME}:{self.proxy.port}", "Cookie": self.cookie}
        headers = {name: value for name, value in {**host, **sent}.items() if value}
        connection = http.client.HTTPConnection(NAME, self.proxy.port, timeout=SECONDS)
        connection.sock = self.proxy.secured()
        with closing(connection):
            connection.request(method, path, body or None, headers)
            with closing(connection.getresponse()) as got:
                carried = tuple((name.lower(), value) for name, value in got.getheaders())
                # After 101 the connection speaks another language and has no end.
                answer = Answer(got.status, carried, b"" if got.status == 101 else got.read())
        for said in answer.every("set-cookie"):
            self.cookies |= {name: one.value for name, one in SimpleCookie(said).items()}
        return answer

    def sign_in(self, subject: str) -> "Visitor":
        """Chooses a role, after the first page, as a browser does."""
        self.get("/")
        assert self.post("/sign-in", subject=subject, next="/").status == 303
        return self

    def tab(self, kind: type[Tab] = Tab) -> AbstractContextManager[Tab]:
        """An open page."""
        return connected(
            f"wss://{NAME}:{self.proxy.port}/_stcore/stream",
            self.proxy.address,
            self.cookie,
            kind,
            sock=socket.create_connection(("127.0.0.1", self.proxy.port), timeout=SECONDS),
            ssl=self.proxy.trust(),
            server_hostname=NAME,
            own_page=self.cookies.get(_OWN_PAGE, ""),
        )

    def shake_hands(self, **sent: str) -> Answer:
        """The answer to a browser that wants to open a page; 101 lets it in."""
        upgrade = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec_WebSocket_Version": "13",
            "Sec_WebSocket_Key": base64.b64encode(os.urandom(16)).decode(),
            "Origin": self.proxy.address,
        }
        return self.get("/_stcore/stream", **{**upgrade, **sent})


def logged(proxy: Proxy) -> list[dict[str, Any]]:
    """What nginx wrote about every request so far, in order. It writes after it has answered."""
    mark = f"/seen-{next(_marks)}"
    Visitor(proxy).get(mark)
    until = time.monotonic() + 20
    while mark not in proxy.log:
        assert time.monotonic() < until, "nginx writes its log"
        time.sleep(0.01)
    lines = [json.loads(line) for line in proxy.log.splitlines()]
    return [line for line in lines if "/seen-" not in line["asked"]]


def replica_of(proxy: Proxy, place: str) -> int:
    """The port of the replica to which a place leads."""
    return replicas_of(proxy, place)[place]


def replicas_of(proxy: Proxy, *asked: str) -> dict[str, int]:
    """The ports of the replicas to which places lead, by place."""
    for place in asked:
        Visitor(proxy, {PLACE: place}).get(f"/place/{place}")
    lines = [line for line in logged(proxy) if line["asked"].startswith("GET /place/")]
    led = {line["asked"][-2:]: line["replica"].rpartition(":")[2] for line in lines}
    return {place: int(led[place]) for place in asked}


def places(proxy: Proxy) -> tuple[str, str]:
    """Two places that lead to different replicas."""
    led = replicas_of(proxy, *(f"{number:02x}" for number in range(16)))
    return "00", next(place for place, port in led.items() if port != led["00"])


_marks = itertools.count()
