"""What commands on this machine can have the running server do, over its own port."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from benchmarking.moments import utc_now
from benchmarking.operations.asking import Operation, headers
from benchmarking.server import Server
from benchmarking.store import backups
from benchmarking.store.backups import SCHEDULED
from benchmarking.store.database import AuditEntry
from benchmarking.store.evidence_files import FileStore
from benchmarking.web import backing_up, operations
from tests.store.scene import NOW
from tests.web import copies


@pytest.fixture
def running(tmp_path: Path):
    with copies.opened(tmp_path) as opened:
        yield opened


@pytest.fixture
def client(running: Server) -> TestClient:
    return TestClient(Starlette(routes=operations.routes()), client=("127.0.0.1", 50_000))


def ask(client: TestClient, running: Server, operation: Operation):
    given = headers(running.settings, operation, utc_now())
    return client.post(f"/operations/{operation.value}", headers=given)


def test_a_backup_is_made_while_the_server_runs(client: TestClient, running: Server):
    answer = ask(client, running, Operation.BACK_UP)
    (made,) = backups.every(Path(running.settings.backups))
    assert answer.status_code == 200 and answer.json()["is_well"]
    assert answer.json()["lines"][0].startswith(f"Made the backup {made.place}: ")


def test_a_backup_that_fails_is_told_with_what_to_do(client: TestClient, running: Server):
    Path(running.settings.backups).write_text("a file where the folder should be")
    answer = ask(client, running, Operation.BACK_UP).json()
    assert not answer["is_well"]
    assert "no backup was made there. Check that there is room" in answer["lines"][0]


def test_a_check_tells_every_fault(client: TestClient, running: Server):
    assert ask(client, running, Operation.CHECK).json()["is_well"]
    with running.database.writing(AuditEntry(0, "tamper", "test", NOW)) as writing:
        writing.run("UPDATE ledger SET person_id = 1 WHERE entry_number = 17")
    answer = ask(client, running, Operation.CHECK).json()
    assert not answer["is_well"]
    assert [line for line in answer["lines"] if line.startswith("Entry 17 (receipt DEMO-")]


@pytest.mark.parametrize("operation", Operation)
def test_a_stranger_hears_what_stands_at_any_other_address(
    client: TestClient, running: Server, operation: Operation
):
    answer = client.post(f"/operations/{operation.value}")
    assert (answer.status_code, answer.text) == (404, "Not Found")
    away = TestClient(Starlette(routes=operations.routes()), client=("10.0.0.9", 50_000))
    assert ask(away, running, operation).status_code == 404
    assert client.get(f"/operations/{operation.value}").status_code == 405
    assert backups.every(Path(running.settings.backups)) == ()


def test_the_server_makes_one_when_it_is_due_and_not_before(running: Server):
    assert backing_up.back_up_if_due(running)
    assert not backing_up.back_up_if_due(running)
    (made,) = backups.every(Path(running.settings.backups))
    assert made.manifest.why == SCHEDULED


def test_a_server_that_stops_breaks_a_backup_off(running: Server, caplog: pytest.LogCaptureFixture):
    assert not backing_up.back_up_if_due(running, lambda: True)
    assert backups.every(Path(running.settings.backups)) == ()
    assert list(Path(running.settings.backups).iterdir()) == []
    assert "The server is stopping, so the backup was broken off." in caplog.text


def test_evidence_files_are_in_it(running: Server):
    backing_up.back_up_if_due(running)
    kept = FileStore(str(Path(running.settings.backups) / backups.EVIDENCE))
    assert len(kept.every(utc_now())) >= 3
