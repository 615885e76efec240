"""Signing in by choosing a role: only in a demonstration that no other machine can reach.

It is a page of its own and sets a signed cookie. A name kept in Streamlit's session would be
taken over by whoever names that session.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from benchmarking import accounts, server
from benchmarking.store import people

_TEMPLATES = Jinja2Templates(directory=Path(__file__).parent / "templates")
# One slash and no second; nothing that a browser reads as one (\) or leaves out (tab, line end).
_OWN_PAGE = re.compile(r"/(?:[^/\\\s\x00-\x1f][^\\\s\x00-\x1f]*)?")
_FIRST_CHOICES = (
    (
        "trust-lead.DEMO-07",
        "I lead complaints in a trust",
        "Assess your trust and see where it stands.",
    ),
    ("inspector", "I inspect or commission", "Compare trusts, statement by statement."),
    ("board-member.DEMO-07", "I sit on a board", "Read one page and decide."),
)


@dataclass(frozen=True)
class RoleCard:
    """One role to choose, with what it is for."""

    subject: str
    heading: str
    purpose: str
    title: str


def routes() -> list[Route]:
    """The sign-in page and what its buttons send."""
    return [
        Route("/sign-in", show, methods=["GET"]),
        Route("/sign-in", choose, methods=["POST"]),
        Route("/sign-out", leave, methods=["POST"]),
    ]


def show(request: Request) -> Response:
    """The page with the roles, or the same answer as for any absent page."""
    running = server.current()
    if not running.offers_demonstration_sign_in:
        raise HTTPException(404)
    return _page(request, running, asked=request.query_params.get("next", "/"))


async def choose(request: Request) -> Response:
    """Signs in with the role that was chosen and goes to the dashboard."""
    running = server.current()
    if not running.offers_demonstration_sign_in or not _is_own_form(request):
        raise HTTPException(404)
    form = await request.form()
    asked = str(form.get("next", "/"))
    try:
        token = accounts.sign_in_as(running, str(form.get("subject", "")))
    except accounts.UnknownPerson as problem:
        return _page(request, running, asked, problem=str(problem))
    answer = RedirectResponse(_next(asked), status_code=303)
    answer.set_cookie(
        accounts.COOKIE,
        token,
        max_age=accounts.LONGEST_HOURS * 3600,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def leave(request: Request) -> Response:
    """Signs out and shows the roles again."""
    if not _is_own_form(request):
        raise HTTPException(404)
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(accounts.COOKIE, httponly=True, samesite="lax")
    return answer


def _page(request: Request, running: server.Server, asked: str, problem: str = "") -> Response:
    with running.database.reading() as reading:
        titles = people.titles(reading, accounts.DEMONSTRATION_ISSUER)
    known = dict(titles)
    cards = [
        RoleCard(subject, heading, purpose, known[subject])
        for subject, heading, purpose in _FIRST_CHOICES
        if subject in known
    ]
    person = accounts.visit_by(running, request.cookies.get(accounts.COOKIE)).person
    context = {
        "signed_in": "" if person.is_stranger else person.title,
        "cards": cards,
        "titles": titles,
        "problem": problem,
        "next": _next(asked),
    }
    page: HTMLResponse = _TEMPLATES.TemplateResponse(
        request, "sign_in.html", context, status_code=422 if problem else 200
    )
    return page


def _next(asked: str) -> str:
    """Where to go afterwards: a page of this server, never another address."""
    return asked if _OWN_PAGE.fullmatch(asked) else "/"


def _is_own_form(request: Request) -> bool:
    """Whether a form of this server's own page was sent, not one of a foreign page."""
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")
