"""A database is brought to the newest schema step by step, and never by surprise."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from benchmarking.store.database import Database, Reading, StoreError, connect
from benchmarking.store.migrate import MIGRATIONS, is_empty, migrate, migrations, tables
from tests.store.scene import NOW, contents, furnish
from tests.store.source import sql_in

STEPS = migrations()
NUMBERS = [step.number for step in STEPS]


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A database without any schema."""
    opened = connect(address)
    yield opened
    opened.engine.dispose()


def folder_with(folder: Path, **files: str) -> Path:
    """A folder with our steps, and more or changed ones."""
    shutil.copytree(MIGRATIONS, folder / "migrations")
    for name, sql in files.items():
        (folder / "migrations" / f"{name.removeprefix('step_')}.sql").write_text(sql, "utf-8")
    return folder / "migrations"


def test_steps_are_numbered_from_one_without_a_gap():
    assert list(range(1, len(STEPS) + 1)) == NUMBERS


def test_every_step_is_applied_once(database: Database):
    assert migrate(database, NOW) == NUMBERS
    assert migrate(database, NOW) == []
    assert sorted(row["number"] for row in contents(database)["schema_migration"]) == NUMBERS


def test_a_new_database_is_empty_until_somebody_sets_it_up(database: Database):
    assert is_empty(database)
    migrate(database, NOW)
    assert is_empty(database)
    furnish(database)
    assert not is_empty(database)


def test_a_second_start_changes_nothing(database: Database):
    migrate(database, NOW)
    furnish(database)
    before = contents(database)
    migrate(database, NOW)
    assert contents(database) == before


def test_a_new_step_is_added_to_a_database_in_use(database: Database, tmp_path: Path):
    migrate(database, NOW)
    furnish(database)
    folder = folder_with(
        tmp_path, step_9000_notes="ALTER TABLE cycle ADD COLUMN note TEXT DEFAULT 'none';"
    )
    assert migrate(database, NOW, folder) == [9000]
    assert [row["note"] for row in contents(database)["cycle"]] == ["none"]


def test_a_step_that_fails_half_way_leaves_nothing_behind(database: Database, tmp_path: Path):
    migrate(database, NOW)
    furnish(database)
    before = contents(database)
    half = "CREATE TABLE note (note_id INTEGER PRIMARY KEY);\nDROP TABLE nobody_made_this;"
    with pytest.raises(Exception, match="nobody_made_this"):
        migrate(database, NOW, folder_with(tmp_path, step_9000_notes=half))
    assert contents(database) == before


def test_a_step_changed_after_it_was_applied_is_refused(database: Database, tmp_path: Path):
    migrate(database, NOW)
    before = contents(database)
    changed = {f"step_{STEPS[0].number:04}_{STEPS[0].name}": STEPS[0].sql + "\n-- A word more."}
    with pytest.raises(StoreError) as refused:
        migrate(database, NOW, folder_with(tmp_path, **changed))
    assert str(refused.value) == (
        "Schema step 1 (foundation) was changed after this database applied it. "
        "Restore the file from version control; make a new step instead."
    )
    assert contents(database) == before


def test_a_newer_database_is_refused_and_stays_untouched(database: Database, tmp_path: Path):
    newer = folder_with(tmp_path, step_9000_notes="CREATE TABLE note (note_id INTEGER);")
    migrate(database, NOW, newer)
    before = contents(database)
    with pytest.raises(StoreError) as refused:
        migrate(database, NOW)
    assert str(refused.value) == (
        f"The database has schema 9000, this program knows up to {NUMBERS[-1]}. "
        f"Use the newer program, or restore the backup made before the upgrade."
    )
    assert contents(database) == before


def test_another_programs_database_is_refused_and_stays_untouched(database: Database):
    with database.alone() as connection:
        connection.execute(text("CREATE TABLE invoice (invoice_id INTEGER)"))
    with pytest.raises(StoreError) as refused:
        migrate(database, NOW)
    assert str(refused.value) == (
        "This database belongs to another program: it holds the table invoice. "
        "Set BENCHMARK_DATABASE to another database; this one was not changed."
    )
    with database.reading() as reading:
        assert tables(reading) == {"invoice"}


