"""Whether a database, or a backup of one, is whole: every fault in a sentence that says what to do.

Nothing is changed by looking.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarking.assessing import ledgers
from benchmarking.store import backups, evidence, manifests, orphans, responses, survey_purge
from benchmarking.store.database import Database, Reading, StoreError, connect
from benchmarking.store.evidence_files import FileStore, StoredFile, sha256_of
from benchmarking.store.ledger import first_broken_link
from benchmarking.store.manifests import Backup
from benchmarking.store.migrate import migrations, missing
from benchmarking.store.restoring import check_file, differences

_RESTORE = (
    "Keep this database as it is for whoever looks into it, and restore the newest backup for "
    "which python -m benchmarking db check ends well."
)


@dataclass(frozen=True)
class Checked:
    """What came of a check. ``faults`` say what to do; ``notes`` are no faults."""

    faults: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.faults


def check(database: Database, files: FileStore, now: datetime) -> Checked:
    """Checks schema, ledger, roll-up of replies, references between rows, and evidence files.

    Args:
        database: it has been set up.
        files: where its evidence files lie.
        now: UTC without a zone.

    Raises:
        StoreError: the database or the place of the files cannot be read at all.
    """
    try:
        steps = missing(database)
    except StoreError as fault:
        return Checked((str(fault),), ())
    if steps:
        return _check_older(database, steps[0].number)
    found = ledgers.verify(database)
    told = (*found.faults, ledgers.WHAT_TO_DO) if found.faults else ()
    there = files.every(now)
    with database.reading() as reading:
        faults = (*told, *_of_roll_up(reading), *_of_rows(reading))
        named = evidence.files_named(reading)
    notes = (found.sentence,) if found.is_whole else ()
    # Reading the files takes longer than PostgreSQL lets a session be silent.
    return Checked((*faults, *_of_files(named, files)), (*notes, *_of_left_over(there, named)))


def check_backup(place: Path, now: datetime) -> Checked:
    """Checks a backup: that it is what was made, and all that ``check`` looks at.

    Raises:
        NoBackup: there is no backup in this folder.
    """
    backup = manifests.read(place)
    try:
        check_file(backup)
        kept = connect(str(place / backups.FILE), read_only=True)
    except StoreError as fault:
        return Checked((str(fault),), ())
    try:
        return _check_kept(kept, backup, now)
    finally:
        kept.engine.dispose()


def _check_kept(kept: Database, backup: Backup, now: datetime) -> Checked:
    with kept.reading() as reading:
        changed = differences(reading, backup.manifest)
    there = backups.kept_files(backup.place.parent)
    found = check(kept, there, now)
    faults = (f"{fault} Use another backup." for fault in changed)
    # Files beside the backups are those of all of them, so some are named by others alone.
    notes = tuple(note for note in found.notes if not note.startswith(_LEFT_OVER))
    return Checked((*faults, *found.faults), notes)


def _check_older(database: Database, first: int) -> Checked:
    with database.reading() as reading:
        broken = first_broken_link(reading)
    faults = (
        ()
        if broken is None
        else (
            f"Entry {broken.entry_number} of the ledger does not fit "
            f"the entries before it. {_RESTORE}",
        )
    )
    note = (
        f"This database has schema {first - 1}, and this program works with "
        f"{migrations()[-1].number}. The next start of the server brings it up to date, after a "
        f"backup. Until then only the chain of its ledger can be checked."
    )
    return Checked(faults, (note,))


def _of_roll_up(reading: Reading) -> Iterator[str]:
    stored, anew = responses.stored(reading), responses.rebuilt(reading)
    purged = survey_purge.purged(reading)
    cells = [cell for cell in stored.keys() | anew.keys() if cell[0] not in purged]
    wrong = sorted(cell for cell in cells if stored.get(cell) != anew.get(cell))
    if wrong:
        place, item = wrong[0]
        yield (
            f"{len(wrong):,} results of survey replies are not what the replies add up to, the "
            f"first of them of trust {place.organisation_id}, period {place.period}, question "
            f"{item}. {_RESTORE}"
        )


def _of_rows(reading: Reading) -> Iterator[str]:
    for one in orphans.found(reading):
        rows = f"{one.rows:,} rows" if one.rows > 1 else "1 row"
        yield (
            f"{rows} of the table {one.reference.table} refer to something in "
            f"{one.reference.parent} that is not there. {_RESTORE}"
        )


def _of_files(named: Iterable[StoredFile], files: FileStore) -> Iterator[str]:
    for file in sorted(named):
        said = _of_file(files, file)
        if said:
            yield (
                f"Evidence file {file.organisation_id}/{file.sha256}: {said} Copy it back from "
                f"{backups.EVIDENCE}/{file.organisation_id}/ beside the backups, or ask the "
                f"trust for it."
            )


def _of_file(files: FileStore, file: StoredFile) -> str:
    content = files.read(file.organisation_id, file.sha256)
    if content is None:
        return "it is not where it should lie."
    return "" if sha256_of(content) == file.sha256 else "it is not what was brought."


_LEFT_OVER = "Evidence files that nothing names"


def _of_left_over(there: Iterable[StoredFile], named: Set[StoredFile]) -> tuple[str, ...]:
    left_over = sum(file not in named for file in there)
    if not left_over:
        return ()
    return (
        f"{_LEFT_OVER}: {left_over:,}. They do no harm; python -m benchmarking retention purge "
        f"removes them.",
    )
