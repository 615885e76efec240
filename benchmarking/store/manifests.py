"""What a backup says about itself, in a file beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from benchmarking.frozen import Frozen
from benchmarking.store import evidence, installation, ledger, on_disk
from benchmarking.store.contents import Content, columns_of
from benchmarking.store.copying import Copied
from benchmarking.store.database import Reading, StoreError
from benchmarking.store.evidence_files import StoredFile
from benchmarking.store.installation import Kind

NAME = "manifest.json"


class NoBackup(StoreError):
    """A folder is not a backup that can be used. Says why and what to do."""


class Manifest(Frozen):
    """What one backup holds. Times are UTC without a zone.

    ``evidence`` names files as trust and hash; ``lacking`` are those that were not where they
    should lie when the backup was made. ``set_up_at`` tells databases apart.
    """

    format: Literal[1] = 1
    made_at: datetime
    why: str
    kind: Kind
    set_up_at: datetime
    made_from: Literal["duckdb", "postgresql"]
    schema_number: int
    data_revision: int
    ledger_entries: int
    ledger_head: str
    file_bytes: int
    file_sha256: str
    tables: Mapping[str, Content]
    sequences: Mapping[str, int]
    evidence: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(content.rows for content in self.tables.values())

    @property
    def of(self) -> tuple[Kind, datetime]:
        """The database that it is a backup of, whatever its address was."""
        return self.kind, self.set_up_at


@dataclass(frozen=True)
class Backup:
    """A backup and where it lies."""

    place: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        return self.place.name


def age(backup: Backup) -> tuple[datetime, str]:
    """What backups are put in order by, the oldest first."""
    return backup.manifest.made_at, backup.name


def described(
    reading: Reading, copied: Copied, file: Path, made_from: str, why: str, now: datetime
) -> Manifest:
    """What is to be said of a copy in a file, before evidence files are kept with it."""
    named = _files_named(reading)
    return Manifest.model_validate(
        {
            "made_at": now,
            "why": why,
            "kind": installation.kind_of(reading),
            "set_up_at": installation.set_up_at(reading),
            "made_from": made_from,
            "schema_number": copied.schema,
            "data_revision": copied.data_revision,
            "ledger_entries": copied.ledger_entries,
            "ledger_head": ledger.head(reading),
            "file_bytes": file.stat().st_size,
            "file_sha256": on_disk.sha256_of(file),
            "tables": copied.tables,
            "sequences": copied.sequences,
            "evidence": tuple(f"{one.organisation_id}/{one.sha256}" for one in named),
            "lacking": (),
        }
    )


def _files_named(reading: Reading) -> list[StoredFile]:
    """Every evidence file that the database names; a database of an early schema has none."""
    if "file_sha256" not in columns_of(reading)["evidence"]:
        return []
    return sorted(evidence.files_named(reading))


def read(place: Path) -> Backup:
    """The backup in a folder.

    Raises:
        NoBackup: there is none, or what it says of itself cannot be read.
    """
    said = place / NAME
    try:
        return Backup(place, Manifest.model_validate_json(said.read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        raise NoBackup(
            f"{place}: there is no backup here, because there is no {NAME}. "
            f"Name the folder of a backup; python -m benchmarking db list shows them."
        ) from None
    except (OSError, ValidationError) as error:
        raise NoBackup(
            f"{said}: it cannot be read, so nothing can be relied on here. Use another backup. "
            f"If a newer program made this one, use that program. It said: "
            f"{str(error).splitlines()[0]}"
        ) from None
