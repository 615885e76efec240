"""One question of an assessment: the publisher's words, ours, the described answers."""

import streamlit as st
from markupsafe import Markup

from benchmarking.assessing import assessments
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.evidence import capped_in_words
from benchmarking.moments import clock, in_words, local
from benchmarking.standard import Missing, Statement, WordingStatus
from benchmarking.ui import (
    assignment_form,
    carrying_view,
    details,
    html,
    personal_marks,
    saving,
)
from benchmarking.ui.details import place_of
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit


def ask(visit: Visit, sheet: Sheet, line: Line) -> None:
    """Shows one question with its answer, and saves what the person chooses at once."""
    place = saving.place(place_of("answer", sheet, line))
    may_change = saving.may_change(visit, sheet)
    with st.container(key=f"question-{line.key.item_id}".replace(".", "-"), gap="small"):
        _statement(sheet, line)
        _sent_back(line)
        _choices(sheet, line, place, may_change)
        if line.missing is Missing.NOT_APPLICABLE:
            _reason(sheet, line, place, may_change)
        saving.show_trouble(place)
        _standing(visit, sheet, line, place, may_change)
        details.more(visit, sheet, line, may_change)


def _statement(sheet: Sheet, line: Line) -> None:
    statement = line.statement
    is_quoted = statement.wording.status is not WordingStatus.OWN
    words = Markup("<q>{}</q>" if is_quoted else "<strong>{}</strong>").format(statement.text)
    name = sheet.standard_of(line.key).words.statement.capitalize()
    html.put(
        Markup(
            '<div class="bm-statement"><span class="number">{} {}</span>{}'
            '<span class="wording">{}</span></div>'
        ).format(name, statement.number, words, _wording(statement))
    )


def _sent_back(line: Line) -> None:
    """Why the approver sent this question back, until somebody has changed something here."""
    if line.sent_back is None:
        return
    found = line.sent_back
    html.put(
        Markup('<p class="bm-note alert">Sent back on {} by {}: “{}”</p>').format(
            in_words(local(found.at).date()), found.by, found.reason
        )
    )


def _wording(statement: Statement) -> str:
    """What a reader must know about the words: whose they are, and whether they were checked."""
    if statement.wording.status is WordingStatus.UNCONFIRMED:
        return "Wording not yet checked against the publication"
    if statement.wording.status is WordingStatus.OWN and statement.source is not None:
        checked = "" if statement.wording.checked_on else ", not yet checked against it"
        page = f", {statement.source.page}" if statement.source.page else ""
        return f"Our words for {statement.source.document}{page}{checked}"
    return ""


def _choices(sheet: Sheet, line: Line, place: Place, may_change: bool) -> None:
    reason = "" if line.answer is None else line.answer.reason
    stored = {place.key: line.claimed, f"{place.key}.reason": reason}
    saving.follow(place, _revision(line), stored)
    st.radio(
        line.item.question,
        _offered(line),
        format_func=lambda choice: _option(line, choice),
        key=place.key,
        disabled=not may_change,
        on_change=_save_choice,
        args=(sheet, line, place),
    )


def _offered(line: Line) -> list[str]:
    allowed = line.item.not_applicable.allowed
    return [
        choice.id
        for choice in line.scale.choices
        if allowed or choice.missing is not Missing.NOT_APPLICABLE
    ]


def _option(line: Line, choice_id: str) -> str:
    choice = line.scale.by_id[choice_id]
    if choice.missing is Missing.NOT_APPLICABLE:
        return f"{choice.label}, because …"
    if choice.missing is not None:
        return choice.label
    name = f"{choice.level} {choice.label}" if choice.level else choice.label
    return f"**{name}.** {line.item.descriptions[choice_id]}"


def _save_choice(sheet: Sheet, line: Line, place: Place) -> None:
    with place.turn:
        _save(sheet, line, place, saving.entered()[place.key], "")


def _reason(sheet: Sheet, line: Line, place: Place, may_change: bool) -> None:
    st.text_input(
        "Why does this not apply? (required)",
        key=f"{place.key}.reason",
        max_chars=assessments.LONGEST_REASON,
        help=line.item.not_applicable.when,
        disabled=not may_change,
        on_change=_save_reason,
        args=(sheet, line, place),
    )
    personal_marks.put("" if line.answer is None else line.answer.reason)
    if line.lacks_reason:
        note = "Until you say why, this statement counts as not answered."
        html.put(Markup('<p class="bm-note alert">{}</p>').format(note))


def _save_reason(sheet: Sheet, line: Line, place: Place) -> None:
    with place.turn:
        entered = saving.entered()
        choice = entered[place.key]
        # Leaving the field by choosing another answer changes both at once.
        if line.scale.by_id[choice].missing is Missing.NOT_APPLICABLE:
            _save(sheet, line, place, choice, entered[f"{place.key}.reason"])


def _save(sheet: Sheet, line: Line, place: Place, choice: str, reason: str) -> None:
    saving.attempt(
        place,
        lambda visit, seen: assessments.save_answer(visit, sheet, line.key, choice, reason, seen),
        mine=_words(line, choice),
        told=_told,
    )


def _confirm(sheet: Sheet, line: Line, place: Place) -> None:
    """Saves the answer as it was drawn once more: so it becomes one of this cycle."""
    if line.answer is not None:
        _save(sheet, line, place, line.answer.choice, line.answer.reason)


def _told(line: Line) -> saving.Stored:
    if line.answer is None:
        return saving.Stored("", 0, "A colleague", None)
    answer = line.answer
    return saving.Stored(
        _words(line, answer.choice), answer.answer_revision, answer.author, answer.saved_at
    )


def _words(line: Line, choice_id: str) -> str:
    choice = line.scale.by_id.get(choice_id)
    if choice is None:
        # Sent by something else than our page; the use case refuses it in words.
        return choice_id
    return f"{choice.level}: {choice.label}" if choice.level else choice.label


def _revision(line: Line) -> int:
    return 0 if line.answer is None else line.answer.answer_revision


def _standing(visit: Visit, sheet: Sheet, line: Line, place: Place, may_change: bool) -> None:
    said: list[str] = []
    if line.answer is not None:
        at = line.answer.saved_at
        day = in_words(local(at).date())
        done = "Saved" if line.carried is None else "Carried forward"
        said.append(f"{done} {clock(at)} on {day} by {line.answer.author}")
    if line.last_choice in line.scale.by_id:
        said.append(f"Last cycle: {_words(line, line.last_choice or '')}")
    said += [*assignment_form.summary(visit, line), *details.summary(line)]
    notes = [carrying_view.carried(sheet, line), assignment_form.overdue(visit, line)]
    if said:
        notes.insert(0, Markup('<p class="bm-note" role="status">{}</p>').format(" · ".join(said)))
    if line.standing is not None and line.standing.is_capped:
        notes.append(
            Markup('<p class="bm-note alert">{}</p>').format(
                capped_in_words(line.standing, line.scale)
            )
        )
    if any(notes):
        html.put(html.joined(notes))
    if line.carried is not None and may_change:
        st.button(
            "Still right",
            key=f"{place.key}.right",
            on_click=_confirm,
            args=(sheet, line, place),
        )
