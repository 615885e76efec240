"""Who does what on an assessment: which questions to see, and a stage handed over as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Action, can
from benchmarking.answers import ItemKey
from benchmarking.assessing import assignments
from benchmarking.assessing.assignments import Which
from benchmarking.assessing.sheets import Line, Part, Sheet
from benchmarking.ui import address, assignment_form, focus, html, question, show, work_links
from benchmarking.visit import Visit

# Each question has a dozen fields and buttons, and a page of forty of them is slow.
FIRST_SHOWN = 12
_ADDRESS = "show"
_TITLES = {
    Which.ALL: "All",
    Which.MINE: "Mine",
    Which.WAITING: "Waiting",
    Which.OVERDUE: "Overdue",
    Which.CARRIED: "Not reconfirmed",
}
_SAYS = {
    Which.MINE: "What you hold in this assessment.",
    Which.WAITING: "What nobody holds and nobody has answered, and what was sent back.",
    Which.OVERDUE: "What was wanted by a day that is over, and still needs something.",
    Which.CARRIED: "Answers that were taken over from an earlier cycle. Each has to be saved here, "
    "or found still right, before the assessment can be submitted.",
}
_EMPTY = {
    Which.MINE: "You hold nothing in this assessment. Under each question, “Who does this” lets "
    "you take it.",
    Which.WAITING: "Nothing is waiting: every question has an answer or somebody who holds it.",
    Which.OVERDUE: "Nothing is overdue.",
    Which.CARRIED: "Nothing is left to reconfirm.",
}


@dataclass
class Seen:
    """What a browser tab shows of one choice, so that nothing leaves while somebody works on it."""

    which: Which = Which.ALL
    keys: set[ItemKey] = field(default_factory=set)
    most: int = FIRST_SHOWN


def choose(visit: Visit, sheet: Sheet) -> Which:
    """Which questions to show; all of them once nothing can be changed any more."""
    if not sheet.takes_changes:
        return Which.ALL
    offered = _offered(visit, sheet)
    asked = address.said(_ADDRESS) or ""
    which = Which(asked) if asked in offered else Which.ALL
    widget = _key(sheet)
    if st.session_state.get(widget) != which.value:
        st.session_state[widget] = which.value
    st.pills(
        "Who does what",
        list(offered),
        format_func=lambda name: _labelled(Which(name), offered[name]),
        key=widget,
        required=True,
        on_change=_into_address,
        args=(widget,),
    )
    return which


def _offered(visit: Visit, sheet: Sheet) -> dict[str, int]:
    """What can be chosen, by its name in the address, and how many questions each has."""
    found = {
        which.value: len(assignments.chosen(sheet, which, visit.person, visit.today))
        for which in Which
    }
    if not can(visit.person, Action.ANSWER, sheet.trust.code):
        del found[Which.MINE.value]
    if not found[Which.CARRIED.value] and address.said(_ADDRESS) != Which.CARRIED:
        del found[Which.CARRIED.value]
    return found


def _labelled(which: Which, number: int) -> str:
    return _TITLES[which] if which is Which.ALL else f"{_TITLES[which]} ({number})"


def _into_address(widget: str) -> None:
    chosen = st.session_state[widget]
    if chosen == Which.ALL:
        st.query_params.pop(_ADDRESS, None)
    else:
        address.say(_ADDRESS, chosen)


def across_stages(visit: Visit, sheet: Sheet, which: Which) -> None:
    """The chosen questions of the whole assessment, under the stages that ask them."""
    seen = _seen(sheet, which)
    now = {line.key for line in assignments.chosen(sheet, which, visit.person, visit.today)}
    seen.keys |= now
    lines = [line for line in sheet.lines if line.key in seen.keys]
    show.note(_SAYS[which] if lines else _EMPTY[which])
    shown = lines[: seen.most]
    for part in sheet.parts:
        _part(visit, sheet, part, [line for line in shown if line in part.lines])
    if len(lines) > len(shown):
        label = f"Show {len(lines) - len(shown)} more"
        st.button(label, key=f"{_key(sheet)}.more", on_click=_show_all, args=(seen,))


def _part(visit: Visit, sheet: Sheet, part: Part, lines: Sequence[Line]) -> None:
    if not lines:
        return
    st.header(part.stage.numbered, anchor=False)
    show.note(part.standard.short_title)
    for line in lines:
        question.ask(visit, sheet, line)


def go_to_question(sheet: Sheet) -> None:
    """Brings the question that the address names into view, once."""
    asked = address.said(work_links.QUESTION)
    if asked is None:
        return
    st.query_params.pop(work_links.QUESTION)
    # Nothing that stands in an address goes into a script: only the id of a question that there is.
    named = next((line.key.item_id for line in sheet.lines if line.key.item_id == asked), None)
    if named is not None:
        # Each question's container has a class with its id, and the menu stays above it.
        focus.go(f".st-key-question-{named.replace('.', '-')}", above="5rem")


def _seen(sheet: Sheet, which: Which) -> Seen:
    """What this tab shows of the choice; begun anew whenever another one was made."""
    kept = f"{_key(sheet)}.seen"
    found = st.session_state.get(kept)
    if not isinstance(found, Seen) or found.which is not which:
        found = st.session_state[kept] = Seen(which)
    return found


def _show_all(seen: Seen) -> None:
    seen.most = 1000


def _key(sheet: Sheet) -> str:
    return f"work.{sheet.trust.code}.{sheet.cycle.cycle_id}.{sheet.scope}"


def hand_over_stage(visit: Visit, sheet: Sheet, part: Part) -> None:
    """For the trust lead: all questions of a stage handed to one colleague."""
    if not (sheet.takes_changes and can(visit.person, Action.ASSIGN, sheet.trust.code)):
        return
    key = f"{_key(sheet)}.{part.stage.id}"
    label = f"Hand over this {part.standard.words.stage}"
    with st.expander(label, key=f"{key}.stage", on_change="rerun") as opened:
        if opened.open:
            _who_holds(part)
            assignment_form.for_all(visit, sheet, part, f"{key}.form")


def _who_holds(part: Part) -> None:
    held = [
        Markup("<li>{}: {}</li>").format(line.statement.number, _holder(line))
        for line in part.lines
    ]
    html.put(Markup('<ul class="bm-list bm-note">{}</ul>').format(html.joined(held)))


def _holder(line: Line) -> str:
    if line.assignment is None:
        return "nobody" if not line.is_done else "nobody, answered"
    return assignment_form.held_by(line.assignment)
