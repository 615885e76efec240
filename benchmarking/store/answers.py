"""Answers and comments: one row each, saved one at a time.

Each save names the revision it read. Where somebody saved in between, the function says so and
nothing of the transaction is kept; the caller then shows both values. What an answer or a comment
said before goes into ``answer_history`` in the same transaction.
"""

from collections.abc import Mapping

from benchmarking.answers import Answer, AssessmentKey, Comment, ItemKey
from benchmarking.store import answer_history
from benchmarking.store.answer_history import Kind, Said
from benchmarking.store.assessments import (
    IS_NEWEST_PUBLISHED,
    WHERE_KEY,
    item_values,
    key_values,
)
from benchmarking.store.database import Reading, Row, Writing

_WHERE_ITEM = f"{WHERE_KEY} AND standard_id = :standard_id AND item_id = :item_id"
_REVISION = {
    "answer": "answer_revision",
    "answer_comment": "comment_revision",
}


def of_assessment(reading: Reading, key: AssessmentKey) -> dict[ItemKey, Answer]:
    """All answers of one assessment."""
    rows = _with_author(reading, "answer", key)
    return {_item(row): _answer(row) for row in rows}


def comments_of(reading: Reading, key: AssessmentKey) -> dict[ItemKey, Comment]:
    """All comments of one assessment."""
    rows = _with_author(reading, "answer_comment", key)
    return {_item(row): _comment(row) for row in rows}


def published_choices(reading: Reading, cycle_id: str, scope: str) -> list[Row]:
    """One row per answer of the newest published assessments of a cycle.

    Columns: organisation_id, standard_id, item_id, choice, revision, state_since.
    """
    return reading.rows(
        f"""
        SELECT a.organisation_id, a.standard_id, a.item_id, a.choice, a.revision, s.state_since
        FROM answer a
        JOIN assessment s
            ON s.organisation_id = a.organisation_id AND s.cycle_id = a.cycle_id
            AND s.scope = a.scope AND s.revision = a.revision
        WHERE a.cycle_id = :cycle_id AND a.scope = :scope AND {IS_NEWEST_PUBLISHED}
        ORDER BY a.organisation_id, a.standard_id, a.item_id
        """,
        cycle_id=cycle_id,
        scope=scope,
    )


def save(
    writing: Writing,
    key: AssessmentKey,
    item: ItemKey,
    *,
    edition: str,
    content_hash: str,
    choice: str,
    reason: str,
    read_revision: int,
) -> bool:
    """Saves an answer over the revision that was read (0: there was none); whether it did."""
    answer_history.add(writing, key, item, Kind.ANSWER, Said(choice, reason), read_revision)
    return _save(
        writing,
        key,
        item,
        read_revision,
        "answer",
        {"edition": edition, "content_hash": content_hash, "choice": choice, "reason": reason},
    )


def save_comment(
    writing: Writing, key: AssessmentKey, item: ItemKey, text: str, read_revision: int
) -> bool:
    """Saves a comment over the revision that was read; whether it did."""
    answer_history.add(writing, key, item, Kind.COMMENT, Said(None, text), read_revision)
    return _save(writing, key, item, read_revision, "answer_comment", {"comment_text": text})


def _save(
    writing: Writing,
    key: AssessmentKey,
    item: ItemKey,
    read_revision: int,
    table: str,
    values: Mapping[str, object],
) -> bool:
    where = item_values(key, item)
    changes: dict[str, object] = {
        **values,
        _REVISION[table]: read_revision + 1,
        "author_id": writing.audit.person_id,
        "saved_at": writing.audit.at,
    }
    if read_revision == 0:
        columns = [*where, *changes]
        # A conflict must not raise: on PostgreSQL that would end the whole transaction.
        sql = (
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES (:{', :'.join(columns)}) "
            f"ON CONFLICT DO NOTHING"
        )
        return writing.change_one(sql, **where, **changes)
    sql = (
        f"UPDATE {table} SET {', '.join(f'{name} = :{name}' for name in changes)} "
        f"WHERE {_WHERE_ITEM} AND {_REVISION[table]} = :read_revision"
    )
    return writing.change_one(sql, **where, **changes, read_revision=read_revision)


def _with_author(reading: Reading, table: str, key: AssessmentKey) -> list[Row]:
    return reading.rows(
        f"""
        SELECT t.*, p.title AS author
        FROM {table} t
        JOIN person p ON p.person_id = t.author_id
        WHERE {WHERE_KEY}
        """,
        **key_values(key),
    )


def _item(row: Row) -> ItemKey:
    return ItemKey(row["standard_id"], row["item_id"])


def _answer(row: Row) -> Answer:
    return Answer(
        item=_item(row),
        edition=row["edition"],
        content_hash=row["content_hash"],
        choice=row["choice"],
        reason=row["reason"],
        answer_revision=row["answer_revision"],
        author=row["author"],
        saved_at=row["saved_at"],
    )


def _comment(row: Row) -> Comment:
    return Comment(
        _item(row), row["comment_text"], row["comment_revision"], row["author"], row["saved_at"]
    )
