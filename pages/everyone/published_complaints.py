"""Published complaints: one real trust among its peers, from the returns trusts made."""

from benchmarking.access import Action
from benchmarking.ui import complaints_view, page

visit = page.open_page("Published complaints", needs=Action.SEE_PUBLISHED_COMPLAINTS)
year = complaints_view.choose_year(visit)
found = complaints_view.choose(visit, year)

if found is not None:
    complaints_view.answer(found)
    complaints_view.pictures(found)
complaints_view.nation(visit, year, first=found is None)
complaints_view.small_print(year, found)
