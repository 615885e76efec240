"""The folders and files that settings name: whether a server can use them, before it tries."""

import os
from pathlib import Path

from benchmarking.settings.model import LOCAL, Mode, Settings


def problems(found: Settings) -> list[str]:
    """Every place that cannot be read or written as a server needs it."""
    told = [
        *_unreadable("the standards", found.standards),
        *_unreadable("the reference data", found.reference),
        *_unusable_database(found.database),
        *_perhaps_not_mounted(found),
        *_unusable_folder("BENCHMARK_EVIDENCE", found.evidence),
    ]
    if found.backup_hours and "://" not in found.database:
        told += _unusable_folder("BENCHMARK_BACKUPS", found.backups)
    if found.metrics_port == found.port:
        told.append(
            f"BENCHMARK_METRICS_PORT: {found.port} is the port of the dashboard. Use another."
        )
    return told


def _unreadable(what: str, folder: Path) -> list[str]:
    if folder.is_dir() and os.access(folder, os.R_OK | os.X_OK):
        return []
    why = "may not be read by this user" if folder.exists() else "is not there"
    return [f"{folder}: the folder of {what} {why}. Put it back as it was installed."]


def _unusable_database(address: str) -> list[str]:
    if "://" in address:
        # Whether a server is reached is known once it is asked.
        return []
    file = Path(address).expanduser()
    if file.is_dir():
        return [f"BENCHMARK_DATABASE: {file} is a folder. Name a file in it."]
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        return [
            f"BENCHMARK_DATABASE: {file} may not be read and written by this user. Change its "
            f"owner or permissions, or name another."
        ]
    return _unusable_folder("BENCHMARK_DATABASE", str(file.parent))


def _perhaps_not_mounted(found: Settings) -> list[str]:
    """A live service whose folder is missing must not begin an empty database in its place."""
    folder = Path(found.database).expanduser().parent
    is_file = "://" not in found.database
    if found.mode is not Mode.PRODUCTION or not is_file or folder.exists() or folder == LOCAL:
        return []
    return [
        f"BENCHMARK_DATABASE: the folder {folder} is not there. Mount its disk; or for a new "
        f"service, make the folder first. Nothing is begun by mistake."
    ]


def _unusable_folder(setting: str, said: str) -> list[str]:
    """What keeps files from being written in a folder, which may not be there yet."""
    if "://" in said:
        return []
    folder = Path(said).expanduser().absolute()
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not there.is_dir():
        return [f"{setting}: {there} is a file, not a folder. Name a folder for this."]
    if not os.access(there, os.R_OK | os.W_OK | os.X_OK):
        return [
            f"{setting}: this user may not write in {there}. Change its owner or permissions, or "
            f"name another."
        ]
    return []
