"""Nobody can write to the store without an audit entry, not even by mistake."""

from pathlib import Path

import pytest

from benchmarking.store.migrate import MIGRATIONS
from tests.store.source import unaudited

STORE = MIGRATIONS.parent
# Writing's own methods with what each engine adds to one of them, and the list of applied steps,
# which is a record by itself.
ALLOWED = {
    *("database.py: change_one", "database.py: bulk", "database.py: bulk_change"),
    "duckdb_engine.py: load",
    "migrate.py: _apply",
    # A copy is to be the same in every row, those of the audit too.
    *("copying.py: _empty", "duckdb_engine.py: add_rows"),
}

OFFENDERS = {
    "def save(reading: Reading): reading.rows('INSERT INTO answer VALUES (1)')": ["save"],
    "def save(): connection.execute('UPDATE answer SET choice = 1')": ["save"],
    "def drop(key, writing: Writing): writing.run('DELETE FROM answer')": ["drop"],
    "def add(rows): writing.bulk('answer', (), rows)": ["add"],
    "def alter(rows): writing.bulk_change('answer', (), (), rows)": ["alter"],
    "def load(rows): writing.bulk_columns('answer', rows)": ["load"],
    "def outer(w: Writing):\n    def inner(): w.change_one('...')\n    inner()": ["inner"],
    "SAVE = 'INSERT INTO answer VALUES (1)'": ["line"],
    "def save(writing: Writing): writing.run('INSERT INTO answer VALUES (1)')": [],
    "def read(reading: Reading): reading.rows('SELECT choice FROM answer')": [],
    "def explain():\n    'Tells how INSERT INTO works.'": [],
}


@pytest.mark.parametrize("source, names", OFFENDERS.items())
def test_a_function_that_writes_without_an_audit_entry_is_found(source: str, names: list[str]):
    assert [said.split()[0] for said in unaudited(source)] == names


@pytest.mark.parametrize("path", sorted(STORE.glob("*.py")), ids=lambda path: path.stem)
def test_whatever_writes_is_given_a_transaction_with_its_audit_entry(path: Path):
    found = unaudited(path.read_text("utf-8"))
    assert [said for said in found if f"{path.name}: {said.split()[0]}" not in ALLOWED] == []


def test_only_a_writing_loads_what_an_engine_takes_at_once():
    users = {p.name for p in STORE.glob("*.py") if ").load(" in p.read_text("utf-8")}
    assert users == {"database.py"}


def test_only_migrations_and_copies_write_without_an_audit_entry():
    users = {p.name for p in STORE.glob("*.py") if ".alone(" in p.read_text("utf-8")}
    assert users == {"database.py", "migrate.py", "copying.py"}
