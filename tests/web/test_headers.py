"""What every answer carries, and who is answered at all."""

from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarking.web import headers
from benchmarking.web.application import Surroundings
from benchmarking.web.readiness import Readiness
from tests.web.conftest import asking

POLICY = dict(part.split(" ", 1) for part in headers.HEADERS["content-security-policy"].split("; "))


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "DELETE"])
@pytest.mark.parametrize("path", ["/healthz", "/sign-in", "/sign-out", "/no-such-page"])
def test_every_answer_carries_the_headers(browser: TestClient, method: str, path: str) -> None:
    answer = browser.request(method, path)
    carried = {name: answer.headers[name] for name in headers.HEADERS}
    assert carried == headers.HEADERS


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.1.1", ""])
def test_a_foreign_host_is_refused_and_the_refusal_carries_the_headers(
    browser: TestClient, method: str, host: str
) -> None:
    answer = browser.request(method, "/sign-in", headers={"host": host})
    assert (answer.status_code, answer.text) == (400, "Invalid host header")
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("home", ["http://localhost:8501", "http://127.0.0.1:8501"])
def test_this_machine_is_answered_under_its_own_names(browser: TestClient, home: str) -> None:
    assert asking(home).get("/sign-in").status_code == 200


@pytest.mark.parametrize(
    "kind, value",
    [
        ("default-src", "'self'"),
        ("connect-src", "'self' ws: wss:"),
        ("img-src", "'self' data: blob:"),
        ("object-src", "'none'"),
        ("base-uri", "'self'"),
        ("form-action", "'self'"),
        ("frame-ancestors", "'none'"),
    ],
)
def test_a_page_loads_nothing_from_elsewhere_and_is_shown_in_no_frame(
    kind: str, value: str
) -> None:
    assert POLICY[kind] == value


def cookies_set(*, public: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a server under this address has a browser keep, cookie by cookie."""

    def give(_: Request) -> PlainTextResponse:
        answer = PlainTextResponse("")
        answer.set_cookie("ours", "1", httponly=True)
        answer.set_cookie("theirs", "Secure", secure=True)
        answer.delete_cookie("old")
        return answer

    monkeypatch.setenv("BENCHMARK_PUBLIC_URL", public)
    around = Surroundings(Readiness(port=8501)).middleware()
    app = Starlette(routes=[Route("/", give)], middleware=around)
    host = urlsplit(public).netloc or "localhost:8501"
    answer = TestClient(app, base_url=f"http://{host}").get("/")
    assert answer.status_code == 200, "the public name is answered"
    return answer.headers.get_list("set-cookie")


def test_behind_tls_every_cookie_travels_by_tls_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    said = cookies_set(public="https://benchmark.example.nhs.uk", monkeypatch=monkeypatch)
    assert len(said) == 3
    assert [one.count("; Secure") for one in said] == [1, 1, 1]
    assert said[0].startswith("ours=1; HttpOnly; Path=/; SameSite=lax")


@pytest.mark.parametrize("public", ["", "http://localhost:8501"])
def test_without_tls_browsers_would_throw_such_a_cookie_away(
    public: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = cookies_set(public=public, monkeypatch=monkeypatch)
    assert ["; Secure" in one for one in said] == [False, True, False]
