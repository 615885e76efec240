"""A scene for each test: a copy of a database that was furnished once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarking.answers import Cycle
from benchmarking.settings import read
from benchmarking.standard import Library, load_library
from benchmarking.store.database import connect
from benchmarking.store.migrate import migrate
from tests.results.scene import NOW, Scene, furnish


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
