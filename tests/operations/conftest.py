"""A server on a copy of the demonstration, and both engines to restore to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarking.server import Server
from tests.store.conftest import duckdb_files, engine, postgresql_schemas, postgresql_server
from tests.web import copies

__all__ = ["duckdb_files", "engine", "postgresql_schemas", "postgresql_server"]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    """A server with evidence files, whose backups go into the test's own folder."""
    with copies.opened(tmp_path) as opened:
        yield opened
