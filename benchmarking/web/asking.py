"""Who sends a plain request: what vouches for them in it, as it does on the pages.

On the pages Streamlit reads its cookie when a tab opens. It is signed with a secret of ours, so a
route reads it as well, and believes no more than Streamlit does: the signature, and that it was
made for this address. What it says is judged where the pages have it judged, in ``vouching``.
"""

import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request

from benchmarking.people import accounts
from benchmarking.people.vouching import Claims, Credential
from benchmarking.provider import Provider
from benchmarking.server import Server
from benchmarking.settings import Settings, WayIn
from benchmarking.visit import Visit

# What the secret is made for with which Streamlit signs its cookie.
COOKIE_PURPOSE = "cookie of the sign-in service"
_COOKIE = "_streamlit_user"
_CHUNKS = re.compile(r"chunks-(\d{1,2})")
_DAYS = 31


def visit_of(running: Server, request: Request) -> Visit:
    """The visit that a request is; a stranger's where nothing vouches for it."""
    return accounts.visit_by(running, _credential(running.settings, request.cookies))


def _credential(settings: Settings, cookies: Mapping[str, str]) -> Credential:
    if settings.way_in is WayIn.PROVIDER and settings.provider is not None:
        return _claims(settings, settings.provider, cookies)
    return cookies.get(accounts.COOKIE)


def _claims(settings: Settings, provider: Provider, cookies: Mapping[str, str]) -> Claims | None:
    """What the sign-in service said, as Streamlit wrote it down; None where it is not that."""
    written = _written(settings.secret_for(COOKIE_PURPOSE), cookies)
    try:
        said = json.loads(written) if written else None
    except ValueError:
        return None
    if not isinstance(said, dict) or said.get("is_logged_in") is not True:
        return None
    home = urlsplit(provider.callback_url)
    return said if said.get("origin") == f"{home.scheme}://{home.netloc}" else None


def _written(secret: str, cookies: Mapping[str, str]) -> str | None:
    """The text of the cookie, put together where it was too long for one."""
    whole = _signed(secret, cookies, _COOKIE)
    chunks = _CHUNKS.fullmatch(whole or "")
    if chunks is None:
        return whole
    parts = [_signed(secret, cookies, f"{_COOKIE}_{n + 1}") for n in range(int(chunks[1]))]
    return None if None in parts else "".join(part or "" for part in parts)


def _signed(secret: str, cookies: Mapping[str, str], name: str) -> str | None:
    signer = URLSafeTimedSerializer(secret, salt=name)
    try:
        said = signer.loads(cookies.get(name, ""), max_age=_DAYS * 24 * 3600)
    except BadSignature:
        return None
    return said if isinstance(said, str) else None
