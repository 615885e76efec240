"""Three voices on the page: where they lie apart, stage by stage, by gap and over the cycles."""

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking.charts import three_voices, voices_over_time
from benchmarking.charts.chart import Chart
from benchmarking.charts.three_voices import Row
from benchmarking.results.results import OwnResults
from benchmarking.standard import AnswerScale, Statement
from benchmarking.ui import caches, html, practice_links, show
from benchmarking.voices import voice_words
from benchmarking.voices.self_checks import Question
from benchmarking.voices.side_by_side import AllVoices, Voices

MOST_GAPS = 3
BY_STAGE, BY_GAP = "By stage", "By gap"


def order() -> str:
    """Whether statements are shown stage by stage or by their gaps, as the reader chooses."""
    chosen = st.segmented_control(
        "Order of the statements",
        [BY_STAGE, BY_GAP],
        default=BY_STAGE,
        key="order",
        label_visibility="collapsed",
    )
    return chosen or BY_STAGE


def asked(found: Voices, *, leads_on: bool = True) -> None:
    """Who was asked, how many replied, how many files were read; and the way to bring more."""
    lines = [voice_words.people_line(found), voice_words.files_line(found)]
    html.put(
        Markup('<ul class="bm-voices">{}</ul>').format(html.joined([_item(line) for line in lines]))
    )
    if leads_on:
        html.put(Markup('<p><a href="voices" target="_self">{}</a></p>').format(_next(found)))


def gaps(found: Voices, statements: Mapping[str, Statement], trust_code: str, who: str) -> None:
    """The statements on which another voice lies clearly apart, the furthest first."""
    apart = [said for said in found.by_gap if said.robust_size][:MOST_GAPS]
    st.header("Where the voices lie furthest apart", anchor=False)
    if not apart:
        show.note(
            "No robust gap: nowhere does a voice with at least 30 replies or files lie clearly "
            "apart from what is claimed."
            if found.is_said
            else "Nobody but the trust has said anything yet that may be shown."
        )
        return
    lines = [_gap(said, statements[said.about], found, trust_code, who) for said in apart]
    html.put(Markup('<ol class="bm-first">{}</ol>').format(html.joined(lines)))


def summary(found: Voices, scale: AnswerScale) -> Chart:
    """The stages, each by its headline, on one axis."""
    rows = [
        Row(
            stage.stage.number,
            stage.stage.headline.text,
            stage.headline,
            voice_words.files_of_stage(stage),
            is_stage=True,
        )
        for stage in found.stages
        if stage.headline is not None and stage.stage.headline is not None
    ]
    return three_voices.draw(rows, _words(scale), found.asked)


def by_gap(found: Voices, statements: Mapping[str, Statement], scale: AnswerScale) -> Chart:
    """All statements of which somebody says something, the largest robust gap first."""
    rows = [
        Row(statements[said.about].number, statements[said.about].text, said)
        for said in found.by_gap
        if said.is_said
    ]
    return three_voices.draw(rows, _words(scale), found.asked)


def over_time(now: OwnResults, earlier: Sequence[OwnResults]) -> None:
    """One stage over the cycles, chosen by the reader; made once it is opened."""
    told = [(one.cycle.title, one.voices) for one in (now, *earlier) if one.voices]
    stages = [one for one in now.standard.stages if one.headline is not None]
    chosen = st.selectbox(
        "Stage", stages, format_func=lambda stage: stage.numbered, key="over-time-stage"
    )
    place = now.standard.stages.index(chosen)
    cycles = [
        (title, said, voices.asked)
        for title, voices in told
        if (said := voices.stages[place].headline) is not None
    ]
    key = ("voices over time", now.key, chosen.id, *(one.key for one in earlier))
    words = _words(now.statements[0].scale)
    headline = chosen.headline.text if chosen.headline else ""
    drawn = caches.kept(key, lambda: voices_over_time.draw(headline, cycles, words))
    show.chart(drawn, key=f"voices-over-time-{now.trust.code}-{chosen.id}", notes=now.small_print)


def questions(asked: Sequence[Question]) -> None:
    """What the answers raise about themselves."""
    if not asked:
        return
    st.header("Questions to ask yourselves", anchor=False)
    show.note("These are questions, not findings. Nothing is scored by them.")
    html.put(
        Markup('<ul class="bm-questions">{}</ul>').format(
            html.joined([_item(question.text) for question in asked])
        )
    )


def key() -> Markup:
    """What the shapes of the other voices mean."""
    entries = [
        Markup('<li><i class="dot people"></i>complainants who agree, with 95% interval</li>'),
        Markup(
            '<li><i class="dot files"></i>files that show it, with 95% interval (grey: the two '
            "readers disagreed too often)</li>"
        ),
        Markup('<li><i class="tick peers"></i>middle of peers’ complainants</li>'),
    ]
    return Markup('<ul class="bm-key">{}</ul>').format(html.joined(entries))


def _gap(said: AllVoices, statement: Statement, found: Voices, trust_code: str, who: str) -> Markup:
    return Markup(
        "<li><p><strong>{} “{}”</strong></p><p>{}</p><p class='bm-note'>{}</p><p>{}</p></li>"
    ).format(
        statement.number,
        statement.text,
        voice_words.statement(said, found.asked, who),
        voice_words.closeness_note(said),
        practice_links.to(statement, trust_code),
    )


def _next(found: Voices) -> str:
    if found.replied and found.files:
        return "See how the survey and the file review stand ›"
    return "Bring the other voices: survey and file review ›"


def _item(text: str) -> Markup:
    return Markup("<li>{}</li>").format(text)


def _words(scale: AnswerScale) -> list[str]:
    return [choice.label for choice in scale.valued]
