"""What a rerun of each page costs the server, against an empty app in the same run.

    python -m benchmarks.pages

prints JSON: milliseconds of processor time and bytes sent per rerun, once warm.
"""

import asyncio
import json
import statistics
import tempfile
from pathlib import Path

from benchmarks.guests import sign_in
from benchmarks.servers import RunningServer, serving
from benchmarks.tab import Tab

WARM_UP = 5
RERUNS = 40
ROUNDS = 3
PAGES = (
    ("home", "", "trust-lead.DEMO-07"),
    ("assessment", "assessment", "trust-lead.DEMO-07"),
    ("our results", "our-results", "trust-lead.DEMO-07"),
    ("voices", "voices", "trust-lead.DEMO-07"),
    ("survey", "survey", "trust-lead.DEMO-07"),
    ("file review, reading", "file-review", "contributor.DEMO-12"),
    ("compare", "compare", "inspector"),
    ("overview", "overview", "board-member.DEMO-07"),
    ("trends", "trends", "trust-lead.DEMO-07"),
    ("published complaints", "published-complaints", "inspector"),
    ("published complaints, one trust", "published-complaints?trust=R0A", "inspector"),
    ("standards", "standards", "inspector"),
    ("methods", "methods", "inspector"),
)


def measure() -> dict[str, dict[str, float]]:
    """Milliseconds and bytes of each page; the median of some rounds of reruns."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        with serving("benchmarks/empty_app.py", "/_stcore/health", Path(folder)) as server:
            found["(empty app)"] = asyncio.run(_page(server, "", ""))
        with serving("dashboard.py", "/healthz", Path(folder)) as server:
            for name, page, subject in PAGES:
                found[name] = asyncio.run(_page(server, page, sign_in(server.port, subject)))
    empty = found["(empty app)"]["cpu_ms"]
    for costs in found.values():
        costs["times_empty"] = round(costs["cpu_ms"] / empty, 1)
    return found


async def _page(server: RunningServer, page: str, cookie: str) -> dict[str, float]:
    name, _, query = page.partition("?")
    rounds: list[float] = []
    sent = 0
    async with Tab(server.port, name, cookie, query) as tab:
        for _ in range(WARM_UP):
            await tab.run()
        for _ in range(ROUNDS):
            before = server.cpu_seconds()
            for _ in range(RERUNS):
                sent = (await tab.run()).received
            rounds.append((server.cpu_seconds() - before) / RERUNS * 1000)
    return {"cpu_ms": round(statistics.median(rounds), 1), "bytes": sent}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
