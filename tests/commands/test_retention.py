"""``retention``: what it says before, and that it removes only what it said, once it is told to."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarking import __main__ as command_line
from benchmarking import demonstration
from benchmarking.commands import retention as command
from benchmarking.moments import utc_now
from benchmarking.store import evidence
from benchmarking.store.database import AuditEntry, connect
from benchmarking.store.evidence_files import StoredFile, as_set
from tests.store.scene import NOW
from tests.web import copies


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A filled database, thirty months after it was made: its drafts are over."""
    place = tmp_path / "copy.duckdb"
    shutil.copyfile(copies.filled(), place)
    monkeypatch.setenv("BENCHMARK_DATABASE", str(place))
    monkeypatch.setattr(command, "utc_now", lambda: utc_now() + timedelta(days=900))
    return place


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["benchmarking", "retention", *arguments])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    return int(ended.value.code or 0)


def answers(place: Path) -> int:
    database = connect(str(place))
    with database.reading() as reading:
        found = int(reading.value("SELECT count(*) FROM answer"))
    database.close()
    return found


def test_the_report_says_how_long_what_is_kept_and_what_would_go(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    before = answers(here)
    assert run(monkeypatch, "report") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "Sign-ins that are over: 12 months from when the person was last seen (proposed)."
    )
    assert any(line.startswith("  drafts: DEMO-07 20") for line in lines)
    assert not any(line.startswith("  answers:") for line in lines)
    assert answers(here) == before


def test_the_purge_removes_what_the_report_listed_and_the_ledger_stays_whole(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    before = answers(here)
    assert run(monkeypatch, "purge", "--yes") == 0
    told = capsys.readouterr().out
    assert "Removed: " in told and "The ledger and the audit are as they were." in told
    assert answers(here) < before
    monkeypatch.setattr("sys.argv", ["benchmarking", "ledger", "verify"])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert not ended.value.code
    assert run(monkeypatch, "purge", "--yes") == 0
    assert "Goes: 0 rows in 0 portions.\nNothing was removed." in capsys.readouterr().out


def test_files_that_nothing_names_are_listed_and_go_with_the_purge(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    files = as_set(copies.of(here))
    left_over = files.put(7, b"left over")
    assert run(monkeypatch, "report") == 0
    told = capsys.readouterr().out
    assert f"Evidence files that nothing names: 1.\n  trust 7: {left_over}\n" in told
    assert files.read(7, left_over) is not None
    assert run(monkeypatch, "purge", "--yes") == 0
    assert " and 1 evidence files." in capsys.readouterr().out
    assert files.read(7, left_over) is None
    database = connect(str(here))
    with database.reading() as reading:
        about = f"evidence file {left_over[:12]}"
        sql = "SELECT count(*) FROM audit WHERE action = 'purge' AND subject = :about"
        assert int(reading.value(sql, about=about)) == 1
    database.close()


def test_files_of_what_is_purged_go_in_the_same_purge(here: Path, monkeypatch: pytest.MonkeyPatch):
    files = as_set(copies.of(here))
    evidence_of_demonstration(here)
    before = files.every(utc_now())
    assert run(monkeypatch, "purge", "--yes") == 0
    named = evidence_of_demonstration(here)
    assert before and set(files.every(utc_now())) == named


def evidence_of_demonstration(here: Path) -> set[StoredFile]:
    """The files that the evidence names; they are put there if they are not."""
    database = connect(str(here))
    files = as_set(copies.of(here))
    demonstration.put_files(database, files)
    with database.reading() as reading:
        named = set(evidence.files_named(reading))
    database.close()
    return named


def test_nothing_goes_without_a_yes(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    before = answers(here)
    monkeypatch.setattr("click.confirm", lambda _: False)
    assert run(monkeypatch, "purge") == 0
    assert "Nothing was removed." in capsys.readouterr().out
    assert answers(here) == before


def test_nothing_is_purged_over_a_broken_ledger(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    before = answers(here)
    database = connect(str(here))
    with database.writing(AuditEntry(0, "tamper", "test", NOW)) as writing:
        writing.run("UPDATE ledger SET person_id = 1 WHERE entry_number = 17")
    database.close()
    assert run(monkeypatch, "purge", "--yes") == 1
    assert "entry 17 of the ledger" in capsys.readouterr().err
    assert answers(here) == before


def test_where_there_is_no_database_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("BENCHMARK_DATABASE", str(tmp_path / "none.duckdb"))
    assert run(monkeypatch, "report") == 1
    assert "there is no database here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
