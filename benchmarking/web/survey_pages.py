"""The public pages of the survey: plain HTML that needs no script, no cookie and no sign-in.

The address of each page holds the token of an invitation, or names a preview. Nothing of it is
logged: Streamlit's server writes no access log, and what goes wrong here is logged without it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarking import events, personal_details, server
from benchmarking.access import Refused
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.moments import in_words, utc_now
from benchmarking.people import denials
from benchmarking.store.database import StoreError
from benchmarking.survey import invitation_letters
from benchmarking.survey.hosted_survey import LONGEST_COMMENT, Asked, Closed, Hosted, LinkClosed
from benchmarking.texts import UnusableText
from benchmarking.voices.instruments import stage_of
from benchmarking.web import asking
from benchmarking.web.survey_drawing import STYLE, go, page, style
from benchmarking.web.survey_forms import Pace, UnusableForm, form_of
from benchmarking.web.survey_guests import LINK, PREVIEW, Guest, Looking, WithLink

# What a link that leads to no question is answered with.
_STATUS = {Closed.UNKNOWN: HTTPStatus.NOT_FOUND}
_FORMS = {
    HTTPStatus.FORBIDDEN: "This form came from another website, so nothing of it was kept.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "This is not a form of this survey. Nothing was kept.",
    413: "That was too much for this survey. Nothing of it was kept.",
    HTTPStatus.TOO_MANY_REQUESTS: "That was too fast. Wait a minute, then go on.",
}
_pace = Pace()

Form = Mapping[str, str]
Show = Callable[[Request, Guest], Response]
Take = Callable[[Request, Guest, Form], Response]


def routes() -> list[Route]:
    """The pages under a link and, earlier in the list, the same pages as a preview."""
    listed: list[tuple[str, Show, Take | None]] = [
        ("", _start, None),
        ("/question/{number}", _question, _take_question),
        ("/all", _all, _take_all),
        ("/more", _more, _take_more),
        ("/check", _check, _take_check),
        ("/later", _later, None),
        ("/decline", _decline, _take_decline),
        ("/sent", _sent, None),
        ("/declined", _declined, None),
    ]
    found = [Route(STYLE, style, methods=["GET"])]
    for base in (PREVIEW, LINK):
        for path, show, take in listed:
            found.append(Route(base + path, partial(_shown, show), methods=["GET"]))
            if take is not None:
                found.append(Route(base + path, _taking(take), methods=["POST"]))
    return found


# Opening a page, sending a form, and what stands in the way of both.


def _shown(show: Show, request: Request) -> Response:
    return _answered(request, partial(show, request))


def _taking(take: Take) -> Callable[[Request], Awaitable[Response]]:
    async def taken(request: Request) -> Response:
        try:
            _pace.check(request.path_params.get("token", request.url.path))
            form = await form_of(request)
        except UnusableForm as fault:
            return page(request, None, "fault.html", fault.status, said=_FORMS[fault.status])
        return await run_in_threadpool(_answered, request, lambda guest: take(request, guest, form))

    return taken


def _answered(request: Request, answer: Callable[[Guest], Response]) -> Response:
    guest = _guest(request)
    try:
        return answer(guest)
    except LinkClosed as closed:
        status = _STATUS.get(closed.why, HTTPStatus.GONE)
        return page(request, None, "closed.html", status, why=closed.why.value)
    except (Refused, NotThere) as told:
        if isinstance(guest, Looking):
            denials.note(guest.visit, told)
        return page(request, None, "closed.html", HTTPStatus.NOT_FOUND, why=Closed.UNKNOWN.value)
    except CannotSave as problem:
        return page(request, guest, "fault.html", HTTPStatus.UNPROCESSABLE_ENTITY, said=problem)
    except StoreError as fault:
        events.alarm("survey page failed", why=fault)
        said = "Something is wrong on our side, so nothing was kept. Please try again later."
        return page(request, None, "fault.html", HTTPStatus.SERVICE_UNAVAILABLE, said=said)


def _guest(request: Request) -> Guest:
    running, said = server.current(), request.path_params
    if "trust" in said:
        return Looking(asking.visit_of(running, request), said["trust"], said["cycle"])
    return WithLink(Asked(running.database, running.library, utc_now()), said["token"])


# The pages in their order.


def _start(request: Request, guest: Guest) -> Response:
    hosted = guest.hosted()
    return page(
        request,
        guest,
        "start.html",
        hosted=hosted,
        last_day=in_words(hosted.expires_on),
        promises=invitation_letters.promises(
            hosted.trust.name, with_comments=hosted.terms.with_comments
        ),
        seen_then=invitation_letters.SEEN_THEN,
    )


def _number(request: Request) -> int:
    """The number of the question in the address; 0, which no question has, for anything else."""
    said = request.path_params["number"]
    return int(said) if re.fullmatch("[0-9]{1,3}", said) else 0


def _question(request: Request, guest: Guest, status: int = 200, error: str = "") -> Response:
    hosted, number = guest.hosted(), _number(request)
    item = hosted.item(number)
    if item is None:
        return go(request, guest, "")
    stage = stage_of(hosted.standard, item)
    return page(
        request,
        guest,
        "question.html",
        status,
        hosted=hosted,
        item=item,
        number=number,
        stage=stage.title if stage else "",
        from_check=request.query_params.get("from") == "check",
        error=error,
    )


def _take_question(request: Request, guest: Guest, form: Form) -> Response:
    hosted, number = guest.hosted(), _number(request)
    item = hosted.item(number)
    if item is None:
        return go(request, guest, "")
    choice, goes = form.get("answer"), form.get("go", "on")
    if goes == "skip":
        guest.answer({item.id: None})
    elif choice in hosted.scale.by_id:
        guest.answer({item.id: choice})
    elif goes == "on":
        problem = "Choose an answer, or skip this question"
        return _question(request, guest, HTTPStatus.UNPROCESSABLE_ENTITY, problem)
    return go(request, guest, _after(request, hosted, number, goes))


def _after(request: Request, hosted: Hosted, number: int, goes: str) -> str:
    if goes == "later":
        return "/later"
    if request.query_params.get("from") == "check":
        return "/check"
    if number < len(hosted.items):
        return f"/question/{number + 1}"
    return _after_questions(hosted)


def _after_questions(hosted: Hosted) -> str:
    return "/more" if hosted.asks_more else "/check"


def _all(request: Request, guest: Guest) -> Response:
    hosted = guest.hosted()
    numbered = [
        (number, item, stage_of(hosted.standard, item))
        for number, item in enumerate(hosted.items, start=1)
    ]
    return page(request, guest, "all.html", hosted=hosted, numbered=numbered)


def _take_all(request: Request, guest: Guest, form: Form) -> Response:
    hosted = guest.hosted()
    said = {item.id: form.get(f"answer-{item.id}") for item in hosted.items}
    # A page that was open before an answer was given elsewhere takes nothing away.
    kept = {name: choice for name, choice in said.items() if choice in hosted.scale.by_id}
    if kept:
        guest.answer(kept)
    return go(request, guest, "/later" if form.get("go") == "later" else _after_questions(hosted))


def _more(
    request: Request,
    guest: Guest,
    status: int = 200,
    error: str = "",
    typed: str | None = None,
    asks: bool = False,
) -> Response:
    hosted = guest.hosted()
    if not hosted.asks_more:
        return go(request, guest, "/check")
    return page(
        request,
        guest,
        "more.html",
        status,
        hosted=hosted,
        error=error,
        asks=asks,
        comment=hosted.draft.comment if typed is None else typed,
        longest=LONGEST_COMMENT,
    )


def _take_more(request: Request, guest: Guest, form: Form) -> Response:
    hosted = guest.hosted()
    if not hosted.asks_more:
        return go(request, guest, "/check")
    typed = form.get("comment", "") if hosted.terms.with_comments else None
    options = {one.id: [option.id for option in one.options] for one in hosted.equality}
    said = {name: form.get(f"about-{name}") for name in options}
    chosen = {name: one if one in options[name] else None for name, one in said.items()}
    found = personal_details.kinds([typed or ""])
    again = partial(_more, request, guest, HTTPStatus.UNPROCESSABLE_ENTITY, typed=typed)
    if found and form.get("keep") != "yes":
        guest.say_more(chosen, hosted.draft.comment or None)
        return again(error=f"This looks like {personal_details.in_words(found)}", asks=True)
    try:
        guest.say_more(chosen, typed)
    except UnusableText as problem:
        return again(error=str(problem).rstrip("."))
    return go(request, guest, "/later" if form.get("go") == "later" else "/check")


def _check(request: Request, guest: Guest, status: int = 200, error: str = "") -> Response:
    hosted = guest.hosted()
    labels = {choice.id: choice.label for choice in hosted.scale.choices}
    answers = [
        (number, item.prompt, labels.get(hosted.draft.answers.get(item.id, ""), ""))
        for number, item in enumerate(hosted.items, start=1)
    ]
    about = [
        (
            one.prompt,
            {o.id: o.label for o in one.options}.get(hosted.draft.equality.get(one.id, "")),
        )
        for one in hosted.equality
    ]
    return page(
        request, guest, "check.html", status, hosted=hosted, answers=answers, about=about,
        error=error,
    )  # fmt: skip


def _take_check(request: Request, guest: Guest, _form: Form) -> Response:
    try:
        guest.send()
    except CannotSave as problem:
        return _check(request, guest, HTTPStatus.UNPROCESSABLE_ENTITY, str(problem).rstrip("."))
    except LinkClosed as closed:
        # Pressed twice, or on two devices: what was sent first counts, once.
        if closed.why is not Closed.ANSWERED:
            raise
    return go(request, guest, "/sent")


def _later(request: Request, guest: Guest) -> Response:
    hosted = guest.hosted()
    last_day = in_words(hosted.expires_on)
    return page(request, guest, "later.html", hosted=hosted, last_day=last_day)


def _decline(request: Request, guest: Guest) -> Response:
    return page(request, guest, "decline.html", hosted=guest.hosted())


def _take_decline(request: Request, guest: Guest, _form: Form) -> Response:
    guest.decline()
    return go(request, guest, "/declined")


def _sent(request: Request, guest: Guest) -> Response:
    return _ended(request, guest, Closed.ANSWERED, "sent.html")


def _declined(request: Request, guest: Guest) -> Response:
    return _ended(request, guest, Closed.DECLINED, "declined.html")


def _ended(request: Request, guest: Guest, expected: Closed, name: str) -> Response:
    """The last page, for those alone who have come to it."""
    try:
        guest.hosted()
    except LinkClosed as closed:
        if closed.why is not expected:
            raise
    else:
        if not guest.is_preview:
            return go(request, guest, "")
    return page(request, guest, name)
