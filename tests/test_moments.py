"""Moments are kept in UTC and shown as London's clocks."""

from datetime import date, datetime

from benchmarking.moments import clock, in_words, local, utc_now


def test_summer_time_is_an_hour_ahead_and_winter_time_is_not() -> None:
    assert clock(datetime(2026, 6, 3, 13, 2)) == "14:02"
    assert clock(datetime(2026, 12, 3, 13, 2)) == "13:02"


def test_a_late_evening_in_june_is_already_tomorrow_in_london() -> None:
    assert local(datetime(2026, 6, 3, 23, 30)).date() == date(2026, 6, 4)


def test_days_are_said_without_a_nought() -> None:
    assert in_words(date(2026, 6, 3)) == "3 June 2026"


def test_now_is_kept_without_a_zone() -> None:
    assert utc_now().tzinfo is None
