"""Tables of one trust have the trust in their keys, so that a cluster can spread them by it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from benchmarking.settings import ROOT
from benchmarking.store.database import Database, connect
from benchmarking.store.migrate import MIGRATIONS, migrate, migrations, tables
from tests.store.scene import CYCLE, NORTH, NOW, contents, furnish

TRUST = "organisation_id"
CLUSTER = (ROOT / "deploy" / "citus.sql").read_text("utf-8")
SPREAD = set(re.findall(r"create_distributed_table\('(\w+)'", CLUSTER))
COPIED = set(re.findall(r"create_reference_table\('(\w+)'", CLUSTER))
STAYS = set(re.findall(r"^-- stays: (\w+),", CLUSTER, re.M))

KEYS = """
    SELECT c.table_name, c.constraint_name, k.column_name
    FROM information_schema.table_constraints c
    JOIN information_schema.key_column_usage k
        ON k.constraint_name = c.constraint_name AND k.table_name = c.table_name
        AND k.table_schema = c.table_schema
    WHERE c.table_schema = current_schema() AND c.constraint_type IN ('PRIMARY KEY', 'UNIQUE')
"""
COLUMNS = """
    SELECT table_name, column_name, data_type
    FROM information_schema.columns
    WHERE table_schema = current_schema()
    ORDER BY table_name, ordinal_position
"""
# Foreign keys as PostgreSQL itself knows them.
REFERENCES = """
    SELECT source.relname AS source, target.relname AS target
    FROM pg_catalog.pg_constraint c
    JOIN pg_catalog.pg_class source ON source.oid = c.conrelid
    JOIN pg_catalog.pg_class target ON target.oid = c.confrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = source.relnamespace
    WHERE c.contype = 'f' AND n.nspname = current_schema()
"""


def keys_of(database: Database) -> dict[str, dict[str, set[str]]]:
    """The columns of each primary or unique key, by table and by the key's name."""
    found: dict[str, dict[str, set[str]]] = {}
    with database.reading() as reading:
        for row in reading.rows(KEYS):
            named = found.setdefault(row["table_name"], {})
            named.setdefault(row["constraint_name"], set()).add(row["column_name"])
    return found


def columns_of(database: Database) -> dict[str, dict[str, str]]:
    """The type of each column, by table, in order."""
    found: dict[str, dict[str, str]] = {}
    with database.reading() as reading:
        for row in reading.rows(COLUMNS):
            found.setdefault(row["table_name"], {})[row["column_name"]] = row["data_type"]
    return found


def test_every_table_has_one_place_in_the_cluster(bare: Database):
    with bare.reading() as reading:
        assert tables(reading) == SPREAD | COPIED | STAYS
    assert not SPREAD & COPIED and not SPREAD & STAYS and not COPIED & STAYS


def test_a_table_that_is_spread_has_the_trust_in_every_key(bare: Database):
    without = {
        f"{table}: {', '.join(sorted(columns))}"
        for table, keys in keys_of(bare).items()
        for columns in keys.values()
        if table in SPREAD and TRUST not in columns
    }
    assert without == set()


def test_a_table_that_says_whose_it_is_is_spread_unless_the_reason_stands_there(bare: Database):
    whose = {table for table, columns in columns_of(bare).items() if TRUST in columns}
    assert whose >= SPREAD
    # The list of trusts itself, and the ledger: one chain for all.
    assert whose - SPREAD == {"organisation", "ledger"}


@pytest.mark.postgres
def test_what_is_spread_refers_only_to_what_every_node_has(postgresql_schemas: Any):
    database = connect(postgresql_schemas.new(lambda empty: migrate(empty, NOW)))
    with database.reading() as reading:
        found = [(row["source"], row["target"]) for row in reading.rows(REFERENCES)]
    database.close()
    assert len(found) > 40
    assert [pair for pair in found if pair[0] in SPREAD | COPIED and pair[1] not in COPIED] == []


