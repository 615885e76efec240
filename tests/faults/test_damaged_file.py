"""Something is wrong with the file: it is said, and no empty database takes its place."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarking.settings import ROOT
from benchmarking.store.database import StoreError, connect
from tests.commands.test_imports import run
from tests.faults.breaking import NOT_READ
from tests.faults.deeds import SUBMIT
from tests.faults.wholeness import everything
from tests.store.scene import Engine

NO_DATABASE = (
    "this is not a database that can be opened. Restore a backup with: python -m benchmarking db "
    "restore --replace, or move the file away to start anew. DuckDB said: "
)


@pytest.fixture
def whole(duckdb_files: Engine) -> Path:
    """A database with an assessment in it, given back."""
    return Path(duckdb_files.new(SUBMIT.prepare))


def places(size: int) -> Iterator[int]:
    """Forty places: a quarter each in the header, the beginning, the middle and the end."""
    chance = random.Random(2014)
    for first, last in (
        (0, 12_288),
        (12_288, 600_000),
        (size // 3, size // 2),
        (size - 600_000, size),
    ):
        yield from (chance.randrange(first, last) for _ in range(10))


def test_a_flipped_byte_is_told_or_changes_nothing_that_is_read(whole: Path) -> None:
    content = whole.read_bytes()
    opened = connect(str(whole))
    before = everything(opened)
    opened.engine.dispose()
    told = 0
    for place in places(len(content)):
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        whole.write_bytes(damaged)
        told += _is_told(whole, before)
        assert whole.read_bytes() == damaged, f"place {place}: looking changed the file"
    assert told > 5, "some damage was met"


def _is_told(file: Path, before: object) -> bool:
    """Whether the damage was met: in words then, and else nothing reads otherwise."""
    said, found = _looked_at(file)
    assert bool(said) != (found == before), "read otherwise, and nobody was told"
    assert not said or NO_DATABASE in said or said.startswith(NOT_READ)
    return bool(said)


def _looked_at(file: Path) -> tuple[str, object]:
    opened = None
    try:
        opened = connect(str(file))
        return "", everything(opened)
    except StoreError as told:
        return str(told), None
    finally:
        if opened is not None:
            opened.engine.dispose()


NONE = {
    "nothing": b"",
    "a word": b"hello",
    "a table of text": b"code,name\nR1A,A trust\n" * 1000,
    "a ZIP": b"PK\x03\x04" + bytes(5000),
}
COMMANDS = (
    ("ledger", "verify"),
    ("people", "list"),
    ("retention", "report"),
    ("db", "check"),
    ("db", "backup"),
    ("import", "monthly", str(ROOT / "README.md")),
    ("subject-access", "--mentions", "x"),
    ("serve",),
)


# Those that end by themselves, and do not ask the server that has the file.
ALONE = [command for command in COMMANDS if command[0] not in ("serve", "db")]


@pytest.mark.parametrize("what", NONE)
def test_every_command_says_that_it_is_no_database_and_leaves_it(
    whole: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    what: str,
) -> None:
    whole.write_bytes(content := NONE[what])
    monkeypatch.setenv("BENCHMARK_DATABASE", str(whole))
    for command in COMMANDS:
        assert run(monkeypatch, *command) == 1, command
        assert f"{whole}: {NO_DATABASE}" in capsys.readouterr().err
        assert whole.read_bytes() == content
        assert not Path(f"{whole}.wal").exists()


def test_every_command_says_that_half_a_file_cannot_be_read(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It opens: that its end is lost shows once what lay there is read."""
    content = whole.read_bytes()[: whole.stat().st_size // 8]
    monkeypatch.setenv("BENCHMARK_DATABASE", str(whole))
    for command in COMMANDS:
        whole.write_bytes(content)
        assert run(monkeypatch, *command) == 1, command
        said = capsys.readouterr().err
        assert f"{whole}: {NO_DATABASE}" in said or (NOT_READ in said and str(whole) in said)


def served(database: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """``python -m benchmarking serve`` as an administrator runs it, until it ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "benchmarking", "serve"],
        cwd=ROOT,
        env={**os.environ, "BENCHMARK_DATABASE": str(database), **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_server_does_not_start_on_half_a_file(whole: Path) -> None:
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 8])
    ended = served(whole)
    assert ended.returncode == 1
    assert NO_DATABASE in ended.stderr or ended.stderr.startswith(NOT_READ)
    assert str(whole) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_server_does_not_start_on_a_file_that_another_process_holds(whole: Path) -> None:
    """It ends at once: who restarts it, and how often, is the service manager's to say."""
    holder = connect(str(whole))
    before = everything(holder)
    ended = served(whole)
    assert ended.returncode == 1
    assert ended.stderr.startswith(
        f"{whole}: another process is using this database. Stop the other server first, or choose "
        f"another file with BENCHMARK_DATABASE. DuckDB said: IO Error: Could not set lock on file"
    )
    assert f"PID {os.getpid()}" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert everything(holder) == before
    holder.engine.dispose()


@pytest.mark.parametrize("command", ALONE, ids=" ".join)
def test_a_command_beside_a_server_is_told_who_holds_the_file(
    whole: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    holding = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(whole)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holding.stdout is not None and holding.stdout.readline() == b"held\n"
    monkeypatch.setenv("BENCHMARK_DATABASE", str(whole))
    try:
        assert run(monkeypatch, *command) == 1
    finally:
        holding.communicate()
    assert (
        "another process is using this database. Stop the other server" in capsys.readouterr().err
    )


_HOLD = """
import duckdb, sys
held = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""

# Rights hold for everybody but the superuser, whose rights a child can lay down.
_OPEN_AS_NOBODY = """
import os, sys, tempfile
from benchmarking.store.database import StoreError, connect
# Loads all that it takes, while it may be read.
connect(os.path.join(tempfile.mkdtemp(), "first.duckdb")).close()
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    connect(sys.argv[1])
except StoreError as refused:
    print(refused)
"""


def opened_as_nobody(database: Path) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", _OPEN_AS_NOBODY, str(database)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    return ended.stdout


@pytest.fixture
def reachable(tmp_path: Path, whole: Path) -> Path:
    """The same file where everybody may look."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_mode & 0o001:
            break
        folder.chmod(0o755)
    file = tmp_path / "benchmark.duckdb"
    file.write_bytes(whole.read_bytes())
    return file


@pytest.mark.skipif(os.name != "posix", reason="Rights are of another kind there.")
def test_a_file_that_may_only_be_read_is_refused_and_stays(reachable: Path) -> None:
    reachable.chmod(0o444)
    content = reachable.read_bytes()
    assert opened_as_nobody(reachable).startswith(
        f"{reachable}: this file may not be read and written here. Change its owner or "
        f"permissions, or choose another with BENCHMARK_DATABASE. DuckDB said: "
    )
    assert reachable.read_bytes() == content


@pytest.mark.skipif(os.name != "posix", reason="Rights are of another kind there.")
def test_a_folder_that_may_only_be_read_is_refused(reachable: Path) -> None:
    new = reachable.with_name("new.duckdb")
    reachable.parent.chmod(0o555)
    assert "this file may not be read and written here." in opened_as_nobody(new)
    assert not new.exists()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    path = tmp_path / "taken" / "benchmark.duckdb"
    with pytest.raises(StoreError) as refused:
        connect(str(path))
    assert str(refused.value).startswith(f"{path}: its folder cannot be made (")
    assert str(refused.value).endswith("Choose another file with BENCHMARK_DATABASE.")
