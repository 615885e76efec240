"""What every answer carries, and who is answered at all."""

import pytest
from starlette.testclient import TestClient

from benchmarking.web import headers
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
