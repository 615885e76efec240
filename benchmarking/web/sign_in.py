"""Signing in by choosing a role: only in a demonstration that no other machine can reach.

It is a page of its own and sets a signed cookie. A name kept in Streamlit's session would be
taken over by whoever names that session.
"""

from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from benchmarking import server
from benchmarking.people import accounts
from benchmarking.people.vouching import DEMONSTRATION_ISSUER
from benchmarking.store import people
from benchmarking.web import headers
from benchmarking.web.own_pages import is_own_form, own_page

_TEMPLATES = Jinja2Templates(directory=Path(__file__).parent / "templates")
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
    if not running.offers_demonstration_sign_in or not is_own_form(request):
        raise HTTPException(404)
    form = await request.form()
    asked = str(form.get("next", "/"))
    try:
        token = accounts.sign_in_as(running, str(form.get("subject", "")))
    except accounts.UnknownPerson as problem:
        return _page(request, running, asked, problem=str(problem))
    # Whoever changes role leaves nothing behind that would still let somebody in.
    accounts.sign_out(running, request.cookies.get(accounts.COOKIE))
    answer = RedirectResponse(own_page(asked), status_code=303)
    answer.set_cookie(
        accounts.COOKIE,
        token,
        max_age=running.settings.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def leave(request: Request) -> Response:
    """Signs out for good and shows the roles again."""
    running = server.current()
    if not running.offers_demonstration_sign_in or not is_own_form(request):
        raise HTTPException(404)
    accounts.sign_out(running, request.cookies.get(accounts.COOKIE))
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(accounts.COOKIE, httponly=True, samesite="lax")
    return answer


def _page(request: Request, running: server.Server, asked: str, problem: str = "") -> Response:
    with running.database.reading() as reading:
        titles = people.titles(reading, DEMONSTRATION_ISSUER)
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
        "next": own_page(asked),
    }
    page: HTMLResponse = _TEMPLATES.TemplateResponse(
        request, "sign_in.html", context, status_code=422 if problem else 200
    )
    page.headers.update(headers.of_plain_page(bytes(page.body).decode()))
    return page
