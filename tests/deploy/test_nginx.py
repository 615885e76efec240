"""The nginx configuration as shipped, before two programs that tell what they were asked."""

import gzip
import json
import re
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.deploy import proxy
from tests.deploy.proxy import NAME, Proxy
from tests.deploy.visiting import PLACE, Answer, Visitor, logged, places, replica_of, replicas_of

# A file that all visitors share, long enough to be packed.
SCRIPT = b"// The same again and again.\n" * 50
OWN = {"x-content-type-options": "nosniff", "x-frame-options": "DENY"}
AWAY = "This page is not available at the moment"


class Telling(BaseHTTPRequestHandler):
    """Answers what it was asked, with two security headers of its own."""

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        told = {name.lower(): self.headers.get_all(name) for name in set(self.headers)}
        kind, body = "application/json", SCRIPT
        if self.path.startswith("/static/"):
            kind = "text/javascript; charset=utf-8"
        else:
            body = json.dumps({"path": self.path, "headers": told, "length": length}).encode()
        sent = {"content-type": kind, "content-length": str(len(body))}
        self.send_response(200)
        for name, value in (OWN | sent).items():
            self.send_header(name, value)
        self.send_header("content-security-policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, format: str, *args: Any) -> None:
        """Keeps quiet."""


@contextmanager
def telling() -> Iterator[ThreadingHTTPServer]:
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Telling)
    threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield listening
    finally:
        listening.shutdown()
        listening.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("nginx")
    with ExitStack() as undo:
        ports = [undo.enter_context(telling()).server_address[1] for _ in range(2)]
        yield undo.enter_context(proxy.running(proxy.planned(folder / "nginx"), ports))


@pytest.fixture
def forsaken(tmp_path: Path) -> Iterator[Proxy]:
    """nginx before replicas of which none answers."""
    nobody = [proxy.free_port(), proxy.free_port()]
    with proxy.running(proxy.planned(tmp_path / "nginx"), nobody) as running:
        yield running


def told(answer: Answer) -> dict[str, Any]:
    """What a replica was asked."""
    assert answer.status == 200
    return dict(json.loads(answer.body))


def test_people_behind_one_address_are_spread_over_the_replicas_evenly(site: Proxy):
    led = Counter(replicas_of(site, *(f"{number:02x}" for number in range(256))).values())
    assert len(led) == 2
    assert min(led.values()) >= 90


def test_whoever_comes_first_gets_one_of_256_places_and_stays_there(site: Proxy):
    somebody = Visitor(site)
    answer = somebody.get("/")
    assert re.fullmatch(r"[0-9a-f]{2}", somebody.cookies[PLACE])
    said = answer.one("set-cookie").split("; ")
    assert {"Path=/", "HttpOnly", "Secure", "SameSite=Lax"} == set(said[1:])
    for _ in range(5):
        assert somebody.get("/our-results").every("set-cookie") == []
    assert len({line["replica"] for line in logged(site)[-6:]}) == 1


@pytest.mark.parametrize("place", ["", "0", "zz", "000", "../", "0A"])
def test_a_place_that_was_never_given_is_given_anew(site: Proxy, place: str):
    answer = Visitor(site, {PLACE: place}).get("/")
    assert re.match(r"benchmark_place=[0-9a-f]{2};", answer.one("set-cookie"))


@pytest.mark.parametrize("path", ["/static/js/index.js", "/reply/abc"])
def test_shared_files_and_the_survey_give_no_cookie(site: Proxy, path: str):
    assert Visitor(site).get(path).every("set-cookie") == []


def test_what_comes_from_outside_does_not_say_who_asks(site: Proxy):
    forged = {
        "X_Forwarded_For": "10.0.0.1",
        "X_Forwarded_Proto": "http",
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_Port": "80",
        "X_Forwarded_Prefix": "/evil",
        "X_Forwarded_Server": "evil.example",
        "X_Real_IP": "10.0.0.1",
        "Forwarded": "for=10.0.0.1",
        "Proxy": "http://evil.example",
        "X_Request_ID": "forged",
    }
    headers = told(Visitor(site).get("/", **forged))["headers"]
    assert headers["x-forwarded-for"] == ["127.0.0.1"]
    assert headers["x-forwarded-proto"] == ["https"]
    assert headers["host"] == [f"{NAME}:{site.port}"]
    assert headers["x-request-id"] != ["forged"]
    stripped = {name.lower().replace("_", "-") for name in forged}
    assert stripped & set(headers) == {"x-forwarded-for", "x-forwarded-proto", "x-request-id"}


