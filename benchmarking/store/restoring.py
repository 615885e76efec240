"""Bringing a backup back, and proving that what came back is what was kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from benchmarking.store import copying, ledger, on_disk, postgresql_engine
from benchmarking.store.backups import FILE, kept_files, stored_file
from benchmarking.store.contents import Tell, contents_of, sequences_of, silent
from benchmarking.store.database import Database, HeldElsewhere, Reading, StoreError, connect
from benchmarking.store.evidence_files import FileStore, sha256_of
from benchmarking.store.manifests import Backup, Manifest
from benchmarking.store.migrate import migrations, missing

_NOT_REPLACED = (
    "A PostgreSQL database is not replaced. Make a new one (createdb), restore into it, then name "
    "it with BENCHMARK_DATABASE. Nothing was written."
)


class RestoreFailed(StoreError):
    """A backup was not brought back. Says why; what was at the address is as it was."""


@dataclass(frozen=True)
class Restored:
    """What came back. ``aside`` is where the database went that was at the address before."""

    manifest: Manifest
    aside: Path | None
    files_put_back: int
    files_lacking: tuple[str, ...]


def restore(
    backup: Backup,
    address: str,
    files: FileStore,
    now: datetime,
    *,
    replace: bool = False,
    tell: Tell = silent,
) -> Restored:
    """Brings a backup back to an address where nothing is yet, or in place of a file.

    Args:
        backup: it is checked before anything is written, and what came back is compared with it.
        address: a DuckDB file or a PostgreSQL database, whichever the backup was made from.
        files: where evidence files lie; those of the backup are put back where they are missing.
        now: UTC without a zone.
        replace: move a DuckDB file that is there out of the way. It is never deleted.
        tell: told how far a copy to PostgreSQL has come.

    Raises:
        RestoreFailed: the backup is damaged or newer than this program, or something is at the
            address already.
        HeldElsewhere: a server has the file.
        StoreError: a database or the evidence files failed.
    """
    check_file(backup)
    _refuse_newer(backup)
    if postgresql_engine.is_meant(address):
        if replace:
            raise RestoreFailed(_NOT_REPLACED)
        return _into_postgresql(backup, address, files, now, tell)
    return _into_file(backup, Path(address).expanduser(), files, now, replace)


def check_file(backup: Backup) -> None:
    """Passes a backup whose file is byte for byte the one that was made.

    Raises:
        RestoreFailed: it is not, or it is not there.
    """
    file = backup.place / FILE
    with _failing_in_words(file):
        if not file.is_file():
            raise RestoreFailed(f"{file}: the copy of the database is gone. Use another backup.")
        found = on_disk.sha256_of(file)
    if found != backup.manifest.file_sha256:
        raise RestoreFailed(
            f"{file}: this is not the file that was made, byte for byte. It was changed or its "
            f"disk is failing. Use another backup, and check this disk."
        )


def differences(reading: Reading, manifest: Manifest) -> tuple[str, ...]:
    """Where a database is not what a manifest says, in sentences; none where it is the same."""
    there, said = contents_of(reading), manifest.tables
    tables = sorted(name for name in there.keys() | said if there.get(name) != said.get(name))
    found = [f"The table {name} does not hold what was kept." for name in tables]
    if sequences_of(reading) != manifest.sequences:
        found.append("The sequences of numbers are not where they were.")
    if ledger.first_broken_link(reading) or ledger.head(reading) != manifest.ledger_head:
        found.append("The ledger is not the one that was kept.")
    return tuple(found)


def _refuse_newer(backup: Backup) -> None:
    newest = migrations()[-1].number
    if backup.manifest.schema_number > newest:
        raise RestoreFailed(
            f"{backup.place}: the backup has schema {backup.manifest.schema_number}, and this "
            f"program knows up to {newest}. Use the program that made it, or a newer one. "
            f"Nothing was written."
        )


def _into_postgresql(
    backup: Backup, address: str, files: FileStore, now: datetime, tell: Tell
) -> Restored:
    with _opened(str(backup.place / FILE), read_only=True) as kept, _opened(address) as target:
        copying.refuse_full(target)
        put_back, lacking = _put_files_back(backup, files)
        copying.copy(kept, target, now, tell)
        _check(target, backup.manifest)
    return Restored(backup.manifest, None, put_back, lacking)


def _into_file(
    backup: Backup, file: Path, files: FileStore, now: datetime, replace: bool
) -> Restored:
    half = file.with_name(f"{on_disk.HALF}{uuid4().hex}")
    with _failing_in_words(file), _nobody_in(file, replace):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            on_disk.copy(backup.place / FILE, half)
            with _opened(str(half), read_only=True) as database:
                _check(database, backup.manifest)
            put_back, lacking = _put_files_back(backup, files)
            aside = _put_in_place(half, file, now)
        finally:
            half.unlink(missing_ok=True)
        on_disk.sync(file.parent)
    return Restored(backup.manifest, aside, put_back, lacking)


@contextmanager
def _opened(address: str, *, read_only: bool = False) -> Iterator[Database]:
    database = connect(address, read_only=read_only)
    try:
        yield database
    finally:
        if read_only:
            database.engine.dispose()
        else:
            database.close()


@contextmanager
def _nobody_in(file: Path, replace: bool) -> Iterator[None]:
    """While this lasts, no server can open the file that is to go; one that has it is refused."""
    if not file.exists() and not _log_of(file).exists():
        yield
        return
    if not replace:
        raise RestoreFailed(
            f"{file}: there is a database here. Name another place with --to, or move this one "
            f"out of the way with --replace; it is kept beside. Nothing was changed."
        )
    held = _hold(file)
    try:
        yield
    finally:
        if held is not None:
            held.engine.dispose()


def _hold(file: Path) -> Database | None:
    """The database to be replaced, held so that nobody begins to use it; None if it is damaged."""
    try:
        # Only to read: a writer would write its log into the file when it is closed.
        return connect(str(file), read_only=True)
    except HeldElsewhere:
        raise
    except StoreError:
        return None


def _put_in_place(half: Path, file: Path, now: datetime) -> Path | None:
    """Gives a new file its name; where that went which had the name. All of it, or nothing."""
    aside = file.with_name(f"{file.stem}-before-restore-{now:%Y-%m-%dT%H%M%SZ}{file.suffix}")
    if aside.exists():
        raise RestoreFailed(f"{aside}: this name is taken. Wait a second, then try again.")
    # The file first: broken off here, a log without its file is refused, a file without its log
    # would open and lack what is in the log.
    pairs = ((file, aside), (_log_of(file), _log_of(aside)))
    moves = [(there, to) for there, to in pairs if there.exists()]
    done: list[tuple[Path, Path]] = []
    try:
        for there, to in (*moves, (half, file)):
            there.rename(to)
            done.append((there, to))
    except OSError:
        _move_back(done)
        raise
    return aside if moves else None


def _move_back(done: list[tuple[Path, Path]]) -> None:
    for there, to in reversed(done):
        try:
            to.rename(there)
        except OSError as error:
            raise RestoreFailed(
                f"{to}: this is what was at {there}. The backup was not brought back, and this "
                f"could not be moved back: {error.strerror or error}. Rename it yourself before "
                f"you start a server, so that it lies beside {_log_of(there)} again."
            ) from error


def _log_of(file: Path) -> Path:
    return Path(f"{file}.wal")


def _check(database: Database, manifest: Manifest) -> None:
    missing(database)
    with database.reading() as reading:
        found = differences(reading, manifest)
    if found:
        raise RestoreFailed(
            f"What came back is not what was kept: {' '.join(found)} "
            f"Use another backup, and do not use what was written."
        )


def _put_files_back(backup: Backup, files: FileStore) -> tuple[int, tuple[str, ...]]:
    """How many evidence files were put back, and which are neither here nor there."""
    kept, put_back, lacking = kept_files(backup.place.parent), 0, list[str]()
    for name in backup.manifest.evidence:
        file = stored_file(name)
        there = files.read(file.organisation_id, file.sha256)
        if there is not None and sha256_of(there) == file.sha256:
            continue
        content = kept.read(file.organisation_id, file.sha256)
        if content is None or sha256_of(content) != file.sha256:
            lacking.append(name)
            continue
        files.put(file.organisation_id, content)
        put_back += 1
    return put_back, tuple(lacking)


@contextmanager
def _failing_in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RestoreFailed(
            f"{file}: the backup was not brought back. Check that there is room and that this "
            f"program may write there. The system said: {error.strerror or error}"
        ) from error
