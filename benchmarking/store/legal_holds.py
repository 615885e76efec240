"""Legal holds: while one lasts, nothing of a trust is purged."""

from dataclasses import dataclass
from datetime import datetime

from benchmarking.store.database import Reading, Writing

_HOLDS = "holds_from <= :now AND (holds_until IS NULL OR holds_until > :now)"


@dataclass(frozen=True)
class Hold:
    """One hold. ``until`` is None while nobody has said when it ends; times are UTC."""

    hold_id: int
    trust_code: str
    reason: str
    since: datetime
    until: datetime | None
    author: str

    def lasts(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)


def add(writing: Writing, organisation_id: int, reason: str, until: datetime | None) -> int:
    """Places a hold from the moment of the audit entry on; its number."""
    number = int(writing.value("SELECT nextval('legal_hold_number')"))
    writing.run(
        """
        INSERT INTO legal_hold
            (hold_id, organisation_id, reason, holds_from, holds_until, author_id)
        VALUES (:number, :organisation_id, :reason, :now, :until, :person_id)
        """,
        number=number,
        organisation_id=organisation_id,
        reason=reason,
        now=writing.audit.at,
        until=until,
        person_id=writing.audit.person_id,
    )
    return number


def end(writing: Writing, hold_id: int) -> bool:
    """Ends a hold that lasts, at the moment of the audit entry; whether there was one."""
    return writing.change_one(
        f"UPDATE legal_hold SET holds_until = :now WHERE hold_id = :hold_id AND {_HOLDS}",
        hold_id=hold_id,
        now=writing.audit.at,
    )


def every(reading: Reading) -> tuple[Hold, ...]:
    """All holds there ever were, the newest first."""
    rows = reading.rows(
        """
        SELECT h.hold_id, o.code, h.reason, h.holds_from, h.holds_until, p.title
        FROM legal_hold h
        JOIN organisation o ON o.organisation_id = h.organisation_id
        JOIN person p ON p.person_id = h.author_id
        ORDER BY h.hold_id DESC
        """
    )
    return tuple(Hold(*row.values()) for row in rows)


def held(reading: Reading, now: datetime) -> frozenset[int]:
    """The numbers of the trusts of which nothing may be purged at a moment."""
    rows = reading.rows(f"SELECT organisation_id FROM legal_hold WHERE {_HOLDS}", now=now)
    return frozenset(row["organisation_id"] for row in rows)
