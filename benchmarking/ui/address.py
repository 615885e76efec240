"""Choices that stand in the address, so that a view can be shared.

The address is the one truth: each run sets the widget from it, and a choice is written to it
before the run. (Streamlit's own binding would write whole labels, "?trust=Manchester+Univer...";
here the code stands there, "?trust=R0A".)
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

Option = TypeVar("Option")

# Not a comma, which browsers write as %2C.
_SEPARATOR = "."
_WIDGET, _PAGE = "address.", "page drawn"
# What somebody chose on one page holds on the next, too: the menu leads to bare addresses, and
# nobody is to find themselves answering for another trust.
_HELD = frozenset({"trust", "scope", "cycle", "peers"})


def turn_to(page: str) -> None:
    """Notes which page is drawn: a new page's widgets begin with what its address says.

    Streamlit has their values under the same keys until the page has been drawn, and does not
    take them over.
    """
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        for key in [str(key) for key in st.session_state]:
            if key.startswith(_WIDGET):
                del st.session_state[key]


def said(key: str) -> str | None:
    """What the address says under a key, whether or not it can be chosen."""
    return st.query_params.get(key)


def all_said(key: str) -> tuple[str, ...]:
    """Everything the address says under a key that holds several."""
    return tuple(one for one in (said(key) or "").split(_SEPARATOR) if one)


def say(key: str, name: str) -> None:
    """Writes a choice to the address; for callbacks, which run before the page is drawn."""
    st.query_params[key] = name


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
        first: the place of the option that holds while the address says nothing.
    """
    by_name = {named(option): option for option in options}
    chosen = st.selectbox(
        label,
        list(by_name),
        format_func=lambda name: shown_as(by_name[name]),
        key=_standing_on_one(key, list(by_name), list(by_name)[first]),
        on_change=_into_address,
        args=(key,),
    )
    return by_name[chosen]


def one_tab(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    shown_as: Callable[[str], str],
    first: str,
    small: bool = False,
) -> str:
    """One of a few options, side by side; arguments as ``one_of``, ``small`` for many or long.

    What ``shown_as`` says must not change while people work: Streamlit knows the chosen tab
    by the words on it.
    """
    row = st.pills if small else st.segmented_control
    chosen = row(
        label,
        options,
        format_func=shown_as,
        key=_standing_on_one(key, options, first),
        required=True,
        on_change=_into_address,
        args=(key,),
        label_visibility="collapsed",
    )
    return chosen or first


def one_or_none(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    shown_as: Callable[[str], str],
    first: str | None,
    placeholder: str,
) -> str | None:
    """One of many, from a drop-down that can be searched; None where nothing is chosen.

    Arguments as ``one_of``; ``first`` may be None, which leaves the field empty, with
    ``placeholder`` in it.
    """
    asked = said(key)
    return st.selectbox(
        label,
        options,
        index=None,
        format_func=shown_as,
        key=_standing_on(key, asked if asked in options else first),
        on_change=_into_address,
        args=(key,),
        placeholder=placeholder,
    )


def several(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    shown_as: Callable[[str], str],
    placeholder: str,
) -> tuple[str, ...]:
    """Any number of options, in the order they were chosen; arguments as ``one_or_none``."""
    chosen = st.multiselect(
        label,
        options,
        format_func=shown_as,
        key=_standing_on(key, [one for one in all_said(key) if one in options]),
        on_change=_into_address,
        args=(key,),
        placeholder=placeholder,
        # A loose search with "select all" on top adds a hundred trusts at one press of Enter.
        filter_mode="contains",
        select_all=False,
    )
    return tuple(chosen)


def _standing_on_one(key: str, names: Sequence[str], first: str) -> str:
    """The key of a widget that stands on what the address names, which is written if absent.

    Once written it stays: what is first may change while people work (the first stage that is
    not finished), and must not take them elsewhere.
    """
    asked = said(key)
    name = next((n for n in (asked, _held(key)) if n is not None and n in names), first)
    if name != asked:
        say(key, name)
    if key in _HELD:
        st.session_state[_place_of_held(key)] = name
    return _standing_on(key, name)


def _held(key: str) -> str | None:
    return st.session_state.get(_place_of_held(key)) if key in _HELD else None


def _place_of_held(key: str) -> str:
    return f"held.{key}"


def _standing_on(key: str, value: object) -> str:
    """The key of a widget that stands on this value."""
    widget = _widget(key)
    if widget not in st.session_state or st.session_state[widget] != value:
        st.session_state[widget] = value
    return widget


def _into_address(key: str) -> None:
    chosen = st.session_state[_widget(key)]
    written = _SEPARATOR.join(chosen) if isinstance(chosen, list) else chosen
    if written:
        say(key, written)
    else:
        st.query_params.pop(key, None)


def _widget(key: str) -> str:
    return f"{_WIDGET}{key}"
