"""Addresses of this server's own pages, told apart from everybody else's."""

import re

from starlette.requests import Request

# One slash and no second; nothing that a browser reads as one (\) or leaves out (tab, line end).
_OWN_PAGE = re.compile(r"/(?:[^/\\\s\x00-\x1f][^\\\s\x00-\x1f]*)?")
LONGEST = 2000


def own_page(asked: str) -> str:
    """Where to go: a page of this server, never another address."""
    return asked if len(asked) <= LONGEST and _OWN_PAGE.fullmatch(asked) else "/"


def is_own_form(request: Request) -> bool:
    """Whether a form of this server's own page was sent, not one of a foreign page."""
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


def page_it_came_from(headers: dict[bytes, bytes]) -> str:
    """The page of this server on which a link was followed; "/" where that is not known.

    Args:
        headers: of the request, with names in lower case.
    """
    said = headers.get(b"referer", b"").decode("latin-1")
    home, slash, path = said.partition("://")[2].partition("/")
    is_ours = home == headers.get(b"host", b"").decode("latin-1")
    return own_page(slash + path) if is_ours and path.isascii() else "/"
