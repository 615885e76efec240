"""A trust's own results on the page: the answer, each stage, what to do first, the law."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from benchmarking import result_words, results
from benchmarking.answers import WHOLE_TRUST
from benchmarking.charts import statement_profile
from benchmarking.duties import DutyCounts, UnmetDuty
from benchmarking.positions import StageResult, StatementResult
from benchmarking.results import OwnResults
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
)
from benchmarking.ui.beside import Beside
from benchmarking.visit import Visit


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
    last = found.last_cycle is not None
    whose = "Your trust" if scope == WHOLE_TRUST else "Your part of the trust"
    html.put(level_marks.key(whose, peers=found.peer_cycle is not None, last=last))
    return found


def _answer(found: OwnResults) -> None:
    show.lead(found.sentence)
    if found.is_draft:
        names = found.standard.words
        show.note(
            f"In progress: {found.answered} of {len(found.standard.statements)} "
            f"{names.statement}s answered{_not_reconfirmed(found)}. Only people who work on this "
            f"assessment see it.",
            alert=True,
        )
    html.put(_context(found))


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


def stages(found: OwnResults) -> None:
    """Each stage: its rating beside its statements among peers."""
    drawn = caches.kept(("own stages", found.key), lambda: [_draw(found, s) for s in found.stages])
    whose = f"{found.trust.code}-{found.scope}-{found.cycle.cycle_id}"
    beside.charts(drawn, key=whose, notes=found.small_print)


def _draw(found: OwnResults, stage: StageResult) -> Beside:
    since = found.last_cycle.title if found.last_cycle else None
    inside = stage_tiles.inside(stage, since, label=found.scheme.label)
    said = headline(stage) + Markup('<div class="bm-stage">{}</div>').format(inside)
    return Beside(stage.stage.numbered, said, statement_profile.draw(stage))


def headline(stage: StageResult) -> Markup:
    """The publisher's sentence that sums up a stage, where there is one."""
    text = stage.stage.headline.text if stage.stage.headline else ""
    return Markup('<p class="bm-headline">“{}”</p>').format(text) if text else Markup("")


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
