"""Survey: answers brought by file, and people invited to answer."""

from benchmarking.access import Action
from benchmarking.ui import page, survey_view

visit = page.open_page("Survey", needs=Action.BRING_SURVEY)
survey_view.show_page(visit)
