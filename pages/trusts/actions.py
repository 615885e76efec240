"""Actions: what a trust promised to do, who does it, by when, and what became of it."""

from benchmarking.access import Action
from benchmarking.ui import actions_view, page, pick

visit = page.open_page("Actions", needs=Action.SEE_ACTIONS)
actions_view.show_actions(visit, pick.own_trust(visit))
