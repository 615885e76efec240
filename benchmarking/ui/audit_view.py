"""The audit: every entry with filters, the state of the ledger, what is kept about somebody."""

from collections.abc import Callable
from datetime import date

import streamlit as st
from markupsafe import Markup

from benchmarking import audits
from benchmarking.access import Refused
from benchmarking.assessing import ledgers
from benchmarking.assessing.ledgers import Verification
from benchmarking.audits import AuditPage, Choices
from benchmarking.moments import local, utc_now
from benchmarking.people import denials, subject_access
from benchmarking.store.audit import Entry, Wanted
from benchmarking.texts import visible
from benchmarking.ui import address, caches, html, legal_holds_view, rows, show
from benchmarking.visit import Visit

_ENTRIES, _PERSON, _HOLDS = "entries", "person", "holds"
_VIEWS = {_ENTRIES: "Entries", _PERSON: "About a person", _HOLDS: "Legal holds"}
_LONGEST_DETAIL = 120
_PAGE = "number"
_FILTERS = ("from", "to", "who", "action", "trust")
_COMMAND = "python -m benchmarking subject-access --issuer ... --subject ..."


def show_audit(visit: Visit) -> None:
    """The state of the ledger, then what the person chooses to look at."""
    _state(ledgers.verification(visit, caches.kept))
    view = address.one_tab(
        "View", list(_VIEWS), key="view", shown_as=_VIEWS.__getitem__, first=_ENTRIES, small=True
    )
    if view == _HOLDS:
        legal_holds_view.show_holds(visit)
    elif view == _PERSON:
        _about_a_person(visit)
    else:
        _entries(visit)


def _state(found: Verification) -> None:
    if found.is_whole:
        show.lead(found.sentence)
        return
    faults = html.joined([Markup("<li>{}</li>").format(fault) for fault in found.faults])
    html.put(
        Markup(
            '<div class="bm-errors" role="alert"><h2>{}</h2><ul class="bm-list">{}</ul>'
            "<p>{}</p></div>"
        ).format(found.sentence, faults, ledgers.WHAT_TO_DO)
    )


def _entries(visit: Visit) -> None:
    asked = _asked(audits.choices(visit, caches.kept))
    found = audits.page(visit, asked, _page_number())
    st.text(found.sentence)
    if found.entries:
        _table(found)
        _turn(found)
        _take_away(visit, "Download these entries as CSV", "audit.csv", "text/csv", asked)
    show.note(
        "Times are London’s; the file has UTC. The order is that of the entries’ numbers, whatever "
        "a clock said. An entry holds no answer and no free text, and is never changed or removed. "
        "“Still here”, noted every few minutes of a visit, is listed only when it is chosen; the "
        "file has it."
    )


def _asked(choices: Choices) -> Wanted:
    """The filters, and what they ask for."""
    left, right = st.columns(2)
    with left:
        first_day = _day("From", "from")
    with right:
        last_day = _day("To", "to")
    left, right = st.columns(2)
    with left:
        person = _one("Person", "who", {str(n): title for n, title in choices.people.items()})
    with right:
        action = _one("Action", "action", {action: visible(action) for action in choices.actions})
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        trust = _one("Trust", "trust", {code: code for code in choices.trusts})
    with right:
        st.button("Show everything", on_click=_forget_filters)
    return audits.wanted(first_day, last_day, int(person) if person else None, action, trust)


def _one(label: str, key: str, shown: dict[str, str]) -> str | None:
    return address.one_or_none(
        label, list(shown), key=key, shown_as=shown.__getitem__, first=None, placeholder="Any"
    )


def _day(label: str, key: str) -> date | None:
    """A day that stands in the address; None where any day will do."""
    widget = f"audit.{key}"
    said = _as_day(address.said(key))
    if widget not in st.session_state or st.session_state[widget] != said:
        st.session_state[widget] = said
    return st.date_input(
        label,
        format="DD/MM/YYYY",
        min_value=date(2020, 1, 1),
        max_value=date(2099, 12, 31),
        key=widget,
        on_change=_say_day,
        args=(key, widget),
    )


