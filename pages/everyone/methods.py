"""Methods: where figures come from, how they are worked out, and what they cannot say."""

from benchmarking.access import Action
from benchmarking.ui import documents, page, sources_view

visit = page.open_page("Methods", needs=Action.SEE_PUBLIC_PAGES)
documents.show("methods.md")
sources_view.show_sources()
