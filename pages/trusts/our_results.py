"""Our results: what a trust claims, what others say, and where that stands among peers."""

from benchmarking.access import Action
from benchmarking.ui import page, results_view, three_voices_view

visit = page.open_page("Our results", needs=Action.SEE_OWN_RESULTS)
found = results_view.opening(visit)

results_view.three_voices(found)
results_view.stages(found)
results_view.over_time(visit, found)
results_view.first_things(found)
three_voices_view.questions(found.questions)
results_view.duties(found)
results_view.small_print(found)
