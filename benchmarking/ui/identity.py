"""Who is looking at this page, asked anew on every run."""

import streamlit as st

from benchmarking import accounts, server
from benchmarking.visit import Visit


def token() -> str | None:
    """What the browser's cookie says, as it was when the page was opened."""
    return st.context.cookies.get(accounts.COOKIE)


def visit() -> Visit:
    """Who asks, now. Callbacks call this again: roles may have changed since the page was drawn."""
    return accounts.visit_by(server.current(), token())
