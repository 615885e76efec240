"""Cycles: all of them, and one to look after."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from benchmarking.answers import Cycle, State
from benchmarking.assessing import cycle_entries
from benchmarking.assessing.cycle_entries import ListedCycle, Stands
from benchmarking.moments import moment_in_words
from benchmarking.standard import Library
from benchmarking.store.cycles import Change, Kind
from benchmarking.ui import address, caches, cycle_forms, entry_form, html, rows, show
from benchmarking.ui.entry_form import Told
from benchmarking.visit import Visit

_DONE = {Kind.EXTENDED: "More time", Kind.CLOSED: "Closed"}


def show_cycles(visit: Visit) -> None:
    """Every cycle and a form to open one; or one cycle to look after."""
    listed = cycle_entries.every_cycle(visit, caches.kept)
    told = entry_form.told("cycles")
    entry_form.show_told(told, address.said(cycle_forms.CYCLE))
    chosen = _one_of(listed)
    if chosen is not None:
        _one(visit, chosen, told)
        return
    _opening(visit, listed)
    st.header("Open a cycle", anchor=False)
    cycle_forms.offer_opening(visit, listed, told)


def _one_of(listed: Sequence[ListedCycle]) -> ListedCycle | None:
    """The cycle to look after; None while all are listed."""
    if not listed:
        return None
    by_name = {one.cycle.cycle_id: one for one in listed}
    chosen = address.one_or_none(
        "Look after a cycle",
        list(by_name),
        key=cycle_forms.CYCLE,
        shown_as=lambda name: by_name[name].cycle.title,
        first=None,
        placeholder="Choose a cycle",
    )
    return None if chosen is None else by_name[chosen]


def _opening(visit: Visit, listed: Sequence[ListedCycle]) -> None:
    show.lead(_what_is_on(visit, listed))
    if not listed:
        return
    rows.table(
        "The cycles, the newest first",
        ("Cycle", "Stands", "Opens", "Deadline", "Results shown from", "Submitted"),
        [
            (
                _link(one.cycle),
                one.stands(visit.now).value,
                moment_in_words(one.cycle.opens_at),
                moment_in_words(one.cycle.deadline_at),
                moment_in_words(one.cycle.release_at),
                f"{one.submitted} of {one.trusts} trusts",
            )
            for one in listed
        ],
    )
    show.note("All times are London’s. A cycle is never deleted.")


def _what_is_on(visit: Visit, listed: Sequence[ListedCycle]) -> str:
    if not listed:
        return "No cycle has been opened yet. Open the first one, so that trusts can begin."
    on = [one for one in listed if one.stands(visit.now) in (Stands.OPEN, Stands.LATE)]
    if not on:
        return "No cycle is open, so no trust can answer."
    one = on[0]
    if one.stands(visit.now) is Stands.LATE:
        return (
            f"{one.cycle.title} was due on {moment_in_words(one.cycle.deadline_at)}. "
            f"{_trusts(one.trusts - one.submitted)} not submitted; they can until you close it."
        )
    return (
        f"{one.cycle.title} is open. Trusts submit until {moment_in_words(one.cycle.deadline_at)}."
    )


def _link(cycle: Cycle) -> Markup:
    return Markup('<a href="?{}={}" target="_self">{}</a>').format(
        cycle_forms.CYCLE, cycle.cycle_id, cycle.title
    )


def _one(visit: Visit, one: ListedCycle, told: Told) -> None:
    # Not st.header, which would read what somebody typed as Markdown.
    stands = one.stands(visit.now).value.lower()
    html.put(Markup("<h2>{}: {}</h2>").format(one.cycle.title, stands))
    _facts(visit.library, one)
    if one.stands(visit.now) is Stands.TO_COME:
        st.subheader("Correct this cycle", anchor=False)
        cycle_forms.offer_correcting(visit, one, told)
    else:
        _changes(one.changes)
        cycle_forms.offer_extending(visit, one, told)
        cycle_forms.offer_closing(visit, one, told)
    html.put(Markup('<p><a href="?" target="_self">‹ All cycles</a></p>'))


def _facts(library: Library, one: ListedCycle) -> None:
    cycle = one.cycle
    facts = {
        "Short name": cycle.cycle_id,
        "Opens": moment_in_words(cycle.opens_at),
        "Deadline": moment_in_words(cycle.deadline_at),
        "Results shown from": moment_in_words(cycle.release_at),
        "Asks": "; ".join(
            cycle_forms.edition_named(library, f"{s}/{e}") for s, e, _ in cycle.editions
        ),
        "Names of trusts": "other trusts may see them"
        if cycle.peers_named
        else "inspectors see them, other trusts never",
        "Approval": "by a second person" if one.rule.two_people else "one person may do both",
        "Trusts": _progress(one),
    }
    if one.rule.closed_at is not None:
        facts["Closed"] = moment_in_words(one.rule.closed_at)
    lines = [Markup("<dt>{}</dt><dd>{}</dd>").format(*fact) for fact in facts.items()]
    html.put(Markup('<dl class="bm-levels bm-facts">{}</dl>').format(html.joined(lines)))


def _progress(one: ListedCycle) -> str:
    """How many trusts are in which state. Nothing of what they say."""
    begun = [
        f"{one.states[state]} {state.label.lower()}" for state in State if one.states.get(state)
    ]
    idle = one.trusts - sum(one.states.values())
    return ", ".join([*begun, f"{idle} not begun"])


def _changes(changes: Sequence[Change]) -> None:
    if not changes:
        return
    st.subheader("What was changed since it opened", anchor=False)
    rows.table(
        "What was changed since the cycle opened, the newest first",
        ("When", "What", "Deadline", "Results shown from", "Why", "By"),
        [
            (
                moment_in_words(change.changed_at),
                _DONE[change.kind],
                moment_in_words(change.deadline_at),
                moment_in_words(change.release_at),
                change.reason,
                change.author,
            )
            for change in changes
        ],
    )


def _trusts(number: int) -> str:
    return "1 trust has" if number == 1 else f"{number} trusts have"
