"""Choices in the address that ``pick`` has no form for: one or none, and several.

The address is the one truth: each run sets the widget from it, and a choice is written to it
before the run. (Streamlit's own binding would write whole labels, "?trust=Manchester+Univer...";
here the code stands there, "?trust=R0A".)
"""

from collections.abc import Callable, Sequence

import streamlit as st

# Not a comma, which browsers write as %2C.
_SEPARATOR = "."


def said(key: str) -> str | None:
    """What the address says under a key, whether or not it can be chosen."""
    return st.query_params.get(key)


def all_said(key: str) -> tuple[str, ...]:
    """Everything the address says under a key that holds several."""
    return tuple(one for one in (said(key) or "").split(_SEPARATOR) if one)


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

    Args:
        label: what is chosen, in words.
        options: what may be chosen, as the address names it.
        key: its name in the address.
        shown_as: an option as people read it.
        first: what holds while the address says nothing; None leaves the field empty.
        placeholder: what stands in the empty field.
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
        st.query_params[key] = written
    else:
        st.query_params.pop(key, None)


def _widget(key: str) -> str:
    return f"address.{key}"
