"""The audit as it is read: who did what, the newest first. It is written with every transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarking.store.audit_actions import CLAIM_WORK, END_CLAIM, STILL_HERE
from benchmarking.store.database import Reading, Row

# What is written by the clock and not because somebody did something.
BY_THE_CLOCK = (STILL_HERE, CLAIM_WORK, END_CLAIM)
# How far back a repetition is looked for; an index on the whole audit would cost every write.
_LOOKED_BACK = 1000

_WHERE = """
    WHERE (CAST(:since AS TIMESTAMP) IS NULL OR a.written_at >= :since)
        AND (CAST(:until AS TIMESTAMP) IS NULL OR a.written_at < :until)
        AND (CAST(:person_id AS INTEGER) IS NULL OR a.person_id = :person_id)
        AND (CAST(:action AS TEXT) IS NULL OR a.action = :action)
        AND (
            CAST(:about AS TEXT) IS NULL OR a.subject = :about
            OR starts_with(a.subject, CAST(:about AS TEXT) || ' ')
        )
        AND (:presence OR a.action NOT IN (:still_here, :claim_work, :end_claim))
"""


@dataclass(frozen=True)
class Wanted:
    """Which entries; None means any.

    ``since`` and ``until`` are UTC, the second is the first moment that no longer counts.
    ``about`` is the beginning of a subject in whole words: a trust's code, or more of it.
    Without ``presence``, what is written by the clock is left out: that somebody is still here,
    and that a server took up its own work or ended it.
    """

    since: datetime | None = None
    until: datetime | None = None
    person_id: int | None = None
    action: str | None = None
    about: str | None = None
    presence: bool = True


@dataclass(frozen=True)
class Entry:
    """One line of the audit. ``title`` is None for what the server or its host did."""

    number: int
    at: datetime
    person_id: int
    title: str | None
    action: str
    subject: str
    detail: str


def entries(reading: Reading, wanted: Wanted, most: int, after: int = 0) -> tuple[Entry, ...]:
    """At most so many entries, the newest first, after leaving out the first ``after``."""
    rows = reading.rows(
        f"""
        SELECT a.audit_id, a.written_at, a.person_id, p.title, a.action, a.subject, a.detail
        FROM audit a
        LEFT JOIN person p ON p.person_id = a.person_id
        {_WHERE}
        ORDER BY a.audit_id DESC
        LIMIT :most OFFSET :after
        """,
        **_values(wanted),
        most=most,
        after=after,
    )
    return tuple(_entry(row) for row in rows)


def count(reading: Reading, wanted: Wanted) -> int:
    """How many entries there are of this kind."""
    return int(reading.value(f"SELECT count(*) FROM audit a {_WHERE}", **_values(wanted)))


def actions(reading: Reading) -> tuple[str, ...]:
    """Every action that stands in the audit, by name."""
    rows = reading.rows("SELECT DISTINCT action FROM audit ORDER BY action")
    return tuple(row["action"] for row in rows)


def people(reading: Reading) -> Mapping[int, str | None]:
    """Everybody who stands in the audit: titles by number, by title; None for the server."""
    rows = reading.rows(
        """
        SELECT DISTINCT a.person_id, p.title
        FROM audit a
        LEFT JOIN person p ON p.person_id = a.person_id
        ORDER BY p.title, a.person_id
        """
    )
    return {row["person_id"]: row["title"] for row in rows}


def trusts(reading: Reading) -> tuple[str, ...]:
    """The codes of the trusts here, in order."""
    rows = reading.rows("SELECT code FROM organisation ORDER BY code")
    return tuple(row["code"] for row in rows)


def how_often(
    reading: Reading, person_id: int, action: str, detail: str, now: datetime, within: timedelta
) -> int:
    """How often one of the last thousand entries says that somebody did this so recently."""
    return int(
        reading.value(
            """
            SELECT count(*)
            FROM audit
            WHERE audit_id > (SELECT max(audit_id) FROM audit) - :looked_back
                AND person_id = :person_id AND action = :action AND detail = :detail
                AND written_at > :since
            """,
            looked_back=_LOOKED_BACK,
            person_id=person_id,
            action=action,
            detail=detail,
            since=now - within,
        )
    )


def _values(wanted: Wanted) -> dict[str, object]:
    by_the_clock = {"still_here": STILL_HERE, "claim_work": CLAIM_WORK, "end_claim": END_CLAIM}
    return {**vars(wanted), **by_the_clock}


def _entry(row: Row) -> Entry:
    return Entry(
        row["audit_id"],
        row["written_at"],
        row["person_id"],
        row["title"],
        row["action"],
        row["subject"],
        row["detail"],
    )
