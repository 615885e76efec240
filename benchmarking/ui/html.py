"""Small pieces of HTML that Streamlit has no element for. Every value is escaped."""

import streamlit as st
from markupsafe import Markup


def put(markup: Markup) -> None:
    """Puts markup on the page. Takes ``Markup`` only, so that no text gets in unescaped."""
    st.html(markup)


def joined(parts: list[Markup]) -> Markup:
    """The pieces one after another."""
    return Markup("").join(parts)
