"""What every answer carries, and who is answered at all."""

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit
from httpx2 import Response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarking import own_script
from benchmarking.web import headers
from benchmarking.web.application import Surroundings
from benchmarking.web.readiness import Readiness
from tests.web.conftest import asking

POLICY = dict(part.split(" ", 1) for part in headers.HEADERS["content-security-policy"].split("; "))


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "DELETE"])
@pytest.mark.parametrize("path", ["/healthz", "/sign-out", "/no-such-page", "/api/v1"])
def test_every_answer_carries_the_headers(browser: TestClient, method: str, path: str) -> None:
    answer = browser.request(method, path)
    carried = {name: answer.headers[name] for name in headers.HEADERS}
    assert carried == headers.HEADERS
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/sign-in", "/reply/no-such-link", "/evidence-files/none"])
def test_a_plain_page_has_a_policy_of_its_own_in_which_no_script_runs(
    browser: TestClient, path: str
) -> None:
    carried = browser.get(path).headers
    (policy,) = carried.get_list("content-security-policy")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy and "unsafe" not in policy
    assert "no-store" in carried["cache-control"]
    others = headers.HEADERS.keys() - {"content-security-policy", "referrer-policy"}
    assert {name: carried[name] for name in others} == {
        name: headers.HEADERS[name] for name in others
    }


def test_the_one_style_of_a_plain_page_is_the_one_that_it_may_have(browser: TestClient) -> None:
    page = browser.get("/sign-in")
    (style,) = re.findall("<style>(.*?)</style>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page.headers["content-security-policy"]
    assert " style=" not in page.text


def test_a_plain_page_without_a_style_may_have_none() -> None:
    assert "style-src 'none'" in headers.of_plain_page("<p>Hello</p>")["content-security-policy"]


def test_two_scripts_are_allowed_the_one_in_streamlits_page_and_ours() -> None:
    page = Path(streamlit.__file__).with_name("static") / "index.html"
    (script,) = re.findall("<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    streamlits, ours = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (script, own_script.TEXT)
    )
    assert POLICY["script-src"] == f"'self' 'sha256-{streamlits}' 'sha256-{ours}'"


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
        ("connect-src", "'self'"),
        ("img-src", "'self' data: blob:"),
        ("object-src", "'none'"),
        ("base-uri", "'none'"),
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


def answer_under(public: str, monkeypatch: pytest.MonkeyPatch, host: str = "") -> Response:
    """What a server under this address answers; ``host`` is the name it is asked under."""
    monkeypatch.setenv("BENCHMARK_PUBLIC_URL", public)
    around = Surroundings(Readiness(port=8501)).middleware()
    routes = [Route("/", lambda _: PlainTextResponse(""))]
    home = f"http://{host or urlsplit(public).netloc or 'localhost:8501'}"
    client = TestClient(Starlette(routes=routes, middleware=around), base_url=home)
    return client.get("/", follow_redirects=False)


def test_behind_tls_browsers_come_by_tls_alone_for_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = answer_under("https://benchmark.example.nhs.uk", monkeypatch)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("public", ["", "http://localhost:8501"])
def test_without_tls_nobody_is_sent_to_it(public: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "strict-transport-security" not in answer_under(public, monkeypatch).headers


def test_a_name_without_its_www_is_refused_and_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    public = "https://www.benchmark.example"
    assert answer_under(public, monkeypatch, "benchmark.example").status_code == 400


def test_the_address_of_every_interface_is_nobodys_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCHMARK_ADDRESS", "0.0.0.0")
    assert answer_under("", monkeypatch, "0.0.0.0").status_code == 400
