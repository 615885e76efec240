"""An answer of the sign-in service lets in the browser that asked for it, once, and no other.

Without a browser: what Streamlit and Authlib send and take is followed address by address, with a
real provider on this machine.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from benchmarking.settings import read
from benchmarking.web.asking import COOKIE_PURPOSE
from tests.browser.serving import free_port, served
from tests.browser.vouching_service import vouching
from tests.web import copies

COOKIE, TROUBLE = "_streamlit_user", "/sign-in-trouble"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard whose people sign in with a service."""
    folder, port = tmp_path_factory.mktemp("oidc"), free_port()
    with vouching(folder) as service, served(folder, port, **service.settings(port)) as site:
        yield site.address


@pytest.fixture
def browser(home: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=home) as one:
        yield one


def encoded(said: bytes) -> str:
    return base64.urlsafe_b64encode(said).rstrip(b"=").decode()


def pressed() -> str:
    """What a page hands on when somebody presses "Sign in": signed, and good for a short time."""
    claims = {"provider": "default", "exp": int(time.time()) + 60}
    parts = [encoded(json.dumps(part).encode()) for part in ({"alg": "HS256"}, claims)]
    secret = read({"BENCHMARK_SECRET": copies.SECRET}).secret_for(COOKIE_PURPOSE)
    signature = hmac.digest(secret.encode(), ".".join(parts).encode(), hashlib.sha256)
    return ".".join([*parts, encoded(signature)])


def asks(browser: httpx.Client) -> str:
    """The address of the service to which somebody is led who wants to sign in."""
    return browser.get("/auth/login", params={"provider": pressed()}).headers["location"]


def answered(address: str) -> str:
    """The address to which the service leads back once somebody said who they are there."""
    return httpx.post(address, data={"sub": "complaints-manager"}).headers["location"]


def changed(address: str, **instead: str) -> str:
    """The address with other values in its query."""
    parts = urlsplit(address)
    said = {name: values[0] for name, values in parse_qs(parts.query).items()} | instead
    return parts._replace(query=urlencode(said)).geturl()


def is_let_in(browser: httpx.Client, address: str) -> bool:
    """Whether an answer gives a browser the cookie; else it must lead to the page on trouble."""
    answer = browser.get(address)
    let_in = bool((answer.cookies.get(COOKIE) or "").strip('"'))
    assert let_in or answer.headers["location"] == TROUBLE
    return let_in


def test_the_browser_that_asked_is_let_in_and_the_answer_is_used_up(browser: httpx.Client):
    answer = answered(asks(browser))
    assert is_let_in(browser, answer)
    assert not is_let_in(browser, answer)


def test_another_browser_is_not_let_in_by_it(browser: httpx.Client, home: str):
    answer = answered(asks(browser))
    with httpx.Client(base_url=home) as other:
        assert not is_let_in(other, answer)
        asks(other)
        assert not is_let_in(other, answer)


def test_an_answer_that_nobody_asked_for_lets_nobody_in(browser: httpx.Client):
    assert not is_let_in(browser, "/oauth2callback?code=anything&state=anything")


@pytest.mark.parametrize("forged", ["state", "code"])
def test_a_forged_part_of_the_answer_lets_nobody_in(browser: httpx.Client, forged: str):
    assert not is_let_in(browser, changed(answered(asks(browser)), **{forged: "forged"}))


def test_a_token_for_another_question_lets_nobody_in(browser: httpx.Client):
    """Its nonce is not the one that this browser was given."""
    address = asks(browser)
    assert "nonce" in parse_qs(urlsplit(address).query)
    assert not is_let_in(browser, answered(changed(address, nonce="of-another-question")))
