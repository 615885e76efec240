"""What answers and comments said before: one row for each save, in the transaction of the save."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from benchmarking.answers import AssessmentKey, ItemKey
from benchmarking.store.assessments import item_values, key_values
from benchmarking.store.database import Reading, Row, Writing

COLUMNS = (
    *("organisation_id", "cycle_id", "scope", "revision", "standard_id", "item_id"),
    *("kind", "saved_revision", "history_number"),
    *("old_choice", "old_text", "new_choice", "new_text"),
    *("author_id", "saved_at"),
)
_OF_ALL_REVISIONS = """
    h.organisation_id = :organisation_id AND h.cycle_id = :cycle_id AND h.scope = :scope
"""


class Kind(StrEnum):
    """What was saved."""

    ANSWER = "answer"
    COMMENT = "comment"


@dataclass(frozen=True)
class Said:
    """What stood there: a choice with its reason, or (``choice`` None) the words of a comment."""

    choice: str | None
    text: str


@dataclass(frozen=True)
class Save:
    """One save of one answer or comment, by a title.

    ``revision`` is the assessment's, ``saved_revision`` the answer's or comment's. ``old`` is
    None where nothing was there. ``carried_from`` is the title of the cycle that an answer was
    taken over from by this save.
    """

    kind: Kind
    revision: int
    saved_revision: int
    old: Said | None
    new: Said
    author: str
    saved_at: datetime
    carried_from: str | None = None


@dataclass(frozen=True)
class Past:
    """One save as it is added with many others, by the number of a person; else as ``Save``."""

    key: AssessmentKey
    item: ItemKey
    kind: Kind
    saved_revision: int
    old: Said | None
    new: Said
    author_id: int
    saved_at: datetime


# Where each kind is stored: the table, its choice, its text, its revision.
_STORED: Mapping[Kind, tuple[str, str, str, str]] = {
    Kind.ANSWER: ("answer", "s.choice", "s.reason", "s.answer_revision"),
    Kind.COMMENT: ("answer_comment", "NULL", "s.comment_text", "s.comment_revision"),
}


def add(
    writing: Writing, key: AssessmentKey, item: ItemKey, kind: Kind, new: Said, read_revision: int
) -> None:
    """Keeps what is about to be saved, and what it is saved over. To be called before the save.

    Adds nothing where the stored revision is not the one that was read: then the save is refused.
    """
    table, choice, text, revision = _STORED[kind]
    writing.run(
        f"""
        INSERT INTO answer_history ({", ".join(COLUMNS)})
        SELECT :organisation_id, :cycle_id, :scope, :revision, :standard_id, :item_id,
            :kind, :saved_revision, nextval('answer_history_number'),
            {choice}, {text}, :new_choice, :new_text, :author_id, :now
        FROM (SELECT 1 AS one) AS always
        LEFT JOIN {table} s
            ON s.organisation_id = :organisation_id AND s.cycle_id = :cycle_id
            AND s.scope = :scope AND s.revision = :revision
            AND s.standard_id = :standard_id AND s.item_id = :item_id
        WHERE coalesce({revision}, 0) = :read_revision
        """,
        kind=kind.value,
        saved_revision=read_revision + 1,
        read_revision=read_revision,
        new_choice=new.choice,
        new_text=new.text,
        author_id=writing.audit.person_id,
        now=writing.audit.at,
        **item_values(key, item),
    )


def add_many(writing: Writing, pasts: Sequence[Past]) -> None:
    """Adds saves in this order, for answers that were made elsewhere, see ``store.bulk``."""
    numbers = writing.rows(
        "SELECT nextval('answer_history_number') AS number FROM generate_series(1, :many)",
        many=len(pasts),
    )
    rows = [
        _values(past, row["number"])
        for past, row in zip(pasts, sorted(numbers, key=lambda row: row["number"]), strict=True)
    ]
    writing.bulk("answer_history", COLUMNS, rows)


def _values(past: Past, number: int) -> tuple[object, ...]:
    old = (past.old.choice, past.old.text) if past.old else (None, None)
    return (
        *item_values(past.key, past.item).values(),
        *(past.kind.value, past.saved_revision, number),
        *(*old, past.new.choice, past.new.text),
        *(past.author_id, past.saved_at),
    )


def counts(reading: Reading, key: AssessmentKey) -> dict[ItemKey, int]:
    """How many saves are kept of each question, over all revisions of an assessment."""
    rows = reading.rows(
        f"""
        SELECT h.standard_id, h.item_id, count(*) AS saves
        FROM answer_history h
        WHERE {_OF_ALL_REVISIONS}
        GROUP BY h.standard_id, h.item_id
        """,
        **key_values(key),
    )
    return {ItemKey(row["standard_id"], row["item_id"]): int(row["saves"]) for row in rows}


def of_question(reading: Reading, key: AssessmentKey, item: ItemKey) -> tuple[Save, ...]:
    """Every save that is kept of one question, over all revisions, in the order of saving."""
    rows = reading.rows(
        f"""
        SELECT h.*, p.title AS author, y.title AS carried_from
        FROM answer_history h
        JOIN person p ON p.person_id = h.author_id
        LEFT JOIN carried_answer c
            ON c.organisation_id = h.organisation_id AND c.cycle_id = h.cycle_id
            AND c.scope = h.scope AND c.revision = h.revision
            AND c.standard_id = h.standard_id AND c.item_id = h.item_id
            AND c.answer_revision = h.saved_revision AND h.kind = 'answer'
        LEFT JOIN cycle y ON y.cycle_id = c.from_cycle_id
        WHERE {_OF_ALL_REVISIONS} AND h.standard_id = :standard_id AND h.item_id = :item_id
        ORDER BY h.history_number
        """,
        **item_values(key, item),
    )
    return tuple(_save(row) for row in rows)


def _save(row: Row) -> Save:
    was_there = row["old_text"] is not None
    return Save(
        kind=Kind(row["kind"]),
        revision=row["revision"],
        saved_revision=row["saved_revision"],
        old=Said(row["old_choice"], row["old_text"]) if was_there else None,
        new=Said(row["new_choice"], row["new_text"]),
        author=row["author"],
        saved_at=row["saved_at"],
        carried_from=row["carried_from"],
    )
