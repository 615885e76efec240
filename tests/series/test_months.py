"""Months as people write them: read where they can mean one thing only, else not at all."""

from datetime import date

import pytest

from benchmarking.series.months import (
    last_ended,
    later,
    listed_months,
    month_code,
    month_in_words,
    read_month,
    short_month,
    through,
)

APRIL = date(2026, 4, 1)


@pytest.mark.parametrize(
    "said",
    [
        *("2026-04", "2026-4", "2026-04-01", " 2026-04 "),
        *("Apr-26", "apr-26", "APR 26", "Apr-2026", "April 2026", "April  2026"),
        *("01/04/2026", "1/4/2026"),
    ],
)
def test_a_month_is_read_as_spreadsheets_leave_it(said: str):
    assert read_month(said) == APRIL


def test_september_may_have_four_letters():
    assert read_month("Sept-26") == read_month("Sep-26") == date(2026, 9, 1)


@pytest.mark.parametrize(
    "said, why",
    [
        ("", "there is nothing"),
        ("2026-13", "there is no such month"),
        ("2026-00", "there is no such month"),
        ("00/04/2026", "there is no such day"),
        ("2026-04-15", "it is a day within a month"),
        ("04/01/2026", "day first, it is no first of a month"),
        ("15/04/2026", "it is a day within a month"),
        ("26-Apr", "it is a day in April"),
        ("Apr", "there is no year"),
        ("2026", "there is no month"),
        ("Avril 2026", "it is not English"),
        ("4/26", "it can mean several things"),
        ("1926-04", "nobody means this century"),
        ("²026-04", "this is no digit"),
        ("2026-04\n2026-05", "these are two"),
    ],
)
def test_what_is_not_a_month_is_not_guessed(said: str, why: str):
    assert read_month(said) is None, why


@pytest.mark.parametrize(
    "month, by, found",
    [
        (APRIL, 0, APRIL),
        (APRIL, 8, date(2026, 12, 1)),
        (APRIL, 9, date(2027, 1, 1)),
        (APRIL, -3, date(2026, 1, 1)),
        (APRIL, -4, date(2025, 12, 1)),
        (APRIL, -28, date(2023, 12, 1)),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(month: date, by: int, found: date):
    assert later(month, by) == found


@pytest.mark.parametrize(
    "today, found",
    [
        (date(2026, 4, 30), date(2026, 3, 1)),
        (date(2026, 5, 1), APRIL),
        (date(2026, 1, 31), date(2025, 12, 1)),
    ],
)
def test_a_month_has_ended_once_the_next_one_has_begun(today: date, found: date):
    assert last_ended(today) == found


def test_every_month_from_one_to_another():
    assert [month_code(m) for m in through(date(2025, 11, 1), date(2026, 2, 1))] == [
        *("2025-11", "2025-12", "2026-01", "2026-02")
    ]
    assert through(APRIL, APRIL) == (APRIL,)
    assert through(APRIL, date(2026, 3, 1)) == ()


def test_months_in_words():
    assert (month_in_words(APRIL), short_month(APRIL)) == ("April 2026", "Apr 2026")
    assert listed_months([APRIL]) == "April 2026"
    months = [later(APRIL, by) for by in range(3)]
    assert listed_months(months) == "April 2026, May 2026 and June 2026"
