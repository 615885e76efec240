"""Files lie under their own hash, trust by trust, and go when nobody names them."""

import os
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarking.evidence import Evidence
from benchmarking.moments import utc_now
from benchmarking.settings import read
from benchmarking.store import evidence
from benchmarking.store.database import Database
from benchmarking.store.evidence_files import (
    NOWHERE,
    FilesFailed,
    FileStore,
    StoredFile,
    as_set,
    sha256_of,
)
from tests.store.scene import ITEM, KEY, NORTH, SOUTH, audit

CONTENT = b"Demonstration"
HASH = sha256_of(CONTENT)
TODAY = datetime(2026, 11, 21)


@pytest.fixture(params=["folder", "memory"])
def files(tmp_path: Path, request: pytest.FixtureRequest) -> FileStore:
    """A folder, and a store that is none."""
    if request.param == "memory":
        return FileStore(f"memory://{tmp_path}")
    return FileStore(str(tmp_path / "not" / "there" / "yet"))


def test_a_file_comes_back_as_it_was_brought(files: FileStore):
    assert files.put(1, CONTENT) == HASH
    assert files.read(1, HASH) == CONTENT
    assert files.every(utc_now()) == (StoredFile(1, HASH),)


def test_the_same_file_lies_there_once_for_each_trust(files: FileStore):
    for trust in (1, 1, 2):
        files.put(trust, CONTENT)
    assert files.every(utc_now()) == (StoredFile(1, HASH), StoredFile(2, HASH))


def test_a_file_that_is_not_there_is_nothing_and_can_be_removed(files: FileStore):
    assert files.read(1, HASH) is None
    files.remove(StoredFile(1, HASH))
    assert files.every(utc_now()) == ()


def test_a_removed_file_is_gone_for_that_trust_alone(files: FileStore):
    for trust in (1, 2):
        files.put(trust, CONTENT)
    files.remove(StoredFile(1, HASH))
    assert (files.read(1, HASH), files.read(2, HASH)) == (None, CONTENT)


def test_a_file_that_was_changed_is_mended_by_bringing_it_again(tmp_path: Path):
    files = FileStore(str(tmp_path))
    files.put(1, CONTENT)
    (tmp_path / "1" / HASH).write_bytes(b"something else")
    assert files.read(1, HASH) == b"something else"
    files.put(1, CONTENT)
    assert files.read(1, HASH) == CONTENT


@pytest.mark.parametrize("name", ["../secret", "a" * 64 + "/b", HASH.upper(), "", f"{HASH}.txt"])
def test_nothing_is_looked_for_under_another_name_than_a_hash(files: FileStore, name: str):
    with pytest.raises(ValueError, match="A file is kept under its hash and under nothing else."):
        files.read(1, name)


def test_what_others_put_there_is_left_alone(tmp_path: Path):
    files = FileStore(str(tmp_path))
    files.put(1, CONTENT)
    for name in ("README.txt", "1/notes.txt", f"other/{HASH}", f"1/deeper/{HASH}"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("ours", encoding="utf-8")
    assert files.every(utc_now()) == (StoredFile(1, HASH),)


def test_what_a_crash_left_half_written_is_found_after_a_day(tmp_path: Path):
    files = FileStore(str(tmp_path))
    (tmp_path / "1").mkdir()
    rest = f".{'0' * 32}.part"
    half = tmp_path / "1" / f"{HASH}{rest}"
    half.write_bytes(b"Demon")
    assert files.every(utc_now()) == ()
    assert files.read(1, HASH) is None
    the_day_before = time.time() - 25 * 3600
    os.utime(half, (the_day_before, the_day_before))
    assert files.every(utc_now()) == (StoredFile(1, HASH, rest),)
    files.remove(StoredFile(1, HASH, rest))
    assert not half.exists()


def test_only_its_owner_can_look_into_a_new_folder(tmp_path: Path):
    files = FileStore(str(tmp_path / "evidence"))
    files.put(1, CONTENT)
    if os.name == "posix":
        modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "evidence").rglob("*/")]
        assert modes == [0o700]


@pytest.mark.parametrize(
    "address, told",
    [
        ("", "No place for evidence files is set. Set BENCHMARK_EVIDENCE."),
        ("nowhere://x", "Check the address, its driver and the rights there."),
        ("nowhere://me:secret@x", "cannot be kept or read at nowhere://…@x."),
    ],
)
def test_a_place_that_cannot_be_used_is_told_when_the_server_starts(address: str, told: str):
    with pytest.raises(FilesFailed) as said:
        FileStore(address).check()
    assert told in str(said.value) and "secret" not in str(said.value)


def test_a_place_without_rights_or_room_is_told(tmp_path: Path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(FilesFailed, match="BENCHMARK_EVIDENCE: evidence files cannot be kept"):
        FileStore(str(tmp_path / "taken")).put(1, CONTENT)


def test_files_lie_beside_their_own_database(tmp_path: Path):
    chosen = read({"BENCHMARK_DATABASE": str(tmp_path / "trial.duckdb"), "BENCHMARK_SECRET": "s"})
    found = as_set(chosen)
    assert found == FileStore(str(tmp_path / "trial-evidence"), 5 * 1024 * 1024)
    assert as_set(replace(chosen, evidence="s3://bucket/evidence")).address.startswith("s3://")


def test_whoever_asks_for_no_file_needs_no_place():
    assert NOWHERE.address == ""


PIECE = Evidence("one", ITEM, "policy", "Policy", file_sha256=HASH, file_name="Policy.pdf")


def test_a_file_is_named_by_the_trusts_own_evidence_alone(database: Database):
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [PIECE, replace(PIECE, evidence_id="two", file_sha256="")])
    with database.reading() as reading:
        north, south = NORTH.organisation_id, SOUTH.organisation_id
        assert evidence.is_named(reading, StoredFile(north, HASH))
        assert not evidence.is_named(reading, StoredFile(south, HASH))
        assert evidence.files_named(reading) == {StoredFile(north, HASH)}


def test_files_that_nobody_names_are_found(database: Database, files: FileStore):
    left_over = files.put(SOUTH.organisation_id, b"left over")
    files.put(NORTH.organisation_id, CONTENT)
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [PIECE])
    with database.reading() as reading:
        found = evidence.unnamed_files(reading, files, utc_now() + timedelta(days=2))
    assert found == (StoredFile(SOUTH.organisation_id, left_over),)


def test_a_piece_is_found_with_where_it_belongs(database: Database):
    with database.writing(audit()) as writing:
        evidence.add(writing, KEY, [PIECE])
    with database.reading() as reading:
        found = evidence.find(reading, "one")
        assert evidence.find(reading, "none") is None
    assert found is not None
    assert (found.key, found.trust_code, found.is_published) == (KEY, NORTH.code, False)
    assert found.file == StoredFile(NORTH.organisation_id, HASH)
    assert found.piece == replace(PIECE, author="Complaints manager", saved_at=found.piece.saved_at)
