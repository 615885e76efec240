"""People and their roles. Looked up on every run, so that a change holds at once."""

from collections.abc import Sequence
from datetime import datetime

from benchmarking.access import Grant, Person, Role
from benchmarking.store.database import Reading, Row, Writing


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
    writing: Writing, person_id: int, role: Role, trust_code: str | None, now: datetime
) -> None:
    """Gives a person a role from now on, in one trust or (None) everywhere."""
    writing.run(
        """
        INSERT INTO role_grant (grant_id, person_id, role, trust_code, holds_from)
        VALUES (nextval('grant_number'), :person_id, :role, :trust_code, :now)
        """,
        person_id=person_id,
        role=role.value,
        trust_code=trust_code,
        now=now,
    )


def find(reading: Reading, issuer: str, subject: str, now: datetime) -> Person | None:
    """The person with the roles that hold now, or None for somebody unknown."""
    # Two plain look-ups take half the time of one with joins, and every request makes them.
    person = reading.row(
        "SELECT person_id, title FROM person WHERE issuer = :issuer AND subject = :subject",
        issuer=issuer,
        subject=subject,
    )
    if person is None:
        return None
    grants = reading.rows(
        """
        SELECT role, trust_code
        FROM role_grant
        WHERE person_id = :person_id
            AND holds_from <= :now
            AND (holds_until IS NULL OR holds_until > :now)
        ORDER BY grant_id
        """,
        person_id=person["person_id"],
        now=now,
    )
    return _person(person, grants)


def titles(reading: Reading, issuer: str) -> tuple[tuple[str, str], ...]:
    """(subject, title) of everybody vouched for by an issuer, in the order they were added."""
    rows = reading.rows(
        "SELECT subject, title FROM person WHERE issuer = :issuer ORDER BY person_id",
        issuer=issuer,
    )
    return tuple((row["subject"], row["title"]) for row in rows)


def _person(row: Row, grants: Sequence[Row]) -> Person:
    held = tuple(Grant(Role(grant["role"]), grant["trust_code"]) for grant in grants)
    return Person(row["person_id"], row["title"], held)
