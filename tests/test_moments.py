"""Moments are kept in UTC and shown as London's clocks."""

from datetime import date, datetime

import pytest

from benchmarking.moments import clock, from_clocks, in_words, local, moment_in_words, utc_now


def test_summer_time_is_an_hour_ahead_and_winter_time_is_not() -> None:
    assert clock(datetime(2026, 6, 3, 13, 2)) == "14:02"
    assert clock(datetime(2026, 12, 3, 13, 2)) == "13:02"


def test_a_late_evening_in_june_is_already_tomorrow_in_london() -> None:
    assert local(datetime(2026, 6, 3, 23, 30)).date() == date(2026, 6, 4)


def test_days_are_said_without_a_nought() -> None:
    assert in_words(date(2026, 6, 3)) == "3 June 2026"


def test_a_moment_is_said_as_clocks_show_it() -> None:
    assert moment_in_words(datetime(2026, 6, 3, 23, 2)) == "4 June 2026 at 00:02"


@pytest.mark.parametrize(
    "shown, stored, why",
    [
        ("2026-12-24 23:59", "2026-12-24 23:59", "in winter London is on UTC"),
        ("2026-06-03 14:02", "2026-06-03 13:02", "in summer it is an hour ahead"),
        ("2026-03-29 00:59", "2026-03-29 00:59", "the last minute before the clocks go forward"),
        ("2026-03-29 01:30", None, "an hour that is missing in spring"),
        ("2026-03-29 02:00", "2026-03-29 01:00", "the first minute after"),
        ("2026-10-25 01:30", "2026-10-25 00:30", "of two in autumn, the first is meant"),
    ],
)
def test_what_clocks_show_is_stored_in_utc(shown: str, stored: str | None, why: str) -> None:
    expected = datetime.fromisoformat(stored) if stored else None
    assert from_clocks(datetime.fromisoformat(shown)) == expected, why


def test_now_is_kept_without_a_zone() -> None:
    assert utc_now().tzinfo is None
