"""The command that imports replies of complainants: what it says, and how it ends."""

import shutil
from pathlib import Path

import pytest

from tests.commands.test_imports import run
from tests.imports.survey_files import csv, first_items
from tests.web import copies

ONE = first_items(1)[0]
HEADER = f"response_id,trust,{ONE}"
CYCLE = "2026-27"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the command finds a filled database of its own."""
    shutil.copyfile(copies.filled(), tmp_path / "copy.duckdb")
    monkeypatch.setenv("BENCHMARK_DATABASE", str(tmp_path / "copy.duckdb"))
    return tmp_path


def written(here: Path, *rows: str) -> str:
    file = here / "replies.csv"
    file.write_bytes(csv(*rows, header=HEADER))
    return str(file)


def test_what_was_done_is_told_by_trust_and_again_nothing_is_done(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    file = written(here, "R1,DEMO-44,4", "R2,DEMO-44,2", "R1,DEMO-45,Agree")
    assert run(monkeypatch, "import", "survey", file, "--cycle", CYCLE) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-2:] == ["DEMO-44: Stored. 2 new.", "DEMO-45: Stored. 1 new."]
    assert told.err == ""
    assert run(monkeypatch, "import", "survey", file, "--cycle", CYCLE) == 0
    assert "DEMO-44: 2 replies are stored already, so there is nothing to change." in (
        capsys.readouterr().out
    )


def test_each_fault_is_a_line_on_the_error_channel_and_nothing_is_stored(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    file = written(here, "R1,DEMO-44,4", "R2,DEMO-99,4", "R3,DEMO-44,<b>Yes</b>")
    assert run(monkeypatch, "import", "survey", file, "--cycle", CYCLE) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("row 3, column trust: “DEMO-99” is not the code of a trust here.")
    assert lines[1].startswith(f"row 4, column {ONE}: “<b>Yes</b>” is not an answer of the survey.")
    good = written(here, "R1,DEMO-44,4")
    assert run(monkeypatch, "import", "survey", good, "--cycle", CYCLE) == 0
    assert "DEMO-44: Stored. 1 new." in capsys.readouterr().out


def test_the_trust_may_be_named_instead_of_a_column(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    file = here / "replies.csv"
    file.write_bytes(csv("R1,4,2"))
    arguments = ("import", "survey", str(file), "--cycle", CYCLE)
    assert run(monkeypatch, *arguments) == 1
    assert "Add it, or name the trust with --trust." in capsys.readouterr().err
    assert run(monkeypatch, *arguments, "--trust", "demo-44") == 0
    assert "DEMO-44: Stored. 1 new." in capsys.readouterr().out


def test_the_cycle_has_to_be_named(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(monkeypatch, "import", "survey", written(here, "R1,DEMO-44,4")) == 2
    assert "Missing option '--cycle'" in capsys.readouterr().err
