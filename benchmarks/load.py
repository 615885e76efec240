"""Two hundred people at once: with time to think, and all in the same moment.

    python -m benchmarks load --sessions 200 --think 5 --minutes 3

Each is a websocket of its own, signed in as a person of the demonstration; the crowd runs in a
process of its own (``crowd``). Driver and server share the machine, so what is measured includes
the driver's share of its cores.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from benchmarks import figures, guests
from benchmarks.crowd import ANSWER, PAGE, RERUN, START, Guest, Plan
from benchmarks.servers import RunningServer, serving, told_by

BARE = "benchmarks/five_charts.py"
BARE_KEPT = "benchmarks/five_charts_kept.py"
HEALTH, READY = "/_stcore/health", "/healthz"
WARM_UP = 4
# A tab that was closed is kept by Streamlit for two minutes, for whoever comes back.
NOBODY_THINKS = 600.0
BARE_SECONDS = 60.0


def measure(sessions: int, think: float, minutes: float, further: int) -> dict[str, Any]:
    """All at once and with think time; for JSON."""
    return {
        "sessions": sessions,
        "think_s": think,
        "minutes": minutes,
        "at once": at_once(sessions),
        "thinking, bare": thinking_at_a_bare_page(sessions, think),
        "thinking": thinking(sessions, think, minutes, further),
    }


def at_once(sessions: int) -> dict[str, dict[str, Any]]:
    """The first page of everybody in the same moment, beside bare pages of five charts."""
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="benchmark-load-") as folder:
        for name, script in (("bare page", BARE), ("bare page, kept figures", BARE_KEPT)):
            with serving(script, HEALTH, Path(folder)) as server:
                found[name] = _opened(server, guests.strangers(sessions))
        with serving("dashboard.py", READY, Path(folder)) as server:
            found["ours, just started"] = _started(server, guests.come(server.port, sessions))
            found["ours"] = _started(server, guests.come(server.port, sessions))
    for one in found.values():
        one["times bare"] = _ratio(one, found["bare page"])
        one["times bare, kept"] = _ratio(one, found["bare page, kept figures"])
    return found


def thinking(sessions: int, think: float, minutes: float, further: int) -> dict[str, Any]:
    """Everybody at their own pace, and the server's memory over many more reruns."""
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-load-") as folder,
        serving("dashboard.py", READY, Path(folder)) as server,
    ):
        plan = Plan(server.port, (server.process.pid,), guests.come(server.port, sessions), think)
        told = crowd(replace(plan, seconds=minutes * 60, further=further))
    return summed_up(told)


def thinking_at_a_bare_page(sessions: int, think: float) -> dict[str, Any]:
    """The same crowd at a bare page that keeps its figures: what this machine lets anybody do."""
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-load-") as folder,
        serving(BARE_KEPT, HEALTH, Path(folder)) as server,
    ):
        come = guests.strangers(sessions)
        plan = Plan(server.port, (server.process.pid,), come, think, seconds=BARE_SECONDS)
        return summed_up(crowd(plan))


def crowd(plan: Plan) -> dict[str, Any]:
    """Lets a crowd come in a process of its own; what happened.

    Raises:
        RuntimeError: the driver itself failed.
    """
    return told_by("benchmarks.crowd", given=json.dumps(asdict(plan)))


def summed_up(told: dict[str, Any]) -> dict[str, Any]:
    """What a crowd told, as numbers."""
    moments = told["moments"]
    arrived, settled, last = (moments[name] for name in ("arrived", "settled", "last"))
    runs = told["runs"]
    later = [ms for kind, _, ms, _ in runs if kind != START]
    pages = dict.fromkeys(page for _, page, _, _ in runs)
    return {
        "errors": len(told["failures"]),
        "first errors": told["failures"][:5],
        "start_ms": figures.spread([ms for kind, _, ms, _ in runs if kind == START]),
        "later_ms": figures.spread(later),
        **{
            f"{kind}_ms": figures.spread([ms for one, _, ms, _ in runs if one == kind])
            for kind in (RERUN, PAGE, ANSWER)
        },
        "by page": {
            page or "home": figures.spread([ms for _, one, ms, _ in runs if one == page])
            for page in pages
        },
        "kb_each": round(sum(received for *_, received in runs) / max(len(runs), 1) / 1000, 1),
        "cpu_ms_start": figures.cpu_ms_each(moments["empty"], arrived),
        "cpu_ms": figures.cpu_ms_each(arrived, last),
        "mb": {name: round(moment["bytes"] / 1e6, 1) for name, moment in moments.items()},
        "further": last["runs"] - settled["runs"],
        "growth_percent": round((last["bytes"] / settled["bytes"] - 1) * 100, 1),
        "driver_cpu_s": round(told["own_cpu"], 1),
    }


def _opened(server: RunningServer, come: Sequence[Guest]) -> dict[str, Any]:
    """A bare page opened by everybody, once a few have been there."""
    _started(server, come[:WARM_UP])
    return _started(server, come)


def _started(server: RunningServer, come: Sequence[Guest]) -> dict[str, Any]:
    plan = Plan(server.port, (server.process.pid,), tuple(come), NOBODY_THINKS, ramp=0, seconds=0)
    told = crowd(plan)
    moments = told["moments"]
    return {
        "errors": len(told["failures"]),
        "first errors": told["failures"][:5],
        "start_ms": figures.spread([ms for _, _, ms, _ in told["runs"]]),
        "cpu_ms": figures.cpu_ms_each(moments["empty"], moments["arrived"]),
    }


def _ratio(one: dict[str, Any], bare: dict[str, Any]) -> float:
    return round(one["start_ms"]["p95"] / bare["start_ms"]["p95"], 2)
