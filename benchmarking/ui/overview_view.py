"""The board's one page: the answer, five stages, what is weakest and what was promised."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking.action_plan import action_words
from benchmarking.results import overview, result_words
from benchmarking.results.overview import Overview
from benchmarking.results.positions import Promise, StatementResult
from benchmarking.results.results import MOST_FIRST_THINGS
from benchmarking.trust_actions import Due
from benchmarking.ui import (
    action_links,
    caches,
    html,
    pick,
    promises,
    show,
    stage_tiles,
    three_voices_view,
)
from benchmarking.visit import Visit
from benchmarking.voices import voice_words


def ask(visit: Visit) -> Overview:
    """The overview of the person's trust, among the peers that they choose."""
    with st.container(key="not-printed"):
        trust = pick.own_trust(visit)
        scope = pick.scope(visit, trust)
        basis = pick.basis(scope)
    return overview.of_trust(visit, trust, basis=basis, scope=scope, keep=caches.kept)


def answer(found: Overview) -> None:
    """Whose, of when, and the answer in a paragraph."""
    results = found.results
    asked = len(results.standard.statements)
    show.context(
        [
            f"{results.trust.code} {results.whose}",
            f"{results.cycle.title} ({results.state.label.lower()})",
            f"{results.answered} of {asked} answered",
        ]
    )
    if found.note:
        show.note(found.note, alert=True)
    show.lead(found.answer)
    html.put(Markup("<p>{} {}</p>").format(found.position, found.direction))


def stages(found: Overview) -> None:
    """The five stages side by side."""
    last = found.results.last_cycle
    stage_tiles.row(found.stages, last.title if last else None, found.results.voices)
    show.note(
        "Blue: how many of our statements are at levels 1 to 4. Grey: how many peers’ stages are; "
        f"the middle of peers is underlined. {found.results.scheme.label.rstrip('.')}."
    )


def voices(found: Overview) -> None:
    """Who was heard besides ourselves."""
    said = found.results.voices
    if said is not None:
        three_voices_view.asked(said, leads_on=False)


def below(found: Overview) -> None:
    """The largest gaps and the weakest statements with their promises; a strength, a worry."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        html.put(
            Markup('<div class="bm-board">{}<h2>Weakest, and what we promised</h2>{}</div>').format(
                _gaps(found), _weakest(found)
            )
        )
    with right:
        html.put(
            Markup(
                '<div class="bm-board"><h2>One strength</h2><p>{}</p>'
                "<h2>One worry</h2><p>{}</p><h2>What we promised</h2><p>{}</p>{}</div>"
            ).format(
                found.strength or "Nothing has a level yet.",
                found.worry or "No claim runs ahead of its evidence, and none lies below peers.",
                found.promised.sentence,
                _late(found),
            )
        )
    show.small_print(found.results.small_print)


def _gaps(found: Overview) -> Markup:
    """The largest robust gaps between what we claim and what others say."""
    said, statements = found.results.voices, found.results.standard.statement_by_id
    if said is None or not said.is_said:
        return Markup("")
    apart = [one for one in said.by_gap if one.robust_size][: three_voices_view.MOST_GAPS]
    lines = [
        Markup("<li><strong>{}</strong> “{}”: {}</li>").format(
            statements[one.about].number,
            statements[one.about].text,
            voice_words.robust_gap(one, "we"),
        )
        for one in apart
    ]
    told = Markup("<ol>{}</ol>").format(html.joined(lines)) if lines else Markup("<p>None.</p>")
    return Markup(
        "<h2>Largest robust gaps between what we claim and what others say</h2>{}"
    ).format(told)


def _late(found: Overview) -> Markup:
    """Which actions are late, the longest first, and the way to all of them."""
    late = found.promised.of(Due.LATE)
    lines = [
        Markup("<li><strong>{}</strong>, due {}: {} ({})</li>").format(
            one.stands,
            action_words.due_in_words(one.action.promised.due_on),
            one.text,
            one.action.promised.owner.title or action_words.UNOWNED,
        )
        for one in late[:MOST_FIRST_THINGS]
    ]
    more = f"See all {len(late)} that are late" if len(late) > len(lines) else "See the actions"
    link = action_links.to_all(found.results.trust.code, more)
    return Markup("<ul>{}</ul><p>{}</p>").format(html.joined(lines), link)


def _weakest(found: Overview) -> Markup:
    if not found.weakest:
        return Markup("<p>Nothing has a level yet.</p>")
    return Markup("<ol>{}</ol>").format(html.joined([_line(result) for result in found.weakest]))


def _most_telling(made: Sequence[Promise]) -> Sequence[Promise]:
    """What is still open; where nothing is, one that is over. The page is one printed side."""
    still_open = [promise for promise in made if promise.due is not Due.OVER]
    return still_open or made[-1:]


def _line(result: StatementResult) -> Markup:
    return Markup("<li><strong>{}</strong> “{}”: {}{}</li>").format(
        result.statement.number,
        result.statement.text,
        result_words.counts_as(result),
        promises.markup(_most_telling(result.promises)),
    )
