"""Somebody names another person's browser tab to the server: nothing leaks, nothing is stored."""

import http.client
import itertools
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarking import accounts
from tests.browser.serving import Site, served

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

websockets = pytest.importorskip("websockets.sync.client")

LEAD, OTHER = "trust-lead.DEMO-07", "trust-lead.DEMO-08"
SECONDS = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("takeover")) as running:
        yield running


def cookie_of(site: Site, subject: str) -> str:
    """What a browser holds after choosing a role."""
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)) as connection:
        host = f"localhost:{site.port}"
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Host": host}
        connection.request("POST", "/sign-in", f"subject={subject}", kind)
        with closing(connection.getresponse()) as answer:
            return str(answer.getheader("set-cookie")).split(";")[0]


@dataclass
class Tab:
    """One connection, as a browser tab holds it. ``drawn`` is all it was ever sent, as text."""

    socket: "ClientConnection"
    session: str = ""
    drawn: str = ""

    def run(self, page: str) -> str:
        """Has a page drawn; what was sent for it."""
        state = ClientState(page_name=page)
        self.socket.send(BackMsg(rerun_script=state).SerializeToString())
        sent = list(self._until_finished())
        self.drawn += "".join(sent)
        return "".join(sent)

    def _until_finished(self) -> Iterator[str]:
        begun = False
        for _ in itertools.count():
            frame = self.socket.recv(timeout=SECONDS)
            assert isinstance(frame, bytes)
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") == "new_session":
                begun = True
                self.session = message.new_session.initialize.session_id or self.session
            yield str(message)
            if begun and message.WhichOneof("type") == "script_finished":
                return


@contextmanager
def tab(site: Site, cookie: str = "", naming: str = "") -> Iterator[Tab]:
    """A tab that opens with a cookie, and may name another tab's session as its own."""
    named = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", naming]
    with websockets.connect(
        f"ws://localhost:{site.port}/_stcore/stream",
        origin=site.address,
        additional_headers={"Cookie": cookie} if cookie else {},
        subprotocols=[one for one in named if one],
        max_size=None,
        open_timeout=SECONDS,
    ) as socket:
        yield Tab(socket)


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
