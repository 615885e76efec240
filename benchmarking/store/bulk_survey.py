"""Sendings and replies of many trusts written at once, at the times at which they came.

Only for what was made elsewhere, such as the demonstration's. What a trust brings, and what people
answer here, goes through ``store.responses`` and ``store.survey_files``, a batch at a time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime

import numpy as np

from benchmarking.replies import SKIPPED, Sending, Way
from benchmarking.standard import Library, Standard
from benchmarking.store import responses
from benchmarking.store.database import Writing
from benchmarking.store.responses import REPLY, REPLY_GIVEN, Place
from benchmarking.store.survey_files import as_texts
from benchmarking.survey_terms import SavedTerms, Terms

_SENDING = (
    *("sending_id", "organisation_id", "cycle_id", "way", "closed_from", "closed_to", "invited"),
    *("author_id", "sent_at"),
)
_BATCH = (
    *("batch", "way", "standard_id", "edition", "file_name", "sha256", "author_id", "added_at"),
)
_BROUGHT = ("batch", "organisation_id", "period", "added", "corrected", "same", "left_out")


@dataclass(frozen=True)
class WholeSending:
    """How many one trust asked at one time of a cycle. It has an author, a title, and a time."""

    organisation_id: int
    cycle_id: str
    sending: Sending


@dataclass(frozen=True, eq=False)
class WholeBatch:
    """Replies of one trust that came in at once.

    ``answers`` are small numbers, replies by items. Replies that came by file have a key each;
    those that were given here have neither keys nor an author nor an hour.
    """

    place: Place
    way: Way
    at: datetime
    answers: np.ndarray
    author: str = ""
    file_name: str = ""
    sha256: str = ""
    keys: tuple[str, ...] = ()


def add_sendings(
    writing: Writing, wholes: Sequence[WholeSending], person_ids: Mapping[str, int]
) -> None:
    """Adds sendings in this order, in the names of their authors."""
    rows = [
        (
            *(number, one.organisation_id, one.cycle_id, one.sending.way.value),
            *(one.sending.closed_from, one.sending.closed_to, one.sending.invited),
            *(person_ids[one.sending.author], one.sending.sent_at),
        )
        for number, one in zip(
            _numbers(writing, "survey_sending_number", len(wholes)), wholes, strict=True
        )
    ]
    writing.bulk("survey_sending", _SENDING, rows)


def add_terms(
    writing: Writing, wholes: Mapping[int, SavedTerms], person_ids: Mapping[str, int]
) -> None:
    """Adds the first terms of trusts, by the trust's number, in the names of their authors."""
    names = [field.name for field in fields(Terms)]
    rows = [
        (number, one.version, *astuple(one.terms), person_ids[one.author], one.saved_at)
        for number, one in wholes.items()
    ]
    columns = ("organisation_id", "version", *names, "author_id", "saved_at")
    writing.bulk("survey_setting", columns, rows)


def add_people(
    writing: Writing,
    organisation_id: int,
    cycle_id: str,
    counts: Mapping[tuple[str, str], int],
) -> None:
    """Adds how many people of a trust's cycle chose each option, by question and option."""
    writing.bulk(
        "survey_equality",
        ("organisation_id", "cycle_id", "question_id", "option_id", "people"),
        [(organisation_id, cycle_id, *about, many) for about, many in counts.items() if many],
    )


def add_replies(
    writing: Writing,
    standard: Standard,
    library: Library,
    wholes: Sequence[WholeBatch],
    person_ids: Mapping[str, int],
) -> None:
    """Adds batches in this order, where no reply was stored before, and counts them in.

    Args:
        writing: the transaction.
        standard: the edition whose survey was answered.
        library: it has the scale of the survey.
        wholes: the batches.
        person_ids: the number of everybody who stands as an author, by title.
    """
    if not wholes:
        return
    items = responses.numbers_for(writing, standard, library)
    numbers = _numbers(writing, "survey_batch_number", len(wholes))
    numbered = list(zip(numbers, wholes, strict=True))
    edition = (standard.id, standard.edition)
    rows = [_batch(number, one, edition, person_ids) for number, one in numbered]
    writing.bulk("survey_batch", _BATCH, rows)
    by_file = [(number, one) for number, one in numbered if one.way is Way.ELSEWHERE]
    brought = [(n, *_place(one), len(one.answers), 0, 0, 0) for n, one in by_file]
    writing.bulk("survey_brought", _BROUGHT, brought)
    writing.bulk_columns("response", _answers(numbered, items))
    writing.bulk_columns("survey_reply", _replies(by_file))
    responses.count_all_in(writing)


def _numbers(writing: Writing, sequence: str, many: int) -> list[int]:
    """So many new numbers of a sequence, in order."""
    rows = writing.rows(
        f"SELECT nextval('{sequence}') AS number FROM generate_series(1, :many)", many=many
    )
    return sorted(int(row["number"]) for row in rows)


def _place(one: WholeBatch) -> tuple[int, int]:
    return one.place.organisation_id, one.place.period


def _batch(
    number: int, one: WholeBatch, edition: tuple[str, str], person_ids: Mapping[str, int]
) -> tuple[object, ...]:
    here = one.way is Way.HERE
    return (
        *(number, one.way.value, *edition, one.file_name, one.sha256),
        None if here else person_ids[one.author],
        one.at.replace(hour=0, minute=0, second=0, microsecond=0) if here else one.at,
    )


def _of_replies(numbered: Sequence[tuple[int, WholeBatch]]) -> Mapping[str, np.ndarray]:
    """Whose each reply is, and in which batch it came."""
    sizes = [len(one.answers) for _, one in numbered]
    return {
        "organisation_id": _each([one.place.organisation_id for _, one in numbered], sizes, "i2"),
        "period": _each([one.place.period for _, one in numbered], sizes, "i2"),
        "batch": _each([number for number, _ in numbered], sizes, "i4"),
    }


def _each(values: Sequence[int], sizes: Sequence[int], kind: str) -> np.ndarray:
    return np.repeat(np.array(values, dtype=kind), sizes)


def _answers(
    numbered: Sequence[tuple[int, WholeBatch]], items: Sequence[int]
) -> Mapping[str, np.ndarray]:
    """Every answer, as ``response`` has it: within a batch by item, and not by reply."""
    said = np.concatenate([one.answers for _, one in numbered])
    given = np.full((len(said), 1), REPLY_GIVEN, dtype=said.dtype)
    table = np.hstack([given, said]).astype("i2")
    reply, column = np.nonzero(table != SKIPPED)
    item, answer = np.array([REPLY, *items], dtype="i2")[column], table[reply, column]
    of_reply = _of_replies(numbered)
    order = np.lexsort((answer, item, of_reply["batch"][reply]))
    return {
        **{name: column[reply][order] for name, column in of_reply.items()},
        "item": item[order],
        "answer": answer[order],
        "sign": np.ones(len(order), dtype="i2"),
    }


def _replies(by_file: Sequence[tuple[int, WholeBatch]]) -> Mapping[str, np.ndarray | list[str]]:
    if not by_file:
        return {}
    return {
        **_of_replies(by_file),
        "reply_key": [key for _, one in by_file for key in one.keys],
        "answers": as_texts(np.concatenate([one.answers for _, one in by_file])),
    }
