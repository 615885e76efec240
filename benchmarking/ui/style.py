"""The look that the theme alone cannot give: put on every page by its address."""

import streamlit as st

from benchmarking import look

# An import keeps the sheet's place, after Streamlit's own, and so its say over them. Sent as text
# in each run it was the largest piece of most pages.
SHEET = f'<style>@import url("{look.ADDRESS}");</style>'


def apply() -> None:
    """Puts the sheet on the page that is being drawn."""
    st.html(SHEET)
