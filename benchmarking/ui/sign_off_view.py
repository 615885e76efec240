"""Signing off, at the foot of the board's page: which body, when it met, and its response."""

import streamlit as st

from benchmarking.answers import MoveNote
from benchmarking.assessing import lives, move_words, moves
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.lives import Life
from benchmarking.assessing.moves import Proposal
from benchmarking.results.overview import Overview
from benchmarking.ui import caches, confirming, html, life_view, saving, show
from benchmarking.ui.confirming import Asked
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_BOARD, _COMMITTEE = "The board", "A committee on the board’s behalf"
_SIGN_OFF = Asked(
    "sign-off",
    "Sign off the assessment",
    "You confirm that this body has considered the assessment and that this is its response. The "
    "response cannot be changed afterwards. Next the trust lead publishes the assessment. Sign it "
    "off now?",
    "Yes, sign it off",
)


def offer(visit: Visit, found: Overview) -> None:
    """Where the assessment stands, the board's response, and the form for one that waits."""
    results = found.results
    code, cycle = results.trust.code, results.cycle
    with st.container(key="sign-off"):
        st.header("Sign-off", anchor=False)
        life = lives.for_board(visit, code, cycle, found.assessment, caches.kept)
        life_view.line(life)
        said = life.response()
        if said is not None:
            html.put(life_view.response(said))
        life_view.receipt(life)
        place = saving.place(f"sign-off.{code}.{cycle.cycle_id}.{results.scope}")
        confirming.show_trouble(place)
        _form(place, life)


def _form(place: Place, life: Life) -> None:
    offered = life.offer(Step.SIGN_OFF)
    if offered is None:
        return
    if offered.barred:
        show.note(offered.barred, alert=True)
        return
    key = f"{place.key}.{life.assessment.state_since}"
    body = st.radio("Who signs it off", (_BOARD, _COMMITTEE), key=f"{key}.body", horizontal=True)
    if body == _COMMITTEE:
        st.text_input("Which committee", key=f"{key}.committee", max_chars=move_words.LONGEST_BODY)
    st.date_input("Day on which it met", value=None, key=f"{key}.met", format="DD/MM/YYYY")
    st.text_area(
        "Its response in its own words. No names of patients or staff, please.",
        key=f"{key}.response",
        max_chars=move_words.LONGEST_RESPONSE,
        height=200,
    )
    confirming.offer(place, _SIGN_OFF, lambda visit: _sign_off(visit, life, key))


def _sign_off(visit: Visit, life: Life, key: str) -> object:
    entered = saving.entered()
    body = entered[f"{key}.body"]
    note = MoveNote(
        text=entered.get(f"{key}.response") or "",
        body=body if body == _BOARD else entered.get(f"{key}.committee") or "",
        met_on=entered.get(f"{key}.met"),
    )
    proposal = Proposal(Step.SIGN_OFF, life.trust_code, life.cycle, life.assessment, (note,))
    return moves.take(visit, proposal)
