"""A trust's own results on the page: the answer, each stage, what to do first, the law."""

import streamlit as st
from markupsafe import Markup

from benchmarking import result_words, results
from benchmarking.charts import statement_profile
from benchmarking.duties import DutyCounts, UnmetDuty
from benchmarking.peers import BASIS_LABELS
from benchmarking.positions import BASES, StageResult, StatementResult
from benchmarking.results import OwnResults
from benchmarking.ui import caches, html, level_marks, pick, show, stage_tiles
from benchmarking.visit import Visit


def ask(visit: Visit) -> OwnResults:
    """The results that the person chooses: of which cycle, among which peers, in which words."""
    trust = pick.own_trust(visit)
    offered = results.choices(visit, trust, caches.kept)
    left, right = st.columns(2)
    with left:
        cycle = pick.one_of(
            "Cycle",
            offered.cycles,
            key="cycle",
            shown_as=lambda cycle: cycle.title,
            first=offered.cycles.index(offered.first),
        )
    with right:
        basis = pick.one_of("Peers", BASES, key="peers", shown_as=BASIS_LABELS.__getitem__)
    percent = st.session_state.get("percent") is True
    found = results.of_trust(visit, trust, cycle, basis=basis, keep=caches.kept)
    if not percent or len(found.schemes) == 1:
        return found
    other = found.schemes[1].id
    return results.of_trust(
        visit, trust, cycle, basis=basis, scheme_id=other, keep=caches.kept
    )
