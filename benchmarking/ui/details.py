"""What stands behind an answer: its evidence, what is promised, a comment, and help."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from benchmarking import assessments
from benchmarking.answers import ImprovementAction
from benchmarking.moments import in_words
from benchmarking.sheets import Line, Sheet
from benchmarking.ui import evidence_form, html, saving
from benchmarking.ui.saving import Place

_PANELS = {
    "evidence": "Evidence",
    "action": "Action",
    "comment": "Comment",
    "help": "What would take us further?",
}


def place_of(kind: str, sheet: Sheet, line: Line) -> str:
    """A key of its own for one thing of one question of one trust's assessment."""
    key = line.key
    whose = f"{sheet.trust.code}.{sheet.cycle.cycle_id}.{sheet.scope}"
    return f"{kind}.{whose}.{key.standard_id}.{key.item_id}"


def more(sheet: Sheet, line: Line, may_change: bool) -> None:
    """A row of what else there is to say, and the one that the person opened."""
    opened = st.pills(
        f"More about {line.statement.number}",
        list(_PANELS),
        # The words stay the same while people work: Streamlit knows the open one by them.
        format_func=_PANELS.__getitem__,
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
                _action(sheet, line, _place("action", sheet, line), may_change)
            case "comment":
                _comment(sheet, line, _place("comment", sheet, line), may_change)
            case _:
                _help(line)


def _place(kind: str, sheet: Sheet, line: Line) -> Place:
    return saving.place(place_of(kind, sheet, line))


def summary(line: Line) -> list[str]:
    """What else has been said about a question, in a few words each."""
    said: list[str] = []
    if line.evidence:
        number = len(line.evidence)
        said.append("1 piece of evidence" if number == 1 else f"{number} pieces of evidence")
    if line.action and line.action.text:
        due = f", due {in_words(line.action.due_on)}" if line.action.due_on else ""
        said.append("Action done" if line.action.done else f"Action promised{due}")
    if line.comment and line.comment.text:
        said.append("Commented")
    return said


def _help(line: Line) -> None:
    item = line.item
    pieces = [Markup("<p>{}</p><p><strong>Look for</strong></p><ul>").format(item.guidance)]
    pieces += [Markup("<li>{}</li>").format(thing) for thing in item.look_for]
    pieces.append(Markup("</ul>"))
    if line.claimed is not None and (text := item.improve.get(line.claimed)):
        pieces.append(Markup("<p><strong>From here</strong></p><p>{}</p>").format(text))
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


def _action(sheet: Sheet, line: Line, place: Place, may_change: bool) -> None:
    stored = line.action
    revision = 0 if stored is None else stored.action_revision
    saving.follow(place, revision, _as_fields(place, stored))
    with st.form(f"{place.key}.form", border=False):
        st.text_area(
            "What will be done", key=f"{place.key}.text", max_chars=assessments.LONGEST_COMMENT
        )
        left, right = st.columns(2)
        left.text_input(
            "Who does it (a role, not a name)",
            key=f"{place.key}.owner",
            max_chars=assessments.LONGEST_OWNER,
        )
        right.date_input("By when", value=None, key=f"{place.key}.due", format="DD/MM/YYYY")
        st.checkbox("Done", key=f"{place.key}.done")
        # A callback, because it runs while the fields still hold what was typed over what was
        # seen; by the next drawing a colleague's action may have taken their place.
        st.form_submit_button(
            "Save action", disabled=not may_change, on_click=_save_action, args=(sheet, line, place)
        )
    saving.show_trouble(place)


def _as_fields(place: Place, stored: ImprovementAction | None) -> Mapping[str, object]:
    """What the form shows of an action, by the key of each field."""
    return {
        f"{place.key}.text": stored.text if stored else "",
        f"{place.key}.owner": stored.owner_role if stored else "",
        f"{place.key}.due": stored.due_on if stored else None,
        f"{place.key}.done": bool(stored and stored.done),
    }


def _save_action(sheet: Sheet, line: Line, place: Place) -> None:
    with place.turn:
        entered = saving.entered()
        text = entered[f"{place.key}.text"]
        saving.attempt(
            place,
            lambda visit, over: assessments.save_action(
                visit,
                sheet,
                line.key,
                text=text,
                owner_role=entered[f"{place.key}.owner"],
                due_on=entered[f"{place.key}.due"],
                done=entered[f"{place.key}.done"],
                read_revision=over,
            ),
            mine=text,
            told=_told_action,
        )


def _told_action(line: Line) -> saving.Stored:
    stored = line.action
    if stored is None:
        return saving.Stored("", 0, "A colleague", None)
    return saving.Stored(stored.text, stored.action_revision, stored.author, stored.saved_at)
