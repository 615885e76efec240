"""Every answer has a number, a line of the log and a count; none of them holds an address."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client import REGISTRY as _OF_NOBODY
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from benchmarking import events, measures
from benchmarking.web.application import Surroundings
from benchmarking.web.readiness import Readiness

assert _OF_NOBODY is not measures.REGISTRY


def token(_: Request) -> Response:
    events.warn("asked")
    return PlainTextResponse("Hello")


def broken(_: Request) -> Response:
    raise ZeroDivisionError("nobody foresaw this")


async def tab(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(str(counted("benchmark_sessions")))
    await socket.close()


@pytest.fixture
def browser() -> Iterator[TestClient]:
    around = Surroundings(Readiness(port=8501))
    routes = [
        Route("/reply/{token}", token, methods=["GET", "POST"]),
        Route("/static/{rest:path}", token),
        Route("/broken", broken),
        Route("/api/broken", broken),
        WebSocketRoute("/_stcore/stream", tab),
    ]
    app = Starlette(
        routes=routes,
        middleware=around.middleware(),
        exception_handlers=dict(around.exception_handlers()),  # type: ignore[arg-type]
    )
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


def counted(name: str, **labels: str) -> float:
    return measures.REGISTRY.get_sample_value(name, labels) or 0.0


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    ours = [record for record in caplog.records if record.name == "benchmarking"]
    return [json.loads(record.getMessage()) for record in ours]


def test_an_answer_is_logged_by_its_route_and_never_by_its_address(
    browser: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "benchmarking"):
        browser.get("/reply/se-cret?print=large", headers={"cookie": "name=se-cret"})
    line = lines(caplog)[-1]
    assert line.pop("ms") >= 0
    assert line == {"event": "answered", "method": "GET", "route": "/reply/{token}", "status": 200}
    assert "se-cret" not in caplog.text


def test_an_answer_carries_the_number_of_its_request(browser: TestClient) -> None:
    numbers = {browser.get("/reply/x").headers["x-request-id"] for _ in range(3)}
    assert len(numbers) == 3 and all(len(number) == 16 for number in numbers)


def test_answers_are_counted_by_route_and_status(browser: TestClient) -> None:
    before = counted("benchmark_requests_total", route="/reply/{token}", status="200")
    for path in ("/reply/a", "/reply/b"):
        browser.get(path)
    after = counted("benchmark_requests_total", route="/reply/{token}", status="200")
    assert after - before == 2
    assert counted("benchmark_request_seconds_count", route="/reply/{token}") >= 2


def test_a_refused_host_is_counted_as_refused(browser: TestClient) -> None:
    before = counted("benchmark_requests_total", route="refused", status="400")
    browser.get("/reply/a", headers={"host": "evil.example"})
    assert counted("benchmark_requests_total", route="refused", status="400") - before == 1


def test_an_odd_method_forges_no_label_and_no_line(
    browser: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "benchmarking"):
        browser.request("X-" + "A" * 50, "/reply/a")
    assert lines(caplog)[-1]["method"] == "?"


def test_scripts_and_styles_are_counted_and_not_logged(
    browser: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "benchmarking"):
        browser.get("/no-such-page")
    assert [line["status"] for line in lines(caplog)] == [404]


def test_open_tabs_are_counted_while_they_are_open(browser: TestClient) -> None:
    before = counted("benchmark_sessions")
    with browser.websocket_connect("ws://localhost/_stcore/stream") as socket:
        assert float(socket.receive_text()) == before + 1
    assert counted("benchmark_sessions") == before


# A fault.


@pytest.mark.parametrize("path", ["/broken", "/api/broken"])
def test_a_fault_is_answered_with_a_number_and_no_traceback(
    browser: TestClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    answer = browser.get(path)
    line = next(line for line in lines(caplog) if line["event"] == "fault")
    assert answer.status_code == 500
    assert line["reference"] in answer.text
    assert line["where"] == path
    assert "ZeroDivisionError" not in answer.text and "foresaw" not in answer.text
    record = next(record for record in caplog.records if record.exc_info)
    assert record.exc_info is not None and record.exc_info[0] is ZeroDivisionError


def test_people_are_told_what_to_do_and_programs_in_their_form(browser: TestClient) -> None:
    page, programs = browser.get("/broken"), browser.get("/api/broken")
    assert "<h1>Something went wrong on our side</h1>" in page.text
    assert "tell your administrator the number" in page.text
    assert programs.json()["detail"].startswith("Something went wrong on our side. Report the")


def test_the_page_about_a_fault_has_the_headers_and_lets_no_script_run(
    browser: TestClient,
) -> None:
    carried = browser.get("/broken").headers
    assert carried["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in carried["content-security-policy"]
    assert carried["x-frame-options"] == "DENY"
    assert carried["cache-control"] == "no-store"
    assert len(carried["x-request-id"]) == 16


def test_a_fault_is_counted(browser: TestClient) -> None:
    before = counted("benchmark_faults_total")
    browser.get("/broken")
    assert counted("benchmark_faults_total") - before == 1
    assert counted("benchmark_requests_total", route="/broken", status="500") >= 1
