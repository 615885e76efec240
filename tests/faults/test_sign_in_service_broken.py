"""The way to the sign-in service is broken: a page that says what to do, and one line in the log.

Those inside go on working: tests/browser/test_sign_in_oidc.py shows it in a browser.
"""

import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from benchmarking.provider import CALLBACK, WELL_KNOWN
from benchmarking.web.asking import COOKIE_PURPOSE
from benchmarking.web.provider_sign_in import TROUBLE
from tests.browser.serving import Site, free_port, served
from tests.faults.faulty_service import FaultyService, breaking_service
from tests.web import copies


@dataclass(frozen=True)
class Place:
    site: Site
    service: FaultyService
    secret: str


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A dashboard that was started while its sign-in service did not answer."""
    port = free_port()
    with breaking_service() as service:
        service.ways[WELL_KNOWN] = "closes"
        folder, told = tmp_path_factory.mktemp("broken"), service.settings(port)
        with served(folder, port, **told) as site:
            chosen = copies.of(folder / "served.duckdb", **told)
            yield Place(site, service, chosen.secret_for(COOKIE_PURPOSE))


@pytest.fixture
def place(broken: Place) -> Iterator[Place]:
    broken.service.ways.clear()
    yield broken
    broken.service.ways.clear()


@dataclass(frozen=True)
class Answer:
    status: int
    leads_to: str
    cookies: str
    text: str


def ask(site: Site, path: str, cookies: str = "") -> Answer:
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)) as connection:
        sent = {"Host": f"localhost:{site.port}", **({"Cookie": cookies} if cookies else {})}
        connection.request("GET", path, headers=sent)
        with closing(connection.getresponse()) as got:
            kept = "; ".join(said.split(";")[0] for said in got.headers.get_all("set-cookie") or [])
            leads_to = got.headers.get("location") or ""
            return Answer(got.status, leads_to, kept, got.read().decode())


def sign_in(place: Place) -> Answer:
    """What pressing "Sign in" asks the server."""
    key = OctKey.import_key(place.secret)
    said = {"provider": "default", "exp": int(time.time()) + 600}
    token = jwt.encode({"alg": "HS256"}, said, key)
    return ask(place.site, f"/auth/login?provider={quote(token)}")


def come_back(place: Place, asked: Answer) -> Answer:
    """What the service leads a browser to, once somebody is let in there."""
    (state,) = parse_qs(urlsplit(asked.leads_to).query)["state"]
    return ask(place.site, f"{CALLBACK}?code=c&state={quote(state)}", asked.cookies)


def lines(place: Place) -> list[str]:
    said = place.site.log.read_text("utf-8").splitlines()
    assert not [line for line in said if "Traceback" in line or line.startswith("  File ")]
    return [line for line in said if "sign-in trouble" in line]


def is_told_and_noted_once(place: Place, answer: Answer, before: int) -> None:
    assert (answer.status // 100, answer.leads_to, answer.text) == (3, TROUBLE, "")
    found = lines(place)
    assert len(found) == before + 1
    assert json.loads(found[-1])["event"] == "sign-in trouble"
    page = ask(place.site, TROUBLE)
    assert page.status == 200
    assert "The sign-in service did not let you in, or could not be reached." in page.text
    assert "Nothing you saved is lost." in page.text


def test_a_server_starts_though_the_service_does_not_answer(broken: Place) -> None:
    assert broken.site.states[-1] == 200
    assert lines(broken) == []


@pytest.mark.parametrize("way", ["closes", "fails", "garbage"])
def test_who_wants_to_sign_in_while_it_is_broken_is_told(place: Place, way: str) -> None:
    before = len(lines(place))
    place.service.ways[WELL_KNOWN] = way
    is_told_and_noted_once(place, sign_in(place), before)


def test_a_service_that_hangs_is_given_up_and_nobody_else_waits(place: Place) -> None:
    before = len(lines(place))
    place.service.ways[WELL_KNOWN] = "hangs"
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(sign_in, place)
        assert ask(place.site, "/healthz").status == 200
        assert not waiting.done()
        answer = waiting.result(timeout=60)
    is_told_and_noted_once(place, answer, before)


@pytest.mark.parametrize(
    "address, way",
    [
        ("/token", "closes"),
        ("/token", "fails"),
        ("/token", "garbage"),
        ("/keys", "garbage"),
        ("issuer", "another"),
        ("tls", "not spoken"),
    ],
)
def test_who_comes_back_while_it_is_broken_is_told_and_not_let_in(
    place: Place, address: str, way: str
) -> None:
    before = len(lines(place))
    if address in ("issuer", "tls"):
        place.service.ways[address] = way
    asked = sign_in(place)
    assert asked.leads_to.startswith(f"{place.service.issuer}/authorize?")
    place.service.ways[address] = way
    answer = come_back(place, asked)
    is_told_and_noted_once(place, answer, before)
    assert not [one for one in answer.cookies.split("; ") if one.startswith("_streamlit_user=e")]


def test_once_it_is_well_again_the_next_click_leads_there(place: Place) -> None:
    place.service.ways[WELL_KNOWN] = "fails"
    assert sign_in(place).leads_to == TROUBLE
    place.service.ways.clear()
    assert sign_in(place).leads_to.startswith(f"{place.service.issuer}/authorize?")
