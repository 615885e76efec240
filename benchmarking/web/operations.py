"""The address at which commands on this machine have the running server do something."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from benchmarking import events, server
from benchmarking.moments import utc_now
from benchmarking.operations import asking, backing_up, checking
from benchmarking.operations.asking import Answer, Operation
from benchmarking.server import Server
from benchmarking.store.database import StoreError
from benchmarking.web import background


def routes() -> list[Route]:
    """One address for each thing that can be asked for."""
    return [
        Route(f"{asking.ADDRESS}{one.value}", do_it, methods=["POST"], name=one.value)
        for one in Operation
    ]


async def do_it(request: Request) -> Response:
    """Does it and tells what was done; a stranger hears what stands at any other address."""
    running = server.current()
    operation = Operation(request.url.path.removeprefix(asking.ADDRESS))
    if not _is_ours(request, running, operation):
        events.warn("operation refused", operation=operation.value)
        return PlainTextResponse("Not Found", status_code=404)
    answer = await background.in_thread(_WORK[operation], running)
    return JSONResponse(answer.written())


def _is_ours(request: Request, running: Server, operation: Operation) -> bool:
    peer, own = request.client, request.scope.get("server")
    return asking.is_ours(
        running.settings,
        operation,
        request.headers,
        peer.host if peer else None,
        own[0] if own else None,
        utc_now(),
    )


def _back_up(running: Server) -> Answer:
    try:
        made = backing_up.back_up(running.database, running.settings, utc_now())
    except StoreError as fault:
        return Answer(False, (str(fault),))
    return Answer(True, made.sentences)


def _check(running: Server) -> Answer:
    try:
        found = checking.check(running.database, running.files, utc_now())
    except StoreError as fault:
        return Answer(False, (str(fault),))
    return Answer(found.is_whole, (*found.notes, *found.faults))


_WORK = {Operation.BACK_UP: _back_up, Operation.CHECK: _check}
