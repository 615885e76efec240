"""Around Streamlit's own sign-in addresses: back to the page asked for, and words for trouble.

Streamlit leads whoever signed in to the first page, and answers every trouble with two words or
with nothing. What it does is kept; where it leads is changed here.
"""

import logging
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benchmarking import events, server
from benchmarking.provider import CALLBACK
from benchmarking.settings import WayIn
from benchmarking.web import headers
from benchmarking.web.own_pages import own_page, page_it_came_from

TROUBLE = "/sign-in-trouble"
_LOGIN = "/auth/login"
_SIGNED_IN = b"_streamlit_user="
_COOKIE = "benchmark_next"
_SECONDS_TO_SIGN_IN = 900
_TEMPLATES = Jinja2Templates(directory=Path(__file__).parent / "templates")

Headers = list[tuple[bytes, bytes]]


def routes() -> list[Route]:
    """The page that says what to do when signing in failed."""
    return [Route(TROUBLE, show_trouble, methods=["GET"])]


def show_trouble(request: Request) -> Response:
    """What to do, where there is a sign-in service; else what any absent page answers."""
    if server.current().settings.way_in is not WayIn.PROVIDER:
        raise HTTPException(404)
    page: HTMLResponse = _TEMPLATES.TemplateResponse(request, "sign_in_trouble.html")
    page.headers.update(headers.of_plain_page(bytes(page.body).decode()))
    return page


class LeadsOn:
    """Changes where Streamlit's sign-in leads to."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        leads = {_LOGIN: _after_asking, CALLBACK: _after_answer}.get(scope.get("path", ""))
        if scope["type"] != "http" or leads is None:
            await self._app(scope, receive, send)
            return
        is_replaced = False

        async def send_changed(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start":
                before = message["status"]
                status, headers = leads(scope, before, list(message["headers"]))
                is_replaced = status != before
                message = {**message, "status": status, "headers": headers}
            elif is_replaced:
                # Of an answer that leads elsewhere nobody reads the words.
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, send_changed)


def _after_asking(scope: Scope, status: int, headers: Headers) -> tuple[int, Headers]:
    """The way to the sign-in service, with a note of the page to come back to."""
    if status >= 400:
        return 303, [(b"location", TROUBLE.encode()), (b"content-length", b"0")]
    asked = page_it_came_from(dict(scope["headers"]))
    return status, [*headers, _note(quote(asked, safe=""), _SECONDS_TO_SIGN_IN)]


def _after_answer(scope: Scope, status: int, headers: Headers) -> tuple[int, Headers]:
    """The way back from the sign-in service, also after signing out there."""
    said = parse_qs(scope["query_string"].decode("latin-1"))
    if _lets_in(headers):
        leads_to = _asked_for(dict(scope["headers"]))
    else:
        leads_to = TROUBLE if {"code", "error"} & said.keys() else "/"
    kept = [(name, value) for name, value in headers if name.lower() != b"location"]
    return status, [*kept, (b"location", leads_to.encode()), _note("", 0)]


def _lets_in(headers: Headers) -> bool:
    """Whether the answer gives somebody a cookie, and not merely takes one away."""
    cookies = [value for name, value in headers if name.lower() == b"set-cookie"]
    values = [one.split(b";")[0].removeprefix(_SIGNED_IN) for one in cookies if _named(one)]
    return any(value.strip(b'"') for value in values)


def _named(cookie: bytes) -> bool:
    return cookie.startswith(_SIGNED_IN)


def _asked_for(headers: dict[bytes, bytes]) -> str:
    try:
        brought = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        return "/"
    return own_page(unquote(brought[_COOKIE].value)) if _COOKIE in brought else "/"


def _note(value: str, seconds: int) -> tuple[bytes, bytes]:
    said = f"{_COOKIE}={value}; Path={CALLBACK}; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    return b"set-cookie", said.encode()


class OneLine(logging.Filter):
    """Makes one line in our own form of what Streamlit logs of a sign-in that failed.

    It says what kind of fault it was. The traceback is of other people's code, and may hold what
    an unknown visitor sent.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass, changed."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        said = {"said": record.getMessage(), "kind": kind}
        record.said = events.values("sign-in trouble", said)
        record.msg, record.args = "%s", (events.line("sign-in trouble", **said),)
        record.exc_info, record.exc_text = None, None
        return True


def log_in_one_line() -> None:
    """From now on what Streamlit logs of signing in is one line each."""
    logger = logging.getLogger("streamlit.web.server.starlette.starlette_auth_routes")
    if not any(isinstance(one, OneLine) for one in logger.filters):
        logger.addFilter(OneLine())
