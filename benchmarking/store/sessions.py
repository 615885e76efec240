"""When somebody signed in, when they were last here, and how that ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from benchmarking.store.database import Reading, Writing


class Ending(StrEnum):
    """Why a session is over."""

    SIGNED_OUT = "signed out"
    IDLE = "idle"
    TOO_LONG = "too long"


@dataclass(frozen=True)
class Session:
    """The time from one signing in to its end. ``seen_at`` lags behind by some minutes."""

    begun_at: datetime
    seen_at: datetime
    ending: Ending | None


def find(reading: Reading, session_id: str) -> Session | None:
    """What is known of one signing in, or None before its first page."""
    row = reading.row(
        "SELECT begun_at, seen_at, ending FROM session WHERE session_id = :session_id",
        session_id=session_id,
    )
    if row is None:
        return None
    ending = Ending(row["ending"]) if row["ending"] else None
    return Session(row["begun_at"], row["seen_at"], ending)


def begin(
    writing: Writing, session_id: str, person_id: int, begun_at: datetime, now: datetime
) -> None:
    """Notes that somebody signed in; where that is noted already, gives the transaction up."""
    if find(writing, session_id) is not None:
        writing.give_up()
        return
    writing.run(
        """
        INSERT INTO session (session_id, person_id, begun_at, seen_at)
        VALUES (:session_id, :person_id, :begun_at, :now)
        """,
        session_id=session_id,
        person_id=person_id,
        begun_at=begun_at,
        now=now,
    )


def see(writing: Writing, session_id: str, now: datetime) -> bool:
    """Notes that somebody is still here. Not once it is over: then the transaction is given up."""
    return writing.change_one(
        """
        UPDATE session SET seen_at = :now
        WHERE session_id = :session_id AND ended_at IS NULL AND seen_at < :now
        """,
        session_id=session_id,
        now=now,
    )


def end(writing: Writing, session_id: str, ending: Ending, now: datetime) -> bool:
    """Ends a session for good. Where it is over already, the transaction is given up."""
    return writing.change_one(
        """
        UPDATE session SET ended_at = :now, ending = :ending
        WHERE session_id = :session_id AND ended_at IS NULL
        """,
        session_id=session_id,
        ending=ending.value,
        now=now,
    )
