"""Signing in with a real OpenID Connect provider, in a real browser.

Roles are taken away by an administrator in a browser of their own: on DuckDB no second program
can write to the database of a running server.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from itsdangerous import URLSafeTimedSerializer

from benchmarking.access import Grant, Role
from benchmarking.moments import utc_now
from benchmarking.people import enrolment
from benchmarking.people.enrolment import Newcomer
from benchmarking.settings import ROOT, read
from benchmarking.store.opening import open_database
from tests.browser.expecting import expect
from tests.browser.serving import Site, free_port, served
from tests.browser.vouching_service import Service, vouching
from tests.web import copies

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.reading import Reader

pytestmark = pytest.mark.browser

LEAD = "complaints-manager"
COOKIE = "_streamlit_user"
DAY = 24 * 3600
NO_ROLE = "You are signed in, but have no role here yet. Give your administrator this code:"


@dataclass(frozen=True)
class Place:
    """A dashboard, and the service that vouches for those who come to it."""

    site: Site
    service: Service

    def cookie(self, **said: object) -> dict[str, Any]:
        """The cookie that Streamlit sets for claims, signed with the server's own secret."""
        now = int(time.time())
        claims = {
            "iss": self.service.issuer,
            "sub": LEAD,
            "aud": ["benchmark"],
            "iat": now,
            "exp": now + DAY,
            "nonce": str(said),
            "is_logged_in": True,
            "provider": "default",
            "origin": self.site.address,
            **said,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        signer = URLSafeTimedSerializer(secret(), salt=COOKIE)
        return as_cookie(self.site, str(signer.dumps(json.dumps(kept))))


def secret() -> str:
    return read({"BENCHMARK_SECRET": copies.SECRET}).secret_for("cookie of the sign-in service")


def as_cookie(site: Site, value: str) -> dict[str, Any]:
    return {"name": COOKIE, "value": value, "url": site.address, "httpOnly": True}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder, port = tmp_path_factory.mktemp("oidc"), free_port()
    with vouching(folder) as service:
        enrol(folder / "served.duckdb", service)
        with served(folder, port, **service.settings(port)) as site:
            yield Place(site, service)


def enrol(database: Path, service: Service) -> None:
    """The demonstration, with the people whom the service knows."""
    shutil.copyfile(copies.filled(), database)
    opened = open_database(copies.of(database), utc_now())
    for subject, grant in {
        LEAD: Grant(Role.TRUST_LEAD, "DEMO-07"),
        "soon-gone": Grant(Role.INSPECTOR, None),
        "administrator": Grant(Role.ADMINISTRATOR, None),
    }.items():
        newcomer = Newcomer(service.issuer, subject, f"Title of {subject}", grant)
        enrolment.enrol(opened, ROOT / "data", newcomer, utc_now())
    opened.close()


Arrive = Callable[..., "Reader"]


@pytest.fixture
def arrive(chrome: "Browser", place: Place) -> Iterator[Arrive]:
    """A browser of its own for everybody who comes: ``arrive(address)``, with cookies or none."""
    from tests.browser.reading import Reader

    came: list[Reader] = []

    def come(address: str = "/", *cookies: dict[str, Any]) -> Reader:
        context = chrome.new_context(viewport={"width": 1280, "height": 1400})
        context.set_default_timeout(30_000)
        context.add_cookies(list(cookies))  # type: ignore[arg-type]
        reader = Reader(context, context.new_page(), place.site.address)
        came.append(reader)
        return reader.open(address)

    yield come
    for reader in came:
        reader.leave()


def broken_rules(reader: "Reader") -> list[str]:
    from tests.browser import looking

    return looking.broken_rules(reader)


def ask_to_sign_in(reader: "Reader") -> "Page":
    """As far as the service's own page."""
    reader.page.get_by_role("button", name="Sign in").first.click()
    reader.page.get_by_placeholder("sub").wait_for()
    return reader.page


def sign_in(reader: "Reader", subject: str) -> "Reader":
    page = ask_to_sign_in(reader)
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{reader.home}/**")
    return reader.wait()


def sign_out(reader: "Reader") -> None:
    reader.page.get_by_role("button", name="Sign out").click()
    reader.page.get_by_role("button", name="End session").click()
    reader.page.wait_for_url(f"{reader.home}/")
    reader.wait()


def our_cookie(reader: "Reader") -> dict[str, Any]:
    found = {str(one.get("name")): one for one in reader.context.cookies()}
    return {**found[COOKIE]}


def says(reader: "Reader", words: str) -> None:
    expect(reader.page.get_by_text(words, exact=True)).to_be_visible()


def test_who_signs_in_is_back_where_they_wanted_to_be_with_the_pages_of_their_role(
    arrive: Arrive,
) -> None:
    asked = "/assessment?standard=my-expectations&stage=me-3"
    reader = arrive(asked)
    says(reader, "Sign in to see this page.")
    assert broken_rules(reader) == []
    sign_in(reader, LEAD)
    assert reader.page.url == reader.home + asked
    expect(reader.title).to_have_text("Assessment")
    says(reader, f"Title of {LEAD}")
    menu = reader.page.get_by_test_id("stTopNavLink")
    assert "Our results" in menu.all_inner_texts()
    assert "Compare" not in menu.all_inner_texts()


def test_the_cookie_is_out_of_reach_for_scripts_and_foreign_pages(arrive: Arrive) -> None:
    reader = sign_in(arrive(), LEAD)
    kept = our_cookie(reader)
    assert (kept["httpOnly"], kept["sameSite"], kept["path"]) == (True, "Lax", "/")
    assert LEAD not in reader.page.evaluate("document.cookie")


def test_a_role_that_is_taken_away_is_gone_at_the_very_next_click(arrive: Arrive) -> None:
    reader = sign_in(arrive("/compare"), "soon-gone")
    expect(reader.title).to_have_text("Compare trusts")
    administrator = sign_in(arrive("/people?role=inspector"), "administrator")
    administrator.page.get_by_role("link", name="Title of soon-gone").click()
    administrator.page.get_by_text("I am sure").click()
    administrator.page.get_by_role("button", name="End this role").click()
    administrator.page.get_by_text("no longer").first.wait_for()
    reader.page.get_by_test_id("stTopNavLink").filter(has_text="Published complaints").click()
    says(reader, NO_ROLE)
    expect(reader.page.get_by_test_id("stCode")).to_contain_text("soon-gone")
    expect(reader.page.get_by_test_id("stTopNavLink")).to_have_count(0)


def test_who_signs_out_is_a_stranger_and_so_is_the_old_cookie(arrive: Arrive, place: Place) -> None:
    reader = sign_in(arrive("/assessment"), LEAD)
    before = our_cookie(reader)
    sign_out(reader)
    says(reader, "Sign in to see this page.")
    assert COOKIE not in {str(one.get("name")) for one in reader.context.cookies()}
    replayed = arrive("/assessment", as_cookie(place.site, before["value"]))
    says(replayed, "You signed out. Sign in again to go on.")
    sign_in(replayed, LEAD)
    expect(replayed.title).to_have_text("Assessment")


def test_another_tab_of_who_signed_out_is_shut_at_the_very_next_click(arrive: Arrive) -> None:
    reader = sign_in(arrive("/assessment"), LEAD)
    other = replace(reader, page=reader.context.new_page()).open("/overview")
    sign_out(reader)
    other.page.get_by_test_id("stTopNavLink").filter(has_text="Our results").click()
    says(other, "You signed out. Sign in again to go on.")


def test_somebody_unknown_is_given_a_code_and_sees_nothing(arrive: Arrive, place: Place) -> None:
    reader = sign_in(arrive("/compare"), "nobody-knows-me")
    says(reader, NO_ROLE)
    code = reader.page.get_by_test_id("stCode")
    expect(code).to_contain_text(place.service.issuer)
    expect(code).to_contain_text("nobody-knows-me")
    assert "DEMO-" not in reader.page.content()
    assert broken_rules(reader) == []


REFUSED = "Sign in to see this page."


@pytest.mark.parametrize(
    "said, told",
    [
        ({}, ""),
        (
            {"iss": "https://elsewhere.example"},
            "You signed in with a service that is not used here. Sign in again.",
        ),
        (
            {"exp": 1_700_000_000},
            "What the sign-in service said about you holds no longer. Nothing you saved is lost. "
            "Sign in again.",
        ),
        (
            {"sub": None},
            "The sign-in service did not say who you are. Sign in again. If this stays, tell your "
            "administrator that the claim “sub” is missing.",
        ),
        (
            {"iat": 1_700_000_000},
            "You were signed out 12 hours after you signed in. Nothing you saved is lost. "
            "Sign in again.",
        ),
        ({"origin": "https://elsewhere.example"}, REFUSED),
        ({"is_logged_in": None}, REFUSED),
    ],
    ids=["good", "issuer", "expired", "no subject", "too long ago", "origin", "not signed in"],
)
def test_only_a_cookie_that_is_good_in_every_way_opens_a_page(
    arrive: Arrive, place: Place, said: dict[str, object], told: str
) -> None:
    reader = arrive("/assessment", place.cookie(**said))
    if told:
        says(reader, told)
        assert "DEMO-" not in reader.page.content()
    else:
        expect(reader.title).to_have_text("Assessment")


def test_a_cookie_signed_with_another_secret_opens_nothing(arrive: Arrive, place: Place) -> None:
    value = place.cookie()["value"]
    forged = URLSafeTimedSerializer("another secret", salt=COOKIE).dumps(
        URLSafeTimedSerializer(secret(), salt=COOKIE).loads(value)
    )
    says(arrive("/assessment", as_cookie(place.site, str(forged))), REFUSED)


def test_who_is_not_let_in_is_told_what_to_do_and_the_log_has_one_line(
    arrive: Arrive, place: Place
) -> None:
    reader = arrive("/assessment")
    ask_to_sign_in(reader).get_by_role("button", name="Deny").click()
    expect(reader.title).to_have_text("You are not signed in")
    assert broken_rules(reader) == []
    reader.page.get_by_role("link", name="try again").click()
    reader.wait()
    said = place.site.log.read_text("utf-8")
    assert said.count('"event": "sign-in trouble", "said": "Error during authentication') == 1
    assert "Traceback" not in said


def test_a_service_that_is_down_is_told_and_those_inside_work_on(
    arrive: Arrive, place: Place
) -> None:
    """The last test of this file: the service does not come back."""
    inside = sign_in(arrive("/assessment"), LEAD)
    place.service.end()
    outside = arrive("/assessment")
    outside.page.get_by_role("button", name="Sign in").first.click()
    expect(outside.title).to_have_text("You are not signed in")
    expect(outside.page.get_by_text("could not be reached")).to_be_visible()
    assert "Traceback" not in place.site.log.read_text("utf-8")
    inside.page.get_by_test_id("stTopNavLink").filter(has_text="Our results").click()
    expect(inside.title).to_have_text("Our results")
