"""A trust's own results on the page: the answer, each stage, what to do first, the law."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from benchmarking.answers import WHOLE_TRUST
from benchmarking.assessing.duties import DutyCounts, UnmetDuty
from benchmarking.charts import statement_profile
from benchmarking.results import result_words, results
from benchmarking.results.positions import StageResult, StatementResult
from benchmarking.results.results import OwnResults
from benchmarking.ui import (
    address,
    beside,
    caches,
    html,
    level_marks,
    pick,
    practice_links,
    promises,
    show,
    stage_tiles,
    three_voices_view,
)
from benchmarking.ui.beside import Beside
from benchmarking.visit import Visit
from benchmarking.voices import voice_words
from benchmarking.voices.side_by_side import Voices


def opening(visit: Visit) -> OwnResults:
    """The results of the cycle, peers and scheme that the person chooses, summed up first."""
    trust = pick.own_trust(visit)
    scope = pick.scope(visit, trust)
    offered = results.choices(visit, trust, caches.kept, scope)
    left, right = st.columns(2)
    with left:
        cycle = address.one_of(
            "Cycle",
            offered.cycles,
            key="cycle",
            shown_as=lambda cycle: cycle.title,
            named=lambda cycle: cycle.cycle_id,
            first=offered.cycles.index(offered.first),
        )
    with right:
        basis = pick.basis(scope)
    answer = st.container()
    chosen = partial(
        results.of_trust,
        visit,
        trust,
        cycle,
        basis=basis,
        scope=scope,
        keep=caches.kept,
        so_far=offered.so_far,
    )
    found = chosen()
    for other in found.schemes[1:]:
        if st.toggle(f"Show as percentages. {other.label}", key=other.id, bind="query-params"):
            found = chosen(scheme_id=other.id)
    with answer:
        _answer(found)
        _apart(found)
    last = found.last_cycle is not None
    whose = "Your trust" if scope == WHOLE_TRUST else "Your part of the trust"
    html.put(level_marks.key(whose, peers=found.peer_cycle is not None, last=last))
    if _said(found):
        html.put(three_voices_view.key())
    return found


def _answer(found: OwnResults) -> None:
    show.lead(_sentence(found))
    if found.is_draft:
        names = found.standard.words
        show.note(
            f"In progress: {found.answered} of {len(found.standard.statements)} "
            f"{names.statement}s answered{_not_reconfirmed(found)}. Only people who work on this "
            f"assessment see it.",
            alert=True,
        )
    html.put(_context(found))


def _sentence(found: OwnResults) -> str:
    """What is claimed, and for how much of it complainants' answers speak."""
    if found.voices is None:
        return found.sentence
    support = voice_words.support_for_claims(found.voices.statements)
    if not support:
        return found.sentence
    return f"{found.sentence} {support} ({voice_words.asked_in_words(found.voices)})."


def _not_reconfirmed(found: OwnResults) -> str:
    if not found.not_reconfirmed:
        return ""
    return f", {found.not_reconfirmed} of them carried forward and not reconfirmed"


def _context(found: OwnResults) -> Markup:
    edition, _ = found.cycle.edition_of(found.standard.id)
    return Markup(
        '<div class="bm-say bm-context"><p><strong>{}</strong> · {} ({}) · {}, edition {}. {}.</p>'
        "<p>{}</p></div>"
    ).format(
        found.whose,
        found.cycle.title,
        found.state.label.lower(),
        found.standard.short_title,
        edition,
        found.scheme.label.rstrip("."),
        found.peer_sentence,
    )


def _apart(found: OwnResults) -> None:
    """Who was heard, and where the voices lie furthest apart."""
    if found.voices is not None:
        three_voices_view.asked(found.voices)
        statements = found.standard.statement_by_id
        three_voices_view.gaps(found.voices, statements, found.trust.code, "You")


def three_voices(found: OwnResults) -> None:
    """The stages by what each voice says of them."""
    voices = found.voices
    if voices is None or not voices.is_said:
        return
    st.header("The stages in three voices", anchor=False)
    scale = found.statements[0].scale
    drawn = caches.kept(
        ("stages in three voices", found.key), lambda: three_voices_view.summary(voices, scale)
    )
    key = f"three-voices-{found.trust.code}-{found.cycle.cycle_id}"
    show.chart(drawn, key=key, notes=found.small_print)


