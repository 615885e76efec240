"""The sites and directorates of a trust that assess themselves beside the whole."""

from datetime import datetime

from benchmarking.answers import Scope, ScopeKind
from benchmarking.store.database import Reading, Row, Writing

COLUMNS = ("organisation_id", "scope", "kind", "name", "author_id", "added_at")
_WHERE = "organisation_id = :organisation_id AND scope = :scope"


def of_trust(reading: Reading, organisation_id: int) -> tuple[Scope, ...]:
    """Every part that a trust has named, those that have ended too, in the order of names."""
    rows = reading.rows(
        """
        SELECT scope, kind, name, ended_at
        FROM trust_scope
        WHERE organisation_id = :organisation_id
        ORDER BY lower(name), scope
        """,
        organisation_id=organisation_id,
    )
    return tuple(_scope(row) for row in rows)


def find(reading: Reading, organisation_id: int, scope: str) -> Scope | None:
    """One part of a trust, or None where it never named it."""
    row = reading.row(
        f"SELECT scope, kind, name, ended_at FROM trust_scope WHERE {_WHERE}",
        organisation_id=organisation_id,
        scope=scope,
    )
    return None if row is None else _scope(row)


def add(writing: Writing, organisation_id: int, kind: ScopeKind, name: str) -> str:
    """Adds a part in the name of the person in the audit entry; its id, such as "site-2"."""
    known = writing.value(
        "SELECT count(*) FROM trust_scope WHERE organisation_id = :organisation_id",
        organisation_id=organisation_id,
    )
    scope = f"{kind}-{known + 1}"
    writing.run(
        f"""
        INSERT INTO trust_scope ({", ".join(COLUMNS)})
        VALUES (:organisation_id, :scope, :kind, :name, :person_id, :now)
        """,
        organisation_id=organisation_id,
        scope=scope,
        kind=kind.value,
        name=name,
        person_id=writing.audit.person_id,
        now=writing.audit.at,
    )
    return scope


def change(
    writing: Writing, organisation_id: int, scope: str, name: str, ended_at: datetime | None
) -> bool:
    """Gives a part another name, ends it or takes it up again; whether it is there."""
    return writing.change_one(
        f"UPDATE trust_scope SET name = :name, ended_at = :ended_at WHERE {_WHERE}",
        organisation_id=organisation_id,
        scope=scope,
        name=name,
        ended_at=ended_at,
    )


def _scope(row: Row) -> Scope:
    return Scope(row["scope"], ScopeKind(row["kind"]), row["name"], row["ended_at"])
