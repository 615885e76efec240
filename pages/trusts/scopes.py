"""Sites and directorates: which parts of a trust assess themselves beside the whole."""

from benchmarking.access import Action
from benchmarking.ui import page, scopes_view

visit = page.open_page("Sites and directorates", needs=Action.MANAGE_SCOPES)
scopes_view.show_scopes(visit)
