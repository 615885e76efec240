"""The table of layers holds in every file, and its rules catch what they are for."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.architecture_rules import (
    FOR_USE_CASES,
    OPEN_TO_ALL,
    faults,
    modules_that_cache,
    use_cases_that_do_not_ask,
)

ROOT = Path(__file__).resolve().parent.parent


@cache
def project() -> dict[str, str]:
    """Every source file that the table speaks of, path to text."""
    found = [*ROOT.glob("benchmarking/**/*.py"), *ROOT.glob("pages/**/*.py"), ROOT / "dashboard.py"]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(found)
        if path.exists()
    }


@pytest.mark.parametrize("path", project())
def test_the_table_holds_in(path: str):
    found = faults(path, project()[path])
    assert not found, "\n" + "\n".join(found)


def test_the_table_is_held_in_the_whole_package():
    assert {"benchmarking/__init__.py", "benchmarking/settings/__init__.py"} <= project().keys()


def test_one_module_holds_every_cache():
    assert len(modules_that_cache(project())) <= 1, modules_that_cache(project())


def test_every_use_case_asks_first():
    unasked = use_cases_that_do_not_ask(project())
    assert not unasked, "\n" + "\n".join(unasked)


@pytest.mark.parametrize("function", sorted(OPEN_TO_ALL | FOR_USE_CASES))
def test_an_exemption_names_something_that_exists(function: str):
    module, name = function.rsplit(".", 1)
    tree = ast.parse(project()[f"benchmarking/{module.replace('.', '/')}.py"])
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


# The rules themselves: each catches what it is for, and says where.

SAYS = '"""Says what you find here."""\n'
LONG = "    total = 0\n" * 41


@pytest.mark.parametrize(
    "path, source, fault",
    [
        (
            "benchmarking/scoring.py",
            "from benchmarking import store",
            "line 2: scoring (numbers) may not import benchmarking.store (store), a layer below.",
        ),
        (
            "benchmarking/store/people.py",
            "def find():\n    '''Finds.'''\n    from benchmarking.results.levels import of_all",
            "line 4: store (store) may not import benchmarking.results.levels (use cases)",
        ),
        (
            "benchmarking/access.py",
            "import benchmarking.statistics.funnel",
            "line 2: access (facts) may not import benchmarking.statistics.funnel (numbers)",
        ),
        (
            "benchmarking/ui/page.py",
            "from benchmarking.web import sign_in",
            "line 2: ui and web do not know each other",
        ),
        (
            "benchmarking/charts/funnel.py",
            "from benchmarking.store import answers",
            "line 2: charts is given results and never fetches",
        ),
        (
            "pages/boards/overview.py",
            "from benchmarking import store",
            "line 2: a page asks a use case, never the store",
        ),
        ("benchmarking/scoring.py", "from . import peers", "line 2: imports are absolute"),
        (
            "benchmarking/results/comparisons.py",
            "import streamlit as st",
            "line 2: only ui and pages and dashboard may import streamlit, and this is",
        ),
        (
            "benchmarking/results/comparisons.py",
            "from sqlalchemy import text",
            "line 2: only store may import sqlalchemy, and this is results.",
        ),
        ("benchmarking/ui/page.py", "import duckdb", "line 2: only store may import duckdb"),
        (
            "benchmarking/reports/paper.py",
            "from plotly import graph_objects",
            "line 2: only charts may import plotly, and this is reports.",
        ),
        (
            "pages/boards/overview.py",
            "import pandas as pd",
            "line 2: a page imports the package and Streamlit, nothing else: not pandas.",
        ),
        ("pages/overview.py", "", "line 1: a page lies one folder down"),
        ("pages/boards/more/overview.py", "", "line 1: a page lies one folder down"),
        (
            "pages/boards/overview.py",
            "def show():\n    '''Shows.'''",
            "line 2: a page has no def, class or lambda",
        ),
        ("pages/boards/overview.py", "class Show:\n    '''Is shown.'''", "line 2: a page has no"),
        ("pages/boards/overview.py", "double = lambda n: n * 2", "line 2: a page has no"),
        (
            "pages/boards/overview.py",
            "import streamlit as st\nst.radio('Level', [])",
            "line 3: a page calls Streamlit for layout alone: st.radio belongs in ui.",
        ),
        (
            "pages/boards/overview.py",
            "from streamlit import radio",
            "line 2: a page calls Streamlit for layout alone: st.radio belongs in ui.",
        ),
        ("pages/boards/overview.py", "count = 0\n" * 40, "line 41: 41 lines are too many"),
        (
            "dashboard.py",
            "import streamlit as st\n@st.cache_data\ndef _answers():\n    return []",
            "line 3: only ui caches, and this is dashboard.",
        ),
        (
            "dashboard.py",
            "from streamlit import cache_resource",
            "line 2: only ui caches, and this is dashboard.",
        ),
        (
            "benchmarking/results/comparisons.py",
            "QUESTION = '''\n    SELECT code\n    FROM organisation\n'''",
            "line 2: SQL belongs in store, and this is results.",
        ),
        (
            "benchmarking/results/comparisons.py",
            "def _insert(table):\n    return f'INSERT INTO {table} VALUES (1)'",
            "line 3: SQL belongs in store",
        ),
        (
            "benchmarking/results/comparisons.py",
            "def _kept(path):\n    return path.read_text()",
            "line 3: only loaders and store read or write files, not results.",
        ),
        ("benchmarking/scoring.py", "kept = open('x')", "line 2: only loaders and store read"),
        (
            "benchmarking/scoring.py",
            f"def _mean():\n{LONG}",
            "line 2: _mean has 41 lines, at most 40",
        ),
        ("benchmarking/scoring.py", "count = 0\n" * 400, "line 401: 401 lines are too many"),
        (
            "benchmarking/scoring.py",
            "def mean():\n    return 0",
            "line 2: mean is public and has no",
        ),
        (
            "benchmarking/scoring.py",
            "class Score:\n    '''One.'''\n    def of(self):\n        one = 1\n        return one",
            "line 4: of is public and has no docstring.",
        ),
        ("benchmarking/ui/helpers.py", "", "line 1: the name 'helpers' says nothing"),
        (
            "benchmarking/letters/paper.py",
            "",
            "line 1: the folder benchmarking/letters/ has no line in the table of layers.",
        ),
    ],
)
def test_a_breach_is_named_with_file_and_line(path: str, source: str, fault: str):
    assert any(found.startswith(f"{path}, {fault}") for found in faults(path, SAYS + source))


def test_a_file_says_what_you_find_in_it():
    assert faults("dashboard.py", "import streamlit") == [
        "dashboard.py, line 1: the file begins with a docstring: "
        "one sentence that says what you find here."
    ]


@pytest.mark.parametrize(
    "path, source",
    [
        ("benchmarking/__init__.py", ""),
        ("benchmarking/settings.py", "from benchmarking import __version__"),
        ("benchmarking/peers.py", "from benchmarking import organisations\nimport numpy as np"),
        ("benchmarking/store/people.py", "from sqlalchemy import text\nQ = 'SELECT 1 FROM person'"),
        (
            "benchmarking/results/overview.py",
            "from benchmarking import scoring, store\nfrom benchmarking.results import comparisons",
        ),
        ("benchmarking/ui/kept.py", "import streamlit as st\nkeep = st.cache_resource"),
        ("benchmarking/web/sign_in.py", "from starlette.responses import Response"),
        ("benchmarking/commands/demo.py", "import click\nfrom benchmarking import store"),
        (
            "benchmarking/results/overview.py",
            'HINT = "Select a trust from the list, then set a year."',
        ),
        ("benchmarking/scoring.py", f"def _mean():\n{LONG[: -len('    total = 0')]}".rstrip()),
        (
            "pages/boards/overview.py",
            "import streamlit as st\nfrom benchmarking.ui import page\n"
            "person = page.open_page('Overview')\nleft, right = st.columns(2)",
        ),
        ("dashboard.py", "import streamlit as st\nfrom benchmarking import ui, web, store"),
    ],
)
def test_what_the_table_allows_passes(path: str, source: str):
    assert faults(path, SAYS + source) == []


def test_a_second_module_that_caches_is_found():
    cached = "import streamlit as st\n@st.cache_data\ndef answers(): ..."
    files = {"benchmarking/ui/kept.py": cached, "benchmarking/ui/page.py": cached}
    assert modules_that_cache(files) == list(files)


# A use case of another file, for those below to call.
DRAFTS = """
from benchmarking.access import check_can

