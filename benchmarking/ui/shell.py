"""What surrounds every page: the menu, who is looking, the footer, and how trouble is shown."""

import time
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache

import streamlit as st
from markupsafe import Markup

from benchmarking import events, measures, server
from benchmarking.access import Action, Refused, can
from benchmarking.assessing.sheets import NotThere
from benchmarking.people import denials
from benchmarking.settings import WayIn
from benchmarking.ui import address, html, identity, style
from benchmarking.ui.page import turns_away
from benchmarking.visit import Visit

_FOR_ALL = Action.SEE_PUBLIC_PAGES


@dataclass(frozen=True)
class ListedPage:
    """A page of the dashboard: its file, title and address, and the action that opens it.

    ``in_menu`` is false for pages that are reached from the footer or from another page. Who may
    do what ``gives_way_to`` names reaches it from another page, too: a menu has seven entries.
    """

    file: str
    title: str
    address: str
    action: Action
    in_menu: bool = True
    gives_way_to: Action | None = None


def run(pages: Sequence[ListedPage]) -> None:
    """Draws the page that was asked for, in its surroundings."""
    began = time.perf_counter()
    with identity.one_visit() as visit:
        listed = {page.address: _streamlit_page(page, visit) for page in pages}
        # Flat on purpose: a menu in sections fails WCAG 1.3.1.
        chosen = st.navigation(list(listed.values()), position="top")
        style.apply()
        address.turn_to(chosen.url_path)
        _bar(visit)
        _draw(visit, chosen, next(page for page in pages if listed[page.address] == chosen))
        _footer([listed[page.address] for page in pages if page.action is _FOR_ALL])
        measures.RERUNS.labels(chosen.url_path or "home").observe(time.perf_counter() - began)


def _draw(visit: Visit, chosen: st.Page, listed: ListedPage) -> None:
    # The page asks once more by itself, and then stops everything; asked here, a refusal leaves
    # the footer, which leads to what all may see.
    if turns_away(visit, listed.action):
        return
    try:
        chosen.run()
    except (Refused, NotThere) as told:
        denials.note(visit, told)
        st.warning(str(told))


def explain_fault(fault: Exception) -> bool:
    """Shows a reference number in place of a traceback, which goes to the log."""
    reference = events.fault(fault, "page")
    st.error(
        f"Something went wrong on our side, and nothing you saved before is lost. "
        f"Reload the page. If it happens again, tell your administrator the number {reference}."
    )
    return True


def _streamlit_page(page: ListedPage, visit: Visit) -> st.Page:
    """A page of this run's own: a run notes on it that it may be drawn."""
    return copy(_made_once(page, _is_in_menu(page, visit)))


def _is_in_menu(page: ListedPage, visit: Visit) -> bool:
    crowded = page.gives_way_to is not None and can(visit.person, page.gives_way_to)
    return page.in_menu and not crowded and can(visit.person, page.action)


# Making seventeen anew takes a tenth of a rerun, most of it to look for their files.
@cache
def _made_once(page: ListedPage, visible: bool) -> st.Page:
    return st.Page(
        page.file,
        title=page.title,
        url_path=page.address,
        default=page.address == "",
        visibility="visible" if visible else "hidden",
    )


def _bar(visit: Visit) -> None:
    name = Markup("<strong>My expectations benchmark</strong>")
    if server.current().is_demonstration:
        name += Markup(' <span class="bm-demo">Demonstration: fictional trusts</span>')
    bar = Markup('<div class="bm-bar"><span>{}</span><span>{}</span></div>').format(
        name, _who(visit)
    )
    if server.current().settings.way_in is not WayIn.PROVIDER:
        html.put(bar)
        return
    with st.container(key="bar", horizontal=True, vertical_alignment="center"):
        html.put(bar)
        _in_or_out()


def _who(visit: Visit) -> Markup:
    arrival, way_in = identity.arrival(), server.current().settings.way_in
    if arrival.newcomer is not None:
        return Markup("Signed in, without a role")
    if visit.person.is_stranger:
        return Markup("Nobody is signed in")
    after = {
        WayIn.CHOICE: Markup(' · <a href="/sign-in" target="_self">Change role</a>'),
        WayIn.LAPTOP: Markup(" · Copy for this machine alone, without sign-in"),
    }
    return Markup("{}{}").format(visit.person.title, after.get(way_in, ""))


def _in_or_out() -> None:
    if identity.arrival().can_sign_out:
        st.button("Sign out", key="bar-sign-out", type="tertiary", on_click=identity.sign_out)
    else:
        st.button("Sign in", key="bar-sign-in", type="tertiary", on_click=st.login)


def _footer(pages: Sequence[st.Page]) -> None:
    html.put(
        Markup(
            '<div class="bm-footer">“My expectations”: Parliamentary and Health Service Ombudsman, '
            "Local Government Ombudsman and Healthwatch England, 2014. Contains information from "
            "NHS England, licensed under the Open Government Licence v3.0. "
            "Self-assessed results are not CQC ratings.</div>"
        )
    )
    with st.container(horizontal=True, gap="medium"):
        for page in pages:
            st.page_link(page, width="content")
