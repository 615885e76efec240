"""How far an assessment is, and the way through it."""

import streamlit as st
from markupsafe import Markup

from benchmarking.assessing import carrying
from benchmarking.assessing.sheets import Part, Sheet
from benchmarking.moments import in_words, local, moment_in_words
from benchmarking.ui import focus, html, pick
from benchmarking.visit import Visit

_MOVED = "progress.moved"
# The buttons stand at the foot of a stage. Without this the next one would be shown from its
# foot, too, and the keyboard would begin at the top of the page.


def show(visit: Visit, sheet: Sheet) -> None:
    """Whose assessment this is, how far it is, and until when the rest may take."""
    total = len(sheet.lines)
    kept = "Each answer is saved at once. " if sheet.takes_changes else ""
    html.put(
        Markup(
            '<p class="bm-context">{}</p>'
            '<div class="bm-track" role="img" aria-label="{} of {} questions answered">'
            '<span style="width:{}%"></span></div>'
            '<p class="bm-note"><strong>{} of {}</strong> questions answered{}. {}</p>'
        ).format(
            f"{sheet.whose} · {sheet.cycle.title} · {sheet.state.label}",
            sheet.done,
            total,
            round(100 * sheet.done / total),
            sheet.done,
            total,
            _carried(sheet),
            f"{kept}{due(visit, sheet)}" if sheet.state.is_open else "",
        )
    )


def _carried(sheet: Sheet) -> str:
    number = len(carrying.unconfirmed(sheet))
    return f", {number} of them not reconfirmed" if number else ""


def due(visit: Visit, sheet: Sheet) -> str:
    """The deadline in words, with the days that are left or over; or that the cycle is closed."""
    if sheet.is_closed:
        return "The cycle is closed, so nothing in it can be changed."
    deadline = sheet.cycle.deadline_at
    days = (local(deadline).date() - visit.today).days
    if visit.now > deadline:
        ago = f", {-days} {_days(-days)} ago" if days else ""
        return (
            f"Late: it was due on {moment_in_words(deadline)}{ago}. "
            f"You can finish and submit until the cycle is closed."
        )
    return f"Due {in_words(local(deadline).date())}, in {days} {_days(days)}."


def headline(part: Part) -> None:
    """The stage's title with the publisher's headline."""
    with st.container(key="stage", gap=None):
        st.header(part.stage.numbered, anchor=False)
        if st.session_state.pop(_MOVED, False):
            focus.go(".st-key-stage h2", part.stage.id)
        else:
            focus.stay()
    if part.stage.headline is not None:
        html.put(Markup('<p class="bm-lead">“{}”</p>').format(part.stage.headline.text))
    done, total = part.done, len(part.lines)
    said = f"All {total} answered ✓" if done == total else f"{done} of {total} answered"
    html.put(Markup('<p class="bm-note">{}</p>').format(said))


def neighbours(sheet: Sheet, part: Part) -> None:
    """Buttons to the stage before and the stage after."""
    place = sheet.parts.index(part)
    left, right = st.columns(2)
    if place > 0:
        before = sheet.parts[place - 1]
        left.button(f"‹ {before.stage.title}", key="before", on_click=_move, args=(before,))
    if place + 1 < len(sheet.parts):
        after = sheet.parts[place + 1]
        label = f"Next: {after.stage.title} ›"
        right.button(label, key="after", type="primary", on_click=_move, args=(after,))


def _move(part: Part) -> None:
    pick.go_to(part)
    st.session_state[_MOVED] = True


def _days(number: int) -> str:
    return "day" if number == 1 else "days"