def line(visit):
    check_can(visit.person)
    return 1
"""


def unasked(source: str) -> list[str]:
    start = "from benchmarking import access\nfrom benchmarking.assessing import drafts\n"
    files = {
        "benchmarking/assessing/drafts.py": DRAFTS,
        "benchmarking/results/overview.py": start + source,
    }
    return use_cases_that_do_not_ask(files)


@pytest.mark.parametrize(
    "why, source",
    [
        ("it asks itself", "def of(visit): access.check_can(visit.person)"),
        ("it answers whether one may", "def of(visit): return access.can(visit.person)"),
        ("its file asks", "def of(visit): _of(visit)\ndef _of(v): access.check_can(v.person)"),
        (
            "an import asks",
            "def of(visit): line(visit)\nfrom benchmarking.assessing.drafts import line",
        ),
        ("a module asks", "def of(visit): drafts.line(visit)"),
        ("a block opens by asking", "def of(visit):\n    with drafts.line(visit):\n        pass"),
        ("nobody is given a visit", "def of(score): return score"),
        ("it is private", "def _of(visit): return visit"),
    ],
)
def test_a_use_case_passes_when(why: str, source: str):
    assert unasked(source) == [], why


@pytest.mark.parametrize(
    "why, source",
    [
        ("it asks nothing", "def of(visit): return visit"),
        ("it asks too late", "def of(visit):\n    x = 1\n    access.check_can(visit.person)"),
        ("it asks within a block", "def of(visit):\n    if visit:\n        drafts.line(visit)"),
        ("its file asks nothing", "def of(visit): _of(visit)\ndef _of(visit): return visit"),
        ("that name is not imported", "def of(visit): line(visit)"),
        ("two functions only call each other", "def of(visit): _of(visit)\ndef _of(v): of(v)"),
    ],
)
def test_a_use_case_is_named_when(why: str, source: str):
    said = "results.overview.of is a use case: its first line calls check_can."
    assert unasked(source) == [f"benchmarking/results/overview.py, line 3: {said}"], why


def test_the_other_layers_are_not_asked_to_ask():
    assert use_cases_that_do_not_ask({"benchmarking/ui/page.py": "def of(visit): ..."}) == []


@pytest.mark.parametrize(
    "source",
    [
        "from benchmarking.assessing.sheet_reading import read_sheet",
        "from benchmarking.assessing import sheet_reading\nr = sheet_reading.read_sheet",
    ],
)
def test_only_a_use_case_calls_what_asks_nothing(source: str):
    said = "assessing.sheet_reading.read_sheet asks no permission: only a use case may call it."
    assert said in faults("benchmarking/ui/page.py", SAYS + source)[0]
    assert faults("benchmarking/results/overview.py", SAYS + source) == []
