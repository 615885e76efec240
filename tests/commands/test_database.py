"""``db``: what each command says and how it ends, with a server on the file and without."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from benchmarking import __main__ as command_line
from benchmarking import server
from benchmarking.commands import database as command
from benchmarking.settings import ROOT
from benchmarking.store import backups
from benchmarking.store.database import AuditEntry, connect
from benchmarking.store.migrate import migrate, migrations
from benchmarking.web import operations
from tests.store.conftest import postgresql_schemas, postgresql_server
from tests.store.scene import NOW, Engine, contents_at, furnish
from tests.web import copies

__all__ = ["postgresql_schemas", "postgresql_server"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A filled database of this test's own with its evidence files, which the command finds."""
    place = tmp_path / "copy.duckdb"
    shutil.copyfile(copies.filled(), place)
    shutil.copytree(copies.of(copies.filled()).evidence, copies.of(place).evidence)
    monkeypatch.setenv("BENCHMARK_DATABASE", str(place))
    return place


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["benchmarking", "db", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    return int(ended.value.code or 0)


Told = pytest.CaptureFixture[str]


@pytest.mark.postgres
def test_a_copy_goes_both_ways_and_shows_what_both_hold(
    here: Path,
    tmp_path: Path,
    postgresql_schemas: Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Told,
):
    """The whole demonstration, from DuckDB to PostgreSQL and back."""
    there, back = postgresql_schemas.new(None), tmp_path / "back.duckdb"
    before = here.read_bytes()
    assert run(monkeypatch, "copy", here, there) == 0
    first = capsys.readouterr().out
    assert run(monkeypatch, "copy", there, back) == 0
    second = capsys.readouterr().out
    assert first == second, "the same rows and digests, table by table"
    lines = first.splitlines()
    assert lines[0].split() == "Table Rows Digest of what both hold".split()
    assert len(lines) == 1 + len(contents_at(here)) + 2
    assert lines[-2].startswith("Equal: ") and "entries in an unbroken ledger." in lines[-2]
    assert "Evidence files were not touched" in lines[-1]
    assert here.read_bytes() == before
    assert contents_at(back) == contents_at(here)


def test_a_copy_into_something_is_refused(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told
):
    other = tmp_path / "other.duckdb"
    shutil.copyfile(here, other)
    assert run(monkeypatch, "copy", here, other) == 1
    assert capsys.readouterr().err.startswith("There is something in the database to copy into: ")


def test_an_older_database_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told
):
    older, target = tmp_path / "older.duckdb", tmp_path / "new.duckdb"
    database = connect(str(older))
    migrate(database, NOW, up_to=18)
    furnish(database)
    database.close()
    assert run(monkeypatch, "copy", older, target) == 1
    assert f"has schema 18, and this program works with {migrations()[-1].number}" in (
        capsys.readouterr().err
    )
    assert not target.exists()


def test_a_backup_a_list_a_check_and_a_restore(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told
):
    expected = contents_at(here)
    assert run(monkeypatch, "backup") == 0
    said = capsys.readouterr().out
    (made,) = backups.every(here.parent / "backups")
    assert said.startswith(f"Made the backup {made.place}: ")
    assert run(monkeypatch, "list") == 0
    assert capsys.readouterr().out.startswith(f"{made.place}  asked for, demonstration, schema ")
    assert run(monkeypatch, "check", made.place) == 0
    assert ", the chain is whole." in capsys.readouterr().out

    database = connect(str(here))
    with database.writing(AuditEntry(0, "spoil", "test", NOW)) as writing:
        writing.run("UPDATE answer SET reason = 'forged' WHERE organisation_id = 7")
    database.close()
    shutil.rmtree(copies.of(here).evidence)
    assert run(monkeypatch, "check") == 1
    faults = capsys.readouterr().err
    assert "DEMO-07 20" in faults and "it is not where it should lie." in faults

    assert run(monkeypatch, "restore") == 1
    assert "there is a database here. Name another place with --to" in capsys.readouterr().err
    assert run(monkeypatch, "restore", "--replace") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith(f"Restored {made.place} to {here}: ")
    assert told[1] == f"Evidence files put back: {len(made.manifest.evidence)}."
    assert told[2].startswith(f"What was there before is kept: {here.parent}/copy-before-restore-")
    assert contents_at(here) == expected
    assert run(monkeypatch, "check") == 0


