"""Before a schema is changed there is a backup, or no change; a newer file stays as it is."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarking import settings
from benchmarking.settings import ROOT, Mode, Settings
from benchmarking.store import backups
from benchmarking.store.database import StoreError, connect
from benchmarking.store.migrate import migrate, migrations, schema_of
from benchmarking.store.opening import open_database
from benchmarking.store.restoring import restore
from tests.store.scene import NOW, Engine, contents_at, furnish, newest_schema, small_demonstration

NEWEST = migrations()[-1].number
OLDER = 18


@pytest.fixture
def older(address: str) -> str:
    """A demonstration as an older program left it."""
    database = connect(address)
    migrate(database, NOW, up_to=OLDER)
    furnish(database)
    database.close()
    return address


def of(address: str, tmp_path: Path) -> Settings:
    return settings.read(
        {
            "BENCHMARK_MODE": Mode.DEMONSTRATION.value,
            "BENCHMARK_DATABASE": address,
            "BENCHMARK_SECRET": "s" * 64,
            "BENCHMARK_BACKUPS": str(tmp_path / "backups"),
            "BENCHMARK_EVIDENCE": str(tmp_path / "evidence"),
        }
    )


def test_an_upgrade_makes_a_backup_of_the_older_schema_first(older: str, tmp_path: Path):
    before = contents_at(older)
    open_database(of(older, tmp_path), NOW).close()
    (made,) = backups.every(tmp_path / "backups")
    assert made.name == f"before-schema-{NEWEST:04}-2026-11-21T090000Z"
    assert made.manifest.schema_number == OLDER
    assert made.manifest.why == f"before schema {NEWEST}"
    assert contents_at(str(made.place / backups.FILE)) == before
    database = connect(older)
    with database.reading() as reading:
        assert schema_of(reading) == NEWEST
    database.close()


def test_the_backup_leads_back_to_where_it_was(older: str, engine: Engine, tmp_path: Path):
    before = contents_at(older)
    chosen = of(older, tmp_path)
    open_database(chosen, NOW).close()
    (made,) = backups.every(tmp_path / "backups")
    again = engine.new(None)
    restore(made, again, backups.kept_files(tmp_path / "backups"), NOW)
    assert contents_at(again) == before
    open_database(replace(chosen, database=again), NOW).close()


@pytest.mark.parametrize("preparation", [None, newest_schema, small_demonstration])
def test_where_there_is_nothing_to_lose_or_to_change_none_is_made(
    engine: Engine, tmp_path: Path, preparation: object
):
    address = engine.new(preparation)  # type: ignore[arg-type]
    open_database(of(address, tmp_path), NOW).close()
    assert not (tmp_path / "backups").exists()


def test_an_upgrade_does_not_begin_without_its_backup(older: str, tmp_path: Path):
    (tmp_path / "backups").write_text("a file where the folder should be")
    before = contents_at(older)
    with pytest.raises(StoreError) as refused:
        open_database(of(older, tmp_path), NOW)
    said = str(refused.value)
    assert (
        f" has to be brought to schema {NEWEST}, and a backup is made first. That failed, so "
        in said
    )
    assert "the upgrade has not begun. Mend this, then start again. " in said
    assert f"{tmp_path / 'backups'}: no backup was made there. Check that there is room" in said
    assert contents_at(older) == before


# A file of a newer program, with something in its log: as after a crash, or a copy of both.
CRASH = """
import os, sys
from sqlalchemy import text
from benchmarking.store.database import connect
from tests.store.scene import NOW, small_demonstration
database = connect(sys.argv[1])
small_demonstration(database)
database.checkpoint()
with database.alone() as connection:
    row = "INSERT INTO schema_migration VALUES (9000, 'notes', 'x', :now)"
    connection.execute(text(row), {"now": NOW})
os._exit(1)
"""


@pytest.mark.parametrize("mode", Mode)
def test_a_newer_file_and_its_log_stay_as_they_are_byte_for_byte(
    duckdb_file: Path, tmp_path: Path, mode: Mode
):
    subprocess.run([sys.executable, "-c", CRASH, str(duckdb_file)], cwd=ROOT, check=False)
    log = Path(f"{duckdb_file}.wal")
    before = duckdb_file.read_bytes(), log.read_bytes()
    with pytest.raises(StoreError) as refused:
        open_database(replace(of(str(duckdb_file), tmp_path), mode=mode), NOW)
    assert "The database has schema 9000" in str(refused.value)
    assert (duckdb_file.read_bytes(), log.read_bytes()) == before
    assert sorted(path.name for path in duckdb_file.parent.iterdir()) == [
        duckdb_file.name,
        log.name,
    ]


def test_a_file_of_the_wrong_kind_stays_as_it_is_byte_for_byte(duckdb_file: Path, tmp_path: Path):
    database = connect(str(duckdb_file))
    small_demonstration(database)
    database.close()
    before = duckdb_file.read_bytes()
    live = replace(of(str(duckdb_file), tmp_path), mode=Mode.PRODUCTION)
    with pytest.raises(StoreError, match="A production server does not open it"):
        open_database(live, NOW)
    assert duckdb_file.read_bytes() == before


def test_nothing_can_be_written_through_a_database_opened_to_be_read(engine: Engine):
    database = connect(engine.new(small_demonstration), read_only=True)
    with database.reading() as reading:
        assert schema_of(reading) == NEWEST
    with pytest.raises(Exception, match=r"read-only"), database.alone() as connection:
        connection.execute(text("DELETE FROM answer"))
    database.engine.dispose()