def stages(found: OwnResults) -> None:
    """The statements in the order that the reader chooses: stage by stage, or by gap."""
    if found.voices is None or not found.voices.is_said:
        _by_stage(found)
    elif three_voices_view.order() == three_voices_view.BY_GAP:
        _by_gap(found, found.voices)
    else:
        _by_stage(found)


def _by_gap(found: OwnResults, voices: Voices) -> None:
    statements, scale = found.standard.statement_by_id, found.statements[0].scale
    drawn = caches.kept(
        ("by gap", found.key), lambda: three_voices_view.by_gap(voices, statements, scale)
    )
    key = f"by-gap-{found.trust.code}-{found.cycle.cycle_id}"
    show.chart(drawn, key=key, notes=found.small_print)


def _by_stage(found: OwnResults) -> None:
    """Each stage: its rating beside its statements among peers."""
    drawn = caches.kept(("own stages", found.key), lambda: [_draw(found, s) for s in found.stages])
    whose = f"{found.trust.code}-{found.scope}-{found.cycle.cycle_id}"
    beside.charts(drawn, key=whose, notes=found.small_print)


def _draw(found: OwnResults, stage: StageResult) -> Beside:
    since = found.last_cycle.title if found.last_cycle else None
    inside = stage_tiles.inside(stage, since, label=found.scheme.label)
    said = headline(stage) + Markup('<div class="bm-stage">{}</div>').format(inside)
    return Beside(stage.stage.numbered, said, statement_profile.draw(stage, voices=_said(found)))


def _said(found: OwnResults) -> Voices | None:
    """The other voices, where they say anything: empty lanes would say nothing 42 times."""
    return found.voices if found.voices and found.voices.is_said else None


def headline(stage: StageResult) -> Markup:
    """The publisher's sentence that sums up a stage, where there is one."""
    text = stage.stage.headline.text if stage.stage.headline else ""
    return Markup('<p class="bm-headline">“{}”</p>').format(text) if text else Markup("")


def over_time(visit: Visit, found: OwnResults) -> None:
    """The three voices over the cycles; worked out once somebody opens it."""
    if found.voices is None:
        return
    with st.expander("Over the cycles", key="over-time", on_change="rerun") as opened:
        if opened.open:
            three_voices_view.over_time(found, results.earlier(visit, found, caches.kept))


def first_things(found: OwnResults) -> None:
    """The weakest statements, with what would lift them and what is promised."""
    if not found.first:
        return
    st.header("What to do first", anchor=False)
    html.put(
        Markup('<ol class="bm-first">{}</ol>').format(
            html.joined([_first(result, found.trust.code) for result in found.first])
        )
    )


def _first(result: StatementResult, trust_code: str) -> Markup:
    return Markup(
        "<li><p><strong>{} {}</strong></p><p class='bm-note'>{}</p>{}<p>{}</p>{}<p>{}</p></li>"
    ).format(
        result.statement.number,
        f"“{result.statement.text}”",
        _standing(result),
        Markup("<p>{}</p>").format(result.lacking) if result.lacking else "",
        result.item.improve.get(result.evidenced.id if result.evidenced else "", ""),
        promises.markup(result.promises),
        practice_links.to(result.statement, trust_code),
    )


def _standing(result: StatementResult) -> str:
    said = [result_words.counts_as(result), result_words.against_peers(result)]
    sentence = "; ".join(part for part in said if part)
    return sentence[:1].upper() + sentence[1:]


def duties(found: OwnResults) -> None:
    """The standards that are counted and not rated: how many of each answer, and what is open."""
    for counted in found.duties:
        counts(counted)
        if counted.unmet:
            open_ones = html.joined([_duty(duty) for duty in counted.unmet])
            html.put(Markup('<ul class="bm-unmet">{}</ul>').format(open_ones))


def counts(counted: DutyCounts) -> None:
    """How many of each answer one standard got."""
    st.header(counted.standard.short_title, anchor=False)
    show.note(f"{counted.sentence} Counted and not rated; no peers are shown.")


def _duty(duty: UnmetDuty) -> Markup:
    return Markup(
        '<li><p><span class="bm-mark">{}</span> <strong>{}</strong> {}</p><p>{}</p></li>'
    ).format(
        duty.choice.label,
        duty.statement.number,
        duty.statement.text,
        duty.improve or "Find out first: nobody could say.",
    )


def small_print(found: OwnResults) -> None:
    """How all of it was worked out."""
    show.small_print(found.small_print)
