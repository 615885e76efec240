"""Finding and removing what has been kept for its time.

Names of tables come from ``data/retention.yaml`` and are held to the tables there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from benchmarking.answers import AssessmentKey
from benchmarking.store.assessments import WHERE_KEY, key_values
from benchmarking.store.database import Reading, Row, Writing
from benchmarking.store.migrate import tables

REMOVED = "Removed when its time was over"
_NOTES = f"entry_number IN (SELECT entry_number FROM ledger WHERE {WHERE_KEY})"
# Tables whose rows belong to an assessment by other columns than its key.
_WHERE = {
    "move_note": _NOTES,
    # Who holds a question holds it through all revisions.
    "assignment": "organisation_id = :organisation_id AND cycle_id = :cycle_id AND scope = :scope",
}
_WITH_WORDS = (
    f"{WHERE_KEY} AND NOT (title = '{REMOVED}' AND note = '' AND link = '' "
    f"AND reviewed_by = '' AND file_sha256 = '')"
)
_IS_OLD_ACTION = """
    a.saved_at < :before AND NOT EXISTS (
        SELECT 1
        FROM action_note n
        WHERE n.action_id = a.action_id AND n.written_at >= :before
    )
"""
_OLD_ACTIONS = f"""
    SELECT a.action_id
    FROM trust_action a
    WHERE a.organisation_id = :organisation_id AND {_IS_OLD_ACTION}
"""
_WAS_SUBMITTED = """
    EXISTS (
        SELECT 1
        FROM ledger l
        WHERE l.organisation_id = s.organisation_id AND l.cycle_id = s.cycle_id
            AND l.scope = s.scope AND l.revision = s.revision AND l.to_state = 'submitted'
    )
"""


@dataclass(frozen=True)
class Old:
    """An assessment whose cycle lies far enough back."""

    key: AssessmentKey
    trust_code: str


def drafts(reading: Reading, before: datetime) -> tuple[Old, ...]:
    """Assessments that were never submitted, of cycles whose deadline was before a moment."""
    return _old(reading, f"c.deadline_at < :before AND NOT {_WAS_SUBMITTED}", before)


def handed_in(reading: Reading, before: datetime) -> tuple[Old, ...]:
    """Assessments that were submitted, of cycles released before a moment."""
    return _old(reading, f"c.release_at < :before AND {_WAS_SUBMITTED}", before)


def trusts_with_months(reading: Reading, before: date) -> tuple[tuple[int, str, int], ...]:
    """(number, code, rows) of each trust with monthly figures of months before a day."""
    rows = reading.rows(
        """
        SELECT m.organisation_id, o.code, count(*) AS found
        FROM monthly_figure m
        JOIN organisation o ON o.organisation_id = m.organisation_id
        WHERE m.month < :before
        GROUP BY m.organisation_id, o.code
        ORDER BY o.code
        """,
        before=before,
    )
    return tuple((row["organisation_id"], row["code"], int(row["found"])) for row in rows)


def trusts_with_actions(
    reading: Reading, tables_of_actions: Sequence[str], before: datetime
) -> tuple[tuple[int, str, int], ...]:
    """(number, code, rows) of each trust with actions last written about before a moment."""
    trusts = reading.rows(
        f"""
        SELECT DISTINCT a.organisation_id, o.code
        FROM trust_action a
        JOIN organisation o ON o.organisation_id = a.organisation_id
        WHERE {_IS_OLD_ACTION}
        ORDER BY o.code
        """,
        before=before,
    )
    found = [(int(trust["organisation_id"]), str(trust["code"])) for trust in trusts]
    return tuple(
        (number, code, _rows_of_actions(reading, tables_of_actions, number, before))
        for number, code in found
    )


def _rows_of_actions(
    reading: Reading, tables_of_actions: Sequence[str], organisation_id: int, before: datetime
) -> int:
    counts = (
        reading.value(
            f"SELECT count(*) FROM {table} WHERE action_id IN ({_OLD_ACTIONS})",
            organisation_id=organisation_id,
            before=before,
        )
        for table in tables_of_actions
    )
    return sum(map(int, counts))


def remove_actions(
    writing: Writing, tables_of_actions: Sequence[str], organisation_id: int, before: datetime
) -> int:
    """Removes a trust's actions last written about before a moment; how many rows.

    The table of the actions themselves comes last: the others are found by it.
    """
    in_order = sorted(tables_of_actions, key=lambda table: table == "trust_action")
    return sum(
        writing.run(
            f"DELETE FROM {table} WHERE action_id IN ({_OLD_ACTIONS})",
            organisation_id=organisation_id,
            before=before,
        )
        for table in in_order
    )


def sign_ins(reading: Reading, before: datetime) -> int:
    """How many sign-ins were last seen before a moment."""
    return int(reading.value("SELECT count(*) FROM session WHERE seen_at < :b", b=before))


def rows_of(reading: Reading, table: str, key: AssessmentKey) -> int:
    """How many rows of a table belong to an assessment."""
    where = _WHERE.get(table, WHERE_KEY)
    return int(reading.value(f"SELECT count(*) FROM {table} WHERE {where}", **key_values(key)))


def evidence_with_words(reading: Reading, key: AssessmentKey) -> int:
    """How many pieces of an assessment's evidence still have their words."""
    sql = f"SELECT count(*) FROM evidence WHERE {_WITH_WORDS}"
    return int(reading.value(sql, **key_values(key)))


