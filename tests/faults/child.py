"""A process of its own that works until it is killed, and acknowledges what is finished.

    python -m tests.faults.child WORK ADDRESS ACKNOWLEDGED [POINT NUMBER]

Each acknowledgement is a line in a file, and on the disk before the next piece of work begins.
With a POINT it kills itself there: before the statement of that NUMBER which begins with it, or at
``COMMIT`` just before and ``KEPT`` just after a change was kept.
"""

import itertools
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarking import published_imports
from benchmarking.store import backups
from benchmarking.store.database import Database, connect
from benchmarking.store.evidence_files import NOWHERE
from benchmarking.store.migrate import migrate
from benchmarking.survey import loads
from tests.faults.deeds import (
    LIBRARY,
    SETTINGS,
    in_folder,
    live,
    revised_return,
    running,
    survey_of_two_trusts,
)
from tests.store.scene import NOW
from tests.use_cases.conftest import World

MANY_REPLIES = 4_000


def main(work: str, address: str, acknowledged: str, point: str = "", number: str = "0") -> None:
    database = connect(address)
    if point:
        _die_at(database, point, int(number))
    with Path(acknowledged).open("a", encoding="utf-8") as written:

        def tell(what: object) -> None:
            written.write(f"{what}\n")
            written.flush()
            os.fsync(written.fileno())

        tell("begun")
        WORKS[work](World(SETTINGS, database, LIBRARY), tell)
        database.close()
        tell("closed")


def _live(world: World, tell: Callable[[object], None]) -> None:
    begun = world.count("SELECT count(*) FROM ledger")
    for number in itertools.count(begun):
        tell(live(world, number))


def _survey(world: World, tell: Callable[[object], None]) -> None:
    file = in_folder("killed.csv", survey_of_two_trusts(MANY_REPLIES))
    tell(loads.load(world.database, LIBRARY, file, "2026-27").replace("\n", " "))


def _ko41a(world: World, tell: Callable[[object], None]) -> None:
    for moved in (1, 2, 3):
        file = in_folder(f"{moved}.csv", revised_return(moved))
        tell(published_imports.import_ko41a(running(world), file))


def _upgrade(world: World, tell: Callable[[object], None]) -> None:
    tell(migrate(world.database, NOW))


def _back_up(world: World, tell: Callable[[object], None]) -> None:
    folder = in_folder("here", b"").parent / "backups"
    tell(backups.make(world.database, NOWHERE, folder, NOW).place)


WORKS: dict[str, Callable[[World, Callable[[object], None]], None]] = {
    "live": _live,
    "survey": _survey,
    "ko41a": _ko41a,
    "upgrade": _upgrade,
    "backup": _back_up,
}


def _die_at(database: Database, point: str, number: int) -> None:
    count = itertools.count()

    def die(*_: Any) -> None:
        if next(count) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def look(*told: Any) -> None:
        if told[2].strip().startswith(point):
            die()

    commit = database.engine.dialect.do_commit

    def end(connection: Any) -> None:
        if point == "COMMIT":
            die()
        commit(connection)
        if point == "KEPT":
            die()

    event.listen(database.engine, "before_cursor_execute", look)
    database.engine.dialect.do_commit = end  # type: ignore[method-assign]


if __name__ == "__main__":
    main(*sys.argv[1:])
