"""Evidence for answers. A piece is added or taken away, never changed in place."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from benchmarking.answers import AssessmentKey, ItemKey
from benchmarking.evidence import Evidence
from benchmarking.store.assessments import (
    IS_NEWEST_PUBLISHED,
    WHERE_KEY,
    item_values,
    key_values,
)
from benchmarking.store.database import Reading, Row, Writing
from benchmarking.store.evidence_files import FileStore, StoredFile

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


@dataclass(frozen=True)
class Placed:
    """A piece of evidence and where it belongs.

    ``is_published``: its assessment is the newest of its kind that was published.
    """

    piece: Evidence
    key: AssessmentKey
    trust_code: str
    is_published: bool

    @property
    def file(self) -> StoredFile | None:
        """Its file, None where it has none."""
        if not self.piece.file_sha256:
            return None
        return StoredFile(self.key.organisation_id, self.piece.file_sha256)


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


def find(reading: Reading, evidence_id: str) -> Placed | None:
    """One piece of evidence, whoever it belongs to; None where there is none."""
    row = reading.row(
        f"""
        SELECT e.*, p.title AS author, o.code AS trust_code,
            CASE WHEN {IS_NEWEST_PUBLISHED} THEN 1 ELSE 0 END AS is_published
        FROM evidence e
        JOIN person p ON p.person_id = e.author_id
        JOIN organisation o ON o.organisation_id = e.organisation_id
        JOIN assessment s
            ON s.organisation_id = e.organisation_id AND s.cycle_id = e.cycle_id
            AND s.scope = e.scope AND s.revision = e.revision
        WHERE e.evidence_id = :evidence_id
        """,
        evidence_id=evidence_id,
    )
    if row is None:
        return None
    key = AssessmentKey(row["organisation_id"], row["cycle_id"], row["scope"], row["revision"])
    return Placed(_evidence(row), key, row["trust_code"], bool(row["is_published"]))


def files_named(reading: Reading) -> frozenset[StoredFile]:
    """Every file that a piece of evidence names."""
    rows = reading.rows(
        "SELECT DISTINCT organisation_id, file_sha256 FROM evidence WHERE file_sha256 <> ''"
    )
    return frozenset(StoredFile(row["organisation_id"], row["file_sha256"]) for row in rows)


def is_named(reading: Reading, file: StoredFile) -> bool:
    """Whether any piece of evidence of the trust still names a file."""
    sql = """
        SELECT count(*)
        FROM evidence
        WHERE organisation_id = :organisation_id AND file_sha256 = :sha256
    """
    number = reading.value(sql, organisation_id=file.organisation_id, sha256=file.sha256)
    return int(number) > 0


def unnamed_files(reading: Reading, files: FileStore, now: datetime) -> tuple[StoredFile, ...]:
    """Files that lie in the store though no piece of evidence names them.

    Raises:
        FilesFailed: the store of files does not answer.
    """
    named = files_named(reading)
    return tuple(file for file in files.every(now) if file not in named)


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