def test_a_restore_elsewhere_takes_its_evidence_along(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told
):
    assert run(monkeypatch, "backup") == 0
    (made,) = backups.every(here.parent / "backups")
    place = tmp_path / "elsewhere" / "new.duckdb"
    assert run(monkeypatch, "restore", made.place, "--to", place) == 0
    assert contents_at(place) == contents_at(here)
    assert len(list((tmp_path / "elsewhere" / "new-evidence").glob("*/*"))) >= 3
    capsys.readouterr()
    assert run(monkeypatch, "check", place) == 0


def test_numbers_to_keep_can_be_said(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told):
    for day in (1, 2, 3):
        monkeypatch.setattr(command, "utc_now", lambda day=day: NOW.replace(day=day))
        assert run(monkeypatch, "backup", "--daily", 2, "--weekly", 0, "--monthly", 0) == 0
    told = capsys.readouterr().out
    assert told.count("Made the backup") == 3
    assert "Removed the backup 2026-11-01T090000Z: newer ones are kept." in told
    assert len(backups.every(here.parent / "backups")) == 2


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("backup",), "there is no database here"),
        (("check",), "there is no database here"),
        (("restore",), "there is no backup here. Make one with"),
        (("list",), ""),
    ],
)
def test_where_there_is_nothing_none_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Told,
    arguments: tuple[str, ...],
    said: str,
):
    monkeypatch.setenv("BENCHMARK_DATABASE", str(tmp_path / "none.duckdb"))
    assert run(monkeypatch, *arguments) == (1 if said else 0)
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


# While a server has the file.


@pytest.fixture
def served(here: Path) -> Iterator[int]:
    """The port of a server in this process that has the file."""
    running = server.start(copies.of(here))
    app = Starlette(routes=operations.routes())
    web = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_level="error", lifespan="off"))
    with server.using(running):
        thread = threading.Thread(target=web.run)
        thread.start()
        while not web.started:
            time.sleep(0.01)
        yield web.servers[0].sockets[0].getsockname()[1]
        web.should_exit = True
        thread.join(60)
    running.database.close()


def beside(here: Path, port: int, *arguments: str, secret: str = copies.SECRET):
    """The command in a process of its own, as an administrator gives it beside a server."""
    told = {
        "BENCHMARK_DATABASE": str(here),
        "BENCHMARK_SECRET": secret,
        "BENCHMARK_PORT": str(port),
    }
    return subprocess.run(
        [sys.executable, "-m", "benchmarking", "db", *arguments],
        cwd=ROOT,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=False,
    )


def test_while_a_server_has_the_file_the_server_does_it(here: Path, served: int):
    asked = "A server has the database, so the server is asked to do it.\n"
    made = beside(here, served, "backup")
    assert (made.returncode, made.stderr) == (0, asked)
    (found,) = backups.every(here.parent / "backups")
    assert made.stdout.startswith(f"Made the backup {found.place}: ")
    checked = beside(here, served, "check")
    assert (checked.returncode, checked.stderr) == (0, asked)
    assert ", the chain is whole." in checked.stdout


def test_while_a_server_has_the_file_nothing_is_restored_or_kept_elsewhere(
    here: Path, served: int, tmp_path: Path
):
    beside(here, served, "backup")
    for arguments in (["restore", "--replace"], ["backup", "--to", str(tmp_path / "elsewhere")]):
        refused = beside(here, served, *arguments)
        assert refused.returncode == 1
        assert "another process is using this database. Stop the other server" in refused.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_with_another_secret_the_server_does_nothing(here: Path, served: int):
    refused = beside(here, served, "backup", secret="of somebody else, as long as it has to be")
    assert refused.returncode == 1
    assert "did not take the request. Give this command the same BENCHMARK_SECRET" in refused.stderr
    assert backups.every(here.parent / "backups") == ()
