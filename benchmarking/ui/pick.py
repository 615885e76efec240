"""Choosing what a page is about. Choices live in the address, so that it can be shared."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from benchmarking.sheets import NotThere, Part, Sheet
from benchmarking.visit import Visit

Option = TypeVar("Option")


def own_trust(visit: Visit) -> str:
    """The code of the trust that the person works for; asks only people with several.

    Raises:
        NotThere: the person has a role in no trust.
    """
    codes = visit.person.trusts
    if not codes:
        raise NotThere("You have no role in any trust. Ask your administrator.")
    if len(codes) == 1:
        return codes[0]
    return one_of("Trust", codes, key="trust")


def one_of(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    shown_as: Callable[[Option], str] = str,
    named: Callable[[Option], str] = str,
    first: int = 0,
) -> Option:
    """One of several options, from a drop-down.

    Args:
        label: what is chosen, in words.
        options: at least one.
        key: its name in the address.
        shown_as: an option as people read it.
        named: an option as the address names it: short, and the same tomorrow.
        first: the place of the option that stands there before anybody chooses.
    """
    by_name = {named(option): option for option in options}
    widget = _follow_address(key, list(by_name), list(by_name)[first])
    chosen = st.selectbox(
        label, list(by_name), format_func=lambda name: shown_as(by_name[name]), key=widget
    )
    return by_name[_into_address(key, chosen)]


def one_tab(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    shown_as: Callable[[str], str],
    first: str,
    small: bool = False,
) -> str:
    """One of a few options, side by side. ``small`` for many or long ones.

    What ``shown_as`` says must not change while people work: Streamlit knows the chosen tab
    by the words on it.
    """
    widget = _follow_address(key, options, first)
    row = st.pills if small else st.segmented_control
    chosen = row(
        label,
        options,
        format_func=shown_as,
        key=widget,
        required=True,
        label_visibility="collapsed",
    )
    return _into_address(key, chosen or first)


def part(sheet: Sheet) -> Part:
    """The stage to work on: the one in the address, else the first that is not finished."""
    by_standard = {name: sheet.parts_of(name) for name, _, _ in sheet.cycle.editions}
    standard = one_tab(
        "Standard",
        list(by_standard),
        key="standard",
        shown_as=lambda name: by_standard[name][0].standard.short_title,
        first=_first_unfinished(sheet.parts).standard.id,
    )
    parts = {part.stage.id: part for part in by_standard[standard]}
    stage = one_tab(
        "Stage",
        list(parts),
        key="stage",
        shown_as=lambda name: f"{parts[name].stage.number} {parts[name].stage.title}",
        first=_first_unfinished(by_standard[standard]).stage.id,
        small=True,
    )
    return parts[stage]


def go_to(part: Part) -> None:
    """Chooses a stage from elsewhere on the page; for callbacks."""
    for key, name in (("standard", part.standard.id), ("stage", part.stage.id)):
        st.session_state[f"pick.{key}"] = name


def _follow_address(key: str, names: Sequence[str], first: str) -> str:
    """The key of a widget that stands on what the address names, else on ``first``.

    The address counts when it is new to this browser tab; after that the person's choice does.
    """
    widget, seen = f"pick.{key}", f"pick.{key}.seen"
    asked = st.query_params.get(key)
    if asked is not None and asked != st.session_state.get(seen) and asked in names:
        st.session_state[widget] = asked
    if st.session_state.get(widget) not in names:
        st.session_state[widget] = first
    return widget


def _into_address(key: str, name: str) -> str:
    st.session_state[f"pick.{key}.seen"] = name
    if st.query_params.get(key) != name:
        st.query_params[key] = name
    return name


def _first_unfinished(parts: Sequence[Part]) -> Part:
    return next((part for part in parts if part.done < len(part.lines)), parts[0])
