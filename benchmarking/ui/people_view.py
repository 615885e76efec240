"""People and roles: everybody who is known here, and one of them to give roles to and take from."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import streamlit as st
from markupsafe import Markup

from benchmarking.access import Role
from benchmarking.moments import in_words, local, moment_in_words
from benchmarking.people import people_entries
from benchmarking.people.people_entries import Register
from benchmarking.store.people import HeldRole, Listed
from benchmarking.ui import address, caches, entry_form, html, people_forms, rows, show
from benchmarking.ui.entry_form import Told
from benchmarking.visit import Visit

_MOST_SHOWN = 20
_EVERYWHERE = "everywhere"


def show_people(visit: Visit) -> None:
    """Everybody with their roles and a form to add one; or one person to look after."""
    register = people_entries.register(visit, caches.kept)
    told = entry_form.told("people")
    entry_form.show_told(told, address.said(people_forms.PERSON))
    chosen = _one_of(register)
    if chosen is not None:
        _one(visit, register, chosen, told)
        return
    _opening(visit, register)
    # Folded and above the list, which is long.
    with st.expander("Add a person", key="person.add.folded"):
        people_forms.offer_adding(visit, register, told)
    _listed(visit, _chosen(visit, register))


def _one_of(register: Register) -> Listed | None:
    """The person to look after; None while everybody is listed."""
    by_number = {str(one.known.person_id): one for one in register.people}
    chosen = address.one_or_none(
        "Find a person",
        list(by_number),
        key=people_forms.PERSON,
        shown_as=lambda number: by_number[number].known.title,
        first=None,
        placeholder="Type what they do",
    )
    return None if chosen is None else by_number[chosen]


def _opening(visit: Visit, register: Register) -> None:
    holding = sum(bool(one.known.at(visit.now).grants) for one in register.people)
    show.lead(
        f"{_people(holding)} {'holds' if holding == 1 else 'hold'} a role here, of "
        f"{len(register.people)} known. A role that ends opens nothing from the next click on."
    )
    if register.administrators(visit.now) == 1:
        show.note(
            "There is one administrator. Give a second person that role, so that somebody can "
            "stand in.",
            alert=True,
        )


def _chosen(visit: Visit, register: Register) -> tuple[Listed, ...]:
    """The people who hold a role in the trust and of the kind that were chosen, now or later."""
    left, right = st.columns(2)
    with left:
        names = {trust.code: f"{trust.code} {trust.name}" for trust in register.trusts}
        trust = address.one_or_none(
            "Trust",
            [_EVERYWHERE, *names],
            key="trust",
            shown_as=lambda code: names.get(code, "No trust: roles held everywhere"),
            first=None,
            placeholder="All trusts",
        )
    with right:
        role = address.one_or_none(
            "Role",
            [role.value for role in Role],
            key="role",
            shown_as=str.capitalize,
            first=None,
            placeholder="All roles",
        )
    if trust is None and role is None:
        return register.people
    return tuple(
        one
        for one in register.people
        if any(_fits(held, trust, role, visit.now) for held in one.known.roles)
    )


def _fits(held: HeldRole, trust: str | None, role: str | None, now: datetime) -> bool:
    place = held.grant.organisation or _EVERYWHERE
    return (
        trust in (None, place) and role in (None, held.grant.role.value) and not _is_over(held, now)
    )


def _listed(visit: Visit, shown: Sequence[Listed]) -> None:
    if not shown:
        show.note("Nobody holds such a role. Choose another trust or role, or give somebody one.")
        return
    rows.table(
        "People and the roles they hold",
        ("Person", "Roles", "Signs in as"),
        [
            (_link(one), _roles_in_words(one, visit.now), _signs_in_as(one))
            for one in shown[:_MOST_SHOWN]
        ],
    )
    if len(shown) > _MOST_SHOWN:
        show.note(
            f"The first {_MOST_SHOWN} of {len(shown)} people are shown. Choose a trust or a role "
            f"to see fewer, or find a person by what they do."
        )


def _link(one: Listed) -> Markup:
    return Markup('<a href="?{}={}" target="_self">{}</a>').format(
        people_forms.PERSON, one.known.person_id, one.known.title
    )


def _signs_in_as(one: Listed) -> Markup:
    return Markup('{}<span class="bm-aside">{}</span>').format(one.subject, one.issuer)


def _roles_in_words(one: Listed, now: datetime) -> str:
    held = [role for role in one.known.roles if not _is_over(role, now)]
    if not held:
        return "No role"
    return ". ".join(_role_in_words(role, now) for role in held)


def _role_in_words(held: HeldRole, now: datetime) -> str:
    said = people_forms.begun(people_forms.named(held.grant))
    if held.since > now:
        said += f", from {in_words(local(held.since).date())}"
    if held.until is not None:
        said += f", until {_last_day(held.until)}"
    return said


def _is_over(held: HeldRole, now: datetime) -> bool:
    return held.until is not None and held.until <= max(now, held.since)


def _last_day(until: datetime) -> str:
    """The last day on which a role holds that ends at a midnight; else its very moment."""
    ends = local(until)
    if (ends.hour, ends.minute) == (0, 0):
        return in_words(ends.date() - timedelta(days=1))
    return moment_in_words(until)


def _one(visit: Visit, register: Register, one: Listed, told: Told) -> None:
    # Not st.header, which would read what somebody typed as Markdown.
    html.put(Markup("<h2>{}</h2>").format(one.known.title))
    show.note(f"Signs in as {one.subject}, vouched for by {one.issuer}.")
    if one.known.roles:
        rows.table(
            f"Every role of {one.known.title}",
            ("Role", "Where", "From", "Until", "Stands"),
            [_row(held, visit.now) for held in reversed(one.known.roles)],
        )
    else:
        show.note("Has never held a role, and so sees only what is public.")
    people_forms.offer_giving(visit, register, one, told)
    holding = [held for held in one.known.roles if not _is_over(held, visit.now)]
    people_forms.offer_ending(one, holding, told)
    html.put(Markup('<p><a href="?" target="_self">‹ Everybody</a></p>'))


def _row(held: HeldRole, now: datetime) -> tuple[str, ...]:
    if _is_over(held, now):
        stands = "Ended" if held.since < (held.until or now) else "Ended before it began"
    else:
        stands = "Holds now" if held.holds(now) else "Not yet"
    until = "No end" if held.until is None else _last_day(held.until)
    return (
        held.grant.role.value.capitalize(),
        held.grant.organisation or "Everywhere",
        in_words(local(held.since).date()),
        until,
        stands,
    )


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