def test_tables_that_are_spread_together_know_the_trust_by_the_same_type(bare: Database):
    together = dict(
        re.findall(r"create_distributed_table\('(\w+)',[^;]*colocate_with => '(\w+)'", CLUSTER)
    )
    columns = columns_of(bare)
    for table, other in together.items():
        if other != "none":
            assert columns[table][TRUST] == columns[other][TRUST], (table, other)
    assert set(together) == SPREAD


# The step that changed the keys loses nothing of what was there.

STEP = next(step.number for step in migrations() if step.name == "keys_by_trust")
RENEWED = re.findall(
    r"ALTER TABLE \w+ RENAME TO (\w+);", (MIGRATIONS / f"{STEP:04}_keys_by_trust.sql").read_text()
)
# A value of each type, told apart by a number.
VALUES = {
    "INTEGER": lambda n: n,
    "SMALLINT": lambda n: n,
    "BIGINT": lambda n: n,
    "TEXT": lambda n: f"word {n}",
    "VARCHAR": lambda n: f"word {n}",
    "TIMESTAMP": lambda n: NOW.replace(minute=n),
    "TIMESTAMP WITHOUT TIME ZONE": lambda n: NOW.replace(minute=n),
    "DATE": lambda n: date(2026, 1, n),
    "BOOLEAN": lambda n: n % 2 == 0,
}
# What a foreign key or a check asks of a column, in whatever table.
ASKED = {
    TRUST: NORTH.organisation_id,
    **dict.fromkeys(("cycle_id", "made_in"), CYCLE.cycle_id),
    **dict.fromkeys(("author_id", "owner_id", "person_id", "slot", "review_id"), 1),
    **dict.fromkeys(("action_id", "sending_id"), 1),
    **dict.fromkeys(("closed_from", "closed_to"), date(2026, 1, 1)),
    "status": "open",
    "to_status": "done",
    "stage": "trying",
    "outcome": "upheld",
}
PARTICULAR = {
    ("survey_sending", "way"): "here",
    ("survey_invitation", "state"): "open",
    ("file_review", "state"): "drawn",
}
# What tells the rows of a table apart whose key asks for more than a number.
APART = {
    "file_review_reader": lambda n: {"slot": n},
    "file_review_stratum": lambda n: {"outcome": ("upheld", "not upheld")[n - 1]},
}


@pytest.fixture
def before_the_step(address: str) -> Iterator[Database]:
    """A database of the step before, with two rows in every table that gets another key."""
    database = connect(address)
    migrate(database, NOW, up_to=STEP - 1)
    furnish(database)
    for table, columns in columns_of(database).items():
        if table in RENEWED:
            _fill(database, table, columns)
    yield database
    database.close()


def _fill(database: Database, table: str, columns: dict[str, str]) -> None:
    rows = (1,) if table in {"trust_action", "survey_sending", "file_review"} else (1, 2)
    with database.alone() as connection:
        for n in rows:
            values = {name: _value(table, name, kind, n) for name, kind in columns.items()}
            values |= APART.get(table, lambda n: {})(n)
            places = ", ".join(f":{name}" for name in values)
            connection.execute(
                text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"), values
            )


def _value(table: str, name: str, kind: str, n: int) -> object:
    if (table, name) in PARTICULAR:
        return PARTICULAR[table, name]
    return ASKED[name] if name in ASKED else VALUES[kind.upper()](n)


def test_no_row_and_no_value_is_lost_when_keys_change(before_the_step: Database):
    before = {name: rows for name, rows in contents(before_the_step).items() if name in RENEWED}
    assert len(before) == 22 and all(before.values())
    assert STEP in migrate(before_the_step, NOW)
    after = contents(before_the_step)
    for name, rows in before.items():
        kept = [{column: row[column] for column in rows[0]} for row in after[name]]
        assert sorted(kept, key=repr) == sorted(rows, key=repr), name
        assert {row[TRUST] for row in after[name]} == {NORTH.organisation_id}, name
