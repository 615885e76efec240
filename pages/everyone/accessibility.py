"""Accessibility: what works, what does not yet, and whom to tell."""

from benchmarking.access import Action
from benchmarking.ui import documents, page

visit = page.open_page("Accessibility", needs=Action.SEE_PUBLIC_PAGES)
documents.show("accessibility.md")
