"""The board's one page: the answer, five stages, what is weakest and what was promised."""

import streamlit as st
from markupsafe import Markup

from benchmarking import overview, result_words
from benchmarking.overview import Overview
from benchmarking.peers import BASIS_LABELS
from benchmarking.positions import BASES, StatementResult
from benchmarking.ui import address, caches, html, pick, promises, show, stage_tiles
from benchmarking.visit import Visit


def ask(visit: Visit) -> Overview:
    """The overview of the person's trust, among the peers that they choose."""
    with st.container(key="not-printed"):
        trust = pick.own_trust(visit)
        basis = address.one_of("Peers", BASES, key="peers", shown_as=lambda b: BASIS_LABELS[b])
    return overview.of_trust(visit, trust, basis=basis, keep=caches.kept)


def answer(found: Overview) -> None:
    """Whose, of when, and the answer in a paragraph."""
    results = found.results
    asked = len(results.standard.statements)
    show.context(
        [
            f"{results.trust.code} {results.trust.name}",
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
    stage_tiles.row(found.stages, last.title if last else None)
    show.note(
        "Blue: how many of our statements are at levels 1 to 4. Grey: how many peers’ stages are; "
        f"the middle of peers is underlined. {found.results.scheme.label.rstrip('.')}."
    )


def below(found: Overview) -> None:
    """The weakest statements with their promises; one strength and one worry."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        html.put(
            Markup('<div class="bm-board"><h2>Weakest, and what we promised</h2>{}</div>').format(
                _weakest(found)
            )
        )
    with right:
        html.put(
            Markup(
                '<div class="bm-board"><h2>One strength</h2><p>{}</p>'
                "<h2>One worry</h2><p>{}</p></div>"
            ).format(
                found.strength or "Nothing has a level yet.",
                found.worry or "No claim runs ahead of its evidence, and none lies below peers.",
            )
        )
    show.small_print(found.results.small_print)


def _weakest(found: Overview) -> Markup:
    if not found.weakest:
        return Markup("<p>Nothing has a level yet.</p>")
    return Markup("<ol>{}</ol>").format(html.joined([_line(result) for result in found.weakest]))


def _line(result: StatementResult) -> Markup:
    return Markup("<li><strong>{}</strong> “{}”: {}{}</li>").format(
        result.statement.number,
        result.statement.text,
        result_words.counts_as(result),
        promises.markup(result.promise),
    )
