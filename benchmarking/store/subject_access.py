"""Everything that is kept about one person, table by table.

The tables are found by their columns, so that a table which a later step adds is part of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarking.store.database import Reading, Row
from benchmarking.store.migrate import tables

# The columns that hold a person's number; a test holds them to the migrations.
PERSON_COLUMNS = ("person_id", "owner_id", "author_id")
# Tables without such a column whose rows belong to a person through another table.
_THROUGH = {
    "file_reading": (
        "(review_id, slot) IN (SELECT review_id, slot FROM file_review_reader "
        "WHERE person_id = :person_id)"
    ),
    "move_note": ("entry_number IN (SELECT entry_number FROM ledger WHERE person_id = :person_id)"),
}
# An audit entry may be about a person, too, as "person 7".
_ABOUT = {"audit": "subject = 'person ' || CAST(:person_id AS TEXT)"}
# Kinds of columns that can hold what people typed.
_TEXT = ("text", "character varying", "varchar")


@dataclass(frozen=True)
class Named:
    """Somebody who is known here: their number, who vouches for them as what, and their title."""

    person_id: int
    issuer: str
    subject: str
    title: str


@dataclass(frozen=True)
class Mention:
    """How many rows of a column hold a text."""

    table: str
    column: str
    rows: int


def named(reading: Reading, issuer: str, subject: str) -> Named | None:
    """The person whom an issuer calls so, or None for somebody unknown."""
    row = reading.row(
        """
        SELECT person_id, issuer, subject, title
        FROM person
        WHERE issuer = :issuer AND subject = :subject
        """,
        issuer=issuer,
        subject=subject,
    )
    return None if row is None else Named(**row)


def numbered(reading: Reading, person_id: int) -> Named | None:
    """The person with this number, or None where there is none."""
    row = reading.row(
        "SELECT person_id, issuer, subject, title FROM person WHERE person_id = :person_id",
        person_id=person_id,
    )
    return None if row is None else Named(**row)


def every(reading: Reading) -> tuple[Named, ...]:
    """Everybody who is known here, by title."""
    rows = reading.rows(
        "SELECT person_id, issuer, subject, title FROM person ORDER BY title, person_id"
    )
    return tuple(Named(**row) for row in rows)


def rows_about(reading: Reading, person_id: int) -> Mapping[str, tuple[Row, ...]]:
    """Every row that is a person's or about them, by table; tables with none are left out."""
    found = {
        table: tuple(
            reading.rows(f"SELECT * FROM {table} WHERE {where} ORDER BY 1", person_id=person_id)
        )
        for table, where in _conditions(reading).items()
    }
    return {table: rows for table, rows in found.items() if rows}


def counts_about(reading: Reading, person_id: int) -> Mapping[str, int]:
    """How many rows of each table are a person's or about them; tables with none left out."""
    found = {
        table: int(
            reading.value(f"SELECT count(*) FROM {table} WHERE {where}", person_id=person_id)
        )
        for table, where in _conditions(reading).items()
    }
    return {table: number for table, number in found.items() if number}


def mentions(reading: Reading, text: str) -> tuple[Mention, ...]:
    """In which columns of text a text stands, in whatever case, and in how many rows."""
    found = []
    for table, column in _columns(reading, "data_type", _TEXT):
        rows = reading.value(
            f"SELECT count(*) FROM {table} WHERE strpos(lower({column}), lower(:text)) > 0",
            text=text,
        )
        found.append(Mention(table, column, int(rows)))
    return tuple(mention for mention in found if mention.rows)


def _conditions(reading: Reading) -> dict[str, str]:
    """Of each table that knows people, which of its rows are one person's."""
    found: dict[str, list[str]] = {}
    for table, column in _columns(reading, "column_name", PERSON_COLUMNS):
        found.setdefault(table, []).append(f"{column} = :person_id")
    # A backup from before the table was made is searched as it is.
    there = tables(reading)
    for table, where in {**_THROUGH, **_ABOUT}.items():
        if table not in there:
            continue
        found.setdefault(table, []).append(where)
    return {table: " OR ".join(found[table]) for table in sorted(found)}


def _columns(reading: Reading, by: str, wanted: tuple[str, ...]) -> list[tuple[str, str]]:
    rows = reading.rows(
        f"""
        SELECT table_name, column_name, {by} AS found
        FROM information_schema.columns
        WHERE table_schema = current_schema()
        ORDER BY table_name, ordinal_position
        """
    )
    return [
        (row["table_name"], row["column_name"])
        for row in rows
        if str(row["found"]).lower() in wanted
    ]
