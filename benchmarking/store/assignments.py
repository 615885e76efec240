"""Who holds which question of an assessment: one row each, for all revisions of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from benchmarking.access import ROLES, Action
from benchmarking.answers import AssessmentKey, Assignment, ItemKey
from benchmarking.store.assessments import item_values, key_values
from benchmarking.store.database import Reading, Row, Writing

COLUMNS = (
    *("organisation_id", "cycle_id", "scope", "standard_id", "item_id"),
    *("person_id", "wanted_by", "author_id", "assigned_at"),
)
_WHERE = "organisation_id = :organisation_id AND cycle_id = :cycle_id AND scope = :scope"
_ANSWERING = sorted(role.value for role, actions in ROLES.items() if Action.ANSWER in actions)


def of_assessment(reading: Reading, key: AssessmentKey, now: datetime) -> dict[ItemKey, Assignment]:
    """Who holds what in an assessment, whichever revision the key names.

    Args:
        reading: the database.
        key: the assessment.
        now: the moment at which it is asked whether the holder may still answer, in UTC.
    """
    roles = {f"role_{place}": role for place, role in enumerate(_ANSWERING)}
    rows = reading.rows(
        f"""
        SELECT a.standard_id, a.item_id, a.person_id, h.title, a.wanted_by, b.title AS by_title,
            a.assigned_at, EXISTS (
                SELECT 1
                FROM role_grant g
                JOIN organisation o ON o.code = g.trust_code
                WHERE g.person_id = a.person_id AND o.organisation_id = a.organisation_id
                    AND g.role IN (:{", :".join(roles)})
                    AND g.holds_from <= :now AND (g.holds_until IS NULL OR g.holds_until > :now)
            ) AS may_answer
        FROM assignment a
        JOIN person h ON h.person_id = a.person_id
        JOIN person b ON b.person_id = a.author_id
        WHERE {_WHERE}
        """,
        now=now,
        **roles,
        **key_values(key),
    )
    return {ItemKey(row["standard_id"], row["item_id"]): _assignment(row) for row in rows}


def holders(reading: Reading, key: AssessmentKey) -> dict[ItemKey, int]:
    """The number of whoever holds each question that somebody holds."""
    rows = reading.rows(
        f"SELECT standard_id, item_id, person_id FROM assignment WHERE {_WHERE}",
        **key_values(key),
    )
    return {ItemKey(row["standard_id"], row["item_id"]): row["person_id"] for row in rows}


def hand_over(
    writing: Writing,
    key: AssessmentKey,
    items: Iterable[ItemKey],
    person_id: int,
    wanted_by: date | None,
) -> None:
    """Gives questions to a person, whoever held them before."""
    for item in items:
        writing.run(
            """
            INSERT INTO assignment (organisation_id, cycle_id, scope, standard_id, item_id,
                person_id, wanted_by, author_id, assigned_at)
            VALUES (:organisation_id, :cycle_id, :scope, :standard_id, :item_id,
                :person_id, :wanted_by, :author_id, :now)
            ON CONFLICT (organisation_id, cycle_id, scope, standard_id, item_id)
            DO UPDATE SET person_id = excluded.person_id, wanted_by = excluded.wanted_by,
                author_id = excluded.author_id, assigned_at = excluded.assigned_at
            """,
            person_id=person_id,
            wanted_by=wanted_by,
            author_id=writing.audit.person_id,
            now=writing.audit.at,
            **item_values(key, item),
        )


def add_many(
    writing: Writing,
    key: AssessmentKey,
    given: Sequence[tuple[ItemKey, int, date | None, int, datetime]],
) -> None:
    """Adds who holds what, for assessments that were made elsewhere, see ``store.bulk``.

    Args:
        writing: the transaction.
        key: the assessment.
        given: each question with its holder, the day, who handed it over, and when.
    """
    whose = (key.organisation_id, key.cycle_id, key.scope)
    rows = [(*whose, one[0].standard_id, one[0].item_id, *one[1:]) for one in given]
    writing.bulk("assignment", COLUMNS, rows)


def take_back(writing: Writing, key: AssessmentKey, items: Iterable[ItemKey]) -> None:
    """Leaves questions with nobody."""
    for item in items:
        writing.run(
            f"DELETE FROM assignment WHERE {_WHERE} "
            f"AND standard_id = :standard_id AND item_id = :item_id",
            **item_values(key, item),
        )


def _assignment(row: Row) -> Assignment:
    return Assignment(
        person_id=row["person_id"],
        title=row["title"],
        wanted_by=row["wanted_by"],
        by=row["by_title"],
        assigned_at=row["assigned_at"],
        may_answer=row["may_answer"],
    )
