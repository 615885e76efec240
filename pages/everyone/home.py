"""Home: who you are, what is due, where to go."""

from benchmarking.access import Action
from benchmarking.ui import home_view, page

visit = page.open_page("Home", needs=Action.SEE_HOME)
home_view.show_home(visit)
