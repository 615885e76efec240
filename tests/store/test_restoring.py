"""What comes back is what was kept; what was there before is never deleted."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarking.answers import Move, State
from benchmarking.settings import ROOT
from benchmarking.store import backups, ledger, restoring
from benchmarking.store.backups import FILE
from benchmarking.store.database import Database, HeldElsewhere, StoreError, connect
from benchmarking.store.evidence_files import FileStore
from benchmarking.store.manifests import Backup
from benchmarking.store.migrate import migrate, migrations, schema_of
from benchmarking.store.restoring import restore
from tests.store.scene import (
    CONTENT,
    KEY,
    MANAGER,
    NOW,
    Engine,
    audit,
    bring,
    contents,
    contents_at,
    furnish,
    set_up_live,
)


@pytest.fixture
def kept(database: Database, files: FileStore, folder: Path) -> Backup:
    """A backup of the small demonstration with a ledger and a file."""
    move = Move(KEY, State.IN_PROGRESS, State.SUBMITTED, MANAGER, NOW, "DEMO-01/1", "c" * 64)
    with database.writing(audit()) as writing:
        ledger.append(writing, move)
    bring(database, files, "one", CONTENT)
    return backups.make(database, files, folder, NOW)


def test_it_comes_back_row_by_row_wherever_it_was_made(
    database: Database, kept: Backup, files: FileStore, engine: Engine
):
    """From either engine, to the same engine."""
    address = engine.new(None)
    done = restore(kept, address, files, NOW)
    assert contents_at(address) == contents(database)
    assert (done.manifest, done.aside) == (kept.manifest, None)


def test_it_comes_back_as_a_file_and_its_files_with_it(
    database: Database, kept: Backup, files: FileStore, tmp_path: Path
):
    elsewhere = FileStore(str(tmp_path / "elsewhere"))
    done = restore(kept, str(tmp_path / "new" / "live.duckdb"), elsewhere, NOW)
    assert contents_at(tmp_path / "new" / "live.duckdb") == contents(database)
    assert (done.files_put_back, done.files_lacking) == (1, ())
    (name,) = kept.manifest.evidence
    assert (tmp_path / "elsewhere" / name).read_bytes() == CONTENT
    again = restore(kept, str(tmp_path / "again.duckdb"), elsewhere, NOW)
    assert again.files_put_back == 0, "what is there stays"


def test_a_file_that_is_in_neither_place_is_named(kept: Backup, tmp_path: Path):
    (name,) = kept.manifest.evidence
    (kept.place.parent / "evidence" / name).write_bytes(b"changed")
    elsewhere = FileStore(str(tmp_path / "elsewhere"))
    done = restore(kept, str(tmp_path / "new.duckdb"), elsewhere, NOW)
    assert (done.files_put_back, done.files_lacking) == (0, (name,))


@pytest.fixture
def current(duckdb_file: Path) -> Path:
    """A database in use, with something in its log, that is to be replaced."""
    database = connect(str(duckdb_file))
    set_up_live(database)
    database.close()
    return duckdb_file


def refusal(kept: Backup, address: object, files: FileStore, replace_it: bool = False) -> str:
    with pytest.raises(StoreError) as refused:
        restore(kept, str(address), files, NOW, replace=replace_it)
    return str(refused.value)


def test_a_database_that_is_there_is_not_touched(kept: Backup, files: FileStore, current: Path):
    before = current.read_bytes()
    assert refusal(kept, current, files) == (
        f"{current}: there is a database here. Name another place with --to, or move this one out "
        f"of the way with --replace; it is kept beside. Nothing was changed."
    )
    assert current.read_bytes() == before
    assert list(current.parent.glob(".half-*")) == []


def test_what_is_replaced_is_kept_beside(
    database: Database, kept: Backup, files: FileStore, current: Path
):
    before = contents_at(current)
    done = restore(kept, str(current), files, NOW, replace=True)
    assert done.aside == current.with_name("benchmark-before-restore-2026-11-21T090000Z.duckdb")
    assert contents_at(done.aside) == before
    assert contents_at(current) == contents(database)


CRASH = """
import os, sys
from benchmarking.store.database import connect
from tests.store.scene import audit
database = connect(sys.argv[1])
with database.writing(audit("in the log")) as writing:
    pass
