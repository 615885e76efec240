"""Actions: what a trust promised, what is late, and the files to take away."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking import audits
from benchmarking.access import Action, Refused, can
from benchmarking.action_plan import action_files, action_words, actions
from benchmarking.action_plan.actions import ActionList, ListedAction
from benchmarking.moments import in_words, utc_now
from benchmarking.people import denials
from benchmarking.trust_actions import Due, Promised
from benchmarking.ui import (
    action_forms,
    action_links,
    action_view,
    address,
    caches,
    entry_form,
    html,
    practice_links,
    rows,
    show,
)
from benchmarking.ui.action_forms import Whose
from benchmarking.visit import Visit

_ABOUT_ALL = "all"
_FILTERS = {
    "open": "Open",
    "mine": "Mine",
    "late": "Late",
    "soon": "Due soon",
    "over": "Done or dropped",
    "all": "All",
}
_NOTHING = {
    "open": "No action is open.",
    "mine": "No action is yours. An action becomes yours when somebody names you as its owner.",
    "late": "No action is late.",
    "soon": "No action is due within the next 30 days.",
    "over": "No action has been closed yet.",
    "all": "No action has been promised yet.",
}


def show_actions(visit: Visit, trust_code: str) -> None:
    """All actions of a trust with a form to add one; or one of them to look after."""
    found = actions.of_trust(visit, trust_code, caches.kept)
    told = entry_form.told("actions")
    chosen = address.said(action_links.ACTION)
    if chosen is not None:
        entry_form.show_told(told, chosen)
        action_view.show_one(visit, found, chosen, told)
        return
    entry_form.show_told(told, _ABOUT_ALL)
    _answer(visit, found)
    html.put(practice_links.to_all(trust_code))
    _list(visit, found)
    if can(visit.person, Action.ANSWER, trust_code):
        _adding(visit, trust_code, told)
    if found.listed:
        _files(visit, found)


def _answer(visit: Visit, found: ActionList) -> None:
    show.context([f"{found.trust.code} {found.trust.name}", in_words(visit.today)])
    show.lead(found.sentence)
    if found.listed:
        return
    if can(visit.person, Action.ANSWER, found.trust.code):
        show.note(
            "Add the first one below, or under a statement of the assessment. Say what will be "
            "done, who does it and by when; it stays here until it is closed, from one cycle to "
            "the next."
        )
    else:
        show.note("Actions appear here once the people who answer for the trust add them.")


def _list(visit: Visit, found: ActionList) -> None:
    if not found.listed:
        return
    which = address.one_tab(
        "Which actions", list(_FILTERS), key="show", shown_as=_FILTERS.__getitem__, first="open"
    )
    listed = _about(found, _these(visit, found, which))
    if not listed:
        show.note(_NOTHING[which])
        return
    _table(found, listed)


def _these(visit: Visit, found: ActionList, which: str) -> Sequence[ListedAction]:
    match which:
        case "mine":
            me = visit.person.person_id
            return [one for one in found.listed if one.action.promised.owner.person_id == me]
        case "late":
            return found.of(Due.LATE)
        case "soon":
            return found.of(Due.SOON)
        case "over":
            return found.of(Due.OVER)
        case "all":
            return found.listed
        case _:
            return [one for one in found.listed if one.due is not Due.OVER]


def _about(found: ActionList, listed: Sequence[ListedAction]) -> Sequence[ListedAction]:
    """Those that serve the statement which the reader chose; all where none is chosen."""
    names = {
        f"{name.key.standard_id}/{name.key.item_id}": name
        for one in found.listed
        for name in one.statements
    }
    chosen = address.one_or_none(
        "About which statement",
        sorted(names, key=lambda key: (names[key].standard, names[key].name)),
        key="about",
        shown_as=lambda key: f"{names[key].standard}: {names[key].in_full}",
        first=None,
        placeholder="All statements",
    )
    if chosen is None:
        return listed
    return [one for one in listed if names[chosen] in one.statements]


def _table(found: ActionList, listed: Sequence[ListedAction]) -> None:
    headings = ["What will be done", "For", "Who", "By when", "Stands"]
    if not found.for_board:
        headings.insert(2, "Aims at")
    rows.table(
        "Actions, what is late first",
        headings,
        [_row(found, one) for one in listed],
    )


def _row(found: ActionList, one: ListedAction) -> Sequence[str]:
    promised = one.action.promised
    cells = [
        _what(found, one),
        _unbroken(action_words.called(one.statements)),
        promised.owner.title or action_words.UNOWNED,
        _unbroken(action_words.due_in_words(promised.due_on)),
        _stands(one),
    ]
    if not found.for_board:
        cells.insert(2, one.target or "No level")
    return cells


def _what(found: ActionList, one: ListedAction) -> Markup:
    """The action's words as the way to it, where it comes from, and its notes, folded."""
    aside = f"Promised in {one.made_in}" + (f", {one.part}" if one.part else "")
    return Markup('{}<span class="bm-aside" style="font-weight: 400">{}</span>{}').format(
        action_links.to_one(found.trust.code, one.action.action_id, one.text),
        aside,
        action_view.folded_notes(one),
    )


