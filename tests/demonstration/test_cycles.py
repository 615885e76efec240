"""Three cycles around a day: two released, one open."""

from datetime import date, datetime, timedelta

import pytest

from benchmarking.demonstration.cycles import asked, cycles, london
from benchmarking.moments import local

DAYS = [date(2026, 6, 18), date(2026, 11, 21), date(2027, 3, 31), date(2028, 2, 29)]


@pytest.mark.parametrize(
    "as_of, expected",
    [
        (date(2026, 4, 1), ["2024-25", "2025-26", "2026-27"]),
        (date(2027, 3, 31), ["2024-25", "2025-26", "2026-27"]),
        (date(2027, 4, 1), ["2025-26", "2026-27", "2027-28"]),
        (date(2100, 1, 1), ["2097-98", "2098-99", "2099-00"]),
    ],
)
def test_a_cycle_is_named_after_its_financial_year(library, as_of, expected):
    assert [cycle.cycle_id for cycle in cycles(library, as_of)] == expected


def test_titles_are_written_with_a_stroke(rounds):
    assert [cycle.title for cycle in rounds] == ["2024/25", "2025/26", "2026/27"]


@pytest.mark.parametrize("as_of", DAYS)
def test_the_current_cycle_is_open_for_about_five_weeks_more(library, as_of):
    current = cycles(library, as_of)[-1]
    deadline = local(current.deadline_at)
    assert current.opens_at.date() < as_of
    assert abs(deadline.date() - as_of - timedelta(weeks=5)) <= timedelta(days=3)
    assert (deadline.hour, deadline.minute) == (23, 59)
    assert current.release_at - current.deadline_at > timedelta(weeks=5)


@pytest.mark.parametrize("as_of", DAYS)
def test_the_earlier_cycles_are_released_and_one_ends_before_the_next_opens(library, as_of):
    oldest, last, current = cycles(library, as_of)
    assert oldest.release_at < last.opens_at
    assert last.release_at < current.opens_at
    assert last.release_at.date() < as_of


@pytest.mark.parametrize("as_of", DAYS)
def test_no_deadline_falls_on_a_weekend(library, as_of):
    assert {local(c.deadline_at).strftime("%A") for c in cycles(library, as_of)} == {"Thursday"}


@pytest.mark.parametrize(
    "day, expected", [(date(2026, 7, 23), 22), (date(2026, 12, 24), 23)], ids=["summer", "winter"]
)
def test_a_deadline_in_london_is_stored_in_utc(day, expected):
    at = datetime(2000, 1, 1, 23, 59).time()
    assert london(day, at) == datetime(day.year, day.month, day.day, expected, 59)


def test_both_standards_are_asked_in_every_cycle_and_peers_are_named(library, rounds):
    expected = [(s.id, s.edition, library.content_hash(s)) for s in asked(library)]
    assert [name for name, _, _ in expected] == ["my-expectations", "complaints-law-england"]
    for cycle in rounds:
        assert list(cycle.editions) == expected
        assert cycle.peers_named


def test_the_newest_edition_is_asked(library):
    older = asked(library)[0]
    newer = older.model_copy(update={"edition": "2014.10"})
    middle = older.model_copy(update={"edition": "2014.9"})
    standards = (older, newer, middle, *asked(library)[1:])
    both = library.model_copy(update={"standards": standards})
    assert asked(both)[0].edition == "2014.10"
