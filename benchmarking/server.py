"""What one server process holds: its settings, database, standards and published data.

They are opened once and guarded by their own lock. They are not kept in Streamlit's caches,
which any visitor's browser can empty.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property

from benchmarking import demonstration, events, reference, settings, shipped
from benchmarking.assessing import ledgers
from benchmarking.indicators import Catalogue
from benchmarking.indicators.likeness import Likeness
from benchmarking.moments import local, utc_now
from benchmarking.settings import Mode, Settings, SettingsError, WayIn, places
from benchmarking.standard import Library
from benchmarking.store import evidence_files
from benchmarking.store.database import Database, StoreError
from benchmarking.store.evidence_files import FileStore
from benchmarking.store.installation import AlreadySetUp
from benchmarking.store.migrate import is_empty
from benchmarking.store.opening import open_database


@dataclass(frozen=True)
class Server:
    """One running copy. ``agrees_with_ledger`` is what was found when it started."""

    settings: Settings
    database: Database
    library: Library
    catalogue: Catalogue
    likeness: Likeness
    agrees_with_ledger: bool = True

    @cached_property
    def files(self) -> FileStore:
        """Where evidence files lie."""
        return evidence_files.as_set(self.settings)

    @property
    def is_demonstration(self) -> bool:
        return self.settings.mode is Mode.DEMONSTRATION

    @property
    def offers_demonstration_sign_in(self) -> bool:
        """Whether people may sign in by choosing a role: never where others can reach it."""
        return self.settings.way_in is WayIn.CHOICE


class _Running:
    """The server of this process, once it has been started."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.server: Server | None = None


_running = _Running()


def current() -> Server:
    """The server of this process, started at the first call.

    Raises:
        SettingsError, StandardsError, CatalogueError, StoreError: it cannot start; each says
            what to do.
    """
    with _running.lock:
        if _running.server is None:
            _running.server = start(settings.read())
        return _running.server


def start(chosen: Settings) -> Server:
    """Opens everything a server needs; raises as ``current``.

    A new demonstration is filled first, and published data that is not in the store yet is
    loaded. An answer that was changed behind the ledger's back is logged and does not keep the
    server from starting: other trusts' work would suffer for it. A live database is never begun
    here, where its disk may be missing.
    """
    if told := places.not_begun(chosen):
        raise SettingsError(told)
    found = shipped.load(chosen)
    files = evidence_files.as_set(chosen)
    files.check()
    now = utc_now()
    database = open_database(chosen, now)
    if chosen.mode is Mode.DEMONSTRATION and is_empty(database):
        # Of replicas that begin together, another may have come first.
        with suppress(AlreadySetUp):
            demonstration.create(database, found.library, local(now).date(), now)
        demonstration.put_files(database, files)
    reference.load(database, found.catalogue, chosen.reference, now)
    ledger = ledgers.verify(database)
    for fault in ledger.faults:
        events.alarm("ledger fault", what=fault, do=ledgers.WHAT_TO_DO)
    return Server(chosen, database, found.library, found.catalogue, found.likeness, ledger.is_whole)


def stop() -> None:
    """Gives back what is open, for good: what still comes is told that the server is stopping.

    A page that is drawn late would otherwise open the file anew behind the next server's back.
    """
    with _running.lock:
        running = _running.server
    if running is None:
        return
    try:
        running.database.close()
    except StoreError as told:
        events.alarm("database not given back in order", why=told)


@contextmanager
def using(server: Server) -> Iterator[Server]:
    """Makes this the server of the process for a while (for tests and commands)."""
    with _running.lock:
        before, _running.server = _running.server, server
    try:
        yield server
    finally:
        with _running.lock:
            _running.server = before