@pytest.mark.parametrize("older", range(len(STEPS)))
def test_an_upgrade_gives_the_schema_of_a_fresh_database(address: str, bare: Database, older: int):
    database = connect(address)
    assert migrate(database, NOW, up_to=older) == NUMBERS[:older]
    assert migrate(database, NOW) == NUMBERS[older:]
    # DuckDB writes a check in other words once it has come back from the file.
    database.close()
    database = connect(address)
    assert schema(database) == schema(bare)
    database.close()


def test_a_difference_in_the_schema_is_seen(bare: Database):
    before = schema(bare)
    with bare.alone() as connection:
        connection.execute(text("ALTER TABLE cycle ADD COLUMN note TEXT"))
    assert schema(bare) != before


SCHEMA = {
    "columns": """
        SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default
        FROM information_schema.columns
        WHERE table_schema = current_schema()
    """,
    "constraints": """
        SELECT table_name, constraint_type, count(*) AS number
        FROM information_schema.table_constraints
        WHERE table_schema = current_schema()
        GROUP BY table_name, constraint_type
    """,
    "keys": """
        SELECT table_name, column_name, ordinal_position
        FROM information_schema.key_column_usage
        WHERE table_schema = current_schema()
    """,
    "checks": """
        SELECT check_clause
        FROM information_schema.check_constraints
        WHERE constraint_schema = current_schema()
    """,
    "sequences": """
        SELECT sequencename
        FROM pg_catalog.pg_sequences
        WHERE schemaname = current_schema()
    """,
}


def schema(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Everything that a step of ours can change, in one order."""
    with database.reading() as reading:
        return {name: _rows(reading, sql) for name, sql in SCHEMA.items()}


def _rows(reading: Reading, sql: str) -> list[dict[str, Any]]:
    return sorted((dict(row) for row in reading.rows(sql)), key=repr)


# What only one of the two engines knows, or what they take in different ways.
NOT_SHARED = (
    "AUTOINCREMENT BIGSERIAL CASCADE CONCURRENTLY DEFERRABLE ENUM FILTERED GENERATED HUGEINT "
    "IDENTITY ILIKE JSON JSONB LIST MAP MEDIAN MERGE PIVOT PRAGMA QUALIFY QUANTILE_CONT "
    "RETURNING SAVEPOINT SERIAL STRUCT TIMESTAMPTZ TINYINT UBIGINT UINTEGER UNSIGNED USMALLINT "
    "UTINYINT UUID VARCHAR ZONE"
).split()
FOREIGN = re.compile(rf"\b({'|'.join(NOT_SHARED)})\b|\bFOR\s+UPDATE\b|::|/", re.IGNORECASE)
STORE = MIGRATIONS.parent


def outside_the_subset(sql: str) -> list[str]:
    """Words of a statement that do not mean the same on both engines."""
    return [found.group() for found in FOREIGN.finditer(re.sub(r"'[^']*'", "''", sql))]


@pytest.mark.parametrize(
    "sql, words",
    [
        ("SELECT n FROM t QUALIFY rank() = 1", ["QUALIFY"]),
        ("CREATE TABLE t (n INTEGER GENERATED ALWAYS AS IDENTITY)", ["GENERATED", "IDENTITY"]),
        ("SELECT upheld / resolved FROM t", ["/"]),
        ("SELECT n::text FROM t FOR UPDATE", ["::", "FOR UPDATE"]),
        ("SELECT n FROM t WHERE kind = 'merge / cascade'", []),
    ],
)
def test_words_outside_the_common_subset_are_found(sql: str, words: list[str]):
    assert outside_the_subset(sql) == words


def test_migrations_use_the_common_subset_only():
    statements = [statement for step in STEPS for statement in step.statements]
    assert len(statements) > 10
    assert [found for sql in statements if (found := outside_the_subset(sql))] == []


def test_the_store_uses_the_common_subset_only():
    modules = [p for p in STORE.glob("*.py") if not p.stem.endswith("_engine")]
    statements = [sql for path in modules for sql in sql_in(ast.parse(path.read_text("utf-8")))]
    assert len(statements) > 30
    assert [found for sql in statements if (found := outside_the_subset(sql))] == []


def test_statements_can_be_told_apart_and_hold_nothing_to_bind():
    """The runner splits at semicolons, drops lines of comment and lets SQLAlchemy bind names."""
    for step in STEPS:
        lines = [line for line in step.sql.splitlines() if not line.startswith("--")]
        assert [line for line in lines if "--" in line or ":" in line] == []
        assert [line for line in lines if ";" in line and not line.endswith(";")] == []
