"""Databases for the tests of the store, each test on DuckDB and on a real PostgreSQL.

Every test has a database of its own.
"""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from benchmarking.store.database import Database, connect
from benchmarking.store.evidence_files import FileStore
from tests.store.scene import (
    Engine,
    Preparation,
    newest_schema,
    set_up_live,
    small_demonstration,
)

ENGINES = ["duckdb", pytest.param("postgresql", marks=pytest.mark.postgres)]


def _prepared(address: str, preparation: Preparation) -> str:
    database = connect(address)
    preparation(database)
    database.close()
    return address


@pytest.fixture(scope="session")
def duckdb_files(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Files, each a copy of one that was prepared once."""
    folder = tmp_path_factory.mktemp("duckdb")
    number = itertools.count()
    prepared: dict[Preparation, str] = {}

    def new(preparation: Preparation | None) -> str:
        path = str(folder / f"{next(number)}.duckdb")
        if preparation is None:
            return path
        if preparation not in prepared:
            prepared[preparation] = _prepared(f"{path}.prepared", preparation)
        return str(shutil.copy(prepared[preparation], path))

    return Engine(new)


@pytest.fixture(scope="session")
def postgresql_server(pgserver: ModuleType) -> Iterator[str]:
    """The address of a server of our own; not in tmp_path, whose owner the wheel would change."""
    folder = tempfile.mkdtemp(prefix="benchmark-postgresql-")
    server = pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_schemas(postgresql_server: str) -> Iterator[Engine]:
    """Users, each with a schema of its own: a database for each test would take ten times longer.

    PostgreSQL looks into the schema that bears the user's name first.
    """
    url = make_url(postgresql_server)
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    number = itertools.count()

    def new(preparation: Preparation | None) -> str:
        name = f"test_{next(number)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE ROLE {name} LOGIN SUPERUSER"))
            connection.execute(text(f"CREATE SCHEMA AUTHORIZATION {name}"))
        address = url.set(username=name).render_as_string(hide_password=False)
        return address if preparation is None else _prepared(address, preparation)

    with engine.connect() as connection:
        # Nothing here has to survive a power cut.
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    yield Engine(new)
    engine.dispose()


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    fixtures = {"duckdb": "duckdb_files", "postgresql": "postgresql_schemas"}
    return request.getfixturevalue(fixtures[request.param])


@pytest.fixture
def address(engine: Engine) -> str:
    """An address where nothing is yet."""
    return engine.new(None)


@pytest.fixture
def bare(engine: Engine) -> Iterator[Database]:
    """A database that nobody has set up."""
    yield from _open(engine.new(newest_schema))


@pytest.fixture
def live(engine: Engine) -> Iterator[Database]:
    """A live database that holds nothing yet."""
    yield from _open(engine.new(set_up_live))


@pytest.fixture
def database(engine: Engine) -> Iterator[Database]:
    """The small demonstration of scene.py."""
    yield from _open(engine.new(small_demonstration))


@pytest.fixture
def duckdb_file(tmp_path: Path) -> Path:
    """Where a DuckDB file can be put, for what only DuckDB does."""
    return tmp_path / "benchmark.duckdb"


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """A place of the test's own for evidence files."""
    return FileStore(str(tmp_path / "evidence"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups can lie; nothing is there yet."""
    return tmp_path / "backups"


def _open(address: str) -> Iterator[Database]:
    database = connect(address)
    yield database
    database.engine.dispose()
