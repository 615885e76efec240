"""The whole server over HTTP: Streamlit's own addresses carry the same headers and refusals."""

import base64
import http.client
import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from benchmarking.web import headers
from tests.browser.serving import Site, served


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("served"), BENCHMARK_LOG_LEVEL="info") as running:
        yield running


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP; the names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(site: Site, path: str, **sent: str) -> Answer:
    """The answer to a GET; ``sent`` are headers, their names with _ for a dash."""
    named = {name.replace("_", "-"): value for name, value in sent.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)) as connection:
        connection.request("GET", path, headers={"Host": f"localhost:{site.port}", **named})
        with closing(connection.getresponse()) as got:
            carried = {name.lower(): value for name, value in got.getheaders()}
            # After 101 the connection speaks another language and has no end.
            return Answer(got.status, carried, b"" if got.status == 101 else got.read())


def shake_hands(site: Site, **sent: str) -> int:
    """The status of the answer to a browser that wants the websocket; 101 lets it in."""
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": base64.b64encode(os.urandom(16)).decode(),
    }
    return ask(site, "/_stcore/stream", **{**upgrade, **sent}).status


def test_a_server_says_that_it_is_not_ready_until_it_is(site: Site) -> None:
    assert site.states[-1] == 200
    assert set(site.states) <= {503, 200}


@pytest.mark.parametrize(
    "path",
    ["/", "/standards", "/healthz", "/_stcore/health", "/media/none", "/no-such-page", "/api"],
)
def test_every_address_carries_the_headers(site: Site, path: str) -> None:
    carried = ask(site, path).headers
    assert {name: carried.get(name) for name in headers.HEADERS} == headers.HEADERS
    assert carried["cache-control"] in ("no-store", "no-cache")
    assert len(carried["x-request-id"]) == 16


@pytest.mark.parametrize("path", ["metrics", "agent/openapi.json", "script-health-check"])
def test_the_inside_of_streamlit_is_shut(site: Site, path: str) -> None:
    assert (ask(site, f"/_stcore/{path}").status, ask(site, "/_stcore/health").status) == (404, 200)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/healthz", "/_stcore/health"])
def test_a_foreign_host_is_refused_at_every_address(site: Site, path: str) -> None:
    answer = ask(site, path, Host="evil.example")
    assert (answer.status, answer.body) == (400, b"Invalid host header")
    assert answer.headers["x-frame-options"] == "DENY"


def test_the_websocket_opens_for_our_own_page(site: Site) -> None:
    assert shake_hands(site, Origin=site.address) == 101


@pytest.mark.parametrize(
    "sent, status",
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Host": "evil.example"}, 400),
        ({"Host": ""}, 400),
        ({"Origin": "null"}, 403),
    ],
    ids=["a page of another origin", "another host", "no host", "a page without an origin"],
)
def test_the_websocket_stays_shut_for_others(site: Site, sent: dict[str, str], status: int) -> None:
    assert shake_hands(site, **{"Origin": site.address, **sent}) == status


def test_the_log_is_one_object_a_line_and_tells_of_no_fault(site: Site) -> None:
    ask(site, "/reply/not-a-token?print=large")
    # An answer is on its way a moment before its line is written.
    lines: list[dict[str, object]] = []
    while not any(line.get("route") == "/reply/{token}" for line in lines):
        whole = site.log.read_text("utf-8").rpartition("\n")[0]
        lines = [json.loads(line) for line in whole.splitlines()]
    assert {"time", "level", "logger"} <= set.intersection(*map(set, lines))
    assert "not-a-token" not in site.log.read_text("utf-8")
    # A refused handshake is an answer, too; the web server takes it for a fault.
    odd = [line for line in lines if line["level"] != "info"]
    assert {line["message"] for line in odd} <= {
        "ASGI callable returned without completing handshake."
    }
