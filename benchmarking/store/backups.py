"""Backups: each a folder with a copy of the whole database and what it says of itself.

A copy is always a DuckDB file, whichever engine it was made from, and it is made while people
work: it holds the database as it was at one moment. Evidence files lie beside the backups, each
once for all of them, because a file under a hash never changes.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarking.store import copying, manifests, on_disk
from benchmarking.store.contents import Tell, silent
from benchmarking.store.copying import Copied
from benchmarking.store.database import Database, StoreError, connect
from benchmarking.store.evidence_files import FileStore, StoredFile, sha256_of
from benchmarking.store.manifests import Backup, Manifest, NoBackup, age, described

FILE = "benchmark.duckdb"
EVIDENCE = "evidence"
ASKED = "asked for"
SCHEDULED = "scheduled"

# What was under way longer ago than this was broken off.
_UNDER_WAY = timedelta(days=1)


class BackupFailed(StoreError):
    """No backup was made. Says why; what was there before is as it was."""


@dataclass(frozen=True)
class Before:
    """What a backup is made before: the schema that a database is about to be given."""

    schema: int

    @property
    def why(self) -> str:
        return f"before schema {self.schema}"

    @property
    def begins(self) -> str:
        return f"before-schema-{self.schema:04}-"


def make(
    database: Database,
    files: FileStore,
    folder: Path,
    now: datetime,
    why: str | Before = ASKED,
    tell: Tell = silent,
) -> Backup:
    """Makes a backup of a database and its evidence files, while others work with them.

    Args:
        database: it has been set up; of any schema that this program knows.
        files: where its evidence files lie.
        folder: where backups lie; made if it is not there.
        now: UTC without a zone; the backup is called by it.
        why: what it is made for.
        tell: told how far the copy has come.

    Raises:
        BackupFailed: it could not be written. There is nothing half made that could be taken
            for a backup.
        StoreError: the database or the evidence files could not be read.
    """
    begins, said = (why.begins, why.why) if isinstance(why, Before) else ("", why)
    with _failing_in_words(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_broken_off(folder, now)
        with on_disk.new_folder(folder) as half:
            manifest = _copied(database, half / FILE, said, now, tell)
            manifest = _with_evidence(manifest, files, folder, now)
            on_disk.write(half / manifests.NAME, manifest.model_dump_json(indent=1).encode())
            place = _free_name(folder, f"{begins}{now:%Y-%m-%dT%H%M%SZ}")
            half.rename(place)
            on_disk.sync(folder)
    return Backup(place, manifest)


def every(folder: Path) -> tuple[Backup, ...]:
    """All backups in a folder that can be read, the newest first; nothing half made.

    Raises:
        NoBackup: the folder itself cannot be read.
    """
    found = (_readable(place) for place in _folders(folder))
    return tuple(sorted((one for one in found if one), key=age, reverse=True))


def newest(folder: Path) -> Path:
    """The newest backup in a folder.

    Raises:
        NoBackup: there is none.
    """
    found = every(folder)
    if not found:
        raise NoBackup(
            f"{folder}: there is no backup here. Make one with: python -m benchmarking db backup"
        )
    return found[0].place


def unreadable(folder: Path) -> tuple[Path, ...]:
    """Folders that hold a copy of a database and do not say what it is; nothing removes them.

    One that cannot be entered may hold a copy. Raises as ``every``.
    """
    places = [place for place in _folders(folder) if _may_hold_a_copy(place)]
    return tuple(place for place in places if _readable(place) is None)


def kept_files(folder: Path) -> FileStore:
    """The evidence files of all backups in a folder."""
    return FileStore(str(folder / EVIDENCE))


def stored_file(name: str) -> StoredFile:
    """The evidence file that a manifest names."""
    trust, _, sha256 = name.partition("/")
    return StoredFile(int(trust), sha256)


def remove(backup: Backup) -> None:
    """Removes one backup.

    Raises:
        BackupFailed: it could not be removed.
    """
    with _failing_in_words(backup.place.parent):
        on_disk.remove_folder(backup.place)


def remove_unnamed_files(folder: Path, now: datetime) -> int:
    """Removes evidence files that no backup names any more; how many.

    None while a backup is under way or cannot be read: it may name them.
    """
    if unreadable(folder) or any(folder.glob(f"{on_disk.HALF}*")):
        return 0
    named = {stored_file(name) for one in every(folder) for name in one.manifest.evidence}
    kept = kept_files(folder)
    gone = [file for file in kept.every(now) if file not in named]
    for file in gone:
        kept.remove(file)
    return len(gone)


def _copied(database: Database, file: Path, why: str, now: datetime, tell: Tell) -> Manifest:
    by_itself = copying.copy_by_itself(database, file)
    copied = None if by_itself else _copied_by_rows(database, file, now, tell)
    file.chmod(0o600)
    on_disk.sync(file)
    # Read again from the disk, as it will be read when it is needed.
    written = connect(str(file), read_only=True)
    try:
        holds = copied or copying.found_in(written, tell)
        with written.reading() as reading:
            made_from = "duckdb" if database.is_duckdb else "postgresql"
            return described(reading, holds, file, made_from, why, now)
    finally:
        written.engine.dispose()


def _copied_by_rows(database: Database, file: Path, now: datetime, tell: Tell) -> Copied:
    target = connect(str(file))
    try:
        return copying.copy(database, target, now, tell)
    finally:
        target.close()


def _with_evidence(manifest: Manifest, files: FileStore, folder: Path, now: datetime) -> Manifest:
    """Keeps the evidence files that are not kept yet; says which were not to be had."""
    kept = frozenset(kept_files(folder).every(now))
    lacking = [
        name
        for name in manifest.evidence
        if stored_file(name) not in kept and not _keep(files, stored_file(name), folder)
    ]
    return manifest.model_copy(update={"lacking": tuple(lacking)})


def _keep(files: FileStore, file: StoredFile, folder: Path) -> bool:
    content = files.read(file.organisation_id, file.sha256)
    if content is None or sha256_of(content) != file.sha256:
        return False
    place = folder / EVIDENCE / str(file.organisation_id) / file.sha256
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    on_disk.write(place, content)
    return True


def _free_name(folder: Path, name: str) -> Path:
    numbers = (f"{name}-{number}" for number in range(2, 1000))
    return next(folder / free for free in (name, *numbers) if not (folder / free).exists())


def _folders(folder: Path) -> Iterable[Path]:
    try:
        return sorted(
            place
            for place in folder.iterdir()
            if place.is_dir() and place.name != EVIDENCE and not place.name.startswith(on_disk.HALF)
        )
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise NoBackup(
            f"{folder}: the backups here cannot be looked at. Let the user of this program read "
            f"and enter the folder, or name another with BENCHMARK_BACKUPS. The system said: "
            f"{error.strerror or error}"
        ) from error


def _may_hold_a_copy(place: Path) -> bool:
    try:
        return (place / FILE).exists()
    except OSError:
        return True


def _readable(place: Path) -> Backup | None:
    try:
        return manifests.read(place)
    except NoBackup:
        return None


def _forget_broken_off(folder: Path, now: datetime) -> None:
    """Removes what was under way a day ago: whoever was at it is gone."""
    latest = (now - _UNDER_WAY - datetime(1970, 1, 1)).total_seconds()
    for half in folder.glob(f"{on_disk.HALF}*"):
        if half.stat().st_mtime < latest and half.is_dir():
            shutil.rmtree(half)


@contextmanager
def _failing_in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupFailed(
            f"{folder}: no backup was made there. Check that there is room and that this program "
            f"may write, or name another folder with BENCHMARK_BACKUPS. The system said: "
            f"{error.strerror or error}"
        ) from error
