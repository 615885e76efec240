"""A browser tab as the server sees it: a connection that asks for pages and sends values."""

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
