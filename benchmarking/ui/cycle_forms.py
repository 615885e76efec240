"""Forms to open a cycle, correct one, give it more time, and close it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from benchmarking.answers import Cycle
from benchmarking.assessing import cycle_entries, cycle_plans
from benchmarking.assessing.cycle_entries import ListedCycle, Stands
from benchmarking.assessing.cycle_plans import Plan
from benchmarking.entry_faults import EntryFaults
from benchmarking.moments import local, moment_in_words
from benchmarking.standard import Library
from benchmarking.store.cycles import Rule
from benchmarking.ui import address, entry_form, show
from benchmarking.ui.entry_form import Done, Form, Told
from benchmarking.visit import Visit

# What the chosen cycle is called in the address.
CYCLE = "cycle"

_NOT_SURE = "Nothing was closed. Tick the box to say that you are sure, then press again."
# Finer than the quarter of an hour that is usual, because a day ends at 23:59.
_STEP = timedelta(minutes=1)
_NAMED = {
    True: "Named: trusts that published may see each other’s names",
    False: "Anonymous: no trust ever sees another’s name; inspectors do",
}
_TWO_PEOPLE = {
    True: "Two people: who submits does not approve",
    False: "One person may submit and approve",
}


def edition_named(library: Library, key: str) -> str:
    """An edition as people call it, such as "My expectations 2014.1"."""
    for standard in library.standards:
        if standard.key == key:
            return f"{standard.short_title} {standard.edition}"
    return key


def offer_opening(visit: Visit, listed: Sequence[ListedCycle], told: Told) -> None:
    """A form for a new cycle, with the choices of the last one and the newest editions."""
    form = entry_form.form("cycle.open", told)
    show.note(
        "Until it opens you can correct everything but its short name. Once it is open, its "
        "editions and rules stay; you can give more time, or close it. All times are London’s."
    )
    entry_form.show_problems(form)
    with st.form("cycle.open.fields", border=False):
        st.text_input(
            "Short name, for addresses and files, such as 2027-28",
            key=entry_form.beside(form, "cycle_id"),
            max_chars=cycle_plans.LONGEST_ID,
        )
        _fields(form, visit.library, _like_the_last(visit.library, listed))
        st.form_submit_button(
            "Open this cycle", type="primary", on_click=_open, args=(form, form.sent)
        )


def _like_the_last(library: Library, listed: Sequence[ListedCycle]) -> Plan:
    if not listed:
        return Plan("", "", None, None, None, True, True, ())
    last = _as_entered(listed[0].cycle, listed[0].rule, library)
    asked = dict.fromkeys(key.partition("/")[0] for key in last.editions)
    return replace(
        last,
        cycle_id="",
        title="",
        opens=None,
        deadline=None,
        release=None,
        editions=tuple(library.newest(name).key for name in asked),
    )


def _as_entered(cycle: Cycle, rule: Rule, library: Library) -> Plan:
    """A stored cycle as its form shows it; an edition that is not here any more is left out."""
    here = {standard.key for standard in library.standards}
    keys = (f"{name}/{edition}" for name, edition, _ in cycle.editions)
    return Plan(
        cycle.cycle_id,
        cycle.title,
        _on_clocks(cycle.opens_at),
        _on_clocks(cycle.deadline_at),
        _on_clocks(cycle.release_at),
        cycle.peers_named,
        rule.two_people,
        tuple(key for key in keys if key in here),
    )


def _on_clocks(moment: datetime) -> datetime:
    return local(moment).replace(tzinfo=None)


def _fields(form: Form, library: Library, filled: Plan) -> None:
    """The fields that a cycle keeps until it opens, filled with what stands."""
    st.text_input(
        "Title, as people read it, such as 2027/28",
        value=filled.title,
        key=entry_form.beside(form, "title"),
        max_chars=cycle_plans.LONGEST_TITLE,
    )
    # A field that was filled once cannot be emptied again.
    at_once = "" if filled.opens else " (leave empty to open at once)"
    _moment(form, "opens", f"Opens{at_once}", filled.opens)
    _moment(form, "deadline", "Deadline", filled.deadline)
    _moment(form, "release", "Trusts see others’ results from", filled.release)
    st.multiselect(
        "What is asked, in this order",
        [standard.key for standard in library.standards],
        default=list(filled.editions),
        format_func=lambda key: edition_named(library, key),
        placeholder="Choose editions",
        select_all=False,
        key=entry_form.beside(form, "editions"),
    )
    _choice(form, "peers_named", "Names of other trusts", _NAMED, filled.peers_named)
    _choice(form, "two_people", "Approval", _TWO_PEOPLE, filled.two_people)


def _moment(form: Form, name: str, label: str, filled: datetime | None) -> None:
    st.datetime_input(
        label,
        value=filled,
        format="DD/MM/YYYY",
        step=_STEP,
        key=entry_form.beside(form, name),
    )


def _choice(form: Form, name: str, label: str, options: Mapping[bool, str], filled: bool) -> None:
    st.radio(
        label,
        list(options),
        index=list(options).index(filled),
        format_func=options.__getitem__,
        key=entry_form.beside(form, name),
    )


def _plan(entered: Mapping[str, Any], cycle_id: str) -> Plan:
    return Plan(
        cycle_id,
        entered["title"],
        entered["opens"],
        entered["deadline"],
        entered["release"],
        entered["peers_named"],
        entered["two_people"],
        tuple(entered["editions"]),
    )


def _open(form: Form, pressed: int) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        cycle = cycle_entries.open_cycle(visit, _plan(entered, entered["cycle_id"]))
        opens = "is open" if cycle.opens_at <= visit.now else _opens(cycle)
        return Done(f"{cycle.title} {opens}.", cycle.cycle_id)

    entry_form.send(form, pressed, do)
    if form.sent > pressed and form.told.about:
        address.say(CYCLE, form.told.about)


def _opens(cycle: Cycle) -> str:
    return f"opens on {moment_in_words(cycle.opens_at)}"


def offer_correcting(visit: Visit, one: ListedCycle, told: Told) -> None:
    """The form of a cycle that has not opened, filled with what is stored."""
    form = entry_form.form(f"cycle.correct.{_as_seen(one)}", told)
    entry_form.show_problems(form)
    with st.form(f"{form.key}.fields", border=False):
        _fields(form, visit.library, _as_entered(one.cycle, one.rule, visit.library))
        st.form_submit_button(
            "Save changes", type="primary", on_click=_correct, args=(form, form.sent, one.cycle)
        )


def _as_seen(one: ListedCycle) -> str:
    """The cycle as it stands, for a key: where somebody else changes it, its form begins anew."""
    return f"{one.cycle.cycle_id}.{abs(hash((one.cycle, one.rule)))}"


def _correct(form: Form, pressed: int, seen: Cycle) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        cycle = cycle_entries.correct(visit, seen, _plan(entered, seen.cycle_id))
        return Done(f"{cycle.title} {_opens(cycle)}.", cycle.cycle_id)

    entry_form.send(form, pressed, do)


def offer_extending(visit: Visit, one: ListedCycle, told: Told) -> None:
    """A form to move the deadline, while nobody has seen others' results."""
    st.subheader("Give more time", anchor=False)
    if one.cycle.release_at <= visit.now:
        show.note(
            "Results of this cycle are shown to others, so nobody can be given more time to "
            "answer unseen. Until the cycle is closed, trusts that are late can still finish."
        )
        return
    if one.stands(visit.now) is Stands.CLOSED:
        show.note("This opens the cycle again, until it is closed once more.")
    form = entry_form.form(f"cycle.extend.{_as_seen(one)}", told)
    entry_form.show_problems(form)
    with st.form(f"{form.key}.fields", border=False):
        _moment(form, "deadline", "New deadline", _on_clocks(one.cycle.deadline_at))
        _moment(
            form, "release", "Trusts see others’ results from", _on_clocks(one.cycle.release_at)
        )
        _reason(form, "Why you give more time, for other administrators to read")
        st.form_submit_button(
            "Move the deadline", on_click=_extend, args=(form, form.sent, one.cycle)
        )