def _unbroken(words: str) -> Markup:
    """Words that are never broken within one of them, however narrow the column."""
    return Markup('<span style="overflow-wrap: normal">{}</span>').format(words)


def _stands(one: ListedAction) -> Markup:
    pressing = one.due in (Due.LATE, Due.SOON)
    return Markup("<strong>{}</strong>" if pressing else "{}").format(one.stands)


def _adding(visit: Visit, trust_code: str, told: entry_form.Told) -> None:
    with st.expander("Add an action", key="add-action", on_change="rerun") as opened:
        if opened.open:
            whose = Whose(trust_code, _ABOUT_ALL)
            action_forms.offer_adding(visit, whose, Promised(""), told)


def _files(visit: Visit, found: ActionList) -> None:
    st.header("Take away", anchor=False)
    code, page = found.trust.code, str(st.context.url)
    mine = [
        one
        for one in found.listed
        if one.action.promised.owner.person_id == visit.person.person_id
        and one.due not in (Due.OVER, Due.NO_DAY)
    ]
    with st.container(horizontal=True):
        if mine:
            _download(
                visit,
                "My actions for a calendar (.ics)",
                f"{code}-my-actions.ics",
                lambda again: action_files.calendar(again, code, page, mine=True),
            )
        _download(
            visit,
            "All open actions for a calendar (.ics)",
            f"{code}-actions.ics",
            lambda again: action_files.calendar(again, code, page),
        )
        _download(
            visit,
            "Download as CSV",
            f"{code}-actions.csv",
            lambda again: action_files.table(again, code),
        )
    show.note(_what_a_calendar_holds(found))


def _what_a_calendar_holds(found: ActionList) -> str:
    undated = len(found.of(Due.NO_DAY))
    without = f" {action_words.many(undated)} without a day left out." if undated else ""
    return (
        "A calendar file has one entry for each open action on the day it is due, with a reminder "
        "a week before. It names the statement and links to this page; what will be done is not "
        f"in it, because calendars are often shared.{without} Import it again after changes; "
        "delete closed actions from the calendar yourself."
    )


_MIME: Mapping[str, str] = {"ics": "text/calendar", "csv": "text/csv"}


def _download(visit: Visit, label: str, name: str, make: Callable[[Visit], bytes]) -> None:
    """A button whose file is made, and asked leave for, when somebody presses it."""

    def made() -> bytes:
        again = audits.asked_again(visit, utc_now())
        try:
            return make(again)
        except Refused as refusal:
            denials.note(again, refusal)
            raise

    st.download_button(
        label,
        made,
        file_name=name,
        mime=_MIME[name.rpartition(".")[2]],
        key=f"download-{name}",
        on_click="ignore",
    )
