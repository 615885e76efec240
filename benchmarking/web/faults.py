"""What is answered where a plain page failed: a reference number, never a traceback."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from benchmarking import events
from benchmarking.logs import request_id
from benchmarking.web import api, headers

_TEMPLATES = Jinja2Templates(directory=Path(__file__).parent / "templates")


async def answer(request: Request, raised: Exception) -> Response:
    """The reference under which the log tells what happened.

    This answer leaves the server outside of all middleware, so it brings its headers itself.
    """
    reference = events.fault(raised, getattr(request.scope.get("route"), "path", "unknown"))
    said = f"Something went wrong on our side. Report the number {reference}."
    found: Response
    if request.url.path.startswith(f"{api.PLACE}/"):
        found = JSONResponse({"detail": said, "reference": reference}, status_code=500)
    else:
        told = {"reference": reference}
        found = _TEMPLATES.TemplateResponse(request, "fault.html", told, status_code=500)
    own = headers.of_plain_page(bytes(found.body).decode())
    found.headers.update({**headers.HEADERS, **own, "x-request-id": request_id.get()})
    return found
