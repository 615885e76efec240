"""A crowd of visitors in a process of its own: arrives, thinks, clicks, saves; JSON in and out.

    python -m benchmarks.crowd < plan.json

The server under load is another process on the same machine. Think time is drawn evenly between
nothing and twice its mean, from a fixed seed; so are who comes and what each does next.
"""

import asyncio
import gc
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any, TypeVar

import psutil
from websockets.exceptions import WebSocketException

from benchmarks.tab import PATIENCE, Field, Ran, RunFailed, Tab

RERUN, PAGE, ANSWER, START = "rerun", "page", "answer", "start"

# Of two hundred trusts in a list, how many one person looks at.
INTERESTED_IN = 4

Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Guest:
    """One person with an open tab: the cookie, and the pages turned to, the first one first."""

    cookie: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What the crowd does.

    Args:
        port: where the server listens, or what stands before several.
        pids: of the processes whose time and memory are counted.
        guests: one for each tab.
        think: mean seconds between two steps; 0 for none.
        ramp: seconds over which they arrive.
        halves: the second half arrives once the first has, and the server is looked at between.
        walks: who arrives opens each of their pages once, and waits for the others.
        seconds, fills: how long they go on after the last one has arrived, and at least how many
            reruns.
        further: reruns after that, with the server looked at before and after.
    """

    port: int
    pids: tuple[int, ...]
    guests: tuple[Guest, ...]
    think: float = 5.0
    ramp: float = 20.0
    halves: bool = False
    walks: bool = False
    seconds: float = 60.0
    fills: int = 0
    further: int = 0
    seed: int = 20261122


@dataclass
class Diary:
    """What happened so far: (kind, page, milliseconds, bytes) of each run, and each failure."""

    runs: list[tuple[str, str, float, int]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def note(self, kind: str, page: str, ran: Ran) -> None:
        self.runs.append((kind, page, ran.ms, ran.received))


@dataclass(frozen=True)
class Stood:
    """The servers at one moment: processor seconds so far, bytes of their own, runs so far.

    ``at`` is in seconds, from a moment of no meaning.
    """

    at: float
    cpu: float
    bytes: int
    runs: int


class Crowd:
    """The tabs of one plan, and what happened to them."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.diary = Diary()
        self._servers = [psutil.Process(pid) for pid in plan.pids]
        self._goes_on = asyncio.Event()
        self._is_over = asyncio.Event()
        self._settled = 0

    async def come(self) -> dict[str, Any]:
        """Lets everybody come, stay and go; what happened, for JSON."""
        moments = {"empty": self._stood()}
        half = len(self.plan.guests) // 2 if self.plan.halves else 0
        came: list[asyncio.Task[None]] = []
        for name, guests in (
            ("half", self.plan.guests[:half]),
            ("arrived", self.plan.guests[half:]),
        ):
            came += [
                asyncio.create_task(self._stay(len(came) + number, guest, number / len(guests)))
                for number, guest in enumerate(guests)
            ]
            await self._until(partial(self._have_settled, len(came)))
            moments[name] = self._stood()
        self._goes_on.set()
        first = len(self.diary.runs)
        await asyncio.sleep(self.plan.seconds)
        for name, reruns in (("settled", self.plan.fills), ("last", self.plan.further)):
            wanted = (len(self.diary.runs) if name == "last" else first) + reruns
            await self._until(partial(self._has_run, wanted, came))
            moments[name] = self._stood()
        self._is_over.set()
        await asyncio.gather(*came)
        return {
            "runs": self.diary.runs,
            "failures": self.diary.failures,
            "moments": {name: asdict(stood) for name, stood in moments.items()},
            "own_cpu": time.process_time(),
        }

    def _have_settled(self, many: int) -> bool:
        return self._settled == many

    def _has_run(self, wanted: int, came: Sequence[asyncio.Task[None]]) -> bool:
        return len(self.diary.runs) >= wanted or all(task.done() for task in came)

    async def _until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            await asyncio.sleep(0.1)

    async def _stay(self, number: int, guest: Guest, place: float) -> None:
        drawn = random.Random(f"{self.plan.seed} {number}")
        await asyncio.sleep(self.plan.ramp * place)
        is_settled = False
        try:
            began = time.perf_counter()
            async with Tab(self.plan.port, guest.pages[0], guest.cookie) as tab:
                ran = await self._timed(tab.run())
                whole = Ran((time.perf_counter() - began) * 1000, ran.received)
                self.diary.note(START, guest.pages[0], whole)
                if self.plan.walks:
                    await self._walk(tab, guest)
                self._settled, is_settled = self._settled + 1, True
                if self.plan.walks:
                    await self._goes_on.wait()
                await self._go_on(tab, guest, drawn)
        except (RunFailed, WebSocketException, OSError, TimeoutError) as failed:
            self.diary.failures.append(f"{guest.pages[0] or 'home'}: {failed!r}")
            self._settled += not is_settled

    async def _walk(self, tab: Tab, guest: Guest) -> None:
        for page in (*guest.pages[1:], guest.pages[0]):
            self.diary.note(PAGE, page, await self._timed(tab.turn_to(page)))

    async def _go_on(self, tab: Tab, guest: Guest, drawn: random.Random) -> None:
        while not await self._ends_within(drawn.uniform(0, 2 * self.plan.think)):
            kind, ran = await self._timed(step(tab, guest, drawn))
            self.diary.note(kind, tab.page, ran)

    async def _timed(self, run: Awaitable[Outcome]) -> Outcome:
        async with asyncio.timeout(PATIENCE):
            return await run

    async def _ends_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self._is_over.wait()
        except TimeoutError:
            return False

    def _stood(self) -> Stood:
        times = [server.cpu_times() for server in self._servers]
        own = sum(server.memory_full_info().uss for server in self._servers)
        cpu = sum(t.user + t.system for t in times)
        return Stood(time.perf_counter(), cpu, own, len(self.diary.runs))


