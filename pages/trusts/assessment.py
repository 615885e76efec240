"""Assessment: a trust rates itself, one stage at a time or by who does what, and hands it in."""

from benchmarking.access import Action
from benchmarking.assessing import assessments
from benchmarking.assessing.assignments import Which
from benchmarking.ui import (
    caches,
    carrying_view,
    life_view,
    page,
    pick,
    progress,
    question,
    review_view,
    scopes_view,
    submission,
    work_view,
)

visit = page.open_page("Assessment", needs=Action.SEE_DRAFT)
trust = pick.own_trust(visit)
sheet = assessments.open_sheet(visit, trust, scope=pick.scope(visit, trust), keep=caches.kept)

progress.show(visit, sheet)
life = life_view.of_sheet(visit, sheet)
carrying_view.offer(visit, sheet)
which = work_view.choose(visit, sheet)
if which is Which.ALL:
    part = pick.part(sheet)
    progress.headline(part)
    work_view.hand_over_stage(visit, sheet, part)
    for line in part.lines:
        question.ask(visit, sheet, line)
    progress.neighbours(sheet, part)
else:
    work_view.across_stages(visit, sheet, which)
work_view.go_to_question(sheet)
submission.offer(visit, sheet)
review_view.offer(visit, sheet, life)
scopes_view.lead_to(visit, trust)
