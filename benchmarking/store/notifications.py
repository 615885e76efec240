"""Where people want to be told what waits for them, and when they were told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from benchmarking.store.database import Reading, Row, Writing

# The last one stays, or somebody would be told again what they know.
_OLD = """
    claimed_at < :before AND notification_id NOT IN (
        SELECT max(notification_id) FROM notification_sent GROUP BY person_id
    )
"""
_LEFT = """
    person_id NOT IN (
        SELECT person_id FROM role_grant WHERE holds_until IS NULL OR holds_until >= :before
    )
"""
_CHOICE = "person_id, address, how_often, confirmed_at"


class HowOften(StrEnum):
    """How often somebody wants to be told, at most."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True)
class Choice:
    """What somebody chose. ``confirmed_at`` is None until the address has answered; UTC."""

    person_id: int
    address: str
    how_often: HowOften
    confirmed_at: datetime | None

    @property
    def is_on(self) -> bool:
        """Whether mail may be sent."""
        return self.confirmed_at is not None and self.how_often is not HowOften.OFF


@dataclass(frozen=True)
class SentCode:
    """A code that went to somebody's address and has not come back."""

    code_hash: str
    expires_at: datetime
    tries: int
    codes_sent: int
    counted_since: datetime


@dataclass(frozen=True)
class Told:
    """The last time that somebody was told, or that a process began to; ``sent_at`` tells which."""

    notification_id: int
    fingerprint: str
    claimed_at: datetime
    sent_at: datetime | None


def choice_of(reading: Reading, person_id: int) -> Choice | None:
    """What somebody chose, or None."""
    row = reading.row(
        f"SELECT {_CHOICE} FROM notification_choice WHERE person_id = :person_id",
        person_id=person_id,
    )
    return None if row is None else _choice(row)


def switched_on(reading: Reading) -> tuple[Choice, ...]:
    """Everybody to whom mail may be sent, by number."""
    rows = reading.rows(
        f"""
        SELECT {_CHOICE}
        FROM notification_choice
        WHERE confirmed_at IS NOT NULL AND how_often <> 'off'
        ORDER BY person_id
        """
    )
    return tuple(_choice(row) for row in rows)


def choose(writing: Writing, chosen: Choice) -> None:
    """Puts a choice in the place of an earlier one."""
    writing.run(
        """
        INSERT INTO notification_choice (person_id, address, how_often, confirmed_at, saved_at)
        VALUES (:person_id, :address, :how_often, :confirmed_at, :now)
        ON CONFLICT (person_id) DO UPDATE
        SET address = :address, how_often = :how_often, confirmed_at = :confirmed_at,
            saved_at = :now
        """,
        person_id=chosen.person_id,
        address=chosen.address,
        how_often=chosen.how_often.value,
        confirmed_at=chosen.confirmed_at,
        now=writing.audit.at,
    )


def forget(writing: Writing, person_id: int) -> None:
    """Removes somebody's address and choice. Codes stay counted until the day is over."""
    writing.run("DELETE FROM notification_choice WHERE person_id = :id", id=person_id)


def code_of(reading: Reading, person_id: int) -> SentCode | None:
    """The code that somebody was sent last, or None."""
    row = reading.row(
        """
        SELECT code_hash, expires_at, tries, codes_sent, counted_since
        FROM notification_code
        WHERE person_id = :person_id
        """,
        person_id=person_id,
    )
    return None if row is None else SentCode(**row)


def keep_code(writing: Writing, person_id: int, code: SentCode) -> None:
    """Puts a code, or what became of it, in the place of an earlier one."""
    writing.run(
        """
        INSERT INTO notification_code (
            person_id, code_hash, expires_at, tries, codes_sent, counted_since
        )
        VALUES (:person_id, :code_hash, :expires_at, :tries, :codes_sent, :counted_since)
        ON CONFLICT (person_id) DO UPDATE
        SET code_hash = :code_hash, expires_at = :expires_at, tries = :tries,
            codes_sent = :codes_sent, counted_since = :counted_since
        """,
        person_id=person_id,
        **vars(code),
    )


def last_told(reading: Reading, person_id: int, given_up: datetime) -> Told | None:
    """When somebody was told last, or a process began to tell them; None for never.

    Args:
        reading: where from.
        person_id: who.
        given_up: what a process began before this and did not finish never happened.
    """
    row = reading.row(
        """
        SELECT notification_id, fingerprint, claimed_at, sent_at
        FROM notification_sent
        WHERE person_id = :person_id AND (sent_at IS NOT NULL OR claimed_at >= :given_up)
        ORDER BY notification_id DESC
        LIMIT 1
        """,
        person_id=person_id,
        given_up=given_up,
    )
    return None if row is None else Told(**row)


def claim(writing: Writing, person_id: int, fingerprint: str) -> int:
    """Notes that this process is about to tell somebody; the number of the note."""
    number = int(writing.value("SELECT nextval('notification_number')"))
    writing.run(
        """
        INSERT INTO notification_sent (
            notification_id, person_id, fingerprint, claimed_at, sent_at
        )
        VALUES (:number, :person_id, :fingerprint, :now, NULL)
        """,
        number=number,
        person_id=person_id,
        fingerprint=fingerprint,
        now=writing.audit.at,
    )
    return number


def settle(writing: Writing, number: int, sent_at: datetime) -> None:
    """Notes that somebody was told."""
    writing.run(
        "UPDATE notification_sent SET sent_at = :sent_at WHERE notification_id = :number",
        number=number,
        sent_at=sent_at,
    )


def release(writing: Writing, number: int) -> None:
    """Takes back a claim of which nothing came."""
    writing.run(
        "DELETE FROM notification_sent WHERE notification_id = :number AND sent_at IS NULL",
        number=number,
    )


def old(reading: Reading, before: datetime) -> int:
    """How many notes of what was sent are from before a moment, not counting anybody's last."""
    return int(reading.value(f"SELECT count(*) FROM notification_sent WHERE {_OLD}", before=before))


def addresses_left(reading: Reading, before: datetime) -> int:
    """How many addresses are of people whose last role ended before a moment."""
    return int(
        reading.value(f"SELECT count(*) FROM notification_choice WHERE {_LEFT}", before=before)
    )


def remove_addresses_left(writing: Writing, before: datetime) -> int:
    """Removes those addresses and the codes sent to them; how many addresses."""
    writing.run(f"DELETE FROM notification_code WHERE {_LEFT}", before=before)
    return writing.run(f"DELETE FROM notification_choice WHERE {_LEFT}", before=before)


def remove_old(writing: Writing, before: datetime) -> int:
    """Removes those notes; how many."""
    return writing.run(f"DELETE FROM notification_sent WHERE {_OLD}", before=before)


def _choice(row: Row) -> Choice:
    return Choice(**{**row, "how_often": HowOften(row["how_often"])})