def remove(writing: Writing, table: str, key: AssessmentKey) -> int:
    """Removes the rows of a table that belong to an assessment; how many."""
    where = _WHERE.get(table, WHERE_KEY)
    return writing.run(f"DELETE FROM {table} WHERE {where}", **key_values(key))


def remove_words_of_evidence(writing: Writing, key: AssessmentKey) -> int:
    """Empties title, note, link, reviewer and file of an assessment's evidence; of how many pieces.

    Its kind, strength and dates stay: the evidenced level hangs on them. The files themselves
    are removed afterwards, once nothing names them.
    """
    return writing.run(
        f"""
        UPDATE evidence
        SET title = '{REMOVED}', note = '', link = '', reviewed_by = '',
            file_sha256 = '', file_name = '', file_type = '', file_size = NULL,
            file_may_identify = FALSE
        WHERE {_WITH_WORDS}
        """,
        **key_values(key),
    )


def note_purged(writing: Writing, key: AssessmentKey) -> None:
    """Keeps that an assessment's answers were purged, for the check of the ledger."""
    writing.run(
        """
        INSERT INTO purged_assessment (organisation_id, cycle_id, scope, revision, purged_at)
        VALUES (:organisation_id, :cycle_id, :scope, :revision, :now)
        ON CONFLICT DO NOTHING
        """,
        now=writing.audit.at,
        **key_values(key),
    )


def remove_months(writing: Writing, organisation_id: int, before: date) -> int:
    """Removes a trust's monthly figures of months before a day; how many."""
    return writing.run(
        "DELETE FROM monthly_figure WHERE organisation_id = :organisation_id AND month < :before",
        organisation_id=organisation_id,
        before=before,
    )


def remove_sign_ins(writing: Writing, before: datetime) -> int:
    """Removes the sign-ins last seen before a moment; how many."""
    return writing.run("DELETE FROM session WHERE seen_at < :before", before=before)


def unnamed(reading: Reading, named: frozenset[str]) -> tuple[str, ...]:
    """Tables for which nobody has said how long their rows are kept."""
    return tuple(sorted(tables(reading) - named))


def missing(reading: Reading, named: frozenset[str]) -> tuple[str, ...]:
    """Names that are no tables."""
    return tuple(sorted(named - tables(reading)))


def _old(reading: Reading, where: str, before: datetime) -> tuple[Old, ...]:
    rows = reading.rows(
        f"""
        SELECT s.organisation_id, s.cycle_id, s.scope, s.revision, o.code
        FROM assessment s
        JOIN organisation o ON o.organisation_id = s.organisation_id
        JOIN cycle c ON c.cycle_id = s.cycle_id
        WHERE {where}
        ORDER BY s.cycle_id, o.code, s.scope, s.revision
        """,
        before=before,
    )
    return tuple(_one(row) for row in rows)


def _one(row: Row) -> Old:
    key = AssessmentKey(row["organisation_id"], row["cycle_id"], row["scope"], row["revision"])
    return Old(key, row["code"])
