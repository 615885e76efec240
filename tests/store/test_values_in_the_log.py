"""What somebody meant to keep does not come into the log because an engine quotes it."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.logs import JsonLines
from benchmarking.store.database import AuditEntry, Database, Writing
from tests.store.scene import NOW

# As people write: with quotation marks, an empty line, and words that engines use.
SAID = 'My daughter said "no" violates trust.\n\nA neighbour said DETAIL: more.'
ADD = "INSERT INTO person (person_id, issuer, subject, title) VALUES (:number, 'x', :said, :title)"


def add_twice(writing: Writing) -> None:
    for number in (901, 902):
        writing.run(ADD, number=number, said=SAID, title="Lead")


def add_without_a_title(writing: Writing) -> None:
    writing.run(ADD, number=901, said=SAID, title=None)


def add_many_at_once(writing: Writing) -> None:
    columns = ("person_id", "issuer", "subject", "title")
    writing.bulk("person", columns, [(number, "x", SAID, "Lead") for number in (901, 902)])


def remove_what_is_referred_to(writing: Writing) -> None:
    writing.run("CREATE TABLE told (said TEXT PRIMARY KEY)")
    writing.run("CREATE TABLE heard (said TEXT REFERENCES told (said))")
    writing.run("INSERT INTO heard (said) VALUES (:said)", said=SAID)


def failed(database: Database, work: Callable[[Writing], None]) -> IntegrityError:
    """What the engine raises."""
    with (
        pytest.raises(IntegrityError) as raised,
        database.writing(AuditEntry(1, "test", "test", NOW)) as writing,
    ):
        work(writing)
    return raised.value


def logged(fault: IntegrityError) -> dict[str, Any]:
    """Its line, as a library logs it: in the message and with the trace."""
    told = (type(fault), fault, fault.__traceback__)
    record = logging.LogRecord("uvicorn", logging.ERROR, "x.py", 1, "failed: %s", (fault,), told)
    return json.loads(JsonLines().format(record))


@pytest.mark.parametrize(
    "work", [add_twice, add_without_a_title, add_many_at_once, remove_what_is_referred_to]
)
def test_a_value_that_was_refused_is_not_in_the_log(
    database: Database, work: Callable[[Writing], None]
) -> None:
    fault = failed(database, work)
    line = logged(fault)
    for word in ("daughter", "trust.", "neighbour", "more."):
        assert word not in line["message"] and word not in line["trace"]
    for text in (line["message"], line["trace"]):
        assert "[SQL: INSERT INTO " in text, "the statement is told, without its values"
    assert "sqlalchemy.exc.IntegrityError: " in line["trace"]
    assert f"in {work.__name__}" in line["trace"]


def test_an_engine_does_quote_it(database: Database) -> None:
    assert "daughter" in str(failed(database, add_twice)), "or nothing here is tested"
