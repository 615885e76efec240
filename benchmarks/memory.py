"""What an open tab costs the server in memory, and whether memory grows over ten thousand reruns.

A hundred people come and open each of their pages, then the same hundred in a second tab: what
the second hundred add is the tabs alone, for all results are kept already. Then all of them click
without a pause, saving answers among it.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import figures, guests
from benchmarks.crowd import Plan
from benchmarks.load import READY, crowd
from benchmarks.servers import serving

TABS = 200
# Until as many results are kept as the server keeps at most, memory rises with them.
FILLS = 12_000


def measure(further: int = 10_000) -> dict[str, Any]:
    """Kilobytes for each tab, and by how much memory grew; for JSON."""
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-memory-") as folder,
        serving("dashboard.py", READY, Path(folder)) as server,
    ):
        come = guests.come(server.port, TABS, twice=True)
        plan = Plan(server.port, (server.process.pid,), come, think=0.5, halves=True, walks=True)
        told = crowd(replace(plan, seconds=0, fills=FILLS, further=further))
    moments = told["moments"]
    half, arrived, settled, last = (
        moments[name]["bytes"] for name in ("half", "arrived", "settled", "last")
    )
    return {
        "errors": len(told["failures"]),
        "first errors": told["failures"][:5],
        "kb_each_tab": round((arrived - half) / (TABS / 2) / 1000),
        "mb": {name: round(moment["bytes"] / 1e6, 1) for name, moment in moments.items()},
        "reruns": moments["last"]["runs"] - moments["settled"]["runs"],
        "growth_percent": round((last / settled - 1) * 100, 1),
        "cpu_ms": figures.cpu_ms_each(moments["settled"], moments["last"]),
    }
