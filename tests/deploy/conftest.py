"""The service as it is deployed, set up once for a file of tests."""

import tempfile
from collections.abc import Iterator
from types import ModuleType

import pytest

from benchmarking.store.database import Database, connect
from tests.deploy.serving import Deployment, deployed


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, pgserver: ModuleType) -> Iterator[Deployment]:
    """nginx, two replicas and a PostgreSQL; all on this machine, all our own."""
    # Not in tmp_path, whose owner the wheel would change.
    place = tempfile.mkdtemp(prefix="benchmark-postgresql-")
    with deployed(tmp_path_factory.mktemp("deployed"), pgserver, place) as running:
        yield running


@pytest.fixture(scope="module")
def database(site: Deployment) -> Iterator[Database]:
    """The database of the service, as a program beside the replicas sees it."""
    opened = connect(site.database)
    yield opened
    opened.close()
