"""What of Streamlit's own addresses is answered, and to whom."""

import secrets

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

# Proves that this server itself asks.
OWN_ASKING = "x-benchmark-own"
own_word = secrets.token_hex(16)

_INNER = "/_stcore/"
_FOR_BROWSERS = ("health", "host-config", "stream", "upload_file/")
_FOR_OURSELVES = "script-health-check"
_STREAMLITS = (_INNER, "/media/", "/static/", "/component/")


class InnerAddresses:
    """Shuts the addresses that Streamlit answers to anybody, but for those that its pages need.

    Its measures, its interface for programs and its script check ask for no sign-in. The last one
    runs the whole dashboard; this server asks it once, to be ready.

    Pages of other sites are turned away before Streamlit meets them. It would ask a server out on
    the internet for its own address each time, to compare, and answer nobody while it waits.
    """

    def __init__(self, app: ASGIApp, *, public: str = ""):
        self._app = app
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = None
        if scope["type"] in ("http", "websocket") and scope["path"].startswith(_STREAMLITS):
            refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        sent = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if not _is_open(scope["path"], sent.get(OWN_ASKING.encode(), "")):
            return PlainTextResponse("Not Found", status_code=404)
        origin = sent.get(b"origin")
        own = {sent.get(b"host", ""), self._public} - {""}
        if origin is not None and origin.partition("://")[2] not in own:
            return PlainTextResponse("This comes from a page of another site.", status_code=403)
        return None


def _is_open(place: str, word: str) -> bool:
    if not place.startswith(_INNER):
        return True
    inner = place.removeprefix(_INNER)
    if inner == _FOR_OURSELVES:
        return secrets.compare_digest(word.encode(), own_word.encode())
    return any(
        inner.startswith(one) if one.endswith("/") else inner == one for one in _FOR_BROWSERS
    )
