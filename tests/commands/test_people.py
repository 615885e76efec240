"""The commands about people, above all the first administrator; a server that does not begin."""

import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarking import __main__ as command_line
from benchmarking import settings
from benchmarking.moments import utc_now
from benchmarking.people import ways_in
from benchmarking.settings import ROOT
from benchmarking.store.opening import open_database
from tests.browser.serving import free_port
from tests.test_provider import COMPLETE

SECRET = secrets.token_hex(32)
ADD = ("people", "add", "--subject", "a1", "--title", "Administrator", "--role", "administrator")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A live database with nobody in it."""
    path = tmp_path_factory.mktemp("people") / "made.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        settings_of(path, patch)
        open_database(settings.read(), utc_now()).close()
    return path


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = Path(shutil.copy(made, tmp_path / "live.duckdb"))
    settings_of(copy, monkeypatch)
    return copy


def settings_of(database: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("BENCHMARK_MODE", "production")
    patch.setenv("BENCHMARK_DATABASE", str(database))
    patch.setenv("BENCHMARK_SECRET", SECRET)


def run(patch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Runs ``python -m benchmarking`` with these arguments; its exit code."""
    patch.setattr("sys.argv", ["benchmarking", *arguments])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    return int(ended.value.code or 0)


@pytest.mark.usefixtures("here")
def test_the_first_administrator_is_added_and_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "people", "list") == 0
    assert capsys.readouterr().out == "Nobody is known here yet.\n"
    assert run(monkeypatch, *ADD, "--issuer", "https://id.example/") == 0
    assert capsys.readouterr().out == "Person 1 holds the role administrator from now.\n"
    assert run(monkeypatch, "people", "list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Administrator: administrator (everywhere)",
        "  https://id.example a1",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("serve",),
        ("people", "list"),
        ("people", "end", "--subject", "a1"),
        ("import", "monthly", "months.csv"),
        ("retention", "report"),
    ],
)
def test_no_command_but_the_first_administrators_begins_a_live_database(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    mistyped = tmp_path / "mistyped.duckdb"
    settings_of(mistyped, monkeypatch)
    (tmp_path / "months.csv").touch()
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *arguments) != 0
    assert str(mistyped) in (told := capsys.readouterr().err), told
    assert sorted(place.name for place in tmp_path.iterdir()) == ["months.csv"]


def test_the_first_administrator_begins_a_live_database_and_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new" / "live.duckdb"
    settings_of(new, monkeypatch)
    said = []
    for subject in ("a1", "a2"):
        assert run(monkeypatch, *ADD, "--subject", subject) == 0
        said += capsys.readouterr().out.splitlines()
    assert said == [
        f"Began a new live database: {new}",
        "Person 1 holds the role administrator from now.",
        "Person 2 holds the role administrator from now.",
    ]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("told, issuer", [({}, "laptop"), (COMPLETE, "https://id.example.nhs.uk")])
def test_without_an_issuer_the_one_that_is_set_is_meant(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    told: dict[str, str],
    issuer: str,
) -> None:
    for name, said in told.items():
        monkeypatch.setenv(name, said)
    trust = ("--title", "Complaints manager", "--role", "trust lead", "--trust", "RJ1")
    assert run(monkeypatch, "people", "add", "--subject", "t1", *trust) == 0
    assert run(monkeypatch, "people", "list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Person 1 holds the role trust lead in RJ1 from now.",
        "Complaints manager: trust lead (RJ1)",
        f"  {issuer} t1",
    ]


@pytest.mark.usefixtures("here")
def test_roles_are_ended_and_the_person_stays_known(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, *ADD)
    capsys.readouterr()
    assert run(monkeypatch, "people", "end", "--subject", "a1") == 0
    assert run(monkeypatch, "people", "list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Roles ended: 1.",
        "Administrator: no role now",
        "  laptop a1",
    ]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "arguments, told",
    [
        ((*ADD, "--trust", "RJ1"), "The role administrator holds everywhere. Leave --trust out."),
        (("people", "end", "--subject", "x"), "Nobody is known here by this issuer and subject."),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    assert run(monkeypatch, *arguments) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.startswith(told), "Traceback" in said.err) == ("", True, False)


def test_a_demonstration_that_is_not_filled_takes_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BENCHMARK_DATABASE", str(tmp_path / "new.duckdb"))
    assert run(monkeypatch, *ADD) == 1
    assert "Run: python -m benchmarking demo create" in capsys.readouterr().err


@pytest.mark.usefixtures("here")
def test_serving_what_nobody_could_enter_ends_with_2_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "serve") == ways_in.EXIT_CODE == 2
    said = capsys.readouterr()
    assert said.err.startswith("Nobody holds a role here yet, and no sign-in service is set.")
    assert said.out == "Preparing the database ...\n"


def test_a_server_begun_without_the_command_refuses_the_same(here: Path) -> None:
    """Started by Streamlit itself, on an address that others can reach."""
    where = ("--server.address", "0.0.0.0", "--server.port", str(free_port()))
    run = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", *where],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 2
    assert "Others can reach the address 0.0.0.0, and no sign-in service is set" in run.stderr
    assert "Traceback" not in run.stderr + run.stdout
    assert here.exists()
