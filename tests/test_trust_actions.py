"""How an action stands to its day."""

from datetime import date, timedelta

import pytest

from benchmarking.trust_actions import Due, Status, due

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "status, days, stands",
    [
        (Status.OPEN, -1, Due.LATE),
        (Status.IN_PROGRESS, -400, Due.LATE),
        (Status.OPEN, 0, Due.SOON),
        (Status.OPEN, 30, Due.SOON),
        (Status.OPEN, 31, Due.ON_TIME),
        (Status.OPEN, None, Due.NO_DAY),
        (Status.DONE, -1, Due.OVER),
        (Status.DROPPED, None, Due.OVER),
    ],
)
def test_on_its_day_it_is_due_and_the_day_after_it_is_late(
    status: Status, days: int | None, stands: Due
) -> None:
    day = None if days is None else TODAY + timedelta(days=days)
    assert due(status, day, TODAY) is stands


def test_what_is_done_or_dropped_is_over_and_nothing_else() -> None:
    assert [status for status in Status if status.is_over] == [Status.DONE, Status.DROPPED]
