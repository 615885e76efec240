"""How far the database has come: numbers that rise with what is written, for all or for one.

Most of what is written while two hundred people work concerns one of them: an answer in the draft
of one trust, a signing in. Were every result thrown away for it, nothing would ever be kept.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from weakref import WeakKeyDictionary

from sqlalchemy.pool import Pool

from benchmarking.store.audit_actions import (
    CLAIM_WORK,
    DENIED_ACCESS,
    END_CLAIM,
    SAVE_ANSWER,
    SAVE_COMMENT,
    SAVE_READING,
    SIGNED_IN,
    SIGNED_OUT,
    STILL_HERE,
    TIMED_OUT,
)
from benchmarking.store.database import Database, Reading, Row

# What concerns one draft alone, by the action of its audit entry: the subject begins with the
# trust's code and the cycle. An action that is not named here or below concerns everybody.
OF_ONE_DRAFT = frozenset({SAVE_ANSWER, SAVE_COMMENT})
# The same of one trust's reading of complaint files, and of one signing in, whose number is the
# whole subject.
OF_ONE_TRUST = frozenset({SAVE_READING})
OF_ONE_SESSION = frozenset({SIGNED_IN, STILL_HERE, SIGNED_OUT, TIMED_OUT})
# What no page but the audit shows.
OF_NOBODY = frozenset({DENIED_ACCESS, CLAIM_WORK, END_CLAIM})

_MOST = 2000


@dataclass(frozen=True)
class Stand:
    """Where the database stands at one moment.

    ``change`` is the number of the last audit entry, and so of the last change of anything,
    drafts included; 0 before the first. ``data_revision`` rises only with what others may see.
    ``of_all`` is the last change that may concern anybody; ``of_one`` are those since that
    concern one subject.

    All of them together are of one moment, and whoever reads once they have this reads something at
    least as new: so what is kept under these numbers is never older than they say.
    """

    change: int
    data_revision: int
    of_all: int = 0
    of_one: Mapping[str, int] = field(default_factory=dict, repr=False)

    def of_trust(self, trust_code: str) -> int:
        """The last change that may concern a trust, but for what is answered in its draft."""
        return self._of(_trust(trust_code))

    def of_draft(self, trust_code: str, cycle_id: str) -> int:
        """The last change that may concern a trust, its draft in one cycle included."""
        return max(self._of(_trust(trust_code)), self._of(_draft(trust_code, cycle_id)))

    def of_session(self, subject: str) -> int:
        """The last change that may concern a signing in, by its subject in the audit."""
        return self._of(subject)

    def _of(self, subject: str) -> int:
        return self.of_one.get(subject, self.of_all)


@dataclass
class _Heard:
    """What this process has read of the audit's entries, of one database."""

    last: int | None = None
    data_revision: int = 0
    of_all: int = 0
    of_one: Mapping[str, int] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock)
    asked: tuple[int, Stand] | None = None

    def begin(self, last: int) -> None:
        """Of all that was written before, it is not asked whom it concerns."""
        with self.turn:
            if self.last is None:
                self.last = self.of_all = last

    def stand(self, data_revision: int, entries: Sequence[Row]) -> Stand:
        """Takes in what is new; where the database stands now.

        Who was answered first may come last: their answer then tells nothing new, and they are
        given the numbers of those who asked after them. A change that anybody here has seen is
        seen by all who begin to read after that.
        """
        with self.turn:
            self.data_revision = max(self.data_revision, data_revision)
            new = [entry for entry in entries if entry["audit_id"] > (self.last or 0)]
            if new:
                self._take_in(new)
            return Stand(self.last or 0, self.data_revision, self.of_all, self.of_one)

    def _take_in(self, new: Sequence[Row]) -> None:
        # A copy: whoever was told where the database stands holds the one before.
        found = OrderedDict(self.of_one)
        for entry in new:
            number, subject = entry["audit_id"], concerns(entry["action"], entry["subject"])
            if subject is None:
                self.of_all = number
                found.clear()
            elif subject:
                found[subject] = number
                found.move_to_end(subject)
        while len(found) > _MOST:
            # Who is forgotten must not seem unchanged.
            _, self.of_all = found.popitem(last=False)
        self.last = new[-1]["audit_id"]
        self.of_one = MappingProxyType(found)


# By the pool, which one database's connections of every kind share.
_heard: WeakKeyDictionary[Pool, _Heard] = WeakKeyDictionary()
_hearing = threading.Lock()


def now(database: Database) -> Stand:
    """Where the database stands; every page asks this once and keeps results by it.

    A DuckDB file is written by this process alone, so that it is asked only after a write.
    """
    heard = _heard_of(database.engine.pool)
    # Before the question: what is written meanwhile is asked for the next time.
    writes, asked = database.writes, heard.asked
    if database.is_duckdb and asked is not None and asked[0] == writes:
        return asked[1]
    with database.reading() as reading:
        found = stand(reading)
    heard.asked = (writes, found)
    return found


def stand(reading: Reading) -> Stand:
    """Where the database stands as this reading finds it, or as somebody found it since.

    What is kept by it is read afterwards, and not within ``reading``: that may be a moment older.
    """
    heard = _heard_of(reading.pool)
    if heard.last is None:
        heard.begin(reading.value("SELECT max(audit_id) FROM audit") or 0)
    found = reading.rows(
        """
        SELECT i.data_revision, a.audit_id, a.action, a.subject
        FROM installation i
        LEFT JOIN audit a ON a.audit_id > :last
        ORDER BY a.audit_id
        """,
        last=heard.last,
    )
    if not found:
        return Stand(0, 0)
    return heard.stand(
        found[0]["data_revision"], [row for row in found if row["audit_id"] is not None]
    )


def concerns(action: str, subject: str) -> str | None:
    """Whom an audit entry concerns: one subject, nobody (""), or perhaps everybody (None)."""
    if action in OF_NOBODY:
        return ""
    if action in OF_ONE_SESSION:
        return subject
    if action in OF_ONE_DRAFT:
        trust_code, cycle_id, *_ = [*subject.split(" "), ""]
        return _draft(trust_code, cycle_id) if cycle_id else None
    if action in OF_ONE_TRUST:
        return _trust(subject.split(" ", 1)[0])
    return None


def _trust(trust_code: str) -> str:
    return f"trust {trust_code}"


def _draft(trust_code: str, cycle_id: str) -> str:
    return f"draft {trust_code} {cycle_id}"


def _heard_of(pool: Pool) -> _Heard:
    with _hearing:
        return _heard.setdefault(pool, _Heard())
