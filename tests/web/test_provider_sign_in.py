"""Around the sign-in service: back to the page asked for, words for trouble, a line in the log."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.responses import Response as Answer
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarking import server, settings
from benchmarking.server import Server
from benchmarking.web import provider_sign_in
from benchmarking.web.application import Surroundings
from benchmarking.web.provider_sign_in import TROUBLE, LeadsOn, OneLine
from benchmarking.web.readiness import Readiness
from tests.test_provider import COMPLETE
from tests.web.conftest import HOME, asking

SERVICE = "https://id.example.nhs.uk/authorize?client_id=benchmark"
SIGNED_IN = "_streamlit_user=signed"


def streamlit(said: str) -> TestClient:
    """A browser at a stand-in for Streamlit's own addresses; ``said`` is what became of it."""

    def login(_: Request) -> Answer:
        if said == "down":
            return PlainTextResponse("Authentication error", status_code=400)
        return RedirectResponse(SERVICE, status_code=302)

    def callback(_: Request) -> Answer:
        answer = RedirectResponse("/", status_code=302)
        if said == "in":
            answer.set_cookie("_streamlit_user", "signed", httponly=True)
        else:
            answer.delete_cookie("_streamlit_user")
        answer.set_cookie("_streamlit_user_tokens", "kept")
        return answer

    routes = [Route("/auth/login", login), Route("/oauth2callback", callback)]
    app = Starlette(routes=routes, middleware=[Middleware(LeadsOn)])
    return TestClient(app, base_url=HOME, follow_redirects=False)


def ask(browser: TestClient, came_from: str) -> Response:
    return browser.get("/auth/login", headers={"referer": came_from})


@pytest.mark.parametrize(
    "came_from, leads_to",
    [
        (f"{HOME}/assessment?stage=me-5", "/assessment?stage=me-5"),
        (f"{HOME}/published-complaints?trust=RJ1&peers=%C3%A9", None),
        (f"{HOME}/", "/"),
        (HOME, "/"),
        ("https://evil.example/assessment", "/"),
        (f"{HOME}.evil.example/assessment", "/"),
        (f"{HOME}//evil.example", "/"),
        (f"{HOME}/\\evil.example", "/"),
        ("", "/"),
        ("about:blank", "/"),
        (f"{HOME}/" + "a" * 3000, "/"),
        (f"{HOME}/a; Domain=evil.example", "/"),
    ],
)
def test_who_signed_in_is_back_on_the_page_they_asked_for(
    came_from: str, leads_to: str | None
) -> None:
    browser = streamlit("in")
    assert ask(browser, came_from).headers["location"] == SERVICE
    back = browser.get("/oauth2callback?code=c&state=s")
    assert back.status_code == 302
    assert back.headers["location"] == (leads_to or came_from.removeprefix(HOME))
    assert "benchmark_next" not in browser.cookies, "it is asked for once"


def test_the_note_of_the_page_is_out_of_reach_for_scripts() -> None:
    said = ask(streamlit("in"), f"{HOME}/assessment").headers["set-cookie"]
    assert said == (
        "benchmark_next=%2Fassessment; Path=/oauth2callback; Max-Age=900; HttpOnly; SameSite=Lax"
    )


@pytest.mark.parametrize(
    "brought", ["//evil.example", "https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%00", "["]
)
def test_a_forged_note_leads_to_the_first_page(brought: str) -> None:
    cookie = {"cookie": f"benchmark_next={brought}"}
    answer = streamlit("in").get("/oauth2callback?code=c", headers=cookie)
    assert answer.headers["location"] == "/"


def test_what_streamlit_sets_stays_set() -> None:
    answer = streamlit("in").get("/oauth2callback?code=c")
    names = [said.split("=")[0] for said in answer.headers.get_list("set-cookie")]
    assert names == ["_streamlit_user", "_streamlit_user_tokens", "benchmark_next"]


