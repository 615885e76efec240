"""Headers that every answer carries, and the hosts that are answered at all."""

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit and plotly build styles and functions at run time, hence the two "unsafe" words.
_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}


class SecurityHeaders:
    """Adds ``HEADERS`` to every HTTP answer."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self._app(scope, receive, send_with_headers)


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


def middleware(hosts: list[str], *, behind_tls: bool) -> list[Middleware]:
    """The middleware around all routes. A host that is refused is told so with the headers, too.

    Args:
        hosts: names under which this server may be asked. Streamlit's own setting for this
            lets foreign names through.
        behind_tls: whether people reach this server by https.
    """
    outermost = [Middleware(SecureCookies)] if behind_tls else []
    return [
        *outermost,
        Middleware(SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
    ]
