"""What people who complained are asked and what readers look for in files, as people read it."""

import re
from collections.abc import Sequence
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from benchmarking.standard import (
    AnswerScale,
    Closeness,
    ComplainantSurvey,
    CutPoints,
    CutStatus,
    EqualityQuestion,
    FileReview,
    Library,
    ReviewItem,
    Stage,
    Standard,
    Statement,
    SurveyItem,
)
from benchmarking.ui import html

_Item = TypeVar("_Item", SurveyItem, ReviewItem)

_STATUS = {
    CutStatus.PROPOSED: "proposed, not yet agreed with anybody",
    CutStatus.AGREED: "agreed by those who use the standard",
}
_SIGN_ONLY = " This is a sign of it, not the thing itself."


def about_statement(library: Library, standard: Standard, statement: Statement) -> Markup:
    """What the survey and the file review ask for one statement; empty where they do not."""
    survey, review = standard.complainant_survey, standard.file_review
    parts: list[Markup] = []
    if survey is not None:
        asked = _measuring(survey.items, statement.id)
        parts += [_asked(item, item.measures[statement.id]) for item in asked]
    if review is not None:
        scale, read = library.scales[review.scale], _measuring(review.statements, statement.id)
        parts += [_looked_for(item, item.measures[statement.id], scale) for item in read]
    return html.joined(parts)


def show_instruments(library: Library, standard: Standard) -> None:
    """Both instruments, folded, and the cut points of both; nothing where there are none."""
    survey, review = standard.complainant_survey, standard.file_review
    if survey is None and review is None:
        return
    st.header("The other two voices", anchor=False)
    st.markdown(
        "All of this is in our words. The survey follows the statements and belongs to no other "
        "survey, so its results cannot be compared with those of another one."
    )
    if survey is not None:
        _survey(standard, survey, library.scales[survey.scale])
    if review is not None:
        _review(standard, review, library.scales[review.scale])
    _policies(library, survey, review)


def _survey(standard: Standard, survey: ComplainantSurvey, scale: AnswerScale) -> None:
    label = f"The survey: {len(survey.items)} items for people who complained"
    with st.expander(label, key="read-survey", on_change="rerun") as folded:
        if folded.open:
            intro = f"In the order in which they are asked. {_answers(scale)}"
            parts = [_part(stage, survey.items) for stage in standard.stages]
            equality = _equality(survey.equality)
            html.put(html.joined([Markup("<p>{}</p>").format(intro), *parts, equality]))


def _part(stage: Stage, items: Sequence[SurveyItem]) -> Markup:
    own = {statement.id for statement in stage.statements}
    own |= {stage.headline.id} if stage.headline else set()
    return _titled(stage.numbered, [item.prompt for item in items if own & set(item.measures)])


def _equality(questions: Sequence[EqualityQuestion]) -> Markup:
    if not questions:
        return Markup("")
    lines = [
        f"{question.prompt} {'; '.join(option.label for option in question.options)}."
        for question in questions
    ]
    return _titled("About the person, only where a trust asks; each can be left out", lines)


def _review(standard: Standard, review: FileReview, scale: AnswerScale) -> None:
    label = f"The file review: {len(review.items)} items for two readers"
    with st.expander(label, key="read-file-review", on_change="rerun") as folded:
        if folded.open:
            parts = (
                Markup("<p>{} What counts as which stands with each {}, above.</p>").format(
                    _answers(scale), standard.words.statement
                ),
                _of_statements(standard, review.statements),
                _items("How the complaint was handled", review.criteria, scale),
                _items("The parts of an apology", review.apology, scale),
            )
            html.put(html.joined([*parts]))


def _of_statements(standard: Standard, items: Sequence[ReviewItem]) -> Markup:
    rows = [
        Markup("<dt>{} {}</dt><dd>{}</dd>").format(
            _numbers(standard, item), item.title, item.prompt
        )
        for item in items
    ]
    title = f"What files show of each {standard.words.statement}"
    return _described(title, rows)


def _numbers(standard: Standard, item: ReviewItem) -> str:
    return ", ".join(standard.statement_by_id[measured].number for measured in item.measures)


def _items(title: str, items: Sequence[ReviewItem], scale: AnswerScale) -> Markup:
    rows = [
        Markup("<dt>{}</dt><dd>{}<br>{}</dd>").format(
            item.title, item.prompt, _guidance(item, scale)
        )
        for item in items
    ]
    return _described(title, rows) if rows else Markup("")


def _described(title: str, rows: Sequence[Markup]) -> Markup:
    return Markup('<h3>{}</h3><dl class="bm-levels">{}</dl>').format(title, html.joined([*rows]))


def _policies(
    library: Library, survey: ComplainantSurvey | None, review: FileReview | None
) -> None:
    parts = [Markup("<p>{}</p>").format("Shares support no level above “3 or above”.")]
    if survey is not None:
        agree = library.scales[survey.scale].by_id[survey.agrees_from].label.lower()
        what = f"People who complained, the share that answers “{agree}” or more"
        parts.append(_cuts(what, survey.cuts))
    if review is not None:
        shown = library.scales[review.scale].by_id[review.shown_from].label.lower()
        parts.append(_cuts(f"Complaint files, the share with “{shown}”", review.cuts))
        bar = review.agreement
        rule = f"An item is ranked where two readers say the same of at least {bar.share:.0%}."
        parts.append(_policy("Two readers", bar.status, rule, bar.why))
    st.header("Where a share passes from level to level", anchor=False)
    html.put(html.joined(parts))


def _cuts(title: str, cuts: CutPoints) -> Markup:
    rule = (
        f"Level 1 below {cuts.second:.0%}, level 2 from {cuts.second:.0%}, "
        f"level 3 or above from {cuts.third:.0%}."
    )
    return _policy(title, cuts.status, rule, cuts.why)


def _policy(title: str, status: CutStatus, rule: str, why: str) -> Markup:
    return Markup('<p><strong>{}</strong> <span class="bm-mark">{}</span><br>{}<br>{}</p>').format(
        title, _STATUS[status], rule, why
    )


def _asked(item: SurveyItem, closeness: Closeness) -> Markup:
    return Markup("<p><strong>People who complained are asked</strong></p><p>“{}”{}</p>").format(
        item.prompt, _sign(closeness)
    )


def _looked_for(item: ReviewItem, closeness: Closeness, scale: AnswerScale) -> Markup:
    return Markup(
        "<p><strong>Readers of complaint files are asked</strong></p><p>{}{}<br>{}</p>"
    ).format(item.prompt, _sign(closeness), _guidance(item, scale))


def _guidance(item: ReviewItem, scale: AnswerScale) -> Markup:
    """What counts as each answer, with the answers in bold."""
    answers = "|".join(re.escape(choice.label) for choice in scale.choices)
    first, *rest = re.split(rf"\b({answers}): ", item.guidance)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    told = [Markup("<strong>{}:</strong> {}").format(answer, text) for answer, text in pairs]
    return Markup('<span class="bm-small">{}{}</span>').format(first, html.joined(told))


def _answers(scale: AnswerScale) -> str:
    return f"Answers: {'; '.join(choice.label for choice in scale.choices)}."


def _sign(closeness: Closeness) -> str:
    return _SIGN_ONLY if closeness is Closeness.PROXY else ""


def _measuring(items: Sequence[_Item], statement_id: str) -> list[_Item]:
    return [item for item in items if statement_id in item.measures]


def _titled(title: str, lines: Sequence[str]) -> Markup:
    points = html.joined([Markup("<li>{}</li>").format(line) for line in lines])
    return Markup("<h3>{}</h3><ul>{}</ul>").format(title, points)
