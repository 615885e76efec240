"""How every page begins: with its own guard, then its title."""

import streamlit as st
from markupsafe import Markup

from benchmarking import server
from benchmarking.access import Action, Refused, check_can
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
        _tell(visit, str(refusal))
        return True
    return False


def _tell(visit: Visit, why: str) -> None:
    st.title("My expectations benchmark", anchor=False)
    st.markdown(why)
    if visit.person.is_stranger and server.current().offers_demonstration_sign_in:
        html.put(Markup('<p><a href="/sign-in" target="_self">Choose a role and sign in</a></p>'))
