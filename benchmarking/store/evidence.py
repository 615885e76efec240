"""Evidence for answers. A piece is added or taken away, never changed in place."""

from collections.abc import Sequence
from dataclasses import fields

from benchmarking.answers import AssessmentKey, ItemKey
from benchmarking.evidence import Evidence
from benchmarking.store.assessments import (
    IS_NEWEST_PUBLISHED,
    WHERE_KEY,
    item_values,
    key_values,
)
from benchmarking.store.database import Reading, Row, Writing

_DETAILS = tuple(f.name for f in fields(Evidence) if f.name not in ("item", "author", "saved_at"))
COLUMNS = (
    "organisation_id",
    "cycle_id",
    "scope",
    "revision",
    "standard_id",
    "item_id",
    *_DETAILS,
    "author_id",
    "saved_at",
)


def of_assessment(reading: Reading, key: AssessmentKey) -> tuple[Evidence, ...]:
    """All evidence of one assessment, the oldest first."""
    rows = reading.rows(
        f"""
        SELECT e.*, p.title AS author
        FROM evidence e
        JOIN person p ON p.person_id = e.author_id
        WHERE {WHERE_KEY}
        ORDER BY e.saved_at, e.evidence_id
        """,
        **key_values(key),
    )
    return tuple(_evidence(row) for row in rows)


def of_published(reading: Reading, cycle_id: str, scope: str) -> list[tuple[int, int, Evidence]]:
    """(organisation, revision, evidence) of the newest published assessments of a cycle."""
    rows = reading.rows(
        f"""
        SELECT e.*, p.title AS author
        FROM evidence e
        JOIN person p ON p.person_id = e.author_id
        JOIN assessment s
            ON s.organisation_id = e.organisation_id AND s.cycle_id = e.cycle_id
            AND s.scope = e.scope AND s.revision = e.revision
        WHERE e.cycle_id = :cycle_id AND e.scope = :scope AND {IS_NEWEST_PUBLISHED}
        ORDER BY e.organisation_id, e.saved_at, e.evidence_id
        """,
        cycle_id=cycle_id,
        scope=scope,
    )
    return [(row["organisation_id"], row["revision"], _evidence(row)) for row in rows]


def add(writing: Writing, key: AssessmentKey, pieces: Sequence[Evidence]) -> None:
    """Adds pieces of evidence in the name of the person in the audit entry."""
    saved = (writing.audit.person_id, writing.audit.at)
    writing.bulk(
        "evidence",
        COLUMNS,
        [(*item_values(key, piece.item).values(), *details(piece), *saved) for piece in pieces],
    )


def remove(writing: Writing, key: AssessmentKey, evidence_id: str) -> bool:
    """Takes a piece of evidence away; whether it was there.

    Where it was not, the transaction is given up.
    """
    return writing.change_one(
        f"DELETE FROM evidence WHERE {WHERE_KEY} AND evidence_id = :evidence_id",
        evidence_id=evidence_id,
        **key_values(key),
    )


def details(piece: Evidence) -> tuple[object, ...]:
    """The values of the columns that are the evidence's own."""
    return tuple(getattr(piece, name) for name in _DETAILS)


def _evidence(row: Row) -> Evidence:
    details = {name: row[name] for name in _DETAILS}
    item = ItemKey(row["standard_id"], row["item_id"])
    return Evidence(item=item, author=row["author"], saved_at=row["saved_at"], **details)
