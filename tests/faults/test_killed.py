"""A process killed in the middle: what it acknowledged is there, and nothing is half done.

The child is killed with SIGKILL, at seeded moments from outside and at named points by itself.
"""

import random
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarking import published_imports
from benchmarking.operations import checking
from benchmarking.store import backups, ledger, published
from benchmarking.store.database import connect
from benchmarking.store.evidence_files import NOWHERE
from benchmarking.store.migrate import migrate, migrations
from benchmarking.survey import loads
from tests.faults.child import MANY_REPLIES
from tests.faults.deeds import (
    KO41A,
    LIBRARY,
    LOAD,
    SETTINGS,
    SUBMIT,
    in_folder,
    live,
    revised_return,
    running,
    survey_of_two_trusts,
)
from tests.faults.killed import killed_after, killed_at
from tests.faults.wholeness import everything, halves, receipts, reopened
from tests.store.scene import NOW, Engine, furnish
from tests.use_cases.conftest import World


def all_acknowledged_is_there_and_life_goes_on(address: str, acknowledged: list[str]) -> None:
    with reopened(address) as database:
        kept = receipts(database)
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) - len(acknowledged) in (0, 1), "the last was kept, but not yet told"
        assert halves(database) == []
        world = World(SETTINGS, database, LIBRARY)
        live(world, len(kept))
        assert halves(database) == []
        with database.reading() as reading:
            assert ledger.count(reading) == len(kept) + 1


@pytest.mark.parametrize("seed", range(2))
def test_moves_of_a_process_killed_at_any_moment_are_kept(
    engine: Engine, tmp_path: Path, seed: int
) -> None:
    """From submitting to publishing to reopening, round and round."""
    address, chance = engine.new(SUBMIT.prepare), random.Random(seed)
    told = killed_after(
        "live",
        address,
        tmp_path,
        acknowledged=chance.randint(6, 12),
        milliseconds=chance.uniform(0, 30),
    )
    assert len(told) >= 6
    all_acknowledged_is_there_and_life_goes_on(address, told)


# (where it dies, how often it passes there before)
POINTS = [
    ("INSERT INTO audit", 0),
    ("UPDATE assessment", 3),
    ("INSERT INTO ledger", 0),
    ("COMMIT", 3),
    ("KEPT", 0),
    ("CHECKPOINT", 3),
]


@pytest.mark.parametrize("point, number", POINTS)
def test_moves_of_a_process_killed_at_a_named_point_are_kept(
    duckdb_files: Engine, tmp_path: Path, point: str, number: int
) -> None:
    address = duckdb_files.new(SUBMIT.prepare)
    told = killed_at("live", address, tmp_path, point, number)
    all_acknowledged_is_there_and_life_goes_on(address, told)


@pytest.mark.postgres
@pytest.mark.parametrize("point, number", [("INSERT INTO ledger", 3), ("KEPT", 0)])
def test_so_are_they_on_postgresql(
    postgresql_schemas: Engine, tmp_path: Path, point: str, number: int
) -> None:
    address = postgresql_schemas.new(SUBMIT.prepare)
    told = killed_at("live", address, tmp_path, point, number)
    all_acknowledged_is_there_and_life_goes_on(address, told)


@pytest.mark.parametrize(
    "point",
    ["INSERT INTO response", "INSERT INTO response_wave", "COMMIT"],
)
def test_an_import_of_replies_that_was_killed_is_not_there_and_can_be_done_again(
    duckdb_files: Engine, tmp_path: Path, point: str
) -> None:
    address = duckdb_files.new(LOAD.prepare)
    with closing(connect(address)) as database:
        before = everything(database)
    assert killed_at("survey", address, tmp_path, point) == []
    with reopened(address) as database:
        assert everything(database) == before
        file = in_folder("again.csv", survey_of_two_trusts(MANY_REPLIES))
        said = loads.load(database, LIBRARY, file, "2026-27")
        assert said.count(f"Stored. {MANY_REPLIES // 2:,} new.") == 2
        assert halves(database) == []


def test_an_import_of_replies_killed_once_it_was_kept_is_there_as_a_whole(
    duckdb_files: Engine, tmp_path: Path
) -> None:
    address = duckdb_files.new(LOAD.prepare)
    assert killed_at("survey", address, tmp_path, "KEPT") == []
    with reopened(address) as database:
        assert halves(database) == []
        file = in_folder("again.csv", survey_of_two_trusts(MANY_REPLIES))
        said = loads.load(database, LIBRARY, file, "2026-27")
    assert said.count(f"{MANY_REPLIES // 2:,} replies are stored already") == 2


@pytest.mark.parametrize("milliseconds", [0, 60])
def test_publications_imported_before_the_kill_are_there_and_no_half_one(
    duckdb_files: Engine, tmp_path: Path, milliseconds: float
) -> None:
    address = duckdb_files.new(KO41A.prepare)
    told = killed_after("ko41a", address, tmp_path, acknowledged=1, milliseconds=milliseconds)
    with reopened(address) as database:
        with database.reading() as reading:
            names = [one.file_name for one in published.every(reading) if one.dataset == "ko41a"]
        assert set(names) >= {f"{number}.csv" for number in range(1, len(told) + 1)}
        assert halves(database) == []
        again = in_folder("1.csv", revised_return(1))
        world = World(SETTINGS, database, LIBRARY)
        assert "nothing was changed" in published_imports.import_ko41a(running(world), again)


STEPS = migrations()


@pytest.mark.parametrize("point, number", [("INSERT INTO schema", 1), ("COMMIT", 0)])
def test_an_upgrade_that_was_killed_leaves_the_old_schema_and_the_next_start_makes_it(
    duckdb_files: Engine, tmp_path: Path, point: str, number: int
) -> None:
    address = duckdb_files.new(None)
    with closing(connect(address)) as database:
        migrate(database, NOW, up_to=STEPS[-3].number)
        furnish(database)
        before = everything(database)
    assert killed_at("upgrade", address, tmp_path, point, number) == []
    with closing(connect(address)) as database:
        assert everything(database) == before
    with reopened(address) as database:
        assert migrate(database, NOW) == []
        assert set(everything(database)) > set(before)


@pytest.mark.parametrize("point, number", [("SELECT", 60)])
def test_a_backup_that_was_killed_is_none_and_the_one_before_it_stays(
    engine: Engine, tmp_path: Path, point: str, number: int
) -> None:
    address, folder = engine.new(SUBMIT.prepare), tmp_path / "backups"
    with reopened(address) as database:
        before = everything(database)
        first = backups.make(database, NOWHERE, folder, NOW)
    assert killed_at("backup", address, tmp_path, point, number) == []
    assert [one.place for one in backups.every(folder)] == [first.place]
    assert backups.unreadable(folder) == ()
    with reopened(address) as database:
        assert everything(database) == before
        second = backups.make(database, NOWHERE, folder, NOW + timedelta(days=1))
    assert backups.newest(folder) == second.place
    for one in (first, second):
        assert checking.check_backup(one.place, NOW).is_whole
