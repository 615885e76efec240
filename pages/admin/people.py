"""People and roles: who may sign in, and what they may do in which trust."""

from benchmarking.access import Action
from benchmarking.ui import page, people_view

visit = page.open_page("People and roles", needs=Action.MANAGE_PEOPLE)
people_view.show_people(visit)
