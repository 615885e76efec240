"""The place of an interface for programs, which is not there yet.

It is taken now, so that Streamlit does not answer there with a page, and so that what comes later
has its version in its address from the first day.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

PLACE, VERSION = "/api", "/v1"
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def routes() -> list[BaseRoute]:
    """Everything at and under /api. The version's own routes will stand in its own list."""
    version = Mount(VERSION, routes=[_nothing()])
    return [Route(PLACE, absent, methods=_METHODS), Mount(PLACE, routes=[version, _nothing()])]


def _nothing() -> Route:
    return Route("/{rest:path}", absent, methods=_METHODS)


def absent(_request: Request) -> Response:
    """404 for programs, in the one form that every refusal of this interface has."""
    said = "There is nothing for programs at this address. An interface will come under /api/v1."
    return JSONResponse({"detail": said}, status_code=404)