os._exit(1)
"""


def test_its_log_goes_aside_with_it(kept: Backup, files: FileStore, current: Path):
    subprocess.run([sys.executable, "-c", CRASH, str(current)], cwd=ROOT, check=False)
    log = Path(f"{current}.wal")
    in_the_log = log.read_bytes()
    done = restore(kept, str(current), files, NOW, replace=True)
    assert not log.exists()
    assert Path(f"{done.aside}.wal").read_bytes() == in_the_log
    assert "in the log" in [row["action"] for row in contents_at(done.aside)["audit"]]


def test_a_damaged_database_can_be_replaced(
    database: Database, kept: Backup, files: FileStore, duckdb_file: Path
):
    duckdb_file.write_bytes(b"not a database at all" * 1000)
    done = restore(kept, str(duckdb_file), files, NOW, replace=True)
    assert done.aside is not None and done.aside.read_bytes().startswith(b"not a database")
    assert contents_at(duckdb_file) == contents(database)


HOLD = """
import sys
from benchmarking.store.database import connect
database = connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_a_server_that_has_the_file_is_not_robbed(kept: Backup, files: FileStore, current: Path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(current)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    with pytest.raises(HeldElsewhere, match="another process is using this database"):
        restore(kept, str(current), files, NOW, replace=True)
    holder.communicate()
    assert [path.name for path in current.parent.glob("*before-restore*")] == []


def test_a_backup_whose_file_was_changed_is_refused(kept: Backup, files: FileStore, tmp_path: Path):
    copy = kept.place / FILE
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    target = tmp_path / "new.duckdb"
    assert refusal(kept, target, files) == (
        f"{copy}: this is not the file that was made, byte for byte. It was changed or its disk "
        f"is failing. Use another backup, and check this disk."
    )
    copy.unlink()
    assert refusal(kept, target, files) == (
        f"{copy}: the copy of the database is gone. Use another backup."
    )
    assert not target.exists()


def test_a_newer_programs_backup_is_refused(kept: Backup, files: FileStore, tmp_path: Path):
    newer = replace(kept, manifest=kept.manifest.model_copy(update={"schema_number": 9000}))
    assert refusal(newer, tmp_path / "new.duckdb", files) == (
        f"{kept.place}: the backup has schema 9000, and this program knows up to "
        f"{migrations()[-1].number}. Use the program that made it, or a newer one. Nothing was "
        f"written."
    )
    assert not (tmp_path / "new.duckdb").exists()


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"ledger_head": "f" * 64}, "The ledger is not the one that was kept."),
        ({"sequences": {}}, "The sequences of numbers are not where they were."),
        ({"tables": {}}, "The table answer does not hold what was kept."),
    ],
)
def test_what_is_not_what_was_said_is_not_put_in_place(
    kept: Backup, files: FileStore, current: Path, changed: dict[str, object], said: str
):
    """A manifest that does not belong to its file."""
    before = current.read_bytes()
    other = replace(kept, manifest=kept.manifest.model_copy(update=changed))
    assert said in refusal(other, current, files, replace_it=True)
    assert current.read_bytes() == before
    assert list(current.parent.glob(".half-*")) == []


def test_an_older_backup_is_brought_to_the_newest_schema_by_the_next_start(
    address: str, files: FileStore, folder: Path, tmp_path: Path
):
    older = connect(address)
    migrate(older, NOW, up_to=18)
    furnish(older)
    kept = backups.make(older, files, folder, NOW)
    older.close()
    target = tmp_path / "new.duckdb"
    restore(kept, str(target), files, NOW)
    database = connect(str(target))
    with database.reading() as reading:
        assert schema_of(reading) == 18
    assert migrate(database, NOW)
    database.close()


