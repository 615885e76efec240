"""``subject-access``: what it prints, and what it asks for."""

import json
import shutil
from pathlib import Path

import pytest

from benchmarking import __main__ as command_line
from tests.web import copies


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A filled database of this test's own, which the command finds."""
    shutil.copyfile(copies.filled(), tmp_path / "copy.duckdb")
    monkeypatch.setenv("BENCHMARK_DATABASE", str(tmp_path / "copy.duckdb"))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["benchmarking", "subject-access", *arguments])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    return int(ended.value.code or 0)


def test_everything_about_a_person_is_printed_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    told = ("--issuer", "demonstration", "--subject", "trust-lead.DEMO-07")
    assert run(monkeypatch, *told) == 0
    given = json.loads(capsys.readouterr().out)
    assert given["about"]["title"] == "Complaints manager, DEMO-07"
    assert given["rows_kept"]["answers they saved last"] > 20
    assert (
        len(given["kept"]["answers they saved last"])
        == (given["rows_kept"]["answers they saved last"])
    )


def test_nobody_known_ends_with_one_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(monkeypatch, "--issuer", "demonstration", "--subject", "nobody") == 1
    assert "Nobody is known here under this issuer and subject." in capsys.readouterr().err


@pytest.mark.parametrize(
    "told",
    [
        (),
        ("--issuer", "x"),
        ("--subject", "x"),
        ("--mentions", "x", "--subject", "y"),
    ],
)
def test_half_a_question_is_told_what_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], told: tuple[str, ...]
):
    assert run(monkeypatch, *told) == 2
    assert "Give --issuer and --subject, or --mentions." in capsys.readouterr().err


def test_where_a_text_stands_is_counted_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(monkeypatch, "--mentions", "complaints manager, demo-07") == 0
    assert capsys.readouterr().out == "who they are (title): 1\n"
    assert run(monkeypatch, "--mentions", "qqqqq") == 0
    assert capsys.readouterr().out == "This text stands nowhere.\n"
