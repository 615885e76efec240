"""Taking eyes and keyboard to a place on the page: its next part, an answer, a question."""

import streamlit as st
from markupsafe import Markup

from benchmarking import own_script

_MARK = Markup(
    '<span hidden data-bm-to="{}" data-bm-about="{}" data-bm-above="{}" data-bm-block="{}"></span>'
    "<script>{}</script>"
)
# Keeps its place among the page's elements, so that the next mark is a change of it.
_STAY = Markup("<span hidden></span><script>{}</script>").format(Markup(own_script.TEXT))


def go(target: str, about: str = "", *, above: str = "0", in_the_middle: bool = False) -> None:
    """Scrolls to an element and focuses it, once for each change of what is given here.

    Args:
        target: a CSS selector.
        about: what is different this time, where the target is the same as before.
        above: how much room is left above it, as a CSS length.
        in_the_middle: whether it comes to the middle of the window instead of its top.
    """
    block = "center" if in_the_middle else "start"
    _put(_MARK.format(target, about, above, block, Markup(own_script.TEXT)))


def stay() -> None:
    """Goes nowhere; stands where ``go`` stands in other runs of the page."""
    _put(_STAY)


def _put(mark: Markup) -> None:
    st.html(mark, unsafe_allow_javascript=True)
