"""Published complaints: one real trust among its peers, from the returns trusts made."""

from benchmarking.access import Action
from benchmarking.ui import complaints_pick, complaints_view, page

visit = page.open_page("Published complaints", needs=Action.SEE_PUBLISHED_COMPLAINTS)
year = complaints_pick.year(visit)
found = complaints_pick.trust(visit, year)

if found is not None:
    complaints_view.answer(found)
    complaints_view.pictures(found)
complaints_view.nation(visit, year, alone=found is None)
complaints_view.small_print(year, found)
