"""Voices: how the survey and the file review of a trust stand, and where to go on."""

import streamlit as st

from benchmarking.access import Action, can
from benchmarking.results import results
from benchmarking.results.results import OwnResults
from benchmarking.ui import address, caches, pick, show
from benchmarking.visit import Visit
from benchmarking.voices import voice_words
from benchmarking.voices.side_by_side import Voices

_SURVEY = "pages/trusts/survey.py"
_FILES = "pages/trusts/file_review.py"
_RESULTS = "pages/trusts/our_results.py"
_NO_INSTRUMENTS = (
    "The edition asked in this cycle has no survey and no file review. A later cycle asks a newer "
    "edition that has both."
)


def show_page(visit: Visit) -> None:
    """The page of one trust."""
    trust = pick.own_trust(visit)
    offered = results.choices(visit, trust, caches.kept)
    cycle = address.one_of(
        "Cycle",
        offered.cycles,
        key="cycle",
        shown_as=lambda cycle: cycle.title,
        named=lambda cycle: cycle.cycle_id,
        first=offered.cycles.index(offered.first),
    )
    found = results.of_trust(visit, trust, cycle, keep=caches.kept, so_far=offered.so_far)
    show.lead(
        "Three voices answer the same statements: you, the people who complained, and your "
        "complaint files."
    )
    if found.voices is None:
        show.note(_NO_INSTRUMENTS, alert=True)
        return
    st.page_link(_RESULTS, label="See the three voices side by side", icon=":material/compare:")
    left, right = st.columns(2, gap="large")
    with left:
        _complainants(visit, found, found.voices)
    with right:
        _files(visit, found, found.voices)


def _complainants(visit: Visit, found: OwnResults, voices: Voices) -> None:
    st.header("What complainants say", anchor=False)
    show.note(voice_words.people_line(voices))
    st.text(
        "Bring the answers of a survey of your own as a file, or invite people to answer here, on "
        "a page that needs no account."
    )
    if can(visit.person, Action.BRING_SURVEY, found.trust.code):
        st.page_link(_SURVEY, label=_survey_label(voices), icon=":material/forum:")


def _files(visit: Visit, found: OwnResults, voices: Voices) -> None:
    st.header("What complaint files show", anchor=False)
    show.note(voice_words.files_line(voices))
    st.text(
        "Draw closed complaint files at random and have two people read each without knowing "
        "what the other found. A share needs 10 files, a range of levels 30."
    )
    if can(visit.person, Action.REVIEW_FILES, found.trust.code):
        st.page_link(_FILES, label="Open the file review", icon=":material/folder_open:")


def _survey_label(voices: Voices) -> str:
    return "Open the survey" if voices.replied else "Begin the survey"