def test_only_a_websocket_is_upgraded(site: Proxy):
    asked = Visitor(site).get("/", Upgrade="h2c", Connection="Upgrade, HTTP2-Settings")
    assert "upgrade" not in told(asked)["headers"]
    asked = Visitor(site).get("/_stcore/stream", Upgrade="websocket", Connection="Upgrade")
    assert told(asked)["headers"]["upgrade"] == ["websocket"]
    assert told(asked)["headers"]["connection"] == ["upgrade"]


@pytest.mark.parametrize(
    "path",
    [
        *("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/", "/_stcore/health/x"),
        *("/_stcore/allowed-message-origins", "/_stcore/bidi-components/x", "/component/x"),
        *("/agent/openapi.json", "/healthz", "/metrics", "/%5fstcore/metrics", "//healthz"),
        *("/static/../healthz", "/healthz/live", "/operations/backup"),
    ],
)
def test_the_inner_life_of_a_replica_is_not_shown(site: Proxy, path: str):
    assert Visitor(site).get(path).status == 404


@pytest.mark.parametrize(
    "path",
    ["/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/media/a.png"],
)
def test_what_a_page_needs_is_let_through(site: Proxy, path: str):
    assert told(Visitor(site).get(path))["path"] == path


def test_no_header_comes_twice_and_what_nginx_answers_itself_has_them(site: Proxy):
    for path, policy in (("/", "default-src 'self'"), ("/healthz", "default-src 'none'")):
        answer = Visitor(site).get(path)
        assert {name: answer.one(name) for name in OWN} == OWN
        assert answer.one("content-security-policy").startswith(policy)
        assert answer.one("strict-transport-security") == "max-age=31536000"
        assert answer.one("server") in ("nginx", "BaseHTTP")


def test_another_name_gets_no_handshake(site: Proxy):
    with pytest.raises(ssl.SSLError, match="unrecognized name"):
        site.secured("evil.example")


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1"])
def test_another_host_behind_our_name_gets_no_answer(site: Proxy, host: str):
    with pytest.raises(RemoteDisconnected):
        Visitor(site).get("/", Host=host)


@pytest.mark.parametrize("host, status", [(NAME, 301), ("evil.example", None)])
def test_without_tls_our_name_leads_on_and_others_nowhere(
    site: Proxy, host: str, status: int | None
):
    with closing(HTTPConnection("127.0.0.1", site.plain_port, timeout=20)) as connection:
        connection.request("GET", "/voices?trust=X", headers={"Host": host})
        if status is None:
            with pytest.raises(RemoteDisconnected):
                connection.getresponse()
            return
        with closing(connection.getresponse()) as answer:
            assert answer.status == status
            assert answer.headers["location"] == f"https://{NAME}/voices?trust=X"


@pytest.mark.parametrize(
    "path, megabytes, status",
    [("/sign-in", 2, 413), ("/_stcore/upload_file/a/b", 20, 200)],
)
def test_only_files_may_be_large(site: Proxy, path: str, megabytes: int, status: int):
    length = megabytes * 1024 * 1024
    try:
        answer = Visitor(site).ask("PUT", path, b"x" * length, {})
    except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
        # nginx has said no and hung up while the rest was on its way.
        assert status == 413
        return
    assert answer.status == status
    assert status == 413 or told(answer)["length"] == length


def test_a_file_larger_than_the_application_takes_is_refused_unread(site: Proxy):
    length = str(52 * 1024 * 1024)
    asked = {"Content-Length": length, "Expect": "100-continue"}
    assert Visitor(site).ask("PUT", "/_stcore/upload_file/a/b", b"", asked).status == 413


def test_whoever_tries_links_is_stopped_and_told_so_in_words(site: Proxy):
    somebody, until = Visitor(site), time.monotonic() + 60
    while (answer := somebody.get("/reply/guess")).status == 200:
        assert time.monotonic() < until, "somebody who goes on guessing is stopped"
    assert answer.status == 429
    assert AWAY in answer.body.decode()
    assert somebody.get("/").status == 200


