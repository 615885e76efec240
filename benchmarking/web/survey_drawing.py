"""How a public page of the survey is drawn, what goes with it, and the addresses on it."""

from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

from benchmarking import server
from benchmarking.survey import invitation_letters
from benchmarking.web.survey_guests import Guest

STYLE = "/reply.css"
_FOLDER = Path(__file__).parent / "templates" / "survey"
_TEMPLATES = Jinja2Templates(directory=_FOLDER)

# Browsers obey both policies, this and the wider one of every answer. Of several words on the
# referrer they follow the last one they know: "same-origin", which every answer has, or this on
# an old phone. With this one alone, browsers would not say where a form comes from.
_HEADERS = {
    "content-security-policy": "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    ),
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow, noarchive",
}


def style(_request: Request) -> Response:
    """The one style sheet of these pages."""
    kept = {"cache-control": "public, max-age=3600"}
    return FileResponse(_FOLDER / "reply.css", media_type="text/css", headers=kept)


def page(
    request: Request, guest: Guest | None, name: str, status: int = 200, **said: Any
) -> Response:
    """A page. ``guest`` is None where there is nowhere to go on to."""
    base = guest.base if guest else ""
    # Only these pages know the address, so that a closed link is not written out again.
    said = {
        "to": partial(_address, request, base),
        "is_large": _is_large(request),
        "turned": _turned(request),
        "is_preview": guest is not None and guest.is_preview,
        "is_demonstration": server.current().is_demonstration,
        "style": STYLE,
        "ombudsman": invitation_letters.OMBUDSMAN,
        "hosted": None,
        "error": "",
        **said,
    }
    return _TEMPLATES.TemplateResponse(request, name, said, status_code=status, headers=_HEADERS)


def _is_large(request: Request) -> bool:
    return request.query_params.get("print") == "large"


def _address(request: Request, base: str, path: str = "", **more: str) -> str:
    """The address of a page of this survey, with what holds on all of them."""
    large = {"print": "large"} if _is_large(request) else {}
    query = urlencode({**large, **more})
    return f"{base}{path}?{query}" if query else f"{base}{path}"


def _turned(request: Request) -> str:
    """The address of this very page in the other size of print."""
    said = {name: v for name, v in request.query_params.items() if name == "from"}
    if not _is_large(request):
        said["print"] = "large"
    return f"?{urlencode(said)}"


def go(request: Request, guest: Guest, path: str) -> Response:
    """Leads on to another page of the same survey."""
    place = _address(request, guest.base, path)
    return RedirectResponse(place, HTTPStatus.SEE_OTHER, headers=_HEADERS)
