"""Published data that ships: loaded once, and read back as it was."""

from pathlib import Path

import pytest

from benchmarking import indicators, organisations, reference
from benchmarking.indicators import Catalogue
from benchmarking.settings import ROOT
from benchmarking.store import published
from tests.use_cases.conftest import World

DATA = ROOT / "data"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return indicators.load(DATA)


def load(world: World, catalogue: Catalogue, folder: Path = DATA) -> bool:
    return reference.load(world.database, catalogue, folder, world.now)


def test_what_ships_is_loaded_once(world: World, catalogue: Catalogue) -> None:
    assert load(world, catalogue)
    assert not load(world, catalogue)
    with world.database.reading() as reading:
        names = [release.dataset for release in published.every(reading)]
    assert sorted(names) == ["activity", "ko41a", "trust-reference", "trust-succession"]
    assert world.count("SELECT count(*) FROM audit WHERE action = 'load reference data'") == 1


def test_the_store_gives_back_every_trust_as_the_files_have_it(
    world: World, catalogue: Catalogue
) -> None:
    load(world, catalogue)
    with world.database.reading() as reading:
        stored = reference.trusts_of(reading, "2024-25")
    filed = organisations.load(DATA)
    assert stored.trusts == filed.trusts
    assert set(stored.successions) == set(filed.successions)


def test_the_store_gives_back_the_published_totals(world: World, catalogue: Catalogue) -> None:
    load(world, catalogue)
    with world.database.reading() as reading:
        release = published.newest(reading, reference.KO41A, "2024-25")
        assert release is not None
        figures = published.figures(reading, release)
        trusts = reference.trusts_of(reading, "2024-25").with_return
    of_trusts = figures.loc[[trust.code for trust in trusts]]
    assert len(trusts) == 207
    assert figures["complaints_total_new"].to_numpy().sum() == 113_780
    assert of_trusts["complaints_total_new"].to_numpy().sum() == 106_703
    upheld = of_trusts["complaints_number_upheld"].to_numpy().sum()
    resolved = of_trusts["complaints_total_resolved"].to_numpy().sum()
    assert round(100 * upheld / resolved, 1) == 25.0


def test_a_period_without_trusts_on_file_has_none(world: World) -> None:
    with world.database.reading() as reading:
        assert reference.trusts_of(reading, "1999-00").trusts == ()
