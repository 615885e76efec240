"""Overview: what a board needs to know about its trust's complaint handling, on one side."""

from benchmarking.access import Action
from benchmarking.ui import overview_view, page, sign_off_view

visit = page.open_page(
    "How well do we handle complaints, and how do we know?", needs=Action.SEE_OVERVIEW
)
found = overview_view.ask(visit)

overview_view.answer(found)
overview_view.stages(found)
overview_view.voices(found)
overview_view.below(found)
sign_off_view.offer(visit, found)
