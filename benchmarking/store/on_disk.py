"""Files that are whole or not there, whatever happens while they are written."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

# Folders and files that begin like this are under way, or were when something broke off.
HALF = ".half-"
_PIECE = 1024 * 1024


def sha256_of(file: Path) -> str:
    """The hash of a file of any size."""
    found = sha256()
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def sync(place: Path) -> None:
    """Waits until a file, or the names in a folder, will survive a power cut."""
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError:
        # Some systems cannot do this for folders; files are another matter.
        if not place.is_dir():
            raise
    finally:
        os.close(opened)


def write(file: Path, content: bytes) -> None:
    """Writes a file whole: under another name first, then moved to its own."""
    half = file.with_name(f"{HALF}{uuid4().hex}")
    try:
        half.write_bytes(content)
        half.chmod(0o600)
        sync(half)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    sync(file.parent)


def copy(file: Path, to: Path) -> None:
    """Copies a file of any size, and waits until it will survive a power cut."""
    shutil.copyfile(file, to)
    to.chmod(0o600)
    sync(to)


@contextmanager
def new_folder(beside: Path) -> Iterator[Path]:
    """A folder that only we can read, with a name that says it is under way; gone afterwards.

    It stays where it was renamed meanwhile.
    """
    half = beside / f"{HALF}{uuid4().hex}"
    half.mkdir(mode=0o700)
    try:
        yield half
    finally:
        with suppress(FileNotFoundError):
            shutil.rmtree(half)


def remove_folder(folder: Path) -> None:
    """Removes a folder; a crash meanwhile leaves one whose name says that it is not whole."""
    going = folder.with_name(f"{HALF}{uuid4().hex}")
    folder.rename(going)
    shutil.rmtree(going)
