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
from benchmarking.web.background import Question
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
    UNKNOWN = "not known"


@dataclass
class Health:
    """What /healthz says. ``running`` is None until the database is open."""

    readiness: Readiness
    running: Server | None = None
    _database: Question[bool] = field(init=False)
    _disk: Question[Room] = field(init=False)
    _room: Room = field(default=Room.ENOUGH)

    def __post_init__(self) -> None:
        self._database = Question(self._ask, "question to the database")
        self._disk = Question(self.look_at_disk, "look at the disk")

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
        answers, room = await asyncio.gather(
            self._database.answer(_SECONDS_TO_ANSWER), self._disk.answer(_SECONDS_TO_ANSWER)
        )
        said = {"ready": self.readiness.is_ready and bool(answers)}
        status = 200 if said["ready"] else 503
        details = self.details(answers=bool(answers), room=room)
        return JSONResponse({**said, **details}, status_code=status)

    async def answer_live(self, _request: Request) -> Response:
        """200 for as long as requests are answered at all."""
        return JSONResponse({"live": True})

    async def watch(self) -> None:
        """Looks at the disk again and again, so that it raises its alarm where nobody asks."""
        while True:
            await self._disk.answer(_SECONDS_TO_ANSWER)
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    def look_at_disk(self) -> Room:
        """How much room is left. Raises an alarm each time that there is less than before."""
        try:
            free = self.free_bytes()
        except OSError as fault:
            return self._found(Room.UNKNOWN, why=fault, do=_DO_LOOK)
        found = Room.FULL if free < _FULL else Room.LOW if free < _LOW else Room.ENOUGH
        left = 0 if found is Room.ENOUGH else int(free) // _MEGABYTE
        return self._found(found, free_megabytes=left, do=_DO)

    def _found(self, room: Room, **said: object) -> Room:
        if room is not self._room and room is not Room.ENOUGH:
            events.alarm("disk", room=room.value, **said)
        self._room = room
        return room

    def free_bytes(self) -> float:
        """The room where there is least of it; infinite where nothing of ours lies on a disk.

        Raises:
            OSError: a disk cannot be asked.
        """
        return min(
            (shutil.disk_usage(place).free for place in self._places()), default=float("inf")
        )

    def details(self, *, answers: bool, room: Room | None = None) -> dict[str, object]:
        """What is known of the parts; nothing before the database is open."""
        if self.running is None:
            return {}
        editions = [f"{one.id}/{one.edition}" for one in self.running.library.standards]
        agrees = self.running.agrees_with_ledger
        return {
            "database": "answers" if answers else "does not answer",
            "standards": editions,
            "ledger": "agrees" if agrees else "differs from what is stored",
            "disk": (room or Room.UNKNOWN).value,
        }

    def _places(self) -> Iterator[Path]:
        if self.running is None:
            return
        for said in (self.running.settings.database, self.running.settings.evidence):
            if "://" not in said:
                place = Path(said).expanduser().absolute()
                yield next(one for one in (place, *place.parents) if one.exists())

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
_DO_LOOK = "See that the disk of the database and the evidence files is there and may be read."
