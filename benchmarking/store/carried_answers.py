"""Which answers were taken over from an earlier cycle and not saved since."""

from collections.abc import Sequence

from benchmarking.answers import Answer, AssessmentKey, Carried, ItemKey
from benchmarking.store.assessments import item_values, key_values
from benchmarking.store.database import Reading, Writing

COLUMNS = (
    *("organisation_id", "cycle_id", "scope", "revision", "standard_id", "item_id"),
    *("answer_revision", "from_cycle_id", "from_edition"),
)
# An answer that was taken over was the first of its question.
FIRST = 1


def of_assessment(reading: Reading, key: AssessmentKey) -> dict[ItemKey, Carried]:
    """Where the answers come from that stand as they were taken over, by question."""
    rows = reading.rows(
        """
        SELECT c.standard_id, c.item_id, c.from_edition, y.title
        FROM carried_answer c
        JOIN answer a
            ON a.organisation_id = c.organisation_id AND a.cycle_id = c.cycle_id
            AND a.scope = c.scope AND a.revision = c.revision
            AND a.standard_id = c.standard_id AND a.item_id = c.item_id
            AND a.answer_revision = c.answer_revision
        JOIN cycle y ON y.cycle_id = c.from_cycle_id
        WHERE c.organisation_id = :organisation_id AND c.cycle_id = :cycle_id
            AND c.scope = :scope AND c.revision = :revision
        """,
        **key_values(key),
    )
    return {
        ItemKey(row["standard_id"], row["item_id"]): Carried(row["title"], row["from_edition"])
        for row in rows
    }


def mark(writing: Writing, key: AssessmentKey, from_cycle_id: str, taken: Sequence[Answer]) -> None:
    """Marks first answers that were just saved as taken over from these of an earlier cycle."""
    rows = [
        (*item_values(key, answer.item).values(), FIRST, from_cycle_id, answer.edition)
        for answer in taken
    ]
    writing.bulk("carried_answer", COLUMNS, rows)
