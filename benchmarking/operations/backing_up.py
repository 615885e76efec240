"""Backing up a copy while people work, and letting old backups go."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarking.settings import Settings
from benchmarking.store import backups, evidence_files, installation
from benchmarking.store.backups import ASKED
from benchmarking.store.contents import Tell, silent
from benchmarking.store.database import Database
from benchmarking.store.manifests import Backup
from benchmarking.store.rotation import Keep, to_remove

# Two at once would only get in each other's way.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Made:
    """A backup, and what went because it has been kept for long enough."""

    backup: Backup
    removed: tuple[str, ...]
    files_removed: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was done, for whoever asked for it."""
        said = self.backup.manifest
        lines = [
            f"Made the backup {self.backup.place}: {said.rows:,} rows of {len(said.tables)} "
            f"tables, schema {said.schema_number}, {said.ledger_entries:,} entries in the ledger, "
            f"{len(said.evidence) - len(said.lacking):,} evidence files."
        ]
        if said.lacking:
            lines.append(
                f"{len(said.lacking):,} evidence files were not where they should lie, or had "
                f"been changed, and are not in it. Run: python -m benchmarking db check"
            )
        lines += [f"Removed the backup {name}: newer ones are kept." for name in self.removed]
        if self.files_removed:
            lines.append(f"Removed {self.files_removed:,} evidence files that no backup names.")
        return tuple(lines)


def back_up(
    database: Database,
    settings: Settings,
    now: datetime,
    *,
    why: str = ASKED,
    folder: Path | None = None,
    keep: Keep | None = None,
    tell: Tell = silent,
) -> Made:
    """Makes a backup, then removes those that need not be kept any longer.

    Args:
        database: the database, which others may be using.
        settings: where evidence files and backups lie.
        now: UTC without a zone.
        why: what it is made for.
        folder: where backups lie, if not where the settings say.
        keep: how many stay; ``Keep()`` by default.
        tell: told how far it has come.

    Raises:
        StoreError: no backup was made; or an old one could not be removed.
    """
    place, files = folder or Path(settings.backups), evidence_files.as_set(settings)
    with _ONE_AT_A_TIME:
        made = backups.make(database, files, place, now, why, tell)
        gone = to_remove(backups.every(place), keep or Keep(), made)
        for old in gone:
            backups.remove(old)
        files_removed = backups.remove_unnamed_files(place, now) if gone else 0
    return Made(made, tuple(old.name for old in gone), files_removed)


def is_due(database: Database, settings: Settings, now: datetime) -> bool:
    """Whether the last backup of this database is older than the settings allow.

    One from the future was made while the clock was wrong, and does not count.
    """
    if not settings.backup_hours:
        return False
    with database.reading() as reading:
        of = installation.find_kind(reading), installation.set_up_at(reading)
    if of[0] is None:
        return False
    since = now - timedelta(hours=settings.backup_hours)
    found = backups.every(Path(settings.backups))
    return not any(one.manifest.of == of and since < one.manifest.made_at <= now for one in found)
