"""The folders and files that settings name: whether a server can use them, before it tries."""

import os
from pathlib import Path

from benchmarking.settings.model import LOCAL, Mode, Settings, WayIn


def problems(found: Settings) -> list[str]:
    """Every place that cannot be read or written as a server needs it."""
    told = [
        *_unreadable("the standards", found.standards),
        *_unreadable("the reference data", found.reference),
        *_unusable_database(found.database),
        *not_begun(found),
        *_unusable_folder("BENCHMARK_EVIDENCE", found.evidence),
    ]
    if found.backup_hours:
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


def not_begun(found: Settings) -> list[str]:
    """A live service without its DuckDB file must not begin an empty one in its place.

    A laptop copy begins its own where this copy keeps its files: no disk is missing there.
    """
    file = Path(found.database).expanduser()
    is_laptop = found.way_in is WayIn.LAPTOP and found.laptop_person and file.parent == LOCAL
    if found.mode is not Mode.PRODUCTION or "://" in found.database or file.exists() or is_laptop:
        return []
    return [
        f"BENCHMARK_DATABASE: there is no database at {file}. Perhaps its disk is not mounted, or "
        f"the address is mistyped. A new service is begun with: python -m benchmarking people add "
        f"(--help says how). Nothing is begun by mistake."
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