def _reason(form: Form, label: str) -> None:
    st.text_area(
        label,
        key=entry_form.beside(form, "reason"),
        max_chars=cycle_entries.LONGEST_REASON,
        height=80,
    )


def _extend(form: Form, pressed: int, seen: Cycle) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        cycle = cycle_entries.extend(
            visit, seen, entered["deadline"], entered["release"], entered["reason"]
        )
        due = moment_in_words(cycle.deadline_at)
        return Done(f"{cycle.title} is open; its deadline is now {due}.", cycle.cycle_id)

    entry_form.send(form, pressed, do)


def offer_closing(visit: Visit, one: ListedCycle, told: Told) -> None:
    """A form to close a cycle, with what that does to trusts that are not done."""
    if one.stands(visit.now) is Stands.CLOSED:
        return
    st.subheader("Close this cycle", anchor=False)
    show.note(_what_closing_does(visit, one), alert=True)
    form = entry_form.form(f"cycle.close.{one.cycle.cycle_id}", told)
    entry_form.show_problems(form)
    with st.form(f"{form.key}.fields", border=False):
        _reason(form, "Why you close it, for other administrators to read")
        st.checkbox(
            "I am sure that nothing in this cycle should change any more",
            key=entry_form.beside(form, "sure"),
        )
        st.form_submit_button(
            "Close this cycle", on_click=_close, args=(form, form.sent, one.cycle)
        )


def _what_closing_does(visit: Visit, one: ListedCycle) -> str:
    early = "Its deadline has not come. " if visit.now <= one.cycle.deadline_at else ""
    waiting = one.trusts - one.published
    whom = "1 trust has" if waiting == 1 else f"{waiting} trusts have"
    back = (
        "You can open it again only by giving more time."
        if visit.now < one.cycle.release_at
        else "That cannot be undone, because its results are shown."
    )
    return (
        f"{early}{whom} not published. Once it is closed, nobody answers, submits, approves, "
        f"signs off or publishes in it. {back}"
    )


def _close(form: Form, pressed: int, seen: Cycle) -> None:
    def do(visit: Visit, entered: Mapping[str, Any]) -> Done:
        if not entered["sure"]:
            raise EntryFaults({"sure": _NOT_SURE})
        cycle_entries.close(visit, seen, entered["reason"])
        return Done(f"{seen.title} is closed.", seen.cycle_id)

    entry_form.send(form, pressed, do)
