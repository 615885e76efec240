"""A demonstration for each file of tests, and a fresh one for each test that writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarking.server import Server
from tests.pages.opening import Door
from tests.web import copies


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For tests that only look."""
    with copies.opened(tmp_path_factory.mktemp("pages")) as running:
        yield running


@pytest.fixture
def looking(shared: Server, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The way in for tests that only look."""
    return Door(shared, monkeypatch)


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The way in for tests that write: a demonstration of their own."""
    with copies.opened(tmp_path) as running:
        yield Door(running, monkeypatch)
