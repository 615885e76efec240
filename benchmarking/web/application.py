"""The routes, middleware and life of the server around the dashboard."""

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from benchmarking import logs, server, settings, starting
from benchmarking.people import ways_in
from benchmarking.server import Server
from benchmarking.settings import Settings, SettingsError
from benchmarking.settings.production import Option
from benchmarking.web import (
    api,
    asking,
    background,
    backing_up,
    evidence_download,
    faults,
    headers,
    look_sheet,
    metrics,
    notifying,
    operations,
    provider_sign_in,
    sign_in,
    survey_pages,
    survey_tidying,
)
from benchmarking.web.answering import Answering
from benchmarking.web.health import Health
from benchmarking.web.readiness import Readiness

# Of new objects, and of smaller collections before a larger one. With Python's own numbers, 700, 10
# and 10, collections took 8% of a busy server's time, and a full one stopped everybody for 0.3 s
# every five seconds; so they take under 2%, and full ones come every few minutes.
_COLLECTS_AFTER = (20_000, 5, 20)
_ANYWHERE = {"0.0.0.0", "::", "[::]"}
_Handler = Callable[[Request, Exception], Coroutine[Any, Any, Response]]


@dataclass(frozen=True)
class Surroundings:
    """What surrounds the dashboard on one port. ``listens_on`` is the address of that port.

    ``log_level`` is empty where somebody else, such as a test, has charge of the log.
    """

    readiness: Readiness
    listens_on: str | None = None
    log_level: str = ""
    health: Health = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "health", Health(self.readiness))

    def routes(self) -> Sequence[BaseRoute]:
        """Everything that is not a page of the dashboard."""
        return [
            *self.health.routes(),
            *look_sheet.routes(),
            *sign_in.routes(),
            *provider_sign_in.routes(),
            *evidence_download.routes(),
            *survey_pages.routes(),
            *operations.routes(),
            *api.routes(),
        ]

    def middleware(self) -> list[Middleware]:
        """Numbers, headers, known hosts, and where signing in leads to."""
        chosen = settings.read()
        public = urlsplit(chosen.public_url)
        names = {"localhost", "127.0.0.1", "[::1]", chosen.address, public.hostname or "localhost"}
        reached = settings.reached_at(chosen.address)
        known = sorted({*names, reached, self.readiness.address} - _ANYWHERE)
        around = headers.middleware(known, public)
        return [Middleware(Answering), *around, Middleware(provider_sign_in.LeadsOn)]

    def exception_handlers(self) -> Mapping[type[Exception], _Handler]:
        """What is answered where a route failed."""
        return {Exception: faults.answer}

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
        """Opens the database before the first request and gives it back after the last."""
        self._take_log()
        running = server.current()
        with ExitStack() as open_until_the_end:
            open_until_the_end.callback(server.stop)
            self._check(running)
            self.health.running = running
            self._show_numbers(open_until_the_end, running.settings)
            beside = [background.begun(work) for work in self._beside(running)]
            try:
                yield
            finally:
                await _ended(beside)

    def _beside(self, running: Server) -> list[Coroutine[Any, Any, None]]:
        return [
            self._warm_up(),
            self.health.watch(),
            notifying.tell_every_hour(running),
            survey_tidying.forget_every_hour(running),
            backing_up.back_up_when_due(running),
        ]

    async def _warm_up(self) -> None:
        await self.readiness.warm_up()
        # By now every module that the dashboard needs has made its logger.
        self._take_log()
        # What was made until now stays as long as the process: a full collection would look
        # through all of it each time, and stop everybody for that long.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_COLLECTS_AFTER)

    def _take_log(self) -> None:
        if self.log_level:
            logs.begin(self.log_level)

    def _show_numbers(self, until: ExitStack, chosen: Settings) -> None:
        try:
            until.enter_context(metrics.shown(self.health, chosen.metrics_port))
        except metrics.PortTaken as taken:
            _refuse(str(taken))

    def _check(self, running: Server) -> None:
        try:
            ways_in.check(running, self.listens_on)
        except ways_in.ServingRefused as refused:
            _refuse(str(refused))


def surround(option: Option) -> Surroundings:
    """What surrounds a dashboard that Streamlit serves. Ends the process where it must not be.

    Args:
        option: gives Streamlit's own settings by their names.
    """
    port, address = int(str(option("server.port"))), str(option("server.address") or "0.0.0.0")
    try:
        chosen = starting.settings_to_serve(option=option, listens_on=address)
    except SettingsError as refused:
        _refuse(str(refused))
    readiness = Readiness(port, settings.reached_at(address))
    return Surroundings(readiness, listens_on=address, log_level=chosen.log_level)


async def _ended(beside: list["asyncio.Task[None]"]) -> None:
    for task in beside:
        task.cancel()
    await asyncio.gather(*beside, return_exceptions=True)


def _refuse(why: str) -> NoReturn:
    server.stop()
    sys.stderr.write(f"{why}\n")
    sys.stderr.flush()
    # The web server would show a traceback of what is raised here, and choose the code.
    os._exit(ways_in.EXIT_CODE)
