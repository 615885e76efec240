"""Moments and days: kept in UTC, shown as London's clocks and in plain words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """This moment in UTC, without a zone, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def local(moment: datetime) -> datetime:
    """A stored moment as London's clocks show it."""
    return moment.replace(tzinfo=UTC).astimezone(LONDON)


def clock(moment: datetime) -> str:
    """A stored moment's time of day, as "14:02"."""
    return f"{local(moment):%H:%M}"


def in_words(day: date) -> str:
    """A day in plain words, such as 3 June 2026."""
    # Not every system's strftime can leave out the nought of "03".
    return f"{day.day} {day:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    """A stored moment as London's clocks show it, such as 3 June 2026 at 14:02."""
    return f"{in_words(local(moment).date())} at {clock(moment)}"


def from_clocks(shown: datetime) -> datetime | None:
    """What London's clocks show, as it is stored; None for what they never show.

    In the night in spring in which the clocks go forward, an hour is missing. In autumn one is
    shown twice; then the first is meant.
    """
    stored = shown.replace(tzinfo=LONDON, fold=0).astimezone(UTC).replace(tzinfo=None)
    return stored if local(stored).replace(tzinfo=None) == shown else None
