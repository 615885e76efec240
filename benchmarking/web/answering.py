"""A number for every request, a line of the log and a count: by route, never by address.

An address can hold a survey's token or a search; the pattern of its route cannot. No name, no
cookie and no network address is noted: what people do stands in the audit log.
"""

import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benchmarking import events, measures
from benchmarking.logs import request_id

_TABS = "/_stcore/stream"
# Asked again and again by machines, or forty times for one page.
_UNREMARKABLE = {"/healthz", "/healthz/live", "/_stcore/health", "/_stcore/host-config", "/static"}


class Answering:
    """Wraps everything else, so that refusals are counted as well."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        number, began, status = secrets.token_hex(8), time.perf_counter(), 500
        request_id.set(number)

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message["headers"], (b"x-request-id", number.encode())]
                message = {**message, "headers": headers}
            await send(message)

        try:
            await self._app(scope, receive, send_numbered)
        finally:
            _note(scope, status, time.perf_counter() - began)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_in = False

        async def send_counted(message: Message) -> None:
            nonlocal is_in
            if message["type"] == "websocket.accept" and not is_in:
                is_in = True
                measures.SESSIONS.inc()
            await send(message)

        try:
            await self._app(scope, receive, send_counted)
        finally:
            if is_in:
                measures.SESSIONS.dec()
            measures.REQUESTS.labels(_TABS, "101" if is_in else "refused").inc()


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = route_of(scope)
    measures.REQUESTS.labels(route, str(status)).inc()
    measures.REQUEST_SECONDS.labels(route).observe(seconds)
    if route not in _UNREMARKABLE:
        milliseconds = round(seconds * 1000, 1)
        method = scope["method"] if scope["method"].isalpha() else "?"
        events.note("answered", method=method[:10], route=route, status=status, ms=milliseconds)


def route_of(scope: Scope) -> str:
    """The pattern of the route that answered; "/static" and "/" for what Streamlit serves."""
    pattern = getattr(scope.get("route"), "path", None)
    if pattern is None:
        return "refused"
    if pattern:
        return str(pattern)
    return "/static" if scope["path"].startswith("/static/") else "/"
