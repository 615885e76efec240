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
    writing: Writing, person_id: int, role: Role, organisation_id: int | None, now: datetime
) -> None:
    """Gives a person a role from now on, in one trust or (None) everywhere."""
    writing.run(
        """
        INSERT INTO role_grant (grant_id, person_id, role, organisation_id, holds_from)
        VALUES (nextval('grant_number'), :person_id, :role, :organisation_id, :now)
        """,
        person_id=person_id,
        role=role.value,
        organisation_id=organisation_id,
        now=now,
    )


def find(reading: Reading, issuer: str, subject: str, now: datetime) -> Person | None:
    """The person with the roles that hold now, or None for somebody unknown."""
    rows = reading.rows(
        """
        SELECT p.person_id, p.title, g.role, o.code
        FROM person p
        LEFT JOIN role_grant g
            ON g.person_id = p.person_id
            AND g.holds_from <= :now
            AND (g.holds_until IS NULL OR g.holds_until > :now)
        LEFT JOIN organisation o ON o.organisation_id = g.organisation_id
        WHERE p.issuer = :issuer AND p.subject = :subject
        ORDER BY g.grant_id
        """,
        issuer=issuer,
        subject=subject,
        now=now,
    )
    return _person(rows) if rows else None


def titles(reading: Reading, issuer: str) -> tuple[tuple[str, str], ...]:
    """(subject, title) of everybody vouched for by an issuer, in the order they were added."""
    rows = reading.rows(
        "SELECT subject, title FROM person WHERE issuer = :issuer ORDER BY person_id",
        issuer=issuer,
    )
    return tuple((row["subject"], row["title"]) for row in rows)


def _person(rows: Sequence[Row]) -> Person:
    grants = tuple(Grant(Role(row["role"]), row["code"]) for row in rows if row["role"])
    return Person(rows[0]["person_id"], rows[0]["title"], grants)
