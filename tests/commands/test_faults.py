"""A fault in a command: a sentence with a number, and the details on a line of the log."""

import json
import subprocess
import sys

from benchmarking.settings import ROOT

BROKEN = """
import sys
from benchmarking.commands import faults
sys.excepthook = faults.explain
sys.argv = ["benchmarking", "ledger", "verify", "--secret=x"]
raise ZeroDivisionError("nobody foresaw this")
"""


def test_a_fault_is_told_with_a_number_and_logged_under_it() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", BROKEN], cwd=ROOT, capture_output=True, text=True, check=False
    )
    logged, said = ended.stderr.splitlines()
    line = json.loads(logged)
    assert ended.returncode == 1
    assert line["event"] == "fault" and line["where"] == "command line: ledger"
    assert "ZeroDivisionError: nobody foresaw this" in line["trace"]
    assert said == (
        f"Something went wrong on our side, and nothing that was saved before is lost. If it "
        f"happens again, report the number {line['reference']} with the line of the log that has "
        f"it."
    )
