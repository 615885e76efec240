"""The dashboard with one address more, at which a write takes its time: for tests of stopping."""

import time
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from benchmarking import server
from benchmarking.moments import utc_now
from benchmarking.settings import ROOT
from benchmarking.store.database import AuditEntry
from benchmarking.web.application import surround

SECONDS = 3.0
# Ends the name of an empty file beside the database, which says that a write is under way.
MARK = ".writing"


def write_slowly(request: Request) -> PlainTextResponse:
    """Writes one entry, slowly; answers once it is kept."""
    running, name = server.current(), request.path_params["name"]
    mark = Path(running.settings.database).with_name(name + MARK)
    with running.database.writing(AuditEntry(1, "slow write", name, utc_now())):
        mark.touch()
        time.sleep(SECONDS)
    return PlainTextResponse(f"kept {name}")


if __name__ != "tests.web.slow_dashboard":
    around = surround(st.get_option)
    app = st.App(
        ROOT / "dashboard.py",
        routes=[*around.routes(), Route("/slow/{name}", write_slowly, methods=["GET"])],
        middleware=around.middleware(),
        lifespan=around.lifespan,
    )
