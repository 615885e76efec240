"""Who is looking at this page: asked of the database once in every run."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from benchmarking import accounts, server
from benchmarking.ui import caches
from benchmarking.visit import Visit

_of_this_run: ContextVar[Visit | None] = ContextVar("visit of this run", default=None)


def token() -> str | None:
    """What the browser's cookie says, as it was when the page was opened."""
    return st.context.cookies.get(accounts.COOKIE)


def visit() -> Visit:
    """Who asks, now: as ``one_visit`` found, or asked anew.

    Callbacks and fragments run outside ``one_visit``, so they always ask anew: roles may have
    changed since the page was drawn.
    """
    return _of_this_run.get() or accounts.visit_by(server.current(), token(), keep=caches.kept)


@contextmanager
def one_visit() -> Iterator[Visit]:
    """Asks once for everything that is drawn within."""
    found = visit()
    before = _of_this_run.set(found)
    try:
        yield found
    finally:
        _of_this_run.reset(before)
