"""Good practice: what trusts do well by their own evidence, for others to find, try and judge."""

from benchmarking.access import Action
from benchmarking.ui import good_practice_view, page

visit = page.open_page("Good practice", needs=Action.SEE_PRACTICE)
good_practice_view.show_practice(visit)
