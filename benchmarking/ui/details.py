"""What stands behind an answer: its evidence, what is promised, a comment, and help."""

import streamlit as st
from markupsafe import Markup

from benchmarking.assessing import assessments
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.ui import (
    action_form,
    assignment_form,
    evidence_form,
    history_view,
    html,
    personal_marks,
    practice_links,
    saving,
)
from benchmarking.ui.saving import Place
from benchmarking.visit import Visit

_PANELS = {
    "evidence": "Evidence",
    "action": "Action",
    "comment": "Comment",
    "who": "Who does this",
    "history": "History",
    "help": "What would take us further?",
}


def place_of(kind: str, sheet: Sheet, line: Line) -> str:
    """A key of its own for one thing of one question of one trust's assessment."""
    key = line.key
    whose = f"{sheet.trust.code}.{sheet.cycle.cycle_id}.{sheet.scope}"
    return f"{kind}.{whose}.{key.standard_id}.{key.item_id}"


def more(visit: Visit, sheet: Sheet, line: Line, may_change: bool) -> None:
    """A row of what else there is to say, and the one that the person opened."""
    opened = st.pills(
        f"More about {line.statement.number}",
        list(_PANELS),
        format_func=lambda panel: _labelled(panel, line),
        key=place_of("more", sheet, line),
        label_visibility="collapsed",
    )
    if opened is None:
        return
    with st.container(border=True):
        match opened:
            case "evidence":
                evidence_form.show(sheet, line, _place("evidence", sheet, line), may_change)
            case "action":
                action_form.offer(sheet, line, place_of("action", sheet, line))
            case "comment":
                _comment(sheet, line, _place("comment", sheet, line), may_change)
            case "who":
                assignment_form.offer(visit, sheet, line, _place("who", sheet, line))
            case "history":
                history_view.offer(visit, sheet, line)
            case _:
                _help(sheet, line)


def _labelled(panel: str, line: Line) -> str:
    """A panel's name. Only the history counts, and Streamlit keeps it open when the count rises."""
    counts = panel == "history" and line.saves > 0
    return f"{_PANELS[panel]} ({line.saves})" if counts else _PANELS[panel]


def _place(kind: str, sheet: Sheet, line: Line) -> Place:
    return saving.place(place_of(kind, sheet, line))


def summary(line: Line) -> list[str]:
    """What else has been said about a question, in a few words each."""
    said: list[str] = []
    if line.evidence:
        number = len(line.evidence)
        said.append("1 piece of evidence" if number == 1 else f"{number} pieces of evidence")
    said += action_form.summary(line)
    if line.comment and line.comment.text:
        said.append("Commented")
    return said


def _help(sheet: Sheet, line: Line) -> None:
    item = line.item
    pieces = [Markup("<p>{}</p><p><strong>Look for</strong></p><ul>").format(item.guidance)]
    pieces += [Markup("<li>{}</li>").format(thing) for thing in item.look_for]
    pieces.append(Markup("</ul>"))
    if line.claimed is not None and (text := item.improve.get(line.claimed)):
        pieces.append(Markup("<p><strong>From here</strong></p><p>{}</p>").format(text))
    if sheet.standard_of(line.key).rating_schemes:
        pieces.append(practice_links.to(line.statement, sheet.trust.code))
    html.put(html.joined(pieces))


def _comment(sheet: Sheet, line: Line, place: Place, may_change: bool) -> None:
    stored = line.comment
    revision = 0 if stored is None else stored.comment_revision
    saving.follow(place, revision, {place.key: "" if stored is None else stored.text})
    st.text_area(
        "Comment for colleagues. No names of patients or staff, please.",
        key=place.key,
        max_chars=assessments.LONGEST_COMMENT,
        disabled=not may_change,
        on_change=_save_comment,
        args=(sheet, line, place),
    )
    personal_marks.put("" if stored is None else stored.text)
    saving.show_trouble(place)


def _save_comment(sheet: Sheet, line: Line, place: Place) -> None:
    with place.turn:
        text = saving.entered()[place.key]
        saving.attempt(
            place,
            lambda visit, over: assessments.save_comment(visit, sheet, line.key, text, over),
            mine=text,
            told=_told_comment,
        )


def _told_comment(line: Line) -> saving.Stored:
    stored = line.comment
    if stored is None:
        return saving.Stored("", 0, "A colleague", None)
    return saving.Stored(stored.text, stored.comment_revision, stored.author, stored.saved_at)
