"""One trust's published answers, and two trusts' side by side, for somebody outside them."""

from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from benchmarking.charts import statement_profile, two_trusts
from benchmarking.evidence_files import ADDRESS
from benchmarking.evidence_in_words import EvidenceLine
from benchmarking.results import result_words
from benchmarking.results.positions import StageResult, StatementResult
from benchmarking.results.trust_profiles import Pair, TrustProfile
from benchmarking.ui import (
    beside,
    caches,
    html,
    level_marks,
    practice_links,
    results_view,
    show,
    stage_tiles,
)
from benchmarking.ui.beside import Beside

_QUESTIONS = "Differences are questions to ask, not judgements. Self-assessed; not a CQC rating."


def one(found: TrustProfile) -> None:
    """One trust: what to ask, what it does well, and its answers stage by stage."""
    trust = found.trust
    show.context([trust.name, trust.trust_type, trust.region, found.cycle.title])
    show.note(f"{found.peer_sentence} {_QUESTIONS}")
    if found.changed_after_release:
        show.note("This trust published again after the cycle's release.", alert=True)
    left, right = st.columns(2, gap="medium")
    with left:
        st.header("What to ask", anchor=False)
        _bullets(found.questions, "Nothing stands out among its peers.")
    with right:
        st.header("What it does well", anchor=False)
        _bullets(found.strengths, "Nothing stands above the middle of its peers.")
        html.put(practice_links.to_all(None))
    html.put(level_marks.key(trust.code, peers=True, last=found.last_cycle is not None))
    drawn = caches.kept(("stages", found.key), lambda: [_draw(found, s) for s in found.stages])
    beside.charts(drawn, key=f"{trust.code}-{found.cycle.cycle_id}", notes=found.small_print)
    for counted in found.duties:
        results_view.counts(counted)
    show.small_print(found.small_print)


def _draw(found: TrustProfile, stage: StageResult) -> Beside:
    since = found.last_cycle.title if found.last_cycle else None
    inside = stage_tiles.inside(stage, since, whose="Its evidence", label=found.scheme.label)
    answers = html.joined([_answer(found, result) for result in stage.statements])
    said = Markup('<div class="bm-stage">{}</div><ul class="bm-answers">{}</ul>').format(
        inside, answers
    )
    return Beside(stage.stage.numbered, said, statement_profile.draw(stage, found.trust.code))


def _answer(found: TrustProfile, result: StatementResult) -> Markup:
    lines = found.evidence.get(result.key, ())
    shown = [Markup("<li>{}{}</li>").format(str(line), _shared(line)) for line in lines]
    nothing = Markup('<span class="bm-note">No evidence entered.</span>')
    return Markup("<li><strong>{}</strong> {}.{}</li>").format(
        result.statement.number,
        result_words.counts_as(result),
        Markup("<ul>{}</ul>").format(html.joined(shown)) if shown else Markup(" ") + nothing,
    )


def _shared(line: EvidenceLine) -> Markup:
    """The file that the trust shares; in a tab of its own: were it gone, the page would be."""
    if line.shared is None:
        return Markup("")
    return Markup(' · <a href="{}" target="_blank" rel="noopener">Open the file ({})</a>').format(
        ADDRESS + quote(line.shared.evidence_id, safe=""), line.shared.says
    )


def two(found: Pair) -> None:
    """Two trusts: where they differ, as questions, then both on one scale."""
    codes = (found.first.trust.code, found.second.trust.code)
    show.lead(found.sentence)
    show.context([f"{p.trust.code} {p.trust.name}" for p in (found.first, found.second)])
    show.note(_QUESTIONS)
    st.header("What to ask", anchor=False)
    _bullets(found.questions, "They do not differ in any statement.")
    html.put(level_marks.key(codes[0], peers=True, last=False, other=codes[1]))
    drawn = caches.kept(
        ("stages of two", found.key), lambda: [_draw_both(found, a, b) for a, b in found.stages]
    )
    name = f"{'-'.join(codes)}-{found.first.cycle.cycle_id}"
    beside.charts(drawn, key=name, notes=found.first.small_print)
    show.small_print(found.first.small_print)


def _draw_both(found: Pair, first: StageResult, second: StageResult) -> Beside:
    codes = (found.first.trust.code, found.second.trust.code)
    label = found.first.scheme.label
    said = [
        Markup('<div class="bm-stage"><p><strong>{}</strong></p>{}</div>').format(
            code, stage_tiles.rating_and_spread(stage, "Its evidence", label)
        )
        for code, stage in zip(codes, (first, second), strict=True)
    ]
    drawn = two_trusts.draw(first, second, codes)
    return Beside(first.stage.numbered, html.joined(said), drawn)


def _bullets(lines: Sequence[str], nothing: str) -> None:
    if not lines:
        show.note(nothing)
        return
    items = html.joined([Markup("<li>{}</li>").format(line) for line in lines])
    html.put(Markup('<ul class="bm-list">{}</ul>').format(items))
