"""Peers picked by hand: from a saved set, from the most similar trusts, or one by one.

The codes stand in the address, so that whoever opens the link sees the same peers. Which set
they came from stands there, too, and means something only to those who see the set.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from benchmarking.complaints import Year, words
from benchmarking.organisations import shown_code
from benchmarking.results import peer_sets
from benchmarking.results.similar_trusts import SimilarTrusts
from benchmarking.store.peer_sets import PeerSet
from benchmarking.ui import address, caches, peer_set_changes, peer_set_forms, saving, show
from benchmarking.ui.peer_set_changes import SET, WITH, Choice, Told
from benchmarking.visit import Visit


def picked(visit: Visit, year: Year, own: str, alike: SimilarTrusts) -> tuple[str, ...]:
    """The codes of the peers that the reader picks; offers to save them as a set.

    Args:
        visit: who picks.
        year: of which year, and so which trusts can be picked.
        own: the code of the trust that they are compared with.
        alike: the trusts most like it, to start from.
    """
    choice = Choice(year, _that_can_be_picked(year, own))
    sets = peer_sets.seen_by(visit, caches.kept)
    left, right = st.columns([3, 2], vertical_alignment="bottom" if sets else "center")
    with left:
        chosen = _saved(visit, sets, choice)
    with right:
        _offer_similar(alike)
    _name_those_that_cannot(choice, own)
    codes = address.several(
        "Trusts to compare with",
        tuple(choice.names),
        key=WITH,
        shown_as=choice.names.__getitem__,
        placeholder="Type names or codes; 5 or more give a middle",
    )
    if chosen is not None:
        _say_what_is_left_out(chosen, year)
    peer_set_forms.offer(visit.person.trusts, choice, chosen, codes)
    return codes


def _that_can_be_picked(year: Year, own: str) -> Mapping[str, str]:
    """Every trust that can be a peer of this one, by code, as it stands in a list."""
    key = ("trusts to pick", year.revision, year.period)
    names = caches.kept(key, partial(_names, year))
    return {code: name for code, name in names.items() if code != own}


def _names(year: Year) -> Mapping[str, str]:
    by_name = sorted(year.organisations.with_return, key=lambda trust: trust.name.lower())
    return {trust.code: words.named(trust) for trust in by_name}


def _saved(visit: Visit, sets: Sequence[PeerSet], choice: Choice) -> PeerSet | None:
    """The saved set that the reader works with; None while it is none."""
    if not sets:
        show.note("No set is saved yet. Pick trusts, then save them under a name below.")
        return None
    by_number = {str(one.peer_set_id): one for one in sets}
    asked = address.said(SET)
    standing = asked if asked in by_number else None
    # A list whose words have changed is a new field: the browser keeps the old words in an old one.
    field = ".".join(["peer-sets", *(f"{one.peer_set_id}-{one.set_revision}" for one in sets)])
    # As every choice: the address is the one truth, and the field is set from it.
    if field not in st.session_state or st.session_state[field] != standing:
        st.session_state[field] = standing
    number = st.selectbox(
        "Saved sets",
        list(by_number),
        index=None,
        format_func=lambda number: _named(visit, by_number[number]),
        key=field,
        on_change=_fill,
        args=(field, by_number, choice, peer_set_forms.told()),
        placeholder="Choose a set",
    )
    return by_number[number] if number is not None else None


def _named(visit: Visit, found: PeerSet) -> str:
    """A set in the list; with its trust only for people who work for several."""
    whose = f" ({found.trust_code})" if found.trust_code and len(visit.person.trusts) > 1 else ""
    return f"{found.name}{whose}"


def _fill(field: str, by_number: Mapping[str, PeerSet], choice: Choice, told: Told) -> None:
    told.tell("")
    chosen = by_number.get(saving.entered()[field])
    if chosen is None:
        peer_set_changes.let_go()
    else:
        peer_set_changes.work_with(chosen, choice)


def _offer_similar(alike: SimilarTrusts) -> None:
    if not alike.nearest:
        show.note(alike.says)
        return
    st.button(
        "Start from the most similar trusts",
        key="peer-sets.similar",
        on_click=_start,
        args=(alike.codes,),
        width="stretch",
    )


def _start(codes: tuple[str, ...]) -> None:
    peer_set_changes.let_go()
    peer_set_changes.pick(codes)


def _name_those_that_cannot(choice: Choice, own: str) -> None:
    wrong = [code for code in address.all_said(WITH) if code not in choice.names and code != own]
    if wrong:
        named = ", ".join(map(shown_code, wrong))
        show.note(f"Cannot be compared with: {named}. Pick other trusts.", alert=True)


def _say_what_is_left_out(chosen: PeerSet, year: Year) -> None:
    note = peer_sets.in_year(chosen, year).note
    if note:
        show.note(f"{note} The set keeps what it holds.")
