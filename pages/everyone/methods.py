"""Methods: where figures come from, how they are worked out, and what they cannot say."""

import streamlit as st

from benchmarking import documents
from benchmarking.access import Action
from benchmarking.ui import page, sources_view

visit = page.open_page("Methods", needs=Action.SEE_PUBLIC_PAGES)
st.markdown(documents.body("methods.md"))
sources_view.show_sources()
