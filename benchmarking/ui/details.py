"""What stands behind an answer: its evidence, what is promised, a comment, and help."""

from datetime import date

import streamlit as st
from markupsafe import Markup

from benchmarking import assessments
from benchmarking.sheets import Line, Sheet
from benchmarking.ui import evidence_form, html, saving

_PANELS = ("evidence", "action", "comment", "help")


def place_of(kind: str, sheet: Sheet, line: Line) -> str:
    """A key of its own for one thing of one question of one trust's assessment."""
    key = line.key
    return f"{kind}.{sheet.trust.code}.{sheet.cycle.cycle_id}.{key.standard_id}.{key.item_id}"


def more(sheet: Sheet, line: Line) -> None:
    """A row of what else there is to say, and the one that the person opened."""
    opened = st.pills(
        f"More about {line.statement.number}",
        _PANELS,
        format_func=lambda panel: _tab(line, panel),
        key=place_of("more", sheet, line),
        label_visibility="collapsed",
    )
    if opened is None:
        return
    with st.container(border=True):
        match opened:
            case "evidence":
                evidence_form.show(sheet, line, place_of("evidence", sheet, line))
            case "action":
                _action(sheet, line, place_of("action", sheet, line))
            case "comment":
                _comment(sheet, line, place_of("comment", sheet, line))
            case _:
                _help(line)


def _tab(line: Line, panel: str) -> str:
    match panel:
        case "evidence":
            return f"Evidence ({len(line.evidence)})"
        case "action":
            return "Action ✓" if line.action and line.action.text else "Action"
        case "comment":
            return "Comment ✓" if line.comment and line.comment.text else "Comment"
    return "What would take us further?"


def _help(line: Line) -> None:
    item = line.item
    pieces = [Markup("<p>{}</p><p><strong>Look for</strong></p><ul>").format(item.guidance)]
    pieces += [Markup("<li>{}</li>").format(thing) for thing in item.look_for]
    pieces.append(Markup("</ul>"))
    if line.claimed is not None and (text := item.improve.get(line.claimed)):
        pieces.append(Markup("<p><strong>From here</strong></p><p>{}</p>").format(text))
    html.put(html.joined(pieces))


def _comment(sheet: Sheet, line: Line, place: str) -> None:
    stored = line.comment
    seen = 0 if stored is None else stored.comment_revision
    _follow(place, seen, "" if stored is None else stored.text)
    st.text_area(
        "Comment for colleagues. No names of patients or staff, please.",
        key=place,
        max_chars=assessments.LONGEST_COMMENT,
        disabled=not sheet.state.is_open,
        on_change=lambda: _save_comment(sheet, line, place, seen),
    )
    saving.show_trouble(place)


def _save_comment(sheet: Sheet, line: Line, place: str, seen: int) -> None:
    text = st.session_state[place]
    saving.attempt(
        place,
        lambda visit, over: assessments.save_comment(visit, sheet, line.key, text, over),
        seen=seen,
        mine=text,
        told=_told_comment,
    )


def _told_comment(line: Line) -> saving.Stored:
    stored = line.comment
    if stored is None:
        return saving.Stored("", 0, "A colleague", None)
    return saving.Stored(stored.text, stored.comment_revision, stored.author, stored.saved_at)


def _action(sheet: Sheet, line: Line, place: str) -> None:
    stored = line.action
    seen = 0 if stored is None else stored.action_revision
    with st.form(place, border=False):
        text = st.text_area(
            "What will be done",
            value="" if stored is None else stored.text,
            max_chars=assessments.LONGEST_COMMENT,
        )
        left, right = st.columns(2)
        owner = left.text_input(
            "Who does it (a role, not a name)",
            value="" if stored is None else stored.owner_role,
            max_chars=assessments.LONGEST_OWNER,
        )
        due_on = right.date_input(
            "By when", value=None if stored is None else stored.due_on, format="DD/MM/YYYY"
        )
        done = st.checkbox("Done", value=bool(stored and stored.done))
        if st.form_submit_button("Save action", disabled=not sheet.state.is_open):
            _save_action(sheet, line, place, seen, text, owner, _day(due_on), done)
            st.rerun()
    saving.show_trouble(place)


def _save_action(
    sheet: Sheet,
    line: Line,
    place: str,
    seen: int,
    text: str,
    owner: str,
    due_on: date | None,
    done: bool,
) -> None:
    saving.attempt(
        place,
        lambda visit, over: assessments.save_action(
            visit,
            sheet,
            line.key,
            text=text,
            owner_role=owner,
            due_on=due_on,
            done=done,
            read_revision=over,
        ),
        seen=seen,
        mine=text,
        told=_told_action,
    )


def _told_action(line: Line) -> saving.Stored:
    stored = line.action
    if stored is None:
        return saving.Stored("", 0, "A colleague", None)
    return saving.Stored(stored.text, stored.action_revision, stored.author, stored.saved_at)


def _follow(place: str, stored_revision: int, stored: str) -> None:
    """Puts the stored text into the widget when it is new to this browser."""
    if place not in st.session_state or st.session_state.get(f"{place}.seen") != stored_revision:
        st.session_state[place] = stored
        st.session_state[f"{place}.seen"] = stored_revision


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None