@pytest.mark.parametrize("said", ["code=c&state=s", "error=access_denied", "error=x&state=s"])
def test_who_was_not_let_in_is_told_what_to_do(said: str) -> None:
    answer = streamlit("not in").get(f"/oauth2callback?{said}")
    assert (answer.status_code, answer.headers["location"]) == (302, TROUBLE)


@pytest.mark.parametrize("said", ["", "?state=s"])
def test_who_signed_out_is_on_the_first_page(said: str) -> None:
    assert streamlit("not in").get(f"/oauth2callback{said}").headers["location"] == "/"


def test_a_service_that_is_down_is_told_in_sentences() -> None:
    answer = ask(streamlit("down"), f"{HOME}/assessment")
    assert (answer.status_code, answer.headers["location"]) == (303, TROUBLE)
    assert answer.text == ""


def test_other_addresses_are_left_alone() -> None:
    app = Starlette(
        routes=[Route("/auth/logins", lambda _: PlainTextResponse("No", status_code=400))],
        middleware=[Middleware(LeadsOn)],
    )
    answer = TestClient(app, base_url=HOME).get("/auth/logins")
    assert (answer.status_code, answer.text) == (400, "No")


@pytest.fixture
def with_service(demonstration: Server) -> Iterator[TestClient]:
    chosen = settings.read({**COMPLETE, "BENCHMARK_SECRET": demonstration.settings.secret})
    with server.using(replace(demonstration, settings=chosen)):
        yield asking()


def test_the_page_about_trouble_says_what_happened_and_what_to_do(with_service: TestClient) -> None:
    page = with_service.get(TROUBLE)
    assert page.status_code == 200
    assert "The sign-in service did not let you in, or could not be reached." in page.text
    assert "Nothing you saved is lost." in page.text
    assert '<a href="/">try again</a>' in page.text
    assert '<html lang="en-GB">' in page.text


def test_with_a_service_no_role_can_be_chosen(with_service: TestClient) -> None:
    assert with_service.get("/sign-in").status_code == 404
    assert with_service.post("/sign-in", data={"subject": "inspector"}).status_code == 404


def test_without_a_service_there_is_no_trouble_with_it(browser: TestClient) -> None:
    assert browser.get(TROUBLE).status_code == 404


def test_streamlit_is_told_of_the_service_and_asks_for_no_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, said in COMPLETE.items():
        monkeypatch.setenv(name, said)
    auth = Surroundings(Readiness(port=8501)).secrets()["auth"]
    secret = auth.pop("cookie_secret")
    assert isinstance(secret, str) and len(secret) >= 64
    assert secret not in (settings.read().secret, COMPLETE["BENCHMARK_OIDC_CLIENT_SECRET"])
    assert auth == {
        "redirect_uri": "https://benchmark.example.nhs.uk/oauth2callback",
        "client_id": "benchmark",
        "client_secret": "not to be shown",
        "server_metadata_url": "https://id.example.nhs.uk/.well-known/openid-configuration",
        "client_kwargs": {"scope": "openid"},
    }


def test_without_a_service_streamlit_is_told_nothing() -> None:
    assert Surroundings(Readiness(port=8501)).secrets() == {}


def test_what_goes_wrong_is_one_line_without_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("tests.auth_routes")
    logger.addFilter(OneLine())
    try:
        raise ConnectionError("sent by\nan unknown visitor")
    except ConnectionError:
        logger.warning("Error during %s.", "sign-in\nforged line", exc_info=True)
    assert caplog.messages == [
        '{"event": "sign-in trouble", "said": "Error during sign-in\\nforged line.", '
        '"kind": "ConnectionError"}'
    ]
    assert "Traceback" not in caplog.text


def test_the_line_is_made_once_however_often_it_is_asked_for() -> None:
    for _ in range(2):
        provider_sign_in.log_in_one_line()
    logger = logging.getLogger("streamlit.web.server.starlette.starlette_auth_routes")
    assert [type(one) for one in logger.filters] == [OneLine]