@pytest.mark.postgres
def test_a_postgresql_database_is_never_replaced(
    postgresql_schemas: Engine, kept: Backup, files: FileStore
):
    address = postgresql_schemas.new(set_up_live)
    before = contents_at(address)
    assert refusal(kept, address, files, replace_it=True) == (
        "A PostgreSQL database is not replaced. Make a new one (createdb), restore into it, then "
        "name it with BENCHMARK_DATABASE. Nothing was written."
    )
    assert "There is something in the database to copy into" in refusal(kept, address, files)
    assert contents_at(address) == before


def test_a_disk_without_room_is_named_and_what_was_there_stays(
    kept: Backup, files: FileStore, current: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = current.read_bytes()
    monkeypatch.setattr(restoring.on_disk, "copy", full)
    assert refusal(kept, current, files, replace_it=True) == (
        f"{current}: the backup was not brought back. Check that there is room and that this "
        f"program may write there. The system said: No space left on device"
    )
    assert current.read_bytes() == before


def test_a_name_that_is_taken_is_not_written_over(kept: Backup, files: FileStore, current: Path):
    aside = current.with_name("benchmark-before-restore-2026-11-21T090000Z.duckdb")
    shutil.copy(current, aside)
    said = refusal(kept, current, files, replace_it=True)
    assert re.search("this name is taken", said)
    done = restore(kept, str(current), files, NOW + timedelta(seconds=1), replace=True)
    assert done.aside is not None and aside.exists()


ASIDE = "benchmark-before-restore-2026-11-21T090000Z.duckdb"


@pytest.fixture
def logged(current: Path) -> Path:
    """The database in use, with something in its log."""
    subprocess.run([sys.executable, "-c", CRASH, str(current)], cwd=ROOT, check=False)
    assert Path(f"{current}.wal").stat().st_size
    return current


def fail_to_rename(patch: pytest.MonkeyPatch, place: Path, times: int) -> None:
    """So many times nothing can be given this name."""
    rename, left = Path.rename, [OSError(5, "Input/output error")] * times

    def rename_or_fail(there: Path, to: Path) -> Path:
        if to == place and left:
            raise left.pop()
        return rename(there, to)

    patch.setattr(Path, "rename", rename_or_fail)


@pytest.mark.parametrize("name", ["benchmark.duckdb", f"{ASIDE}.wal"])
def test_what_was_moved_aside_comes_back_where_the_rest_fails(
    kept: Backup, files: FileStore, logged: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    """Its log cannot follow it, or the new file cannot take its place."""
    log = Path(f"{logged}.wal")
    before = logged.read_bytes(), log.read_bytes()
    fail_to_rename(monkeypatch, logged.with_name(name), 1)
    assert refusal(kept, logged, files, replace_it=True) == (
        f"{logged}: the backup was not brought back. Check that there is room and that this "
        f"program may write there. The system said: Input/output error"
    )
    assert (logged.read_bytes(), log.read_bytes()) == before
    assert list(logged.parent.glob("*before-restore*")) == []


def test_where_it_cannot_come_back_it_is_said_where_it_lies(
    kept: Backup, files: FileStore, logged: Path, monkeypatch: pytest.MonkeyPatch
):
    aside, before = logged.with_name(ASIDE), logged.read_bytes()
    fail_to_rename(monkeypatch, logged, 2)
    assert refusal(kept, logged, files, replace_it=True) == (
        f"{aside}: this is what was at {logged}. The backup was not brought back, and this could "
        f"not be moved back: Input/output error. Rename it yourself before you start a server, "
        f"so that it lies beside {logged}.wal again."
    )
    assert aside.read_bytes() == before and not logged.exists()
    assert Path(f"{logged}.wal").exists(), "a server does not begin an empty database beside it"
