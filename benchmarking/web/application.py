"""The routes, middleware and life of the server around the dashboard."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from benchmarking import server, settings
from benchmarking.people import ways_in
from benchmarking.web import (
    asking,
    evidence_download,
    headers,
    notifying,
    provider_sign_in,
    sign_in,
    survey_pages,
    survey_tidying,
)
from benchmarking.web.readiness import Readiness


@dataclass(frozen=True)
class Surroundings:
    """What surrounds the dashboard on one port. ``listens_on`` is the address of that port."""

    readiness: Readiness
    listens_on: str | None = None

    def routes(self) -> Sequence[BaseRoute]:
        """Everything that is not a page of the dashboard."""
        return [
            Route("/healthz", self.readiness.answer),
            *sign_in.routes(),
            *provider_sign_in.routes(),
            *evidence_download.routes(),
            *survey_pages.routes(),
        ]

    def middleware(self) -> list[Middleware]:
        """Headers, known hosts, and where signing in leads to."""
        chosen = settings.read()
        public = urlsplit(chosen.public_url)
        names = {"localhost", "127.0.0.1", "[::1]", chosen.address, public.hostname or "localhost"}
        around = headers.middleware(sorted(names), behind_tls=public.scheme == "https")
        return [*around, Middleware(provider_sign_in.LeadsOn)]

    def secrets(self) -> dict[str, Any]:
        """What Streamlit needs to know of the sign-in service; empty where none is set.

        People are known by issuer and subject alone, so that no name and no e-mail address is
        asked for ("openid" and no more).
        """
        chosen = settings.read()
        if chosen.provider is None:
            return {}
        provider_sign_in.log_in_one_line()
        return {
            "auth": {
                "redirect_uri": chosen.provider.callback_url,
                "cookie_secret": chosen.secret_for(asking.COOKIE_PURPOSE),
                "client_id": chosen.provider.client_id,
                "client_secret": chosen.provider.client_secret,
                "server_metadata_url": chosen.provider.metadata_url,
                "client_kwargs": {"scope": "openid"},
            }
        }

    @asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        """Opens the database before the first request and closes it after the last."""
        running = server.current()
        self._check(running)
        self.readiness.agrees_with_ledger = running.agrees_with_ledger
        beside = [
            asyncio.create_task(self.readiness.warm_up()),
            asyncio.create_task(notifying.tell_every_hour(running)),
            asyncio.create_task(survey_tidying.forget_every_hour(running)),
        ]
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            server.stop()

    def _check(self, running: server.Server) -> None:
        try:
            ways_in.check(running, self.listens_on)
        except ways_in.ServingRefused as refused:
            server.stop()
            sys.stderr.write(f"{refused}\n")
            # The web server would show a traceback of what is raised here, and choose the code.
            os._exit(ways_in.EXIT_CODE)
