"""The published figures as a server has them, loaded once for all tests that only look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from benchmarking import complaints, indicators, reference
from benchmarking.access import Grant, Person, Role
from benchmarking.complaints import TrustComplaints, Year
from benchmarking.indicators import Catalogue
from benchmarking.peers import DEFAULT_BASIS, Basis
from benchmarking.settings import ROOT
from benchmarking.standard import load_library
from benchmarking.store import installation
from benchmarking.store.database import AuditEntry, Database, connect
from benchmarking.store.installation import Kind
from benchmarking.store.migrate import migrate
from benchmarking.visit import Visit

NOW = datetime(2026, 11, 21, 14, 2)


@dataclass(frozen=True)
class Copy:
    """A running copy's database and catalogue, and how to ask in somebody's name."""

    database: Database
    catalogue: Catalogue

    def visit(self, *roles: Role, trust: str | None = None) -> Visit:
        """Somebody with these roles; a stranger without any."""
        grants = tuple(Grant(role, trust) for role in roles)
        person = Person(1 if grants else 0, "somebody", grants)
        return Visit(person, self.database, load_library(ROOT / "standards"), NOW)

    def year(self, period: str | None = None) -> Year:
        return complaints.year_of(self.visit(Role.INSPECTOR), self.catalogue, period)

    def of(self, code: str, basis: Basis = DEFAULT_BASIS, *picked: str) -> TrustComplaints:
        visit = self.visit(Role.INSPECTOR)
        return complaints.of_trust(visit, self.year(), code, basis=basis, picked=picked)


def loaded(folder: Path) -> Copy:
    """A live copy that holds what ships, and nothing else."""
    database = connect(f"{folder / 'live.duckdb'}")
    migrate(database, NOW)
    with database.writing(AuditEntry(0, "set up", "tests", NOW)) as writing:
        installation.set_up(writing, Kind.LIVE, NOW)
    catalogue = indicators.load(ROOT / "data")
    reference.load(database, catalogue, ROOT / "data", NOW)
    return Copy(database, catalogue)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """What ships, for tests that only look."""
    copy = loaded(tmp_path_factory.mktemp("complaints"))
    yield copy
    copy.database.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Copy]:
    """What ships, for a test that imports more."""
    copy = loaded(tmp_path)
    yield copy
    copy.database.close()
