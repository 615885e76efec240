"""The actions that serve one statement, under its question: which there are, done, one more."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Action, can
from benchmarking.action_plan import action_words, actions
from benchmarking.assessing.sheets import Line, Sheet
from benchmarking.trust_actions import Due, Promised, TrustAction
from benchmarking.ui import (
    action_forms,
    action_links,
    caches,
    entry_form,
    html,
    identity,
    personal_marks,
    show,
)
from benchmarking.ui.action_forms import Whose
from benchmarking.visit import Visit

_ADD = "add"
_LONGEST_WORDS = 50
_URGENT = list(Due)


def summary(line: Line) -> list[str]:
    """What is promised for a question, in a few words: of several what is most pressing."""
    if not line.actions:
        return []
    today = identity.visit().today
    open_ones = [action for action in line.actions if not action.status.is_over]
    if not open_ones:
        return ["Action done"] if _any_done(line.actions) else []
    first = min(open_ones, key=lambda action: _URGENT.index(action.due(today)))
    stands, day = first.due(today), first.promised.due_on
    sign = action_words.SHAPES[stands] + " " if stands in (Due.LATE, Due.SOON) else ""
    when = f" ({action_words.due_in_words(day)})" if day else ""
    more = f", {len(open_ones) - 1} more" if len(open_ones) > 1 else ""
    return [f"{sign}Action {stands.value}{when}{more}"]


def _any_done(found: Sequence[TrustAction]) -> bool:
    return any(action.status.value == "done" for action in found)


def offer(sheet: Sheet, line: Line, key: str) -> None:
    """The actions that serve a question's statement, with forms for who may change them.

    Args:
        sheet: the assessment.
        line: the question.
        key: a name of its own for this place on the page.
    """
    visit = identity.visit()
    told = entry_form.told(f"{key}.told")
    entry_form.show_told(told, key)
    _list(visit, sheet.trust.code, line.actions)
    if can(visit.person, Action.ANSWER, sheet.trust.code):
        _forms(visit, sheet, line, key, told)


def _list(visit: Visit, trust_code: str, found: Sequence[TrustAction]) -> None:
    if not found:
        show.note("No action serves this statement yet.")
        return
    in_order = sorted(found, key=lambda a: (_URGENT.index(a.due(visit.today)), -a.action_id))
    items = [_item(visit, trust_code, action) for action in in_order]
    html.put(Markup('<ul class="bm-list">{}</ul>').format(html.joined(items)))


def _item(visit: Visit, trust_code: str, action: TrustAction) -> Markup:
    promised = action.promised
    return Markup(
        '<li><span class="bm-mark">{}</span> {}<span class="bm-aside">{} · {} · {}</span>{}</li>'
    ).format(
        action_words.stands(action.status, action.due(visit.today)),
        promised.text,
        promised.owner.title or action_words.UNOWNED,
        action_words.due_in_words(promised.due_on),
        action_links.to_one(trust_code, action.action_id, "Open this action"),
        personal_marks.markup(promised.text, promised.owner.title),
    )


def _forms(visit: Visit, sheet: Sheet, line: Line, key: str, told: entry_form.Told) -> None:
    """What can be done here; its form is built only once somebody chose it."""
    open_ones = {
        str(action.action_id): action for action in line.actions if not action.status.is_over
    }
    chosen = st.pills(
        f"Change the actions for {line.statement.number}",
        [*open_ones, _ADD],
        format_func=lambda name: _offer_in_words(open_ones.get(name)),
        key=f"{key}.do",
        label_visibility="collapsed",
    )
    trust_code = sheet.trust.code
    if chosen == _ADD:
        preset = Promised("", statements=(line.key,))
        action_forms.offer_adding(visit, Whose(trust_code, key, sheet.scope), preset, told)
    elif chosen is not None:
        listed = actions.of_trust(visit, trust_code, caches.kept)
        one = listed.one(int(chosen))
        action_forms.offer_closing(visit, trust_code, one, key, told)


def _offer_in_words(action: TrustAction | None) -> str:
    if action is None:
        return "Add an action"
    text = action.promised.text
    short = text if len(text) <= _LONGEST_WORDS else f"{text[:_LONGEST_WORDS].rstrip()} …"
    return f"Close: {short}"
