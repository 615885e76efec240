"""Somebody names another person's browser tab to the server: nothing leaks, nothing is stored."""

import http.client
from collections.abc import Iterator
from contextlib import closing

import pytest

from benchmarking.people import accounts
from tests.browser.serving import Site, served
from tests.web.tabs import cookie_of, tab

LEAD, OTHER = "trust-lead.DEMO-07", "trust-lead.DEMO-08"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("takeover")) as running:
        yield running


def test_whoever_names_anothers_tab_is_still_nobody(site: Site) -> None:
    with tab(site, cookie_of(site, LEAD)) as own:
        assert "Complaints manager, DEMO-07" in own.run("assessment")
        with tab(site, naming=own.session) as thief:
            seen = thief.run("assessment")
            assert thief.session == own.session, "the attempt did reach that tab"
            assert "Sign in to see this page." in seen
            assert "DEMO-07" not in thief.drawn and "Complaints manager" not in thief.drawn


def test_whoever_names_anothers_tab_sees_their_own_trust_alone(site: Site) -> None:
    with tab(site, cookie_of(site, LEAD)) as own:
        assert "DEMO-07" in own.run("assessment")
        with tab(site, cookie_of(site, OTHER), naming=own.session) as thief:
            assert "Complaints manager, DEMO-08" in thief.run("assessment")
            assert thief.session == own.session, "the attempt did reach that tab"
            assert "DEMO-07" not in thief.drawn


def test_a_cookie_of_somebody_who_signed_out_opens_nothing(site: Site) -> None:
    cookie = cookie_of(site, LEAD)
    with tab(site, cookie) as own:
        assert "Complaints manager, DEMO-07" in own.run("assessment")
        with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)) as out:
            host = f"localhost:{site.port}"
            out.request("POST", "/sign-out", headers={"Host": host, "Cookie": cookie})
            assert out.getresponse().status == 303
        seen = own.run("assessment")
        assert "You signed out. Sign in again to go on." in seen, "the very next click"
        assert "DEMO-07" not in seen
    with tab(site, cookie) as again:
        assert "DEMO-07" not in again.run("assessment")
    assert cookie.startswith(accounts.COOKIE)
