"""What taking files away costs: tables as CSV, a calendar, the audit, invitations for the post."""

import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd

from benchmarking import audits, exports, server
from benchmarking.action_plan import action_files
from benchmarking.assessing.sheets import trust_of
from benchmarking.moments import utc_now
from benchmarking.server import Server
from benchmarking.settings import ROOT
from benchmarking.store import cycles, people, survey_terms
from benchmarking.store.audit import Wanted
from benchmarking.survey import invitation_letters
from benchmarking.survey.invitations import Link, Made
from benchmarking.visit import Visit

ROUNDS = 7
TRUST = "DEMO-07"
HOME = "http://localhost:8501"
INVITED = 200
TOKEN_BYTES = 32
PUBLISHED = ROOT / "data" / "published" / "ko41a_2024-25_org_level.csv"

Taken = Callable[[], bytes]


def measure() -> dict[str, dict[str, Any]]:
    """Milliseconds of processor time and kilobytes of each file, the best of some rounds."""
    with tempfile.TemporaryDirectory(prefix="benchmark-exports-") as folder:
        address = str(Path(folder) / "benchmark.duckdb")
        with patch.dict(os.environ, {"BENCHMARK_DATABASE": address}):
            running = server.current()
        try:
            return {name: _measured(take) for name, take in _files(running)}
        finally:
            server.stop()


def _measured(take: Taken) -> dict[str, Any]:
    best, size = float("inf"), 0
    for _ in range(ROUNDS):
        began = time.process_time()
        size = len(take())
        best = min(best, time.process_time() - began)
    return {"cpu_ms": round(best * 1000, 1), "kb": round(size / 1000, 1)}


def _files(running: Server) -> Iterator[tuple[str, Taken]]:
    lead = _visit(running, f"trust-lead.{TRUST}")
    administrator = _visit(running, "administrator")
    published = pd.read_csv(PUBLISHED, dtype=str)
    yield "KO41a as CSV", lambda: exports.to_csv(published)
    yield "actions as CSV", lambda: action_files.table(lead, TRUST)
    yield "actions as a calendar (ICS)", lambda: action_files.calendar(lead, TRUST, HOME)
    yield "audit as CSV", lambda: audits.export(administrator, Wanted())
    made = _invited(lead)
    yield f"{INVITED} invitations (ZIP)", lambda: invitation_letters.zipped(made, HOME)


def _visit(running: Server, subject: str) -> Visit:
    now = utc_now()
    with running.database.reading() as reading:
        known = people.known(reading, "demonstration", subject)
    if known is None:
        raise RuntimeError(f"The demonstration has nobody called {subject}.")
    return Visit(known.at(now), running.database, running.library, now, running.files)


def _invited(lead: Visit) -> Made:
    """Invitations as they are when they were just made, without making any."""
    with lead.database.reading() as reading:
        trust = trust_of(reading, TRUST)
        cycle = cycles.every(reading)[0]
        terms = survey_terms.of_trust(reading, trust.organisation_id).terms
    links = tuple(
        Link(f"{number:08}", secrets.token_urlsafe(TOKEN_BYTES)) for number in range(INVITED)
    )
    return Made(trust, cycle, terms, links, lead.today)
