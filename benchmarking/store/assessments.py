"""Assessments and where they are in their life."""

from datetime import datetime

from benchmarking.answers import Assessment, AssessmentKey, ItemKey, State
from benchmarking.store.database import Reading, Row, Writing

WHERE_KEY = (
    "organisation_id = :organisation_id AND cycle_id = :cycle_id "
    "AND scope = :scope AND revision = :revision"
)

# Of one trust, cycle and scope the newest revision that was published; for queries in which
# the table assessment is called s.
IS_NEWEST_PUBLISHED = """
    s.state = 'published' AND s.revision = (
        SELECT max(p.revision)
        FROM assessment p
        WHERE p.organisation_id = s.organisation_id AND p.cycle_id = s.cycle_id
            AND p.scope = s.scope AND p.state = 'published'
    )
"""


def key_values(key: AssessmentKey) -> dict[str, object]:
    """The bound values of ``WHERE_KEY``."""
    return dict(vars(key))


def item_values(key: AssessmentKey, item: ItemKey) -> dict[str, object]:
    """The values that say which question of which assessment."""
    return {**vars(key), **vars(item)}


def add(writing: Writing, key: AssessmentKey, now: datetime) -> None:
    """Opens an assessment that nobody has answered yet."""
    writing.run(
        """
        INSERT INTO assessment
            (organisation_id, cycle_id, scope, revision, state, state_since, opened_at)
        VALUES (:organisation_id, :cycle_id, :scope, :revision, :state, :now, :now)
        """,
        state=State.IN_PROGRESS.value,
        now=now,
        **key_values(key),
    )


def newest(reading: Reading, organisation_id: int, cycle_id: str, scope: str) -> Assessment | None:
    """The highest revision of an assessment, or None where none was opened."""
    row = reading.row(
        """
        SELECT organisation_id, cycle_id, scope, revision, state, state_since
        FROM assessment
        WHERE organisation_id = :organisation_id AND cycle_id = :cycle_id AND scope = :scope
        ORDER BY revision DESC
        LIMIT 1
        """,
        organisation_id=organisation_id,
        cycle_id=cycle_id,
        scope=scope,
    )
    return None if row is None else _assessment(row)


def revisions(
    reading: Reading, organisation_id: int, cycle_id: str, scope: str
) -> tuple[Assessment, ...]:
    """Every revision of an assessment, the newest first."""
    rows = reading.rows(
        """
        SELECT organisation_id, cycle_id, scope, revision, state, state_since
        FROM assessment
        WHERE organisation_id = :organisation_id AND cycle_id = :cycle_id AND scope = :scope
        ORDER BY revision DESC
        """,
        organisation_id=organisation_id,
        cycle_id=cycle_id,
        scope=scope,
    )
    return tuple(_assessment(row) for row in rows)


def published(reading: Reading, cycle_id: str, scope: str) -> tuple[Assessment, ...]:
    """The newest published assessment of each trust in a cycle."""
    rows = reading.rows(
        f"""
        SELECT s.organisation_id, s.cycle_id, s.scope, s.revision, s.state, s.state_since
        FROM assessment s
        WHERE s.cycle_id = :cycle_id AND s.scope = :scope AND {IS_NEWEST_PUBLISHED}
        ORDER BY s.organisation_id
        """,
        cycle_id=cycle_id,
        scope=scope,
    )
    return tuple(_assessment(row) for row in rows)


def move(writing: Writing, assessment: Assessment, to_state: State, now: datetime) -> bool:
    """Changes the state if it is still the one that was read; whether it was.

    Where it was not, the transaction is given up.
    """
    return writing.change_one(
        f"""
        UPDATE assessment
        SET state = :to_state, state_since = :now
        WHERE {WHERE_KEY} AND state = :from_state
        """,
        to_state=to_state.value,
        from_state=assessment.state.value,
        now=now,
        **key_values(assessment.key),
    )


def is_open(reading: Reading, key: AssessmentKey) -> bool:
    """Whether answers may still be changed, as the database has it now."""
    state = reading.value(f"SELECT state FROM assessment WHERE {WHERE_KEY}", **key_values(key))
    return state is not None and State(state).is_open


def _assessment(row: Row) -> Assessment:
    key = AssessmentKey(row["organisation_id"], row["cycle_id"], row["scope"], row["revision"])
    return Assessment(key, State(row["state"]), row["state_since"])
