"""The command that imports monthly figures: what it says, on which channel, and how it ends."""

import shutil
from pathlib import Path

import pytest

from benchmarking import __main__ as command_line
from tests.web import copies

HEADER = "trust,series,month,in_time,due\n"
ROW = "DEMO-44,answered-in-time,2024-05,18,22\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the command finds a filled database of its own."""
    shutil.copyfile(copies.filled(), tmp_path / "copy.duckdb")
    monkeypatch.setenv("BENCHMARK_DATABASE", str(tmp_path / "copy.duckdb"))
    return tmp_path


def run(here: Path, monkeypatch: pytest.MonkeyPatch, *rows: str) -> int:
    """Runs ``python -m benchmarking import monthly`` on these rows; its exit code."""
    file = here / "figures.csv"
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["benchmarking", "import", "monthly", str(file)])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    return int(ended.value.code or 0)


def test_what_was_done_is_told_and_done_once(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(here, monkeypatch, ROW) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("DEMO-44: Stored. Monthly figures: 1 new.\n", "")
    assert run(here, monkeypatch, ROW) == 0
    assert capsys.readouterr().out == (
        "DEMO-44: 1 figure is stored already, so there is nothing to change.\n"
    )


def test_each_fault_is_a_line_on_the_error_channel_and_the_command_fails(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(here, monkeypatch, ROW.replace("18", "23"), "DEMO-99,x,2024-05,1,1\n") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "row 2: in_time is 23 and due is 22, so more were in time than were due. Correct one of "
        "the two.",
        "row 3, column trust: DEMO-99 is not the code of a trust here. Write the code under which "
        "the trust is listed here.",
        "row 3, column series: x is not a series. Write one of: acknowledged-in-time, "
        "answered-in-time.",
    ]
    assert run(here, monkeypatch, ROW) == 0
    assert "1 new" in capsys.readouterr().out, "nothing of the faulty file was stored"


def test_a_file_that_is_not_there_is_told_so(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    nowhere = str(here / "nowhere.csv")
    monkeypatch.setattr("sys.argv", ["benchmarking", "import", "monthly", nowhere])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert ended.value.code == 2
    assert "nowhere.csv' does not exist." in capsys.readouterr().err
