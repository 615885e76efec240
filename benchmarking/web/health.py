"""How this copy is, for balancers and whoever watches it. Asked without signing in, so it says
no path, no name and nothing about anybody.
"""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarking import events
from benchmarking.server import Server
from benchmarking.store import installation
from benchmarking.store.database import StoreError
from benchmarking.web.readiness import Readiness

_SECONDS_TO_ANSWER = 2.0
_SECONDS_BETWEEN_LOOKS = 600.0
_MEGABYTE = 1024 * 1024
_LOW, _FULL = 1024 * _MEGABYTE, 64 * _MEGABYTE


class Room(StrEnum):
    """How much room is left where the database and evidence files lie."""

    ENOUGH = "enough"
    LOW = "low"
    FULL = "full"


@dataclass
class Health:
    """What /healthz says. ``running`` is None until the database is open."""

    readiness: Readiness
    running: Server | None = None
    _asking: "asyncio.Task[bool] | None" = None
    _room: Room = field(default=Room.ENOUGH)

    def routes(self) -> list[Route]:
        """Whether people can be let in; and whether the process lives at all, which a lost
        database does not change: starting it again would not bring that back.
        """
        return [
            Route("/healthz", self.answer, methods=["GET"]),
            Route("/healthz/live", self.answer_live, methods=["GET"]),
        ]

    async def answer(self, _request: Request) -> Response:
        """200 where people can be let in: the dashboard has run and the database answers.

        A ledger that differs does not make it 503: a balancer would then send nobody to any of
        the replicas. Nor does a full disk: reading goes on, and what cannot be saved is refused
        in words; without this copy people could do neither.
        """
        answers = await self._database_answers()
        said = {"ready": self.readiness.is_ready and answers}
        status = 200 if said["ready"] else 503
        return JSONResponse({**said, **self.details(answers=answers)}, status_code=status)

    async def answer_live(self, _request: Request) -> Response:
        """200 for as long as requests are answered at all."""
        return JSONResponse({"live": True})

    async def watch(self) -> None:
        """Looks at the disk again and again, so that it raises its alarm where nobody asks."""
        while True:
            self.look_at_disk()
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    def look_at_disk(self) -> Room:
        """How much room is left. Raises an alarm each time that there is less than before."""
        free = self.free_bytes()
        found = Room.FULL if free < _FULL else Room.LOW if free < _LOW else Room.ENOUGH
        if found is not self._room and found is not Room.ENOUGH:
            events.alarm("disk", room=found.value, free_megabytes=int(free) // _MEGABYTE, do=_DO)
        self._room = found
        return found

    def free_bytes(self) -> float:
        """The room where there is least of it; infinite where nothing of ours lies on a disk."""
        return min(
            (shutil.disk_usage(place).free for place in self._places()), default=float("inf")
        )

    def details(self, *, answers: bool) -> dict[str, object]:
        """What is known of the parts; nothing before the database is open."""
        if self.running is None:
            return {}
        editions = [f"{one.id}/{one.edition}" for one in self.running.library.standards]
        agrees = self.running.agrees_with_ledger
        return {
            "database": "answers" if answers else "does not answer",
            "standards": editions,
            "ledger": "agrees" if agrees else "differs from what is stored",
            "disk": self.look_at_disk().value,
        }

    def _places(self) -> Iterator[Path]:
        if self.running is None:
            return
        for said in (self.running.settings.database, self.running.settings.evidence):
            if "://" not in said:
                place = Path(said).expanduser().absolute()
                yield next(one for one in (place, *place.parents) if one.exists())

    async def _database_answers(self) -> bool:
        """Whether it answers in time. One question is under way at a time, however many ask: each
        that hangs holds a thread.
        """
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(asyncio.to_thread(self._ask))
        done, _ = await asyncio.wait({self._asking}, timeout=_SECONDS_TO_ANSWER)
        return bool(done) and self._asking.result()

    def _ask(self) -> bool:
        if self.running is None:
            return False
        try:
            with self.running.database.reading() as reading:
                return installation.find_kind(reading) is not None
        except StoreError as fault:
            events.warn("database does not answer", why=fault)
            return False


_DO = (
    "Make room where the database and the evidence files lie, or move them. When it is full, "
    "nothing more can be saved; what was saved stays."
)
