"""A backup is whole or not there, holds one moment, and is made while people work."""

import json
import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarking.store import backups, manifests, on_disk
from benchmarking.store.backups import FILE, BackupFailed, Before
from benchmarking.store.contents import contents_of
from benchmarking.store.database import Database, StoreError
from benchmarking.store.evidence_files import FileStore
from benchmarking.store.manifests import NoBackup
from tests.store.scene import CONTENT, KEY, NOW, audit, bring, contents, contents_at, say


def test_a_backup_holds_every_row_and_says_what_it_is(
    database: Database, files: FileStore, folder: Path
):
    sha256 = bring(database, files, "one", CONTENT)
    made = backups.make(database, files, folder, NOW)
    assert made.place == folder / "2026-11-21T090000Z"
    assert sorted(path.name for path in made.place.iterdir()) == [FILE, "manifest.json"]
    assert contents_at(made.place / FILE) == contents(database)
    said = manifests.read(made.place).manifest
    assert said == made.manifest
    with database.reading() as reading:
        assert said.tables == contents_of(reading)
    assert (said.why, said.kind, said.made_at) == ("asked for", "demonstration", NOW)
    assert said.made_from == ("duckdb" if database.is_duckdb else "postgresql")
    assert said.file_sha256 == on_disk.sha256_of(made.place / FILE)
    assert said.evidence == (f"1/{sha256}",) and said.lacking == ()
    assert (folder / "evidence" / "1" / sha256).read_bytes() == CONTENT


def test_only_its_owner_can_read_a_backup(database: Database, files: FileStore, folder: Path):
    made = backups.make(database, files, folder, NOW)
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.stat().st_mode & 0o077 for path in (made.place, *made.place.iterdir())] == [0] * 3


def test_it_holds_one_moment_while_writers_write(
    database: Database, files: FileStore, folder: Path
):
    stop, begun, saved = threading.Event(), threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            with database.writing(audit(f"save {len(saved)}")) as writing:
                assert say(writing, f"level-{len(saved)}", len(saved))
            saved.append(1)
            database.checkpoint()
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(60)
        made = [backups.make(database, files, folder, NOW + timedelta(days=n)) for n in range(2)]
    finally:
        stop.set()
        writer.join(60)
    for one in made:
        rows = contents_at(one.place / FILE)
        (answer,) = rows["answer"]
        entries = [row for row in rows["audit"] if str(row["action"]).startswith("save ")]
        assert answer["answer_revision"] == len(entries), "an answer and its audit entry, or none"
    assert len(saved) >= made[1].manifest.tables["answer"].rows


def test_a_file_is_kept_once_for_all_backups(database: Database, files: FileStore, folder: Path):
    sha256 = bring(database, files, "one", CONTENT)
    backups.make(database, files, folder, NOW)
    kept = folder / "evidence" / "1" / sha256
    os.utime(kept, (1, 1))
    backups.make(database, files, folder, NOW + timedelta(days=1))
    assert kept.stat().st_mtime == 1


def test_a_file_that_is_gone_or_changed_is_named_and_the_backup_is_made(
    database: Database, files: FileStore, folder: Path
):
    gone = bring(database, files, "one", CONTENT)
    changed = bring(database, files, "two", b"Another")
    place = Path(files.address) / "1"
    (place / gone).unlink()
    (place / changed).write_bytes(b"Somebody changed this")
    made = backups.make(database, files, folder, NOW)
    assert sorted(made.manifest.lacking) == sorted([f"1/{gone}", f"1/{changed}"])
    assert list((folder).glob("evidence/1/*")) == []


def test_two_backups_of_one_second_have_two_names(
    database: Database, files: FileStore, folder: Path
):
    names = [backups.make(database, files, folder, NOW).name for _ in range(2)]
    assert names == ["2026-11-21T090000Z", "2026-11-21T090000Z-2"]
    assert [one.name for one in backups.every(folder)] == names[::-1]


def test_the_newest_is_found_by_what_it_says_and_not_by_its_name(
    database: Database, files: FileStore, folder: Path
):
    backups.make(database, files, folder, NOW)
    upgrade = backups.make(database, files, folder, NOW + timedelta(days=1), Before(19))
    assert upgrade.name == "before-schema-0019-2026-11-22T090000Z"
    assert upgrade.manifest.why == "before schema 19"
    assert backups.newest(folder) == upgrade.place


def test_where_there_is_none_that_is_said(folder: Path):
    assert backups.every(folder) == ()
    with pytest.raises(NoBackup) as told:
        backups.newest(folder)
    assert str(told.value) == (
        f"{folder}: there is no backup here. Make one with: python -m benchmarking db backup"
    )


@pytest.mark.parametrize("damage", ["gone", "cut", "another format", "a word more"])
def test_what_does_not_say_what_it_is_is_no_backup_and_is_left_alone(
    database: Database, files: FileStore, folder: Path, damage: str
):
    made = backups.make(database, files, folder, NOW)
    said = made.place / "manifest.json"
    written = json.loads(said.read_text())
    if damage == "gone":
        said.unlink()
    elif damage == "cut":
        said.write_text(said.read_text()[:100])
    else:
        more = {"format": 2} if damage == "another format" else {"more": 1}
        said.write_text(json.dumps(written | more))
    assert backups.every(folder) == ()
    assert backups.unreadable(folder) == (made.place,)
    with pytest.raises(NoBackup):
        manifests.read(made.place)
    assert backups.remove_unnamed_files(folder, NOW) == 0


