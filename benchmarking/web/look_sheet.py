"""The sheet of every page, which browsers keep."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from benchmarking import look

_KEPT = {"cache-control": "public, max-age=31536000, immutable"}


def routes() -> list[BaseRoute]:
    """The one address of the sheet as it is now."""
    return [Route(look.ADDRESS, sheet)]


def sheet(_request: Request) -> Response:
    """The sheet. It holds nothing of anybody's, so it is there for all."""
    return Response(look.TEXT, media_type="text/css", headers=_KEPT)
