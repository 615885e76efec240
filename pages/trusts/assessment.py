"""Assessment: a trust rates itself, one stage at a time, and hands it in."""

from benchmarking import assessments
from benchmarking.access import Action
from benchmarking.ui import (
    caches,
    life_view,
    page,
    pick,
    progress,
    question,
    review_view,
    submission,
)

visit = page.open_page("Assessment", needs=Action.SEE_DRAFT)
sheet = assessments.open_sheet(visit, pick.own_trust(visit), keep=caches.kept)

progress.show(visit, sheet)
life = life_view.of_sheet(visit, sheet)
part = pick.part(sheet)
progress.headline(part)
for line in part.lines:
    question.ask(visit, sheet, line)
progress.neighbours(sheet, part)
submission.offer(visit, sheet)
review_view.offer(visit, sheet, life)
