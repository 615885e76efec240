"""The demonstration as it is drawn for one day; drawn once for all tests of this folder."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from benchmarking.answers import Cycle
from benchmarking.demonstration import create
from benchmarking.demonstration.assessments import DrawnAssessment, draw_assessments
from benchmarking.demonstration.cycles import cycles
from benchmarking.standard import Library, load_library
from benchmarking.store.database import Database, connect
from benchmarking.store.migrate import migrate

NOW = datetime(2026, 6, 18, 9, 30)
STANDARDS = Path(__file__).resolve().parents[2] / "standards"


@pytest.fixture(scope="session")
def as_of() -> date:
    return date(2026, 6, 18)


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(STANDARDS)


@pytest.fixture(scope="session")
def rounds(library: Library, as_of: date) -> tuple[Cycle, ...]:
    return cycles(library, as_of)


@pytest.fixture(scope="session")
def drawn(library: Library, rounds: tuple[Cycle, ...], as_of: date) -> tuple[DrawnAssessment, ...]:
    return draw_assessments(library, rounds, as_of)


@pytest.fixture(scope="session")
def filled(
    tmp_path_factory: pytest.TempPathFactory, library: Library, as_of: date
) -> Iterator[Database]:
    """The demonstration in a database, for tests that only look."""
    opened = connect(str(tmp_path_factory.mktemp("demonstration") / "filled.duckdb"))
    migrate(opened, NOW)
    create(opened, library, as_of, NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def new_on_server(pgserver: ModuleType) -> Iterator[Callable[[str], str]]:
    """Makes an empty database of a name on a PostgreSQL of our own; its address.

    Not in tmp_path: there the path of the server's socket can be too long.
    """
    folder = tempfile.mkdtemp(prefix="benchmark-demonstration-")
    server = pgserver.get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")

    def new(name: str) -> str:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        own = make_url(server.get_uri()).set(database=name)
        return own.render_as_string(hide_password=False)

    yield new
    engine.dispose()
    server.cleanup()
