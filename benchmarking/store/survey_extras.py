"""What comes with a reply and is kept apart from it: words, and counts of who replied."""

import secrets
from collections.abc import Mapping

from benchmarking.store.database import Reading, Writing

_PLACE = "organisation_id = :organisation_id AND cycle_id = :cycle_id"


def comments_of(reading: Reading, organisation_id: int, cycle_id: str) -> tuple[str, ...]:
    """What people wrote in a trust's cycle and may be shown, in an order that tells nothing."""
    rows = reading.rows(
        f"SELECT text FROM survey_comment WHERE {_PLACE} AND NOT waits ORDER BY comment_id",
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )
    return tuple(row["text"] for row in rows)


def add_comment(writing: Writing, organisation_id: int, cycle_id: str, text: str) -> None:
    """Adds a comment that waits, and writes all others of the trust's cycle anew.

    Rows lie in the file in the order in which they were written, and batches of replies do, too.
    Put into a new order each time, the tenth comment is not that of the tenth reply.
    """
    rows = writing.rows(
        f"SELECT text, waits FROM survey_comment WHERE {_PLACE}",
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )
    writing.run(
        f"DELETE FROM survey_comment WHERE {_PLACE}",
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )
    written = [*((row["text"], row["waits"]) for row in rows), (text, True)]
    drawn = sorted((secrets.token_hex(16), *one) for one in written)
    writing.bulk(
        "survey_comment",
        ("comment_id", "organisation_id", "cycle_id", "text", "waits"),
        [(number, organisation_id, cycle_id, said, waits) for number, said, waits in drawn],
    )


def show_comments(writing: Writing, organisation_id: int, cycle_id: str) -> None:
    """From now on no comment of a trust's cycle waits."""
    writing.run(
        f"UPDATE survey_comment SET waits = FALSE WHERE {_PLACE} AND waits",
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )


def count_person(
    writing: Writing, organisation_id: int, cycle_id: str, said: Mapping[str, str]
) -> None:
    """Adds one person to the counts, by question and option."""
    for question_id, option_id in said.items():
        writing.run(
            """
            INSERT INTO survey_equality (organisation_id, cycle_id, question_id, option_id, people)
            VALUES (:organisation_id, :cycle_id, :question_id, :option_id, 1)
            ON CONFLICT (organisation_id, cycle_id, question_id, option_id)
            DO UPDATE SET people = survey_equality.people + 1
            """,
            organisation_id=organisation_id,
            cycle_id=cycle_id,
            question_id=question_id,
            option_id=option_id,
        )


def people_of(
    reading: Reading, organisation_id: int, cycle_id: str
) -> Mapping[str, Mapping[str, int]]:
    """How many people of a trust's cycle chose which option, by question."""
    rows = reading.rows(
        f"SELECT question_id, option_id, people FROM survey_equality WHERE {_PLACE}",
        organisation_id=organisation_id,
        cycle_id=cycle_id,
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["question_id"], {})[row["option_id"]] = row["people"]
    return found
