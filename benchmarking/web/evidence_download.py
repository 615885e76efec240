"""The address where the file of a piece of evidence is had: as a download, never as a page."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from benchmarking import evidence_downloads, server
from benchmarking.access import Refused
from benchmarking.assessing.sheets import NotThere
from benchmarking.evidence_downloads import CannotGive, Download
from benchmarking.evidence_files import ADDRESS
from benchmarking.people import denials
from benchmarking.web import asking

# Were it shown after all, it could run nothing, fetch nothing and ask for nothing. That it is
# what it is said to be ("nosniff") stands in the headers of every answer.
_HARMLESS = {
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, no-store",
    "cross-origin-resource-policy": "same-origin",
}


def routes() -> list[Route]:
    """The one address; what stands behind it names a piece of evidence."""
    return [Route(f"{ADDRESS}{{evidence_id}}", hand_out, methods=["GET"])]


def hand_out(request: Request) -> Response:
    """The file for whoever may have it; for all others the answer for a file that is not there."""
    visit = asking.visit_of(server.current(), request)
    try:
        found = evidence_downloads.fetch(visit, request.path_params["evidence_id"])
    except (Refused, NotThere) as told:
        denials.note(visit, told)
        return PlainTextResponse(str(told), status_code=404, headers=_HARMLESS)
    except CannotGive as why:
        return PlainTextResponse(str(why), status_code=409, headers=_HARMLESS)
    headers = {**_HARMLESS, "content-disposition": _named(found)}
    return Response(found.content, media_type=found.file_type.media_type, headers=headers)


def _named(found: Download) -> str:
    """A download under its name (RFC 6266), with a plain one for old programs."""
    ending = found.file_type.endings[0]
    name = quote(found.name, safe="")
    return f"attachment; filename=\"evidence{ending}\"; filename*=UTF-8''{name}"
