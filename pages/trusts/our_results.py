"""Our results: what a trust claims, what its evidence carries, where that stands among peers."""

from benchmarking.access import Action
from benchmarking.ui import page, results_view

visit = page.open_page("Our results", needs=Action.SEE_OWN_RESULTS)
found = results_view.opening(visit)

results_view.stages(found)
results_view.first_things(found)
results_view.duties(found)
results_view.small_print(found)
