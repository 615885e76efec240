"""Bringing a database to the newest schema, one numbered file at a time."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from benchmarking.store import installation, postgresql_engine
from benchmarking.store.database import Database, Reading, StoreError
from benchmarking.store.installation import Kind

MIGRATIONS = Path(__file__).parent / "migrations"

_LIST = """
CREATE TABLE IF NOT EXISTS schema_migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    applied_at TIMESTAMP NOT NULL
)
"""


@dataclass(frozen=True)
class Migration:
    """One numbered step of the schema."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()

    @property
    def statements(self) -> list[str]:
        """The statements in order. Comments take whole lines; a semicolon always ends one."""
        lines = [line for line in self.sql.splitlines() if not line.lstrip().startswith("--")]
        parts = (part.strip() for part in "\n".join(lines).split(";"))
        return [part for part in parts if part]


def migrations(folder: Path = MIGRATIONS) -> list[Migration]:
    """All steps in order. Files are read with one kind of line ending, so hashes are stable."""
    return [
        Migration(int(path.stem[:4]), path.stem[5:], path.read_text("utf-8"))
        for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    ]


def migrate(
    database: Database, now: datetime, folder: Path = MIGRATIONS, *, up_to: int | None = None
) -> list[int]:
    """Applies the steps that are missing, in one transaction; their numbers.

    Args:
        database: the database.
        now: when it happens, in UTC.
        folder: where the steps lie.
        up_to: the last step to apply; all of them where it is None.

    Raises:
        StoreError: the database belongs to another program, is newer than this one, or a
            step was changed after it had been applied. Nothing has been written then.
    """
    steps = migrations(folder)
    with database.alone() as connection:
        reading = Reading(connection)
        _refuse_foreign(tables(reading))
        connection.execute(text(_LIST))
        applied = _applied(reading)
        _refuse_strangers(steps, applied)
        due = [step for step in steps if step.number not in applied]
        due = due if up_to is None else [step for step in due if step.number <= up_to]
        for step in due:
            _apply(connection, step, now)
        if due and not database.is_duckdb:
            postgresql_engine.add_indexes(connection, tables(reading))
    return [step.number for step in due]


def missing(database: Database, folder: Path = MIGRATIONS) -> list[Migration]:
    """The steps that a database has not taken yet. Changes nothing.

    Raises:
        StoreError: as ``migrate``.
    """
    steps = migrations(folder)
    with database.reading() as reading:
        found = tables(reading)
        _refuse_foreign(found)
        applied = _applied(reading) if found else {}
    _refuse_strangers(steps, applied)
    return [step for step in steps if step.number not in applied]


def schema_of(reading: Reading) -> int:
    """The number of the last step that a database has taken; 0 where it has no schema."""
    if "schema_migration" not in tables(reading):
        return 0
    return int(reading.value("SELECT coalesce(max(number), 0) FROM schema_migration"))


def kind_so_far(database: Database) -> Kind | None:
    """The kind of a database of any schema; None while nobody has set it up."""
    with database.reading() as reading:
        return installation.find_kind(reading) if "installation" in tables(reading) else None


def is_empty(database: Database) -> bool:
    """Whether nobody has set up this database yet."""
    return kind_so_far(database) is None


def tables(reading: Reading) -> set[str]:
    """The names of all tables."""
    rows = reading.rows(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
    )
    return {row["table_name"] for row in rows}


def _refuse_foreign(found: set[str]) -> None:
    if found and "schema_migration" not in found:
        raise StoreError(
            f"This database belongs to another program: it holds the table {min(found)}. "
            f"Set BENCHMARK_DATABASE to another database; this one was not changed."
        )


def _applied(reading: Reading) -> dict[int, str]:
    rows = reading.rows("SELECT number, sha256 FROM schema_migration")
    return {row["number"]: row["sha256"] for row in rows}


def _refuse_strangers(steps: list[Migration], applied: dict[int, str]) -> None:
    known = {step.number: step for step in steps}
    for number, sha256 in sorted(applied.items(), reverse=True):
        if number not in known:
            raise StoreError(
                f"The database has schema {number}, this program knows up to {max(known)}. "
                f"Use the newer program, or restore the backup made before the upgrade."
            )
        if known[number].sha256 != sha256:
            raise StoreError(
                f"Schema step {number} ({known[number].name}) was changed after this database "
                f"applied it. Restore the file from version control; make a new step instead."
            )


def _apply(connection: Connection, step: Migration, now: datetime) -> None:
    for statement in step.statements:
        connection.execute(text(statement))
    connection.execute(
        text("INSERT INTO schema_migration VALUES (:number, :name, :sha256, :now)"),
        {"number": step.number, "name": step.name, "sha256": step.sha256, "now": now},
    )
