"""Accessibility: what works, what does not yet, and whom to tell."""

import streamlit as st

from benchmarking import documents
from benchmarking.access import Action
from benchmarking.ui import page

visit = page.open_page("Accessibility", needs=Action.SEE_PUBLIC_PAGES)
st.markdown(documents.body("accessibility.md"))
