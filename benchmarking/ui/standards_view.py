"""The standards as people read them: the publisher's words, our question, the levels."""

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking.standard import (
    AnswerScale,
    Closeness,
    Item,
    Library,
    RatingScheme,
    Source,
    Stage,
    Standard,
    Statement,
    Voice,
    WordingStatus,
)
from benchmarking.ui import address, html, instruments_view, show

_VOICES = {
    Voice.TRUST: "The trust",
    Voice.COMPLAINANTS: "People who complained",
    Voice.FILES: "Complaint files",
}
_CLOSENESS = {
    Closeness.DIRECT: "can say this directly",
    Closeness.PROXY: "show a sign of it",
    Closeness.NOT_MEASURABLE: "cannot show it",
}


def show_library(library: Library) -> None:
    """One edition of one standard, stage by stage, chosen by the reader."""
    standards = {standard.key: standard for standard in library.standards}
    rated = next(standard.id for standard in library.standards if standard.rating_schemes)
    key = address.one_of(
        "Standard",
        list(standards),
        key="edition",
        shown_as=lambda name: f"{standards[name].title}, edition {standards[name].edition}",
        first=list(standards).index(library.newest(rated).key),
    )
    standard = standards[key]
    _about(library, standard)
    for stage in standard.stages:
        _stage(library, standard, stage)
    instruments_view.show_instruments(library, standard)
    _evidence(standard, library.scale_of(standard))
    for name in standard.rating_schemes:
        _scheme(library.schemes[name])


def _about(library: Library, standard: Standard) -> None:
    show.lead(standard.about)
    unconfirmed = len(standard.unconfirmed)
    if unconfirmed:
        show.note(
            f"{unconfirmed} texts of this edition have not yet been compared with the "
            f"publication. Each is marked “unconfirmed” until somebody has.",
            alert=True,
        )
    _source(standard.source)
    show.small_print(
        [f"Edition {standard.edition}, content {library.content_hash(standard)[:12]}."]
    )


def _source(source: Source) -> None:
    page = f", page {source.page}" if source.page else ""
    html.put(
        Markup(
            '<p class="bm-small">Source: <a href="{}" target="_blank" rel="noopener">{}</a>{}. '
            "Licence: {} {}</p>"
        ).format(source.url, source.document, page, source.licence, source.attribution or "")
    )


def _stage(library: Library, standard: Standard, stage: Stage) -> None:
    st.header(stage.numbered, anchor=False)
    if stage.headline is not None:
        mark = _mark(stage.headline.wording.status)
        html.put(Markup('<p class="bm-lead">“{}” {}</p>').format(stage.headline.text, mark))
    for statement in stage.statements:
        label = f"{statement.number} {statement.text}"
        with st.expander(label, key=f"read-{statement.id}", on_change="rerun") as folded:
            if folded.open:
                _statement(library, standard, statement)


def _statement(library: Library, standard: Standard, statement: Statement) -> None:
    item, scale = standard.item_for[statement.id], library.scale_of(standard)
    html.put(
        html.joined(
            [
                Markup("<p>{} {}</p>").format(
                    _mark(statement.wording.status), statement.wording.source
                ),
                Markup("<p><strong>{}</strong></p><p>{}</p>").format(item.question, item.guidance),
                _levels(scale, item.descriptions),
                _list("Look for", item.look_for),
                _list("Who can say", _voices(statement)),
                instruments_view.about_statement(library, standard, statement),
                Markup("<p><strong>Not applicable?</strong> {}</p>").format(_applies(item)),
            ]
        )
    )
    if statement.source is not None:
        _source(statement.source)


def _applies(item: Item) -> str:
    if item.not_applicable.allowed:
        return f"May be chosen, with a reason: {item.not_applicable.when}"
    return f"Not offered. {item.not_applicable.when}"


def _levels(scale: AnswerScale, descriptions: Mapping[str, str]) -> Markup:
    rows = [
        Markup("<dt>{}{}</dt><dd>{}</dd>").format(
            f"{choice.level} " if choice.level else "", choice.label, descriptions[choice.id]
        )
        for choice in scale.valued
    ]
    return Markup('<dl class="bm-levels">{}</dl>').format(html.joined(rows))


def _list(title: str, lines: Sequence[str]) -> Markup:
    items = html.joined([Markup("<li>{}</li>").format(line) for line in lines])
    return Markup("<p><strong>{}</strong></p><ul>{}</ul>").format(title, items)


def _voices(statement: Statement) -> list[str]:
    return [
        f"{_VOICES[voice]} {_CLOSENESS[closeness]}" for voice, closeness in statement.voices.items()
    ]


def _mark(status: WordingStatus) -> Markup:
    words = {
        WordingStatus.VERBATIM: "publisher’s wording",
        WordingStatus.UNCONFIRMED: "unconfirmed wording",
        WordingStatus.PARAPHRASE: "paraphrase",
        WordingStatus.OWN: "our wording",
    }
    return Markup('<span class="bm-mark">{}</span>').format(words[status])


def _evidence(standard: Standard, scale: AnswerScale) -> None:
    policy = standard.evidence
    if not policy.caps:
        return
    st.header("What evidence lets count", anchor=False)
    st.markdown(
        "The evidenced level is the lower of the level claimed and the highest level that the "
        "evidence reaches. It scores; both are shown."
    )
    html.put(_list("Up to", [f"{_label(scale, cap.choice)}: {cap.says}" for cap in policy.caps]))


def _scheme(scheme: RatingScheme) -> None:
    st.header(scheme.title, anchor=False)
    html.put(
        Markup('<p><span class="bm-mark">{}</span></p><p>{}</p>').format(scheme.label, scheme.note)
    )
    if scheme.bands:
        html.put(_list("Bands", [f"{b.word}: from {b.from_percent}%" for b in scheme.bands]))
    _source(scheme.source)


def _label(scale: AnswerScale, choice_id: str) -> str:
    choice = scale.by_id[choice_id]
    return f"{choice.level} {choice.label}" if choice.level else choice.label
