"""People and the roles they hold from and until a moment."""

from dataclasses import dataclass
from datetime import datetime

from benchmarking.access import Grant, Person, Role
from benchmarking.store.database import Reading, Row, Writing


@dataclass(frozen=True)
class HeldRole:
    """A role and when it holds. ``until`` is None for a role that nobody has ended."""

    grant_id: int
    grant: Grant
    since: datetime
    until: datetime | None

    def holds(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True)
class Known:
    """Somebody who is known here, with every role they ever held, in the order given."""

    person_id: int
    title: str
    roles: tuple[HeldRole, ...]

    def at(self, now: datetime) -> Person:
        """The person with the roles that hold at a moment."""
        held = tuple(role.grant for role in self.roles if role.holds(now))
        return Person(self.person_id, self.title, held)


@dataclass(frozen=True)
class Listed:
    """Somebody who is known here, and who vouches for them under which name."""

    issuer: str
    subject: str
    known: Known


def add(writing: Writing, issuer: str, subject: str, title: str) -> int:
    """Adds a person, known by who vouches for them and that vouching's name for them."""
    person_id = int(writing.value("SELECT nextval('person_number')"))
    writing.run(
        "INSERT INTO person (person_id, issuer, subject, title) "
        "VALUES (:person_id, :issuer, :subject, :title)",
        person_id=person_id,
        issuer=issuer,
        subject=subject,
        title=title,
    )
    return person_id


def grant(
    writing: Writing,
    person_id: int,
    role: Role,
    trust_code: str | None,
    since: datetime,
    until: datetime | None = None,
) -> None:
    """Gives a person a role from and until a moment, in one trust or (None) everywhere."""
    writing.run(
        """
        INSERT INTO role_grant (grant_id, person_id, role, trust_code, holds_from, holds_until)
        VALUES (nextval('grant_number'), :person_id, :role, :trust_code, :since, :until)
        """,
        person_id=person_id,
        role=role.value,
        trust_code=trust_code,
        since=since,
        until=until,
    )


def end_role(writing: Writing, grant_id: int, now: datetime) -> bool:
    """Ends a role now; one that was to begin later never holds. Whether there was one to end.

    Where there was none, the transaction is given up.
    """
    return writing.change_one(
        """
        UPDATE role_grant
        SET holds_until = CASE WHEN holds_from > :now THEN holds_from ELSE :now END
        WHERE grant_id = :grant_id
            AND (holds_until IS NULL OR (holds_until > :now AND holds_until > holds_from))
        """,
        grant_id=grant_id,
        now=now,
    )


def known(reading: Reading, issuer: str, subject: str) -> Known | None:
    """Who this is, or None for somebody unknown."""
    # Two plain look-ups take half the time of one with joins.
    person = reading.row(
        "SELECT person_id, title FROM person WHERE issuer = :issuer AND subject = :subject",
        issuer=issuer,
        subject=subject,
    )
    if person is None:
        return None
    roles = reading.rows(
        """
        SELECT grant_id, role, trust_code, holds_from, holds_until
        FROM role_grant
        WHERE person_id = :person_id
        ORDER BY grant_id
        """,
        person_id=person["person_id"],
    )
    return Known(person["person_id"], person["title"], tuple(_held(role) for role in roles))


def find(reading: Reading, issuer: str, subject: str, now: datetime) -> Person | None:
    """The person with the roles that hold now, or None for somebody unknown."""
    found = known(reading, issuer, subject)
    return found.at(now) if found else None


def every(reading: Reading) -> tuple[Listed, ...]:
    """Everybody who is known here, by title, with every role they ever held."""
    people = reading.rows(
        "SELECT person_id, issuer, subject, title FROM person ORDER BY title, person_id"
    )
    rows = reading.rows(
        """
        SELECT person_id, grant_id, role, trust_code, holds_from, holds_until
        FROM role_grant
        ORDER BY grant_id
        """
    )
    held: dict[int, list[HeldRole]] = {}
    for row in rows:
        held.setdefault(row["person_id"], []).append(_held(row))
    return tuple(
        Listed(
            one["issuer"],
            one["subject"],
            Known(one["person_id"], one["title"], tuple(held.get(one["person_id"], ()))),
        )
        for one in people
    )


def titles(reading: Reading, issuer: str) -> tuple[tuple[str, str], ...]:
    """(subject, title) of everybody vouched for by an issuer, in the order they were added."""
    rows = reading.rows(
        "SELECT subject, title FROM person WHERE issuer = :issuer ORDER BY person_id",
        issuer=issuer,
    )
    return tuple((row["subject"], row["title"]) for row in rows)


def _held(row: Row) -> HeldRole:
    grant = Grant(Role(row["role"]), row["trust_code"])
    return HeldRole(row["grant_id"], grant, row["holds_from"], row["holds_until"])
