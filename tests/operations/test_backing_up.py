"""Backups are made when they are due, and old ones go by the numbers that are said."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarking import settings
from benchmarking.operations.backing_up import back_up, is_due
from benchmarking.settings import Settings
from benchmarking.store import backups
from benchmarking.store.database import Database, connect
from benchmarking.store.rotation import Keep
from tests.store.scene import NOW, newest_schema, set_up_live, small_demonstration


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    return settings.read(
        {"BENCHMARK_DATABASE": str(tmp_path / "demo.duckdb"), "BENCHMARK_SECRET": "s" * 40}
    )


@pytest.fixture
def database(chosen: Settings):
    opened = connect(chosen.database)
    small_demonstration(opened)
    yield opened
    opened.close()


def test_what_was_made_is_said(database: Database, chosen: Settings):
    made = back_up(database, chosen, NOW)
    assert made.backup.place.parent == Path(chosen.backups)
    (said,) = made.sentences
    assert said.startswith(f"Made the backup {made.backup.place}: ")
    assert said.endswith(", 0 entries in the ledger, 0 evidence files.")


def test_old_ones_go_and_are_named(database: Database, chosen: Settings):
    keep = Keep(2, 0, 0)
    first, *_, last = [
        back_up(database, chosen, NOW + timedelta(days=day), keep=keep) for day in range(3)
    ]
    assert last.removed == (first.backup.name,)
    assert f"Removed the backup {first.backup.name}: newer ones are kept." in last.sentences
    left = [one.name for one in backups.every(Path(chosen.backups))]
    assert left == ["2026-11-23T090000Z", "2026-11-22T090000Z"]


def test_what_nobody_recognises_stays(database: Database, chosen: Settings):
    folder = Path(chosen.backups)
    strange = folder / "2020-01-01T000000Z"
    strange.mkdir(parents=True)
    (strange / "notes.txt").write_text("an administrator's own")
    (folder / "letter.pdf").write_bytes(b"%PDF-")
    for day in range(3):
        back_up(database, chosen, NOW + timedelta(days=day), keep=Keep(1, 0, 0))
    assert (strange / "notes.txt").exists() and (folder / "letter.pdf").exists()


def test_another_folder_can_be_named(database: Database, chosen: Settings, tmp_path: Path):
    made = back_up(database, chosen, NOW, folder=tmp_path / "elsewhere")
    assert made.backup.place.parent == tmp_path / "elsewhere"
    assert not Path(chosen.backups).exists()


@pytest.mark.parametrize(
    "hours_since, every, due",
    [
        (23, 24, False),
        (24, 24, True),
        (25, 24, True),
        (1, 1, True),
        (400, 0, False),
        # Made while the clock was a year ahead: it proves nothing.
        (-365 * 24, 24, True),
    ],
)
def test_a_backup_is_due_once_the_last_is_old_enough(
    database: Database, chosen: Settings, hours_since: int, every: int, due: bool
):
    back_up(database, chosen, NOW)
    later = NOW + timedelta(hours=hours_since)
    assert is_due(database, replace(chosen, backup_hours=every), later) is due


def test_the_first_backup_is_due_at_once(database: Database, chosen: Settings):
    assert is_due(database, chosen, NOW)


def test_another_databases_backup_does_not_count(database: Database, chosen: Settings):
    other = connect(str(Path(chosen.database).with_name("other.duckdb")))
    set_up_live(other)
    back_up(other, chosen, NOW)
    other.close()
    assert is_due(database, chosen, NOW + timedelta(hours=1))


def test_nothing_is_due_while_nobody_has_set_the_database_up(chosen: Settings):
    bare = connect(str(Path(chosen.database).with_name("bare.duckdb")))
    newest_schema(bare)
    assert not is_due(bare, chosen, datetime(2030, 1, 1))
    bare.close()
