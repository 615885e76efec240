"""Who is looking at this page: asked of the database once in every run."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

import streamlit as st

from benchmarking import server
from benchmarking.access import STRANGER
from benchmarking.people import accounts
from benchmarking.people.accounts import Arrival
from benchmarking.people.vouching import Credential
from benchmarking.settings import WayIn
from benchmarking.ui import caches
from benchmarking.visit import Visit

_of_this_run: ContextVar[Arrival | None] = ContextVar("arrival of this run", default=None)
_WHOSE = "whose"


def token() -> Credential:
    """What vouches for whoever opened this page, as it was then: claims, or a cookie."""
    if server.current().settings.way_in is WayIn.PROVIDER:
        said = st.user.to_dict()
        return said if said.get("is_logged_in") is True else None
    return st.context.cookies.get(accounts.COOKIE)


def arrival() -> Arrival:
    """Who asks, now, and what keeps them out: as ``one_visit`` found, or asked anew.

    Callbacks and fragments run outside ``one_visit``, so they always ask anew: roles may have
    changed since the page was drawn. They belong to whoever it was drawn for and to nobody else.
    """
    known = _of_this_run.get()
    if known is not None:
        return known
    found = _found()
    if _is_for_another(found):
        return Arrival(replace(found.visit, person=STRANGER))
    return found


def visit() -> Visit:
    """Who asks, now; see ``arrival``."""
    return arrival().visit


def sign_out() -> None:
    """Signs out here for good, and leads to the sign-in service to sign out there. A callback."""
    accounts.sign_out(server.current(), token())
    st.logout()


@contextmanager
def one_visit() -> Iterator[Visit]:
    """Asks once for everything that is drawn within."""
    found = _found()
    if _is_for_another(found):
        # Somebody named another person's browser tab: what that one typed is not for them.
        st.session_state.clear()
    st.session_state[_WHOSE] = found.visit.person.person_id
    before = _of_this_run.set(found)
    try:
        yield found.visit
    finally:
        _of_this_run.reset(before)


def _found() -> Arrival:
    return accounts.arrive(server.current(), token(), keep=caches.kept)


def _is_for_another(found: Arrival) -> bool:
    """Whether this browser tab was somebody else's until now."""
    # Not asked for by its name: a click during a run breaks a callback off at such an access.
    whose = st.session_state.to_dict().get(_WHOSE, 0)
    return whose not in (0, found.visit.person.person_id)
