"""A check finds what is wrong, names it, says what to do, and changes nothing."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarking.assessing import ledgers
from benchmarking.moments import utc_now
from benchmarking.operations.checking import Checked, check, check_backup
from benchmarking.server import Server
from benchmarking.store import backups, evidence, orphans
from benchmarking.store.database import AuditEntry, Database, connect
from benchmarking.store.evidence_files import FileStore, StoredFile
from benchmarking.store.manifests import Backup, NoBackup
from benchmarking.store.migrate import tables
from tests.store.scene import (
    CONTENT,
    NOW,
    Engine,
    bring,
    end_silent_sessions,
    small_demonstration,
)

Look = Callable[[], Checked]


@pytest.fixture
def look(running: Server) -> Look:
    return lambda: check(running.database, running.files, utc_now())


def change(database: Database, sql: str) -> None:
    with database.writing(AuditEntry(0, "tamper", "test", NOW)) as writing:
        assert writing.run(sql) >= 1


def a_file(running: Server) -> StoredFile:
    with running.database.reading() as reading:
        return min(evidence.files_named(reading))


def test_a_whole_database_is_said_to_be(look: Look):
    found = look()
    assert found.faults == () and found.is_whole
    (note,) = found.notes
    assert note.startswith("The ledger has ") and ", the chain is whole." in note


def test_each_fault_is_named_with_what_to_do(running: Server, look: Look):
    """A forged answer, a forged result, a row that hangs in the air, a file gone, one changed."""
    change(
        running.database,
        "UPDATE answer SET reason = 'forged' WHERE organisation_id = 7 "
        "AND cycle_id = (SELECT min(cycle_id) FROM cycle)",
    )
    change(
        running.database,
        "UPDATE response_wave SET part = part + 1 WHERE organisation_id = 7 AND period = "
        "(SELECT min(period) FROM response_wave WHERE organisation_id = 7) AND item = 0 "
        "AND wave = 1",
    )
    change(running.database, "UPDATE action_statement SET action_id = 999999 WHERE action_id = 1")
    file = a_file(running)
    place = Path(running.settings.evidence) / str(file.organisation_id) / file.sha256
    place.write_bytes(b"changed")
    found = look()
    told = "\n".join(found.faults)
    assert not found.is_whole and found.notes == ()
    assert "DEMO-07 20" in told and ledgers.WHAT_TO_DO in told
    assert "results of survey replies are not what the replies add up to, the first" in told
    assert "of trust 7, period " in told
    assert "of the table action_statement refer to something in trust_action" in told
    assert (
        f"Evidence file {file.organisation_id}/{file.sha256}: it is not what was brought." in told
    )
    assert "Copy it back from evidence/" in told
    place.unlink()
    assert any("it is not where it should lie." in fault for fault in look().faults)


def test_replies_that_were_purged_cannot_be_added_up_and_are_no_fault(running: Server, look: Look):
    change(
        running.database,
        "INSERT INTO survey_purged SELECT DISTINCT organisation_id, period, "
        "TIMESTAMP '2026-01-01' FROM response WHERE organisation_id = 7",
    )
    change(running.database, "DELETE FROM response WHERE organisation_id = 7")
    assert not [fault for fault in look().faults if "survey replies" in fault]


def test_a_file_that_nothing_names_is_no_fault(running: Server, look: Look):
    running.files.put(7, b"left behind by a crash")
    found = look()
    assert found.is_whole
    assert found.notes[1] == (
        "Evidence files that nothing names: 1. They do no harm; python -m benchmarking retention "
        "purge removes them."
    )


def test_references_name_tables_and_columns_that_are_there(running: Server):
    with running.database.reading() as reading:
        named = {table for one in orphans.REFERENCES for table in (one.table, one.parent)}
        assert named <= tables(reading)
        assert orphans.found(reading) == ()


@pytest.fixture
def kept(running: Server, tmp_path: Path) -> Backup:
    return backups.make(running.database, running.files, tmp_path / "kept", NOW)


def test_a_whole_backup_is_said_to_be_and_looking_leaves_nothing(kept: Backup):
    before = sorted(path.name for path in kept.place.iterdir())
    found = check_backup(kept.place, NOW)
    assert found.faults == ()
    assert sorted(path.name for path in kept.place.iterdir()) == before


def test_a_backup_on_another_disk_is_checked_where_it_lies(kept: Backup, tmp_path: Path):
    moved = tmp_path / "another disk"
    shutil.copytree(kept.place.parent, moved)
    shutil.rmtree(kept.place.parent)
    assert check_backup(moved / kept.name, NOW).is_whole


def test_a_changed_backup_is_found_by_its_first_byte(kept: Backup):
    file = kept.place / backups.FILE
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    (fault,) = check_backup(kept.place, NOW).faults
    assert "not the file that was made, byte for byte" in fault


def test_a_file_missing_beside_the_backups_is_named(kept: Backup):
    name = kept.manifest.evidence[0]
    (kept.place.parent / backups.EVIDENCE / name).unlink()
    faults = check_backup(kept.place, NOW).faults
    assert [fault for fault in faults if name in fault]


def test_what_is_no_backup_is_refused(tmp_path: Path):
    with pytest.raises(NoBackup, match=r"there is no backup here, because there is no manifest"):
        check_backup(tmp_path, NOW)


@dataclass(frozen=True)
class SlowFiles(FileStore):
    """Files that take so long to read that PostgreSQL ends sessions that are silent meanwhile."""

    beside: Database | None = None

    def read(self, organisation_id: int, sha256: str) -> bytes | None:
        assert self.beside is not None
        assert end_silent_sessions(self.beside) == 0, "somebody was left in a transaction"
        return super().read(organisation_id, sha256)


@pytest.mark.postgres
def test_the_database_does_not_wait_for_the_files(postgresql_schemas: Engine, tmp_path: Path):
    database = connect(address := postgresql_schemas.new(small_demonstration))
    beside = connect(address)
    files = SlowFiles(str(tmp_path), beside=beside)
    gone = bring(database, files, "one", CONTENT)
    bring(database, files, "two", b"Another")
    files.remove(StoredFile(1, gone))
    (fault,) = check(database, files, NOW).faults
    assert fault.startswith(f"Evidence file 1/{gone}: it is not where it should lie.")
    for one in (database, beside):
        one.engine.dispose()
