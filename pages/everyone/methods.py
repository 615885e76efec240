"""Methods: where figures come from, how they are worked out, and what they cannot say."""

from benchmarking import documents
from benchmarking.access import Action
from benchmarking.ui import page, show, sources_view

visit = page.open_page("Methods", needs=Action.SEE_PUBLIC_PAGES)
show.document(documents.body("methods.md"))
sources_view.show_sources()
