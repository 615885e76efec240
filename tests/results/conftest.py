"""A scene for each test: a copy of a database that was furnished once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from benchmarking.answers import Cycle
from benchmarking.server import Server
from benchmarking.settings import read
from benchmarking.standard import Library, load_library
from benchmarking.store.database import connect
from benchmarking.store.migrate import migrate
from tests.pages.opening import Door
from tests.results.scene import NOW, Scene, furnish
from tests.web import copies


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(read({}).standards)


@pytest.fixture(scope="session")
def furnished(
    tmp_path_factory: pytest.TempPathFactory, library: Library
) -> tuple[Path, dict[int, Cycle]]:
    path = tmp_path_factory.mktemp("results") / "furnished.duckdb"
    database = connect(str(path))
    migrate(database, NOW)
    rounds = furnish(database, library)
    database.close()
    return path, rounds


@pytest.fixture
def scene(
    tmp_path: Path, library: Library, furnished: tuple[Path, dict[int, Cycle]]
) -> Iterator[Scene]:
    path, rounds = furnished
    copied = shutil.copy(path, tmp_path / "scene.duckdb")
    database = connect(str(copied))
    yield Scene(database, library, cycles=rounds)
    database.engine.dispose()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The whole demonstration, for tests that only look."""
    with copies.opened(tmp_path_factory.mktemp("demonstration")) as running:
        yield running


@pytest.fixture
def door(demonstration: Server, monkeypatch: pytest.MonkeyPatch) -> Door:
    """The way in to the demonstration's pages."""
    st.cache_resource.clear()
    return Door(demonstration, monkeypatch)
