"""A browser tab as the server sees it: a connection that asks for pages and sends values."""

import http.client
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from tests.browser.serving import Site

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

websockets = pytest.importorskip("websockets.sync.client")

SECONDS = 60


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

    def run(self, page: str, *chosen: WidgetState, address: str = "") -> str:
        """Has a page drawn, after these values were sent for its fields; what was sent for it."""
        states = WidgetStates(widgets=chosen)
        state = ClientState(page_name=page, query_string=address, widget_states=states)
        self.socket.send(BackMsg(rerun_script=state).SerializeToString())
        sent = list(self._until_finished())
        self.drawn += "".join(sent)
        return "".join(sent)

    def _until_finished(self) -> Iterator[str]:
        kind, begun = "", False
        while not (begun and kind == "script_finished"):
            frame = self.socket.recv(timeout=SECONDS)
            assert isinstance(frame, bytes)
            message = ForwardMsg.FromString(frame)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                begun = True
                self.session = message.new_session.initialize.session_id or self.session
            yield self._text(frame, message)

    def _text(self, frame: bytes, message: ForwardMsg) -> str:
        return str(message)


def tab(site: Site, cookie: str = "", naming: str = "") -> AbstractContextManager[Tab]:
    """A tab that opens with a cookie, and may name another tab's session as its own."""
    url = f"ws://localhost:{site.port}/_stcore/stream"
    return connected(url, site.address, cookie, naming=naming)


@contextmanager
def connected(
    url: str,
    origin: str,
    cookie: str,
    kind: type[Tab] = Tab,
    *,
    own_page: str = "",
    naming: str = "",
    **through: Any,
) -> Iterator[Tab]:
    """A tab of a page.

    Args:
        url: where it opens.
        origin: the site it says that it comes from.
        cookie: what the browser brings.
        kind: what is given.
        own_page: the cookie that proves that the page is our own.
        naming: the session that it says is its own.
        through: how the server is reached, if not plainly.
    """
    named = ["streamlit", own_page or "PLACEHOLDER_AUTH_TOKEN", naming]
    with websockets.connect(
        url,
        origin=origin,
        additional_headers={"Cookie": cookie} if cookie else {},
        subprotocols=[one for one in named if one],
        max_size=None,
        open_timeout=SECONDS,
        **through,
    ) as socket:
        yield kind(socket)
