"""The three cycles of the demonstration, placed around the day on which it is made."""

from datetime import UTC, date, datetime, time, timedelta

from benchmarking.answers import Cycle
from benchmarking.evidence import months_before
from benchmarking.moments import LONDON
from benchmarking.standard import Library, Standard

# What is asked, in this order; of each the newest edition.
ASKED = ("my-expectations", "complaints-law-england")

EARLIER = 2
OPEN_FOR = timedelta(weeks=13)
TO_DEADLINE = timedelta(weeks=5)
TO_RELEASE = timedelta(weeks=6)
_THURSDAY = 3


def asked(library: Library) -> tuple[Standard, ...]:
    """The newest edition of each standard that the demonstration asks, in order."""
    return tuple(library.newest(name) for name in ASKED)


def cycles(library: Library, as_of: date) -> tuple[Cycle, ...]:
    """The three cycles, the oldest first; the last one is open on the day."""
    return tuple(_cycle(library, as_of, years) for years in range(EARLIER, -1, -1))


def _cycle(library: Library, as_of: date, years_ago: int) -> Cycle:
    day = months_before(as_of, 12 * years_ago)
    deadline = _thursday(day + TO_DEADLINE)
    year = _financial_year(as_of) - years_ago
    return Cycle(
        cycle_id=f"{year}-{(year + 1) % 100:02}",
        title=f"{year}/{(year + 1) % 100:02}",
        opens_at=london(deadline - OPEN_FOR, time(9)),
        deadline_at=london(deadline, time(23, 59)),
        release_at=london(deadline + TO_RELEASE, time(9)),
        peers_named=True,
        editions=tuple((s.id, s.edition, library.content_hash(s)) for s in asked(library)),
    )


def london(day: date, at: time) -> datetime:
    """A time on London's clocks, in UTC as it is stored."""
    return datetime.combine(day, at, LONDON).astimezone(UTC).replace(tzinfo=None)


def _thursday(day: date) -> date:
    """The nearest Thursday, so that no deadline falls on a weekend."""
    return day + timedelta(days=(_THURSDAY - day.weekday() + 3) % 7 - 3)


def _financial_year(day: date) -> int:
    """The year in which the financial year of a day began, on 1 April."""
    return day.year if day.month >= 4 else day.year - 1
