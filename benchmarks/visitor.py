"""A visitor without a browser: opens a page of a running server and runs it again and again."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol


class Visitor:
    """One open page."""

    def __init__(self, socket: ClientConnection, page: str, query: str = ""):
        self._socket = socket
        self._page = page
        self._query = query

    def rerun(self) -> int:
        """Runs the page's script once; the bytes that the server sent.

        As a browser does, it takes over the address that the page writes.

        Raises:
            RuntimeError: the script ended with an exception.
        """
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_name = self._page
        self._socket.send(asked.SerializeToString())
        received = 0
        while True:
            frame = self._socket.recv(timeout=60)
            assert isinstance(frame, bytes)
            received += len(frame)
            message = ForwardMsg()
            message.ParseFromString(frame)
            if message.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(message.delta.new_element.exception.message)
            if message.WhichOneof("type") == "page_info_changed":
                self._query = message.page_info_changed.query_string
            if message.WhichOneof("type") == "script_finished":
                return received


@contextmanager
def visit(port: int, page: str, *, cookie: str = "", query: str = "") -> Iterator[Visitor]:
    """Opens a page; the first run has been made when the visitor is handed over."""
    headers = {"Cookie": cookie} if cookie else {}
    with connect(
        f"ws://localhost:{port}/_stcore/stream",
        origin=Origin(f"http://localhost:{port}"),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=headers,
        max_size=None,
    ) as socket:
        visitor = Visitor(socket, page, query)
        visitor.rerun()
        yield visitor


def sign_in(port: int, subject: str) -> str:
    """The cookie of a demonstration role."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: object, **_more: object) -> None:
            return None

    form = urllib.parse.urlencode({"subject": subject, "next": "/"}).encode()
    request = urllib.request.Request(f"http://localhost:{port}/sign-in", data=form)
    try:
        urllib.request.build_opener(Stay).open(request)
    except urllib.error.HTTPError as answer:
        return str(answer.headers["set-cookie"]).split(";")[0]
    raise RuntimeError("The server did not accept the role.")
