"""What is installed is written down once, in full, and fits on everybody's machine."""

import ast
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

SET_UP = [
    *("requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"),
    *("requirements-audit.in", "requirements-audit.txt"),
    *("Makefile", "pyproject.toml", ".ci/run", ".streamlit/config.toml", ".gitignore"),
    *(".gitattributes", ".editorconfig", "CONTRIBUTING.md"),
]
# What names one machine or one place to download from.
ELSEWHERE = re.compile(
    r"https?://(?!localhost)|--(extra-)?index-url|--find-links|--trusted-host|file:|/root/|/home/",
)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def asked_for(name: str) -> list[Requirement]:
    """The requirements of an .in file, in its order."""
    lines = (line.strip() for line in text(name).splitlines())
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


def locked(name: str) -> dict[str, str]:
    """Each package of a lock with its version."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text(name), re.M))


LOCKS = {
    "requirements.txt": asked_for("requirements.in"),
    "requirements-dev.txt": asked_for("requirements.in") + asked_for("requirements-dev.in"),
    "requirements-audit.txt": asked_for("requirements-audit.in"),
}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_version_has_its_hashes(lock: str):
    entries = re.split(r"\n(?=[a-z])", text(lock).split("\n", 2)[2])
    assert len(entries) == len(locked(lock))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_what_was_asked_for(lock: str):
    versions = locked(lock)
    for wanted in LOCKS[lock]:
        version = versions.get(canonicalize_name(wanted.name))
        assert version, f"{wanted.name} is not in {lock}. Run make lock."
        assert wanted.specifier.contains(version), f"{lock} has {version}. Run make lock."


def test_tests_run_on_what_the_dashboard_runs_on():
    run, check = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {name: check.get(name) for name in run} == run


def test_windows_finds_its_own_packages_in_the_lock():
    assert re.search(r"^colorama==\S+ ; .*win32", text("requirements.txt"), re.M)


@pytest.mark.parametrize("name", SET_UP)
def test_set_up_names_no_place_of_its_own(name: str):
    assert [line for line in text(name).splitlines() if ELSEWHERE.search(line)] == []


def imported(*folders: str) -> set[str]:
    """The top names of all modules that the files of these folders import."""
    files = [file for folder in folders for file in ROOT.glob(folder)]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    whole = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | whole}


@pytest.mark.parametrize(
    "lock, folders",
    [
        ("requirements.txt", ("benchmarking/**/*.py", "pages/**/*.py", "dashboard.py")),
        ("requirements-dev.txt", ("tests/**/*.py", "benchmarks/**/*.py")),
    ],
)
def test_what_is_imported_is_asked_for_by_name(lock: str, folders: tuple[str, ...]):
    """Not merely present because something else needs it today."""
    ours = {"benchmarking", "benchmarks", "dashboard", "tests", "pages"}
    homes = packages_distributions()
    names = imported(*folders) - set(sys.stdlib_module_names) - ours
    wanted = {canonicalize_name(requirement.name) for requirement in LOCKS[lock]}
    nameless = {n for n in names if not {canonicalize_name(d) for d in homes.get(n, [n])} & wanted}
    assert names
    assert nameless == set(), f"Add to {lock.replace('txt', 'in')}: {', '.join(sorted(nameless))}"


def test_one_oldest_python_is_named_everywhere():
    assert 'target-version = "py311"' in text("pyproject.toml")
    assert 'pythonVersion = "3.11"' in text("pyproject.toml")
    assert "--python-version 3.11" in text("Makefile")
    assert "sys.version_info < (3, 11)" in text("Makefile")


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not used here")


def make(*words: str) -> subprocess.CompletedProcess[str]:
    """What make says to somebody who has nothing set up."""
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@needs_make
def test_make_alone_says_what_can_be_made():
    said = make().stdout
    for target in ("run", "test", "check", "format", "bench", "lock", "audit", "sbom"):
        assert re.search(rf"^  make {target} +\w", said, re.M), target


@needs_make
def test_an_old_python_is_refused_in_a_sentence(tmp_path: Path):
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2"\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    run = make("-B", ".venv/.can-run", f"PYTHON={old}")
    assert run.returncode != 0
    assert f"Python 3.11 or newer is needed, and {old} is older (Python 3.9.2)." in run.stdout


@needs_make
def test_a_missing_python_is_asked_for_in_a_sentence():
    run = make("-B", ".venv/.can-run", "PYTHON=python-nowhere")
    assert run.returncode != 0
    assert "There is no python-nowhere here. Install Python 3.11 or newer" in run.stdout


@needs_make
def test_the_locks_are_never_downloaded_without_their_hashes():
    assert text("Makefile").count("pip --disable-pip-version-check") == 1
    assert "--require-hashes" in make("-B", "-n", ".venv/.can-check").stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not used here")
def test_the_script_that_judges_changes_can_be_read():
    run = subprocess.run(
        ["bash", "-n", ROOT / ".ci/run"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_what_a_running_copy_writes_stays_out_of_git():
    assert "/data/local/" in text(".gitignore").splitlines()
    assert "/.streamlit/secrets.toml" in text(".gitignore").splitlines()


def test_every_machine_reads_the_same_bytes():
    assert "* text=auto eol=lf" in text(".gitattributes").splitlines()


def test_the_licence_is_mit():
    assert text("LICENSE").startswith("MIT License\n\nCopyright (c) 2026 The My expectations")
