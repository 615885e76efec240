"""The disk is full: it is said, what was acknowledged can be read, and work goes on with room."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarking.settings import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Limits are of another kind there.")


def on_a_full_disk(work: str, path: Path) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.faults.full_disk", work, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr, "nothing but the sentence is told"
    return json.loads(ended.stdout)


def all_is_kept_and_work_goes_on(found: dict[str, Any]) -> None:
    """``kept`` counts what was acknowledged, and the 2,000 who came once there was room."""
    assert found["read while full"] == found["kept"] - 2_000
    assert found["read with room"] == found["after closing"] == found["kept"]
    assert found["audited"] == (found["kept"] - 2) // 2_000, "each change with its audit entry"


def test_a_change_that_finds_no_room_is_not_kept_and_told_so(tmp_path: Path) -> None:
    found = on_a_full_disk("log", tmp_path / "full.duckdb")
    assert found["told"].startswith(
        "The database failed, so nothing of this was kept. Check the disk, the server and the last "
        "backup. It said: TransactionContext Error: Failed to commit: Could not write file"
    )
    assert "File too large" in found["told"]
    all_is_kept_and_work_goes_on(found)


def test_a_log_that_finds_no_room_in_the_file_stays_and_everybody_goes_on_reading(
    tmp_path: Path,
) -> None:
    """To DuckDB this is fatal: it would answer nobody until the server starts anew."""
    found = on_a_full_disk("file", tmp_path / "full.duckdb")
    assert found["told"].startswith(
        "What was done is kept in the database's log, which could not be moved into its file. "
        "Keep the two side by side, see that the disk has room, and do it once more. It said: "
        "FATAL Error: Failed to create checkpoint because of error: Could not write file"
    )
    all_is_kept_and_work_goes_on(found)


def test_an_evidence_file_that_finds_no_room_leaves_no_half(tmp_path: Path) -> None:
    found = on_a_full_disk("evidence", tmp_path / "evidence")
    assert found["told"].startswith(
        f"BENCHMARK_EVIDENCE: evidence files cannot be kept or read at {tmp_path}/evidence. "
    )
    assert found["told"].endswith("File too large")
    assert (found["halves"], found["files"]) == ([], 2)
    assert found["still there"] and found["with room"]


def test_a_backup_that_finds_no_room_is_none(tmp_path: Path) -> None:
    found = on_a_full_disk("backup", tmp_path / "full.duckdb")
    assert found["told"] and "Traceback" not in found["told"]
    assert found["halves"] == 0
    assert found["made"]
