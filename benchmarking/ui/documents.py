"""Pages of text that stand in ``docs/``, so that they read the same there and here."""

from functools import cache

import streamlit as st

from benchmarking.settings import ROOT


def show(name: str) -> None:
    """One document without its first heading, which the page has already."""
    st.markdown(_body(name))


@cache
def _body(name: str) -> str:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    return rest.strip() if first.startswith("# ") else text
