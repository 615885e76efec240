"""One action: what was promised, how it goes, and what can be done with it."""

from collections.abc import Callable, Mapping

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Action, can
from benchmarking.action_plan import action_words
from benchmarking.action_plan.actions import ActionList, ListedAction
from benchmarking.assessing.sheets import NotThere
from benchmarking.moments import in_words, local, moment_in_words
from benchmarking.trust_actions import ActionNote
from benchmarking.ui import action_forms, action_links, html, show
from benchmarking.ui.entry_form import Told
from benchmarking.visit import Visit

_NO_SUCH = "This trust has no such action. Choose one from the list."
_LONGEST_HEADING = 140
_TELL, _CHANGE, _CLOSE, _REOPEN = "Tell how it goes", "Change it", "Close it", "Open it again"


def show_one(visit: Visit, found: ActionList, number: str, told: Told) -> None:
    """One action of a trust by its number as the address has it.

    Raises:
        NotThere: the trust has no such action.
    """
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise NotThere(_NO_SUCH)
    one = found.one(int(number))
    # Not st.header, which would read what somebody typed as Markdown.
    html.put(_heading(one.text))
    _facts(found, one)
    if not found.for_board:
        _history(one)
    if can(visit.person, Action.ANSWER, found.trust.code):
        _changes(visit, found.trust.code, one, told)
    html.put(Markup("<p>{}</p>").format(action_links.to_all(found.trust.code, "‹ All actions")))


def _heading(text: str) -> Markup:
    """The words as a heading; of long ones the beginning, with all of them below it."""
    if len(text) <= _LONGEST_HEADING:
        return Markup("<h2>{}</h2>").format(text)
    return Markup("<h2>{} …</h2><p>{}</p>").format(text[:_LONGEST_HEADING].rstrip(), text)


def _facts(found: ActionList, one: ListedAction) -> None:
    promised = one.action.promised
    facts: dict[str, str | Markup] = {
        "Stands": one.stands,
        "Who": promised.owner.title or action_words.UNOWNED,
        "By when": action_words.due_in_words(promised.due_on),
        "Serves": _statements(found, one),
        "Promised in": one.made_in,
    }
    if one.part:
        facts["Of"] = one.part
    if not found.for_board:
        facts |= _for_workers(one)
    lines = [Markup("<dt>{}</dt><dd>{}</dd>").format(*fact) for fact in facts.items()]
    html.put(Markup('<dl class="bm-levels bm-facts">{}</dl>').format(html.joined(lines)))


def _for_workers(one: ListedAction) -> Mapping[str, str]:
    action = one.action
    facts = {"Aims at": one.target or "No level"}
    if ended := action_words.ended(action.status, one.closure):
        facts["Ended"] = ended
    if one.closure is not None:
        facts["What came of it"] = one.closure.outcome
        facts["What shows it"] = action_words.what_shows_it(one.closure) or "Nothing was named"
    facts["Last changed"] = f"{moment_in_words(action.saved_at)} by {action.author}"
    return facts


def _statements(found: ActionList, one: ListedAction) -> Markup:
    """The statements that an action serves, each with the way to its question for workers."""
    lines = []
    for name in one.statements:
        words = Markup("{}: {}").format(name.standard, name.in_full)
        link = Markup("")
        if name.stage and not found.for_board:
            link = Markup(" · {}").format(
                action_links.to_statement(found.trust.code, name.key, name.stage, "answer")
            )
        lines.append(Markup("<li>{}{}</li>").format(words, link))
    return Markup('<ul class="bm-list">{}</ul>').format(html.joined(lines))


def _history(one: ListedAction) -> None:
    if one.notes:
        st.header("How it goes", anchor=False)
        html.put(_notes(one.notes))


def folded_notes(one: ListedAction) -> Markup:
    """What was told about an action, the newest first, folded; nothing where nothing was."""
    if not one.notes:
        return Markup("")
    number = "1 note" if len(one.notes) == 1 else f"{len(one.notes)} notes"
    return Markup('<details style="font-weight: 400"><summary>{}</summary>{}</details>').format(
        number, _notes(one.notes)
    )


def _notes(notes: tuple[ActionNote, ...]) -> Markup:
    lines = []
    for note in notes:
        changed, words = action_words.told(note)
        day = in_words(local(note.written_at).date())
        lines.append(
            Markup('<li><span class="bm-aside">{}, {}</span>{} {}</li>').format(
                day, note.author, changed, words
            )
        )
    return Markup('<ul class="bm-happened">{}</ul>').format(html.joined(lines))


def _changes(visit: Visit, trust_code: str, one: ListedAction, told: Told) -> None:
    """What can be done with an action; its form is built only once somebody chose it."""
    about = str(one.action.action_id)
    over = one.action.status.is_over
    offers: dict[str, Callable[[], None]] = {
        _TELL: lambda: action_forms.offer_telling(trust_code, one, about, told)
    }
    if over:
        offers[_REOPEN] = lambda: action_forms.offer_reopening(trust_code, one, about, told)
    else:
        offers[_CHANGE] = lambda: action_forms.offer_changing(visit, trust_code, one)
        offers[_CLOSE] = lambda: action_forms.offer_closing(visit, trust_code, one, about, told)
    chosen = st.pills("What to do", list(offers), key=f"action-{about}-do")
    if chosen is None:
        show.note("Choose what to do. Nothing is lost: every change is kept with who made it.")
        return
    with st.container(border=True):
        offers[chosen]()
