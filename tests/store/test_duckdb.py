"""What only DuckDB does: one process, one file that SQL cannot leave, and refusals in words."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from benchmarking.settings import ROOT
from benchmarking.store.database import Database, StoreError, connect
from benchmarking.store.migrate import migrate
from tests.store.scene import NOW, audit, contents, furnish


@pytest.fixture
def database(duckdb_file: Path) -> Iterator[Database]:
    opened = connect(str(duckdb_file))
    migrate(opened, NOW)
    furnish(opened)
    yield opened
    opened.engine.dispose()


def refusal(address: object) -> str:
    with pytest.raises(StoreError) as refused:
        connect(str(address))
    return str(refused.value)


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A process of its own, which finds the package as this one does."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


OPEN = """
import sys
from benchmarking.store.database import StoreError, connect
try:
    connect(sys.argv[1])
except StoreError as refused:
    print(refused)
"""


def test_a_second_process_is_refused_and_told_who_holds_the_file(
    database: Database, duckdb_file: Path
):
    before = contents(database)
    said, _ = run(OPEN, duckdb_file).communicate(timeout=60)
    assert said.startswith(
        f"{duckdb_file}: another process is using this database. "
        f"Stop the other server first, or choose another file with BENCHMARK_DATABASE. "
        f"DuckDB said: IO Error: Could not set lock on file"
    )
    assert "PID" in said
    assert contents(database) == before


def test_damage_inside_is_said_when_it_is_read(database: Database, duckdb_file: Path):
    with database.writing(audit()) as writing:
        rows = [(n, "issuer", f"subject {n}", "A title" * 9) for n in range(100, 20_000)]
        writing.bulk("person", ("person_id", "issuer", "subject", "title"), rows)
    database.close()
    content = bytearray(duckdb_file.read_bytes())
    for place in range(12_288 + 100, len(content) - 200_000, 4096):
        content[place] ^= 0xFF
    duckdb_file.write_bytes(content)
    with pytest.raises(StoreError) as failed:
        contents(connect(str(duckdb_file)))
    assert "Restore a backup" in str(failed.value) or "the last backup" in str(failed.value)


@pytest.mark.parametrize("scheme", ["mysql", "https"])
def test_an_unknown_kind_of_address_is_refused_without_its_password(scheme: str):
    assert refusal(f"{scheme}://joe:geheim@host/benchmark.duckdb") == (
        f"BENCHMARK_DATABASE begins with {scheme}://, which is not known here. "
        f"Give the path of a file, or postgresql://user:password@server/database."
    )


@pytest.mark.parametrize("name", ["of 2026 – ŵ.duckdb", "a?b#c%20.duckdb", "deep/er/x.duckdb"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str):
    connect(str(tmp_path / name)).close()
    assert (tmp_path / name).is_file()


LEAVING = [
    "SELECT * FROM read_csv('/etc/hostname')",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM '/etc/hostname.csv'",
    "ATTACH 'other.duckdb' AS other",
    "COPY person TO 'people.csv'",
    "INSTALL httpfs",
    "LOAD httpfs",
]
CHANGING = [
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET autoinstall_known_extensions = true",
    "SET memory_limit = '99GB'",
    "RESET memory_limit",
    "PRAGMA threads = 99",
]


@pytest.mark.parametrize("sql", LEAVING)
def test_sql_cannot_leave_the_file(database: Database, sql: str):
    with pytest.raises(Exception, match=r"(?i)disabled|not allowed"), database.reading() as reading:
        reading.rows(sql)


@pytest.mark.parametrize("sql", CHANGING)
def test_settings_are_locked(database: Database, sql: str):
    with pytest.raises(Exception, match="locked|Cannot change"), database.reading() as reading:
        reading.rows(sql)


SETTINGS = {
    "enable_external_access": False,
    "lock_configuration": True,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "perfect_ht_threshold": 22,
    "storage_compatibility_version": "v1.5.0",
}


def test_every_connection_has_our_settings(database: Database):
    """The first one sets them, and those behind it share its database."""
    sql = ", ".join(f"current_setting('{name}') AS {name}" for name in SETTINGS)
    with database.reading() as one, database.reading() as two, database.reading() as three:
        for reading in (one, two, three):
            assert dict(reading.rows(f"SELECT {sql}")[0]) == SETTINGS


def test_half_of_the_memory_is_left_to_others(database: Database):
    with database.reading() as reading:
        limit = reading.value("SELECT current_setting('memory_limit')")
    with duckdb.connect() as other:
        (default,) = other.sql("SELECT current_setting('memory_limit')").fetchall()[0]
    assert 0.5 < amount(limit) / amount(default) < 0.75


def amount(said: str) -> float:
    number, unit = said.split()
    return float(number) * {"MiB": 1, "GiB": 1024, "TiB": 1024**2}[unit]


def test_what_was_checkpointed_needs_no_log(database: Database, duckdb_file: Path):
    log = Path(f"{duckdb_file}.wal")
    before = contents(database)
    assert log.stat().st_size > 0
    database.checkpoint()
    assert not log.exists() or log.stat().st_size == 0
    copy = shutil.copy(duckdb_file, f"{duckdb_file}.copy")
    database.engine.dispose()
    again = connect(copy)
    assert contents(again) == before
    again.close()


def test_a_checkpoint_does_not_wait_for_readers(database: Database):
    with database.reading() as reading:
        assert reading.value("SELECT count(*) FROM person") == 2
        database.checkpoint()
        assert reading.value("SELECT count(*) FROM person") == 2