async def step(tab: Tab, guest: Guest, drawn: random.Random) -> tuple[str, Ran]:
    """What somebody does next: an answer saved, another page, or a choice on this one."""
    chance = drawn.random()
    answers = tab.fields("answer.")
    if answers and chance < 0.4:
        asked = drawn.choice(answers)
        # The first four are levels; what comes after wants a reason, or says nothing.
        levels = [option for option in asked.others() if option in asked.options[:4]]
        return ANSWER, await tab.choose(asked, drawn.choice(levels))
    if chance > 0.65 and len(guest.pages) > 1:
        other = drawn.choice([page for page in guest.pages if page != tab.page])
        return PAGE, await tab.turn_to(other)
    choices = [field for field in tab.fields("address.") if field.others()]
    if choices:
        asked = drawn.choice(choices)
        return RERUN, await tab.choose(asked, drawn.choice(_of_interest(asked, guest)))
    return RERUN, await tab.run()


def _of_interest(asked: Field, guest: Guest) -> list[str]:
    """The options that somebody turns to: of a long list the same few again and again."""
    own = random.Random(f"{guest.cookie} {asked.key}")
    few = own.sample(asked.options, min(len(asked.options), INTERESTED_IN))
    return [option for option in few if option not in asked.standing] or asked.others()


def _plan(said: dict[str, Any]) -> Plan:
    def guests() -> Iterator[Guest]:
        for guest in said["guests"]:
            yield Guest(guest["cookie"], tuple(guest["pages"]))

    return Plan(**{**said, "guests": tuple(guests()), "pids": tuple(said["pids"])})


def main() -> None:
    plan = _plan(json.load(sys.stdin))
    # A collection in the driver would show as a slow server.
    gc.freeze()
    gc.disable()

    async def come() -> dict[str, Any]:
        return await Crowd(plan).come()

    json.dump(asyncio.run(come()), sys.stdout)


if __name__ == "__main__":
    main()
