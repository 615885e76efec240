"""Cycles: when trusts assess themselves, with which editions, and until when."""

from benchmarking.access import Action
from benchmarking.ui import cycles_view, page

visit = page.open_page("Cycles", needs=Action.MANAGE_CYCLES)
cycles_view.show_cycles(visit)
