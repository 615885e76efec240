"""The command that imports a file: what it says, on which channel, and how it ends."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarking import __main__ as command_line
from benchmarking.settings import ROOT
from tests.imports.ko41a_files import PUBLISHED, changed, csv_of, with_cells
from tests.web import copies

OLD_FORM = ROOT / "tests" / "files" / "ko41_written_complaints_2010-11.zip"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the command finds a filled database of its own."""
    shutil.copyfile(copies.filled(), tmp_path / "copy.duckdb")
    monkeypatch.setenv("BENCHMARK_DATABASE", str(tmp_path / "copy.duckdb"))
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Runs ``python -m benchmarking`` with these arguments; its exit code."""
    monkeypatch.setattr("sys.argv", ["benchmarking", *arguments])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    return int(ended.value.code or 0)


def test_what_was_done_is_told_and_the_command_ends_well(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    revised = here / "revised.csv"
    revised.write_bytes(
        csv_of(changed("R0A", Complaints_Number_Upheld=-3, Complaints_Number_Not_Upheld=3))
    )
    assert run(monkeypatch, "import", "ko41a", str(revised)) == 0
    told = capsys.readouterr()
    assert "106,703 of them at 207 NHS trusts. Loaded." in told.out
    assert told.err == ""
    assert run(monkeypatch, "import", "ko41a", str(revised)) == 0
    assert "This file is loaded already; nothing was changed." in capsys.readouterr().out


def test_each_fault_is_a_line_on_the_error_channel_and_the_command_fails(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    bad = here / "bad.csv"
    bad.write_bytes(with_cells("R0A", Complaints_Total_Resolved="1992"))
    assert run(monkeypatch, "import", "ko41a", str(bad)) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "row 205 (R0A Manchester University NHS Foundation Trust): "
        "Complaints_Total_Carried_Forward is 230, but brought forward and new less resolved is "
        "231. Use the publisher's own file, unchanged.",
        "row 205 (R0A Manchester University NHS Foundation Trust): Complaints_Total_Resolved and "
        "the sum of its parts differ: 1,992 and 1,993. Use the publisher's own file, unchanged.",
    ]


def test_the_form_of_2010_is_recognised_and_refused_with_the_reason(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(monkeypatch, "import", "ko41a", str(OLD_FORM)) == 1
    assert "this is the KO41a form from before its redesign in 2015-16 (2010-11)." in (
        capsys.readouterr().err
    )


def test_a_file_that_is_not_there_is_told_so(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(monkeypatch, "import", "ko41a", str(here / "nowhere.csv")) == 2
    assert "nowhere.csv' does not exist." in capsys.readouterr().err


def test_a_database_that_a_server_holds_is_told_so(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    hold = "import duckdb, sys; kept = duckdb.connect(sys.argv[1]); print(); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(here / "copy.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdin and holder.stdout
    with holder:
        holder.stdout.readline()
        assert run(monkeypatch, "import", "ko41a", str(PUBLISHED)) == 1
        holder.stdin.close()
    told = capsys.readouterr()
    assert told.out == ""
    assert "another process is using this database. Stop the other server first" in told.err
