"""``ledger verify``: how it ends, what it names, and that it changes nothing."""

import hashlib
import json
import logging
import shutil
from pathlib import Path

import pytest

from benchmarking import __main__ as command_line
from benchmarking import server
from benchmarking.assessing import ledgers
from benchmarking.store.database import AuditEntry, connect
from benchmarking.web.health import Health
from benchmarking.web.readiness import Readiness
from tests.store.scene import NOW
from tests.web import copies

ANSWER = (
    "UPDATE answer SET choice = 'exceptional', reason = 'forged' "
    "WHERE organisation_id = 7 AND cycle_id = (SELECT min(cycle_id) FROM cycle) "
    "AND item_id = (SELECT min(item_id) FROM answer WHERE standard_id = 'my-expectations')"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A filled database of this test's own, which the command finds."""
    place = tmp_path / "copy.duckdb"
    shutil.copyfile(copies.filled(), place)
    monkeypatch.setenv("BENCHMARK_DATABASE", str(place))
    return place


def tamper(place: Path, sql: str) -> None:
    database = connect(str(place))
    with database.writing(AuditEntry(0, "tamper", "test", NOW)) as writing:
        assert writing.run(sql) == 1
    database.close()


def verify(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.argv", ["benchmarking", "ledger", "verify"])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    return int(ended.value.code or 0)


def test_a_whole_ledger_ends_well_and_nothing_is_changed(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    before = hashlib.sha256(here.read_bytes()).hexdigest()
    assert verify(monkeypatch) == 0
    told = capsys.readouterr()
    assert told.out.endswith("submitted assessments are those that were submitted.\n")
    assert ", the chain is whole." in told.out and told.err == ""
    assert hashlib.sha256(here.read_bytes()).hexdigest() == before


def test_a_changed_answer_is_named_with_its_receipt_and_what_to_do(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    tamper(here, ANSWER)
    assert verify(monkeypatch) == 1
    told = capsys.readouterr()
    fault, to_do = told.err.splitlines()
    assert told.out == ""
    assert fault.startswith("DEMO-07 20") and ", revision 1: its stored answers are not" in fault
    assert "under receipt DEMO-07/20" in fault
    assert to_do == ledgers.WHAT_TO_DO
    assert "forged" not in told.err, "what is answered is not told"


def test_a_changed_entry_is_named(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    tamper(here, "UPDATE ledger SET person_id = 1 WHERE entry_number = 17")
    assert verify(monkeypatch) == 1
    assert capsys.readouterr().err.startswith("Entry 17 (receipt DEMO-")


def test_where_there_is_no_database_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    nowhere = tmp_path / "none.duckdb"
    monkeypatch.setenv("BENCHMARK_DATABASE", str(nowhere))
    assert verify(monkeypatch) == 1
    assert capsys.readouterr().err == (
        f"{nowhere}: there is no database here. Name the one you mean with BENCHMARK_DATABASE.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_nobody_set_up_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    connect(str(tmp_path / "empty.duckdb")).close()
    monkeypatch.setenv("BENCHMARK_DATABASE", str(tmp_path / "empty.duckdb"))
    assert verify(monkeypatch) == 1
    assert capsys.readouterr().err.startswith("This database has not been set up")


def test_a_server_starts_over_a_changed_answer_and_says_so_in_log_and_health(
    here: Path, caplog: pytest.LogCaptureFixture
):
    tamper(here, ANSWER)
    with caplog.at_level(logging.ERROR, "benchmarking"):
        running = server.start(copies.of(here))
    running.database.close()
    assert not running.agrees_with_ledger
    said = json.loads(caplog.records[0].getMessage())
    assert said["event"] == "ledger fault" and said["what"].startswith("DEMO-07 20")
    assert said["do"] == ledgers.WHAT_TO_DO[:300]
    health = Health(Readiness(1, is_ready=True), running)
    assert health.details(answers=True)["ledger"] == "differs from what is stored"


def test_a_server_whose_ledger_is_whole_logs_nothing(here: Path, caplog: pytest.LogCaptureFixture):
    running = server.start(copies.of(here))
    running.database.close()
    assert running.agrees_with_ledger
    assert caplog.records == []
