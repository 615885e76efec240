"""The routes around the dashboard, with their middleware, as a browser meets them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from benchmarking import server
from benchmarking.server import Server
from benchmarking.web.application import Surroundings
from benchmarking.web.readiness import Readiness
from tests.web import copies

HOME = "http://localhost:8501"


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demonstration that only this machine can reach, on a database of this file's own."""
    with copies.opened(tmp_path_factory.mktemp("web")) as running:
        yield running


@pytest.fixture
def browser(demonstration: Server) -> TestClient:
    """Asks the demonstration."""
    return asking()


@pytest.fixture(params=["0.0.0.0", "10.1.2.3", "benchmark.example.nhs.uk"])
def open_to_others(demonstration: Server, request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """Asks a demonstration that other machines can reach."""
    told = replace(demonstration.settings, address=request.param)
    with server.using(replace(demonstration, settings=told)):
        yield asking()


def asking(home: str = HOME) -> TestClient:
    """A browser that follows no redirect by itself."""
    around = Surroundings(Readiness(port=8501))
    app = Starlette(routes=list(around.routes()), middleware=around.middleware())
    return TestClient(app, base_url=home, follow_redirects=False)
