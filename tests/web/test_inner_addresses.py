"""What of Streamlit's own addresses is answered, and to whom."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from benchmarking.web import inner_addresses
from benchmarking.web.application import Surroundings
from benchmarking.web.readiness import Readiness
from tests.web.conftest import HOME


async def tab(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("Streamlit")
    await socket.close()


def server() -> TestClient:
    """One that answers at every address, behind our middleware."""
    found = [
        WebSocketRoute("/_stcore/stream", tab),
        Route("/{rest:path}", lambda _: PlainTextResponse("Streamlit"), methods=["GET", "POST"]),
    ]
    around = Surroundings(Readiness(port=8501)).middleware()
    return TestClient(Starlette(routes=found, middleware=around), base_url=HOME)


def inner(path: str, **sent: str) -> int:
    """What is answered where Streamlit would answer anybody."""
    return server().get(path, headers=sent).status_code


@pytest.mark.parametrize("path", ["health", "host-config", "stream", "upload_file/a/b"])
def test_what_the_pages_need_of_streamlit_is_answered(path: str) -> None:
    assert inner(f"/_stcore/{path}") == 200


@pytest.mark.parametrize(
    "path",
    [
        *("metrics", "agent/openapi.json", "agent/interact", "agent/mcp", "bidi-components/a"),
        *("script-health-check", "health/more", "healthy", "message", ""),
    ],
)
def test_nothing_else_of_streamlits_inside_is(path: str) -> None:
    assert inner(f"/_stcore/{path}") == 404


def test_only_this_server_itself_has_the_dashboard_run() -> None:
    own = {inner_addresses.OWN_ASKING: inner_addresses.own_word}
    assert inner("/_stcore/script-health-check", **own) == 200
    assert inner("/_stcore/script-health-check", **{inner_addresses.OWN_ASKING: "guess"}) == 404


# Pages of other sites.

PLACES = ["/_stcore/health", "/_stcore/host-config", "/media/a.png", "/static/js/a.js"]
FOREIGN = [
    "https://evil.example",
    "http://localhost.evil.example:8501",
    "http://localhost:9999",
    "http://localhost",
    "null",
    "",
]


@pytest.mark.parametrize("place", PLACES)
def test_our_own_page_and_no_page_at_all_are_answered(place: str) -> None:
    assert (inner(place), inner(place, origin=HOME)) == (200, 200)


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("place", PLACES)
def test_a_page_of_another_site_is_turned_away_before_streamlit(place: str, origin: str) -> None:
    assert inner(place, origin=origin) == 403


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_site_opens_no_tab(origin: str) -> None:
    tab_of = f"{HOME.replace('http', 'ws')}/_stcore/stream"
    with server().websocket_connect(tab_of, headers={"origin": HOME}) as socket:
        assert socket.receive_text() == "Streamlit"
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        server().websocket_connect(tab_of, headers={"origin": origin}),
    ):
        pytest.fail("somebody was let in")
    assert refused.value.status_code == 403


def test_the_public_name_is_ours_however_a_proxy_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCHMARK_PUBLIC_URL", "https://benchmark.example:8443")
    assert inner("/_stcore/health", origin="https://benchmark.example:8443") == 200
    assert inner("/_stcore/health", origin="https://benchmark.example") == 403


def test_plain_pages_judge_for_themselves_where_a_form_comes_from() -> None:
    assert server().post("/reply/x", headers={"origin": "https://evil.example"}).status_code == 200
