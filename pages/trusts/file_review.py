"""File review: drawing complaint files, reading them twice, and what was found."""

from benchmarking.access import Action
from benchmarking.ui import file_review_view, page

visit = page.open_page("File review", needs=Action.REVIEW_FILES)
file_review_view.show_page(visit)
