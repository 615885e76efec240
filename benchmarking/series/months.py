"""Months, each named by its first day: read from what people write, and put into words."""

import re
from collections.abc import Sequence
from datetime import date

_MONTHS_IN_A_YEAR = 12
# The complaints regulations took effect in this month; what is earlier is a slip of the pen.
EARLIEST = date(2009, 4, 1)

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PLAIN = re.compile(r"(?P<year>20[0-9]{2})-(?P<month>[0-9]{1,2})(-0?1)?")
# A spreadsheet makes "Apr-26" of 2026-04 by itself, or a day of its own format.
_NAMED = re.compile(r"(?P<name>[A-Za-z]{3,9})[ -](?P<year>20[0-9]{2}|[0-9]{2})")
_BRITISH = re.compile(r"0?1/(?P<month>[0-9]{1,2})/(?P<year>20[0-9]{2})")
_FULL_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)


def month_of(day: date) -> date:
    """The month that a day lies in."""
    return day.replace(day=1)


def later(month: date, by: int) -> date:
    """The month so many months later; earlier, where the number is negative."""
    years, months = divmod(month.month - 1 + by, _MONTHS_IN_A_YEAR)
    return date(month.year + years, months + 1, 1)


def last_ended(day: date) -> date:
    """The newest month that is over on a day."""
    return later(month_of(day), -1)


def through(first: date, last: date) -> tuple[date, ...]:
    """Every month from one to another, both included; none where the first is later."""
    many = (last.year - first.year) * _MONTHS_IN_A_YEAR + last.month - first.month + 1
    return tuple(later(first, number) for number in range(max(0, many)))


def month_in_words(month: date) -> str:
    """A month as people say it, such as October 2026."""
    return f"{month:%B %Y}"


def short_month(month: date) -> str:
    """A month where room is scarce, such as Oct 2026."""
    return f"{month:%b %Y}"


def month_code(month: date) -> str:
    """A month as files and addresses name it, such as 2026-10."""
    return f"{month:%Y-%m}"


def listed_months(months: Sequence[date]) -> str:
    """Several months in words, such as "April 2026, May 2026 and June 2026"."""
    *most, last = map(month_in_words, months)
    return f"{', '.join(most)} and {last}" if most else last


def read_month(said: str) -> date | None:
    """The month that a text names; None where it names none, or could mean a day.

    Read are 2026-04 and what spreadsheets make of it: Apr-26, April 2026, 2026-04-01 and,
    day first, 01/04/2026.
    """
    text = " ".join(said.split())
    for form in (_PLAIN, _NAMED, _BRITISH):
        if match := form.fullmatch(text):
            found = match.groupdict()
            month = int(found["month"]) if "month" in found else _number_of(found["name"])
            year = int(found["year"])
            is_month = 1 <= month <= _MONTHS_IN_A_YEAR
            return date(year if year > 99 else 2000 + year, month, 1) if is_month else None
    return None


def _number_of(name: str) -> int:
    """The number of a month by its name or the first three letters of it; 0 for other words."""
    word = name.lower()
    for names in (_NAMES, _FULL_NAMES):
        if word in names:
            return names.index(word) + 1
    # Some spreadsheets write four letters.
    return 9 if word == "sept" else 0
