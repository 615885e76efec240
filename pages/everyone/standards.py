"""The standards: what they say, how sure the wording is, and how answers are scored."""

from benchmarking.access import Action
from benchmarking.ui import page, standards_view

visit = page.open_page("The standards", needs=Action.SEE_PUBLIC_PAGES)
standards_view.show_library(visit.library)
