"""Evidence files: in a folder or an object store, each under its own hash, trust by trust.

A file is written before the row that names it, and removed after the last row is gone. So a crash
can leave a file that nobody names, and never a row without its file.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec

from benchmarking.settings import Settings
from benchmarking.store.database import StoreError

_NAME = re.compile(r"(\d+)/([0-9a-f]{64})(\.[0-9a-f]{32}\.part)?")
# A file that is still being written is not taken for what a crash left.
_BEING_WRITTEN = timedelta(days=1)


def sha256_of(content: bytes) -> str:
    """The hash under which a file lies, and by which it is known to be unchanged."""
    return hashlib.sha256(content).hexdigest()


def as_set(settings: Settings) -> "FileStore":
    """Where this copy keeps evidence files."""
    return FileStore(settings.evidence, settings.evidence_megabytes * 1024 * 1024)


class FilesFailed(StoreError):
    """Files cannot be kept or read where they should lie. Written for who runs the server."""


@dataclass(frozen=True, order=True)
class StoredFile:
    """A file as it lies there. ``rest`` is the end of its name, if a crash left it half written."""

    organisation_id: int
    sha256: str
    rest: str = ""


@dataclass(frozen=True)
class FileStore:
    """Where files lie: ``address`` is a folder or a URL that fsspec knows; ``largest`` is bytes."""

    address: str = ""
    largest: int = 5 * 1024 * 1024

    def check(self) -> None:
        """Passes an address that can be used, without asking whether anybody answers there.

        Raises:
            FilesFailed: there is no such kind of place, or its driver is not installed.
        """
        self._place  # noqa: B018

    def put(self, organisation_id: int, content: bytes) -> str:
        """Keeps a file for a trust; its SHA-256, by which it is found again.

        Raises:
            FilesFailed: it could not be written. Nothing names it then.
        """
        sha256 = sha256_of(content)
        if self.read(organisation_id, sha256) == content:
            return sha256
        files, path = self._at(StoredFile(organisation_id, sha256))
        with self._failing_in_words():
            if self._is_local:
                self._write_here(path, content)
            else:
                files.pipe_file(path, content)
        return sha256

    def read(self, organisation_id: int, sha256: str) -> bytes | None:
        """The file as it lies there, whatever it holds by now; None where there is none.

        Raises:
            FilesFailed: it could not be read.
        """
        files, path = self._at(StoredFile(organisation_id, sha256))
        with self._failing_in_words():
            try:
                return bytes(files.cat_file(path))
            except FileNotFoundError:
                return None

    def remove(self, file: StoredFile) -> None:
        """Removes a file; does nothing where it is gone already.

        Raises:
            FilesFailed: it could not be removed.
        """
        files, path = self._at(file)
        with self._failing_in_words():
            try:
                files.rm_file(path)
            except FileNotFoundError:
                return

    def every(self, now: datetime) -> tuple[StoredFile, ...]:
        """All files of ours, and what crashes left half written; nothing that others put there.

        Raises:
            FilesFailed: nobody answers there.
        """
        files, root = self._place
        with self._failing_in_words():
            files.invalidate_cache()
            found = files.find(root, detail=True) if files.exists(root) else {}
        named = (self._named(path, detail, now) for path, detail in found.items())
        return tuple(sorted(one for one in named if one is not None))

    def _named(self, path: str, detail: dict[str, Any], now: datetime) -> StoredFile | None:
        ours = _NAME.fullmatch(path.removeprefix(self._place[1]).lstrip("/"))
        if ours is None:
            return None
        if ours[3]:
            written = datetime.fromtimestamp(detail.get("mtime", 0), UTC).replace(tzinfo=None)
            if now - written < _BEING_WRITTEN:
                return None
        return StoredFile(int(ours[1]), ours[2], ours[3] or "")

    def _at(self, file: StoredFile) -> tuple[Any, str]:
        files, root = self._place
        name = f"{file.organisation_id}/{file.sha256}{file.rest}"
        if not _NAME.fullmatch(name):
            raise ValueError("A file is kept under its hash and under nothing else.")
        return files, f"{root}/{name}"

    def _write_here(self, path: str, content: bytes) -> None:
        """Written beside its place and moved there, so that half a file never has the name."""
        folder = Path(path).parent
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        half = Path(f"{path}.{uuid4().hex}.part")
        try:
            half.write_bytes(content)
            half.replace(path)
        finally:
            # On a full disk, half a file would only take more of the room.
            half.unlink(missing_ok=True)

    @property
    def _is_local(self) -> bool:
        return bool(getattr(self._place[0], "local_file", False))

    @cached_property
    def _place(self) -> tuple[Any, str]:
        """The file system, and the path in it under which everything lies."""
        if not self.address:
            raise FilesFailed("No place for evidence files is set. Set BENCHMARK_EVIDENCE.")
        with self._failing_in_words():
            files, root = fsspec.core.url_to_fs(self.address)
        return files, str(root).rstrip("/")

    @contextmanager
    def _failing_in_words(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ImportError, ValueError) as error:
            raise FilesFailed(
                f"BENCHMARK_EVIDENCE: evidence files cannot be kept or read at {self._shown}. "
                f"Check the address, its driver and the rights there. It said: {error}"
            ) from error

    @property
    def _shown(self) -> str:
        """The address without what may be a password in it."""
        return re.sub(r"//[^/@]*@", "//…@", self.address)


# For whoever asks for no file.
NOWHERE = FileStore()
