"""Survey: answers brought by file, and people invited to answer."""

import streamlit as st

from benchmarking.access import Action, can
from benchmarking.answers import Cycle
from benchmarking.moments import in_words
from benchmarking.replies import Asked
from benchmarking.survey import file_imports
from benchmarking.survey.file_imports import Standing
from benchmarking.ui import (
    address,
    caches,
    entry_form,
    invitations_view,
    pick,
    show,
    survey_asked,
    survey_bringing,
    survey_brought,
)
from benchmarking.visit import Visit

_BRING, _INVITE = "bring", "invite"
_WAYS = {_BRING: "Your own survey", _INVITE: "Invite people here"}
_RESULTS = "pages/trusts/our_results.py"


def show_page(visit: Visit) -> None:
    """The page of one trust."""
    trust = pick.own_trust(visit)
    offered = file_imports.choices(visit, trust, caches.kept)
    cycle = address.one_of(
        "Cycle", offered, key="cycle", shown_as=lambda c: c.title, named=lambda c: c.cycle_id
    )
    seen = file_imports.standing(visit, trust, cycle, caches.kept)
    may_invite = can(visit.person, Action.INVITE, trust)
    show.lead(_where_it_stands(seen, may_invite))
    if seen.instrument is None:
        show.note("An administrator chooses the editions when a cycle is opened.")
        return
    show.context((f"{trust}", cycle.title, f"{seen.instrument.standard.short_title}"))
    show.note(_WHO_SEES)
    if seen.replied:
        st.page_link(_RESULTS, label="See what they say", icon=":material/compare:")
    if not may_invite:
        _bring(visit, trust, seen)
        return
    way = address.one_tab(
        "How people answer", list(_WAYS), key="way", shown_as=_WAYS.__getitem__, first=_BRING
    )
    if way == _INVITE:
        invitations_view.panel(visit, trust, cycle)
    else:
        _bring(visit, trust, seen)


_WHO_SEES = (
    "Nobody sees single replies. Our results show what people say once 10 have replied, and then "
    "move each time that 10 more have. Replies in files and replies given here wait for their own "
    "10, so that nobody who knows a file can work out the others."
)


def _bring(visit: Visit, trust_code: str, seen: Standing) -> None:
    told = entry_form.told("survey")
    about = about_of(trust_code, seen.cycle)
    entry_form.show_told(told, about)
    survey_bringing.offer(visit, trust_code, seen, told, about)
    survey_asked.offer(trust_code, seen, told, about)
    survey_brought.show_files(seen)


def about_of(trust_code: str, cycle: Cycle) -> str:
    """What the page is about, by which what was done is shown in its place alone."""
    return f"{trust_code} {cycle.cycle_id}"


def _where_it_stands(seen: Standing, may_invite: bool) -> str:
    title = seen.cycle.title
    if seen.instrument is None:
        return f"The standards of {title} have no survey for people who complained."
    if not seen.replied and seen.asked.invited is None:
        invite = "invite people" if may_invite else "let your trust’s lead invite people"
        return (
            f"Nobody who complained has been asked yet in {title}. Bring the answers of a survey "
            f"of your own, or {invite} to answer here."
        )
    return f"{_asked(seen.asked)} {_replied(seen)}"


def _asked(asked: Asked) -> str:
    if asked.invited is None or asked.closed_from is None or asked.closed_to is None:
        return "How many people were asked has not been recorded yet."
    return (
        f"{asked.invited:,} people were asked, whose complaints were closed from "
        f"{in_words(asked.closed_from)} to {in_words(asked.closed_to)}."
    )


def _replied(seen: Standing) -> str:
    if seen.replied.startswith("not enough"):
        return "Not enough have replied yet to show results."
    return f"The results stand on {seen.replied}."
