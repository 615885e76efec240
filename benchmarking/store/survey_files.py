"""Replies that came by file: adding a great many at once, knowing them again, what came when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from benchmarking.replies import SKIPPED, Way, written
from benchmarking.store.database import Reading, Writing
from benchmarking.store.responses import REPLY, REPLY_GIVEN, Place

_PLACE = "organisation_id = :organisation_id AND period = :period"
# Rows of answers that are handed over at a time: with them, memory stays within 100 MB.
_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Brought:
    """What one file came to, for one trust: when, by whom (a title), and how many replies."""

    batch: int
    file_name: str
    author: str
    at: datetime
    added: int
    corrected: int
    same: int
    left_out: int


def digest_key(reading: Reading) -> str | None:
    """What the ids of replies are digested with; None until the first file came."""
    return reading.value("SELECT digest_key FROM survey_key")


def keep_digest_key(writing: Writing, key: str) -> bool:
    """Keeps it for good where there is none yet; whether it is the one that holds."""
    known = digest_key(writing)
    if known is None:
        writing.run("INSERT INTO survey_key VALUES (1, :key)", key=key)
    return known in (None, key)


def known_answers(reading: Reading, place: Place) -> Mapping[str, str]:
    """The replies that a trust brought by file: their answers as a text, by their keys."""
    rows = reading.rows(
        f"SELECT reply_key, answers FROM survey_reply WHERE {_PLACE}", **vars(place)
    )
    return {row["reply_key"]: row["answers"] for row in rows}


def add_replies(
    writing: Writing,
    place: Place,
    batch: int,
    items: Sequence[int],
    keys: Sequence[str],
    answers: np.ndarray,
) -> None:
    """Adds new replies of a file with their answers, and remembers them; ``count_in`` is to follow.

    The same as ``responses.add_answers`` and ``keep_replies``, by columns.

    Args:
        writing: the transaction.
        place: whose they are.
        batch: of ``responses.begin_batch``.
        items: the numbers of the instrument's items, in its order.
        keys: one for each reply.
        answers: small numbers, replies by items.
    """
    for item, answer in _in_pieces(_by_item(items, answers)):
        rows = {
            "organisation_id": np.full(item.size, place.organisation_id, dtype=np.int16),
            "period": np.full(item.size, place.period, dtype=np.int16),
            "item": item,
            "answer": answer,
            "sign": np.ones(item.size, dtype=np.int16),
            "batch": np.full(item.size, batch, dtype=np.int32),
        }
        writing.bulk_columns("response", rows)
    texts = as_texts(answers)
    writing.bulk_columns(
        "survey_reply",
        {
            "organisation_id": np.full(len(keys), place.organisation_id, dtype=np.int16),
            "period": np.full(len(keys), place.period, dtype=np.int16),
            "reply_key": list(keys),
            "answers": texts,
            "batch": np.full(len(keys), batch, dtype=np.int32),
        },
    )


def as_texts(answers: np.ndarray) -> list[str]:
    """The answers of each reply as they are kept; rows of (replies x items) small numbers."""
    characters = np.frombuffer(written(range(36)).encode(), dtype="S1")
    width = answers.shape[1]
    joined = characters[answers].tobytes().decode("ascii")
    return [joined[at : at + width] for at in range(0, len(joined), width)]


def add_brought(
    writing: Writing, place: Place, batch: int, *, added: int, corrected: int, same: int, left: int
) -> None:
    """Notes what a batch came to."""
    writing.run(
        """
        INSERT INTO survey_brought
        VALUES (:batch, :organisation_id, :period, :added, :corrected, :same, :left)
        """,
        batch=batch,
        added=added,
        corrected=corrected,
        same=same,
        left=left,
        **vars(place),
    )


def last_brought(reading: Reading, place: Place) -> int:
    """The number of the last batch that a trust brought by file; 0 before the first."""
    sql = f"SELECT coalesce(max(batch), 0) FROM survey_brought WHERE {_PLACE}"
    return int(reading.value(sql, **vars(place)))


def brought_by(reading: Reading, place: Place) -> tuple[Brought, ...]:
    """What a trust brought by file, the newest first."""
    rows = reading.rows(
        """
        SELECT f.batch, b.file_name, coalesce(p.title, '') AS author, b.added_at AS at,
            f.added, f.corrected, f.same, f.left_out
        FROM survey_brought f
        JOIN survey_batch b ON b.batch = f.batch
        LEFT JOIN person p ON p.person_id = b.author_id
        WHERE f.organisation_id = :organisation_id AND f.period = :period AND b.way = :way
        ORDER BY f.batch DESC
        """,
        way=Way.ELSEWHERE.value,
        **vars(place),
    )
    return tuple(Brought(**row) for row in rows)


def is_purged(reading: Reading, place: Place) -> bool:
    """Whether the single replies were purged, so that none can be known again."""
    sql = f"SELECT count(*) FROM survey_purged WHERE {_PLACE}"
    return bool(reading.value(sql, **vars(place)))


def _by_item(items: Sequence[int], answers: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """(item, answer) of every answer, item by item in the order of their numbers."""
    given = np.full(len(answers), REPLY_GIVEN, dtype=np.int16)
    yield np.full(given.size, REPLY, dtype=np.int16), given
    for place in np.argsort(items):
        column = answers[:, place]
        said = column[column != SKIPPED].astype(np.int16)
        yield np.full(said.size, items[place], dtype=np.int16), said


def _in_pieces(
    columns: Iterable[tuple[np.ndarray, np.ndarray]],
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    waiting: list[tuple[np.ndarray, np.ndarray]] = []
    for column in columns:
        waiting.append(column)
        if sum(item.size for item, _ in waiting) >= _AT_ONCE:
            yield _together(waiting)
            waiting = []
    if waiting:
        yield _together(waiting)


def _together(columns: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    return tuple(np.concatenate(parts) for parts in zip(*columns, strict=True))  # type: ignore[return-value]
