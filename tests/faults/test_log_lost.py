"""DuckDB's write-ahead log is cut, gone, or another's: what was acknowledged is in the file itself.

What nobody was given a receipt for may be lost with the end of a log: the last answers of a draft.
A log that lost its end opens without an error. What is found is then what was there earlier: whole,
with its audit, and with every receipt that was ever given.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarking.assessing import assessments
from benchmarking.store.database import Database, StoreError, connect
from tests.faults.deeds import (
    BRING,
    CLOSE,
    KO41A,
    LIBRARY,
    LOAD,
    PERSON,
    PUBLISH,
    REOPEN,
    REPLY,
    SETTINGS,
    SUBMIT,
    Deed,
    load_reference,
)
from tests.faults.wholeness import everything, halves, receipts, reopened
from tests.store.scene import Engine, audit_entries
from tests.use_cases.conftest import ME_1_1, World


def log_of(file: Path) -> Path:
    return Path(f"{file}.wal")


@pytest.mark.parametrize("deed", [SUBMIT, PUBLISH, REOPEN, BRING, REPLY, CLOSE], ids=str)
def test_what_was_done_on_a_page_is_in_the_file_before_anybody_is_told(
    duckdb_files: Engine, tmp_path: Path, deed: Deed
) -> None:
    database = connect(address := duckdb_files.new(deed.prepare))
    deed.begin(deed.later(World(SETTINGS, database, LIBRARY)))()
    alone = shutil.copy(address, tmp_path / "without its log.duckdb")
    with closing(connect(str(alone))) as found:
        assert everything(found) == everything(database)
        assert audit_entries(found)[-1].startswith(deed.name)
    database.engine.dispose()


@pytest.mark.parametrize("deed", [LOAD, PERSON, KO41A], ids=str)
def test_what_a_command_did_is_in_the_file_when_it_ends(
    duckdb_files: Engine, tmp_path: Path, deed: Deed
) -> None:
    """A command closes the database before it says what was done."""
    database = connect(address := duckdb_files.new(deed.prepare))
    deed.begin(World(SETTINGS, database, LIBRARY))()
    after = everything(database)
    database.close()
    alone = shutil.copy(address, tmp_path / "without its log.duckdb")
    with closing(connect(str(alone))) as found:
        assert everything(found) == after


@dataclass(frozen=True)
class Killed:
    """A database as a killed server left it: a receipt in the file, later answers in the log."""

    file: Path
    receipts: list[str]
    audited: list[str]
    saves: int

    @property
    def log(self) -> Path:
        return log_of(self.file)


@pytest.fixture
def killed(duckdb_files: Engine, tmp_path: Path) -> Killed:
    database = connect(address := duckdb_files.new(REOPEN.prepare))
    world = REOPEN.later(World(SETTINGS, database, LIBRARY))
    REOPEN.begin(world)()
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    for said in sheet.line(ME_1_1).scale.valued:
        line = assessments.open_sheet(visit, "DEMO-07").line(ME_1_1)
        assert line.answer is not None
        assessments.save_answer(visit, sheet, ME_1_1, said.id, "", line.answer.answer_revision)
    file = tmp_path / "benchmark.duckdb"
    shutil.copy(address, file)
    shutil.copy(log_of(Path(address)), log_of(file))
    left = Killed(file, receipts(database), audit_entries(database), saves(database))
    database.engine.dispose()
    return left


def _cut(part: float) -> Callable[[bytes], bytes]:
    return lambda content: content[: int(len(content) * part)]


SHORTER: dict[str, Callable[[bytes], bytes] | None] = {
    "cut to half": _cut(0.5),
    "cut by one byte": lambda content: content[:-1],
    "cut to one byte": lambda content: content[:1],
    "emptied": lambda content: b"",
    "deleted": None,
}


@pytest.mark.parametrize("how", SHORTER)
def test_a_log_that_lost_its_end_takes_no_receipt_with_it_and_leaves_nothing_half(
    killed: Killed, how: str
) -> None:
    change = SHORTER[how]
    if change is None:
        killed.log.unlink()
    else:
        killed.log.write_bytes(change(killed.log.read_bytes()))
    with reopened(str(killed.file)) as database:
        assert receipts(database) == killed.receipts
        assert halves(database) == []
        found = audit_entries(database)
        assert found == killed.audited[: len(found)], "an earlier moment, and no other"
        lost = len(killed.audited) - len(found)
        assert saves(database) == killed.saves - lost, "each save with its audit entry, or neither"


def saves(database: Database) -> int:
    with database.reading() as reading:
        return int(reading.value("SELECT count(*) FROM answer_history"))


def test_a_whole_log_brings_everything_back(killed: Killed) -> None:
    with reopened(str(killed.file)) as database:
        assert audit_entries(database) == killed.audited


@pytest.fixture
def of_another(duckdb_files: Engine) -> Iterator[bytes]:
    """The log of another database."""
    database = connect(address := duckdb_files.new(SUBMIT.prepare))
    load_reference(World(SETTINGS, database, LIBRARY))
    yield log_of(Path(address)).read_bytes()
    database.engine.dispose()


def test_another_databases_log_is_refused_and_nothing_is_changed(
    killed: Killed, of_another: bytes
) -> None:
    killed.log.write_bytes(of_another)
    _is_refused(killed, "WAL does not match database file")


def test_a_log_with_a_byte_flipped_is_refused_and_nothing_is_changed(killed: Killed) -> None:
    content = bytearray(killed.log.read_bytes())
    content[len(content) // 2] ^= 0xFF
    killed.log.write_bytes(content)
    _is_refused(killed, "WAL")


def _is_refused(killed: Killed, reason: str) -> None:
    before = killed.file.read_bytes(), killed.log.read_bytes()
    with pytest.raises(StoreError) as refused, reopened(str(killed.file)):
        pass
    assert str(refused.value).startswith(
        f"{killed.file}: its log benchmark.duckdb.wal is damaged, or is another database's. "
        f"If you know which log is its own, put that back; else keep a copy of both files. "
        f"Restore a backup with: python -m benchmarking db restore --replace. DuckDB said: "
    )
    assert reason in str(refused.value)
    assert (killed.file.read_bytes(), killed.log.read_bytes()) == before


def test_a_log_without_its_database_is_refused(killed: Killed) -> None:
    """DuckDB would begin an empty database beside it."""
    killed.file.unlink()
    with pytest.raises(StoreError) as refused, reopened(str(killed.file)):
        pass
    assert str(refused.value) == (
        f"{killed.file}: the database is gone and only its log benchmark.duckdb.wal is left. "
        f"Put the database back beside it. Restore a backup with: python -m benchmarking db "
        f"restore --replace, if it is lost."
    )
    assert not killed.file.exists()
    assert killed.log.exists()
