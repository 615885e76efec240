"""Headers that every answer carries, and the hosts that are answered at all."""

import base64
import hashlib
import re
from urllib.parse import SplitResult

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benchmarking import own_script
from benchmarking.web.inner_addresses import InnerAddresses


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


_STREAMLITS_OWN = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
# Streamlit and plotly build styles at run time, hence the word "unsafe-inline" for styles.
_POLICY = "; ".join(
    [
        "default-src 'self'",
        # The digests are of the one script that stands in Streamlit's page, which a test holds,
        # and of ours.
        f"script-src 'self' {_STREAMLITS_OWN} 'sha256-{_digest(own_script.TEXT)}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# For what may be personal: nothing of it stays in a browser or on the way to it. What says
# otherwise of itself, such as Streamlit's scripts and styles, keeps what it says.
_NOT_KEPT = {"cache-control": "no-store"}
# A year. Not for the names below ours, which may be other people's.
_BY_TLS_ALONE = {"strict-transport-security": "max-age=31536000"}


def of_plain_page(style: str = "") -> dict[str, str]:
    """The headers of a page of plain HTML, in which no script runs, whatever found its way in.

    Args:
        style: the page as it is sent, whose one style element is the only one it may have.
    """
    found = re.search(r"<style>(.*?)</style>", style, re.DOTALL)
    allowed = f"'sha256-{_digest(found[1])}'" if found else "'none'"
    policy = [
        "default-src 'none'",
        f"style-src {allowed}",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    return {"content-security-policy": "; ".join(policy), **_NOT_KEPT}


class SecurityHeaders:
    """Adds the headers to every HTTP answer. A policy or rule of its own that it has stays."""

    def __init__(self, app: ASGIApp, *, behind_tls: bool = False):
        self._app = app
        self._always = {**HEADERS, **(_BY_TLS_ALONE if behind_tls else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.decode().lower() for name, _ in message["headers"]}
                missing = {**self._always, **_NOT_KEPT}.items()
                added = [
                    (name.encode(), value.encode())
                    for name, value in missing
                    if name not in said - _SAID_TWICE
                ]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, send_with_headers)


# Of several, browsers follow the last that they know; the survey's pages say why (survey_drawing).
_SAID_TWICE = {"referrer-policy"}


class SecureCookies:
    """Has browsers send every cookie over TLS alone. Streamlit's own cookies leave that out."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_secured(message: Message) -> None:
            # A websocket is opened by an answer with headers of its own.
            if "headers" in message:
                message = {**message, "headers": [_secured(*one) for one in message["headers"]]}
            await send(message)

        await self._app(scope, receive, send_secured)


def _secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    said = {part.strip().lower() for part in value.split(b";")[1:]}
    is_open = name.lower() == b"set-cookie" and b"secure" not in said
    return name, value + b"; Secure" if is_open else value


def middleware(hosts: list[str], public: SplitResult) -> list[Middleware]:
    """The middleware around all routes. A host that is refused is told so with the headers, too.

    Args:
        hosts: names under which this server may be asked. Streamlit's own setting for this
            lets foreign names through.
        public: the address under which people reach this server; empty where none is set.
    """
    behind_tls = public.scheme == "https"
    outermost = [Middleware(SecureCookies)] if behind_tls else []
    return [
        *outermost,
        Middleware(SecurityHeaders, behind_tls=behind_tls),
        # Without the way to "www.", which would lead a browser to a name that it chose itself.
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(InnerAddresses, public=public.netloc),
    ]
