"""The one place where results are kept between runs."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

Kept = TypeVar("Kept")


def kept(key: tuple[Hashable, ...], make: Callable[[], Kept]) -> Kept:
    """The result made for this key, made once and shared by everybody who may ask for it.

    Args:
        key: a name for the kind of result, the data revision, and everything the result
            depends on, above all whose it is. Never a data frame: Streamlit tells large ones
            apart by a sample.
        make: makes it. What it returns is shared and must not be changed.
    """
    return _shared(key, make)  # type: ignore[return-value]


@st.cache_resource(max_entries=1000, show_spinner=False)
def _shared(key: tuple[Hashable, ...], _make: Callable[[], object]) -> object:
    return _make()
