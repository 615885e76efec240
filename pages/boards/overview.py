"""To come."""

from benchmarking.access import Action
from benchmarking.ui import page

visit = page.open_page("To come", needs=Action.SEE_HOME)
