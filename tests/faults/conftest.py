"""Databases for unlucky days, on DuckDB and on a real PostgreSQL; each test has its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from benchmarking.store.database import connect
from tests.faults.deeds import LIBRARY, SETTINGS, Deed
from tests.store.conftest import (
    duckdb_files,
    engine,
    postgresql_schemas,
    postgresql_server,
)
from tests.store.scene import Engine
from tests.use_cases.conftest import World

__all__ = ["duckdb_files", "engine", "postgresql_schemas", "postgresql_server"]


@pytest.fixture
def ready_for(engine: Engine) -> Iterator[Callable[[Deed], World]]:
    """A world in which a deed can be done next."""
    with ExitStack() as stack:

        def furnished(deed: Deed) -> World:
            database = connect(engine.new(deed.prepare))
            stack.callback(database.engine.dispose)
            return deed.later(World(SETTINGS, database, LIBRARY))

        yield furnished
