"""How every page begins: with its own guard, then its title."""

import streamlit as st
from markupsafe import Markup

from benchmarking import server
from benchmarking.access import Action, Refused, check_can
from benchmarking.people import denials
from benchmarking.server import Server
from benchmarking.settings import WayIn
from benchmarking.ui import html, identity
from benchmarking.visit import Visit


def open_page(title: str, *, needs: Action) -> Visit:
    """Who asks, if they may see this page; else says why not and ends the page.

    Each page calls this first, because Streamlit can be brought to run a page's file without
    ``dashboard.py``.
    """
    visit = identity.visit()
    if turns_away(visit, needs):
        st.stop()
    st.title(title, anchor=False)
    return visit


def turns_away(visit: Visit, needs: Action) -> bool:
    """Whether this person may not do what a page needs; then the page has been told so."""
    try:
        check_can(visit.person, needs)
    except Refused as refusal:
        denials.note(visit, refusal)
        _tell(visit, str(refusal))
        return True
    return False


def _tell(visit: Visit, why: str) -> None:
    arrival = identity.arrival()
    st.title("My expectations benchmark", anchor=False)
    st.markdown(arrival.why_not or why)
    if arrival.newcomer is not None:
        said = arrival.newcomer
        st.code(f"issuer   {said.issuer}\nsubject  {said.subject}", language=None)
    elif visit.person.is_stranger:
        _offer_way_in(server.current())


def _offer_way_in(running: Server) -> None:
    if running.offers_demonstration_sign_in:
        html.put(Markup('<p><a href="/sign-in" target="_self">Choose a role and sign in</a></p>'))
    elif running.settings.way_in is WayIn.PROVIDER:
        st.button("Sign in", key="sign-in", type="primary", on_click=st.login)
