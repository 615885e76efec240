"""Whether a database file is held by somebody, asked from a process of its own."""

import subprocess
import sys
from pathlib import Path


def is_held(database: Path) -> bool:
    """Whether another program is kept from opening a database."""
    opening = [sys.executable, "-c", "import duckdb, sys; duckdb.connect(sys.argv[1])"]
    tried = subprocess.run([*opening, str(database)], capture_output=True, text=True, check=False)
    assert tried.returncode == 0 or "Conflicting lock" in tried.stderr, tried.stderr
    return tried.returncode != 0
