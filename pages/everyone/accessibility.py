"""Accessibility: what works, what does not yet, and whom to tell."""

from benchmarking import documents
from benchmarking.access import Action
from benchmarking.ui import page, show

visit = page.open_page("Accessibility", needs=Action.SEE_PUBLIC_PAGES)
show.document(documents.body("accessibility.md"))