def test_a_backup_that_breaks_off_leaves_nothing(
    database: Database, files: FileStore, folder: Path
):
    def fail(_table: str, _rows: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(BackupFailed) as failed:
        backups.make(database, files, folder, NOW, tell=fail)
    assert str(failed.value) == (
        f"{folder}: no backup was made there. Check that there is room and that this program may "
        f"write, or name another folder with BENCHMARK_BACKUPS. The system said: No space left "
        f"on device"
    )
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(
    database: Database, files: FileStore, tmp_path: Path
):
    (tmp_path / "backups").write_text("a file")
    with pytest.raises(BackupFailed, match=r"backups: no backup was made there\. .* File exists"):
        backups.make(database, files, tmp_path / "backups", NOW)


def test_what_a_crash_left_is_no_backup_and_goes_after_a_day(
    database: Database, files: FileStore, folder: Path
):
    made = backups.make(database, files, folder, NOW)
    left = folder / ".half-0123"
    left.mkdir()
    (left / FILE).write_bytes((made.place / FILE).read_bytes())
    (left / "manifest.json").write_bytes((made.place / "manifest.json").read_bytes())
    assert [one.place for one in backups.every(folder)] == [made.place]
    recent, long_ago = NOW.timestamp() - 3600, NOW.timestamp() - 3 * 86_400
    os.utime(left, (recent, recent))
    backups.make(database, files, folder, NOW)
    assert left.exists(), "somebody may still be at it"
    os.utime(left, (long_ago, long_ago))
    backups.make(database, files, folder, NOW)
    assert not left.exists()


def test_a_database_that_nobody_set_up_is_not_backed_up(
    bare: Database, files: FileStore, folder: Path
):
    with pytest.raises(StoreError, match="This database has not been set up"):
        backups.make(bare, files, folder, NOW)
    assert list(folder.iterdir()) == []


def test_removing_a_backup_leaves_the_files_that_others_name(
    database: Database, files: FileStore, folder: Path
):
    sha256 = bring(database, files, "one", CONTENT)
    first = backups.make(database, files, folder, NOW)
    with database.writing(audit()) as writing:
        writing.run("DELETE FROM evidence WHERE evidence_id = 'one'")
    other = bring(database, files, "two", b"Another")
    second = backups.make(database, files, folder, NOW + timedelta(days=1))
    assert backups.remove_unnamed_files(folder, NOW) == 0
    backups.remove(first)
    assert [one.place for one in backups.every(folder)] == [second.place]
    assert backups.remove_unnamed_files(folder, NOW) == 1
    assert not (folder / "evidence" / "1" / sha256).exists()
    assert (folder / "evidence" / "1" / other).exists()


def test_no_file_goes_while_a_backup_is_under_way(
    database: Database, files: FileStore, folder: Path
):
    bring(database, files, "one", CONTENT)
    backups.remove(backups.make(database, files, folder, NOW))
    (folder / ".half-0123").mkdir()
    assert backups.remove_unnamed_files(folder, NOW) == 0
    (folder / ".half-0123").rmdir()
    assert backups.remove_unnamed_files(folder, NOW) == 1


def lock(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """What is in a folder can neither be looked at nor opened, whoever runs the tests."""

    def without_rights(look: Callable[..., object]) -> Callable[..., object]:
        def refused(path: Path, *said: object, **more: object) -> object:
            if folder in path.parents:
                raise PermissionError(13, "Permission denied", str(path))
            return look(path, *said, **more)

        return refused

    for name in ("stat", "open"):
        patch.setattr(Path, name, without_rights(getattr(Path, name)))


def test_a_backup_that_cannot_be_entered_is_left_alone_and_the_others_are_found(
    database: Database, files: FileStore, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """It may name files, so that none of them goes."""
    first, second = (
        backups.make(database, files, folder, NOW + timedelta(days=day)) for day in range(2)
    )
    kept_files = FileStore(str(folder / "evidence"))
    kept_files.put(KEY.organisation_id, CONTENT)
    with monkeypatch.context() as patch:
        lock(patch, second.place)
        assert [one.place for one in backups.every(folder)] == [first.place]
        assert backups.unreadable(folder) == (second.place,)
        assert backups.remove_unnamed_files(folder, NOW) == 0
        with pytest.raises(NoBackup, match=r"manifest\.json: it cannot be read, so nothing"):
            manifests.read(second.place)
    assert backups.remove_unnamed_files(folder, NOW) == 1


def test_a_folder_of_backups_that_cannot_be_entered_is_told(
    database: Database, files: FileStore, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    backups.make(database, files, folder, NOW)
    lock(monkeypatch, folder)
    with pytest.raises(NoBackup) as told:
        backups.every(folder)
    assert str(told.value) == (
        f"{folder}: the backups here cannot be looked at. Let the user of this program read and "
        f"enter the folder, or name another with BENCHMARK_BACKUPS. The system said: Permission "
        f"denied"
    )
