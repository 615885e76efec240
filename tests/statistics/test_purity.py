"""Statistics are numbers in and results out: they bring neither files, database nor pictures."""

import subprocess
import sys
from pathlib import Path

from benchmarking import statistics

FOLDER = Path(statistics.__file__).parent
EVERY_MODULE = sorted(
    ".".join(["benchmarking.statistics", *path.relative_to(FOLDER).with_suffix("").parts])
    for path in FOLDER.rglob("*.py")
    if path.stem != "__init__"
)
FOREIGN = {"duckdb", "pandas", "plotly", "pydantic", "scipy.stats", "sqlalchemy", "streamlit"}


def test_statistics_bring_nothing_but_numpy_and_special_functions():
    script = f"import sys, {', '.join(EVERY_MODULE)}; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=FOLDER.parents[1],
    )
    loaded = set(done.stdout.split())
    assert {"numpy", "scipy.special"} <= loaded
    assert loaded & (FOREIGN | {"yaml"}) == set()
