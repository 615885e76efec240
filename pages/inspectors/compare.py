"""Compare: the trusts that published in a cycle, statement by statement."""

from benchmarking.access import Action
from benchmarking.ui import compare_view, page

visit = page.open_page("Compare trusts", needs=Action.COMPARE)
compare_view.show_all(visit)