PREVIEW = "/reply/preview/DEMO-07/2026-27"
# What is asked, and how it is written.
KEYS = {
    "/reply/SECRET/2?x=SECRET": "/reply/...",
    "//reply/SECRET": "/reply/...",
    "/%72eply/SECRET": "/...",
    "/oauth2callback?code=SECRET&state=SECRET": "/oauth2callback",
    PREVIEW: PREVIEW,
}


def asked_and_logged(site: Proxy) -> list[str]:
    """What nginx wrote of each of those requests."""
    for path in KEYS:
        Visitor(site).get(path, Referer="https://SECRET/")
    return [line["asked"] for line in logged(site)[-len(KEYS) :]]


def every_log(site: Proxy) -> str:
    return "".join(path.read_text("utf-8") for path in site.folder.glob("*.log"))


def test_neither_links_nor_codes_are_logged(site: Proxy):
    assert asked_and_logged(site) == [f"GET {path}" for path in KEYS.values()]
    assert "SECRET" not in every_log(site)


def test_neither_links_nor_codes_are_logged_where_no_replica_answers(forsaken: Proxy):
    assert asked_and_logged(forsaken) == [f"GET {path}" for path in KEYS.values()]
    written = every_log(forsaken)
    # What is no key is told with its whole address: this log is written to.
    assert 'request: "GET /seen-' in written
    assert "SECRET" not in written


def test_a_line_of_the_log_stays_one_line(site: Proxy):
    Visitor(site).get('/voices/x%0a{"at":"forged"}%1b[31m"', User_Agent='"\t}{\x7f')
    assert logged(site)[-1]["asked"] == 'GET /voices/x%0a{"at":"forged"}%1b[31m"'


def test_files_that_everybody_shares_are_packed(site: Proxy):
    answer = Visitor(site).get("/static/x.js", Accept_Encoding="gzip")
    assert (answer.status, answer.one("content-encoding")) == (200, "gzip")
    assert answer.one("vary") == "Accept-Encoding"
    assert gzip.decompress(answer.body) == SCRIPT
    assert Visitor(site).get("/static/x.js").body == SCRIPT


def test_a_page_is_never_packed(site: Proxy):
    # Its length would tell what of a secret in it a stranger has guessed (BREACH).
    page = Visitor(site).get("/" + "a" * 2000, Accept_Encoding="gzip")
    assert page.one("content-encoding") == ""
    assert len(told(page)["path"]) == 2001


def test_a_replica_that_is_gone_hands_its_visitors_to_the_other(tmp_path: Path):
    with ExitStack() as undo:
        first, second = (undo.enter_context(telling()) for _ in range(2))
        ports = [first.server_address[1], second.server_address[1]]
        site = undo.enter_context(proxy.running(proxy.planned(tmp_path / "nginx"), ports))
        mine, other = places(site)
        by_port = dict(zip(ports, (first, second), strict=True))
        here, there = replica_of(site, mine), replica_of(site, other)
        gone = by_port[here]
        gone.shutdown()
        gone.server_close()
        assert told(Visitor(site, {PLACE: mine}).get("/"))["path"] == "/"
        assert (
            told(Visitor(site, {PLACE: mine}).post("/sign-in", subject="x"))["path"] == "/sign-in"
        )
        assert replica_of(site, mine) == replica_of(site, other) == there


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_with_no_replica_left_people_read_what_to_do(forsaken: Proxy, method: str):
    answer = Visitor(forsaken).ask(method, "/assessment", b"", {})
    assert answer.status == 502
    assert answer.one("content-type") == "text/html; charset=utf-8"
    assert AWAY in answer.body.decode()
    assert {name: answer.one(name) for name in OWN} == OWN


def test_the_machine_itself_can_ask_whether_a_replica_is_ready(site: Proxy):
    for path, status in (("/healthz", 200), ("/connections", 200), ("/", 404)):
        with closing(HTTPConnection("127.0.0.1", site.inner_port, timeout=20)) as connection:
            connection.request("GET", path)
            with closing(connection.getresponse()) as answer:
                assert answer.status == status
