"""The command line: every measurement has a name, a table, and a place for its JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import __main__ as commands
from benchmarks import shown, tables

PAGES = {"home": {"cpu_ms": 12.0, "times_empty": 4.0, "bytes": 23000}}


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(commands.MEASURES, "pages", lambda: PAGES)  # type: ignore[arg-type]


def test_every_measurement_has_a_command_and_a_table():
    assert set(commands.MEASURES) == set(shown.TABLES)
    assert set(commands.cli.commands) == {*commands.MEASURES, "all"}


def test_json_goes_to_standard_output(measured: None):
    found = CliRunner().invoke(commands.cli, ["pages"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["pages"] == PAGES
    assert "| home | 12.0 | 4.0 | 23 |" in found.stderr


def test_json_goes_to_a_file(measured: None, tmp_path: Path):
    out = tmp_path / "found.json"
    found = CliRunner().invoke(commands.cli, ["--out", str(out), "pages"])
    assert found.exit_code == 0 and found.stdout == ""
    assert json.loads(out.read_text("utf-8"))["machine"]["cores"] >= 1


def test_tables_are_renewed_only_where_that_was_asked_for(
    measured: None, monkeypatch: pytest.MonkeyPatch
):
    written: list[str] = []
    monkeypatch.setattr(tables, "write", lambda name, *_: written.append(name))
    CliRunner().invoke(commands.cli, ["pages"])
    assert written == []
    CliRunner().invoke(commands.cli, ["--write", "pages"])
    assert written == ["pages"]
