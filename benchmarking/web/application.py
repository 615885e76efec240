"""The routes, middleware and life of the server around the dashboard."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from benchmarking import server, settings
from benchmarking.web import headers, sign_in
from benchmarking.web.readiness import Readiness


@dataclass(frozen=True)
class Surroundings:
    """What surrounds the dashboard on one port."""

    readiness: Readiness

    def routes(self) -> Sequence[BaseRoute]:
        """Everything that is not a page of the dashboard."""
        return [Route("/healthz", self.readiness.answer), *sign_in.routes()]

    def middleware(self) -> list[Middleware]:
        """Headers and known hosts."""
        names = {"localhost", "127.0.0.1", "[::1]", settings.read().address}
        return headers.middleware(sorted(names))

    @asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        """Opens the database before the first request and closes it after the last."""
        server.current()
        warming = asyncio.create_task(self.readiness.warm_up())
        try:
            yield
        finally:
            warming.cancel()
            with suppress(asyncio.CancelledError):
                await warming
            server.stop()