def _as_day(said: str | None) -> date | None:
    try:
        day = date.fromisoformat(said or "")
    except ValueError:
        return None
    return day if 2020 <= day.year <= 2099 else None


def _say_day(key: str, widget: str) -> None:
    day = st.session_state[widget]
    if day is None:
        st.query_params.pop(key, None)
    else:
        address.say(key, day.isoformat())


def _forget_filters() -> None:
    for key in (*_FILTERS, _PAGE):
        st.query_params.pop(key, None)


def _page_number() -> int:
    said = address.said(_PAGE) or ""
    return int(said) if said.isdecimal() and len(said) < 10 else 1


def _table(found: AuditPage) -> None:
    rows.table(
        "Entries of the audit, the newest first",
        ("Entry", "When", "Who", "Action", "About"),
        [_cells(entry) for entry in found.entries],
    )


def _cells(entry: Entry) -> tuple[str, ...]:
    return (
        f"{entry.number}",
        f"{local(entry.at):%Y-%m-%d %H:%M:%S}",
        audits.who(entry),
        visible(entry.action),
        _about(entry),
    )


def _about(entry: Entry) -> Markup:
    """The subject, and below it the beginning of the detail; the file has all of it."""
    detail = visible(entry.detail)
    if len(detail) > _LONGEST_DETAIL:
        detail = f"{detail[:_LONGEST_DETAIL]} …"
    aside = Markup('<span class="bm-aside">{}</span>').format(detail) if detail else ""
    return Markup("{}{}").format(visible(entry.subject), aside)


def _turn(found: AuditPage) -> None:
    """Buttons to the pages before and after, where there are any."""
    if found.pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "‹ Newer",
            disabled=found.number == 1,
            on_click=address.say,
            args=(_PAGE, str(found.number - 1)),
        )
        st.text(f"Page {found.number:,} of {found.pages:,}")
        st.button(
            "Older ›",
            disabled=found.number == found.pages,
            on_click=address.say,
            args=(_PAGE, str(found.number + 1)),
        )


def _take_away(visit: Visit, label: str, name: str, mime: str, asked: Wanted) -> None:
    _download(visit, label, name, mime, lambda again: audits.export(again, asked))
    show.note("The file is an entry of the audit, too: who took it, when, and what was asked for.")


def _download(
    visit: Visit, label: str, name: str, mime: str, make: Callable[[Visit], bytes]
) -> None:
    """A button whose file is made, and asked leave for, when somebody presses it."""

    def made() -> bytes:
        again = audits.asked_again(visit, utc_now())
        try:
            return make(again)
        except Refused as refusal:
            denials.note(again, refusal)
            raise

    st.download_button(
        label, made, file_name=name, mime=mime, key=f"download-{name}", on_click="ignore"
    )


def _about_a_person(visit: Visit) -> None:
    everybody = {str(one.person_id): one for one in subject_access.everybody(visit)}
    chosen = address.one_or_none(
        "Person",
        list(everybody),
        key="about",
        shown_as=lambda number: f"{visible(everybody[number].title)} (person {number})",
        first=None,
        placeholder="Choose whom this is about",
    )
    if chosen is None:
        show.note("Choose somebody to see how much is kept about them, and of what kind.")
        return
    _held(visit, int(chosen))


def _held(visit: Visit, number: int) -> None:
    held = subject_access.held_about(visit, number)
    st.text(held.sentence)
    rows.table(
        held.sentence,
        ("Kind", "Rows"),
        [(_opening(kind), f"{n:,}") for kind, n in held.counts.items()],
    )
    _download(
        visit,
        "Download without answers and free text",
        f"person-{number}.json",
        "application/json",
        lambda again: subject_access.without_content(again, number),
    )
    show.note(
        "The file holds who they are, their roles and sign-ins, and what the audit and the ledger "
        "say of them. You see no answers here, so what they wrote is given by command on the "
        "host alone; who runs it finds the two names below."
    )
    st.code(
        f"{_COMMAND}\nissuer: {held.named.issuer!a}\nsubject: {held.named.subject!a}",
        language=None,
        # A box that scrolls sideways could not be reached by the keyboard.
        wrap_lines=True,
    )


def _opening(kind: str) -> str:
    return f"{kind[0].upper()}{kind[1:]}"
