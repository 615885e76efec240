"""Months drawn as a row of signs: what each trust recorded, in as few letters as possible."""

from datetime import date

from benchmarking.series import MonthlyFigure
from benchmarking.series.months import later

ANSWERED, ACKNOWLEDGED = "answered-in-time", "acknowledged-in-time"
FIRST = date(2025, 1, 1)


def figures(
    row: str, *, series_id: str = ANSWERED, first: date = FIRST, due: int = 100
) -> tuple[MonthlyFigure, ...]:
    """A month for each word: how many were in time, "." where nothing was recorded, "-" where
    nothing was due, or both counts as "3/4"."""
    found = []
    for place, word in enumerate(row.split()):
        if word == ".":
            continue
        said, _, of = word.replace("-", "0/0").partition("/")
        month = later(first, place)
        found.append(MonthlyFigure(series_id, month, int(said), int(of or due), 1))
    return tuple(found)
