"""A series as an unbroken row of months: gaps stay gaps, targets hold until the next one."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from benchmarking.series import Rebase, Record, Series, Target, shipped, timeline
from benchmarking.series.months import later
from tests.series.recorded import ACKNOWLEDGED, ANSWERED, FIRST, figures

SERIES = {series.id: series for series in shipped()}


def series(series_id: str = ANSWERED) -> Series:
    return SERIES[series_id]


def targets(*steps: tuple[int, float | None]) -> tuple[Target, ...]:
    return tuple(Target(ANSWERED, later(FIRST, at), percent) for at, percent in steps)


def test_months_without_a_figure_keep_their_place():
    line = timeline(series(), Record(figures("80 . 82 - 84")))
    assert [point.percent for point in line.points] == [80, None, 82, None, 84]
    assert line.not_recorded == (later(FIRST, 1),)
    assert line.nothing_due == (later(FIRST, 3),)
    assert len(line.measured) == 3


@pytest.mark.parametrize(
    "row, place",
    [("80 81 82", 2), ("80 81 -", 1), ("80 . -", 0), ("-", None)],
)
def test_the_latest_month_is_the_newest_with_a_percent(row: str, place: int | None):
    latest = timeline(series(), Record(figures(row))).latest
    assert (latest.month if latest else None) == (None if place is None else later(FIRST, place))


def test_nothing_recorded_is_an_empty_row():
    line = timeline(series(), Record(figures("80", series_id=ACKNOWLEDGED)))
    assert line.points == () and line.latest is None
    assert (line.not_recorded, line.nothing_due, line.rebases) == ((), (), ())


@pytest.mark.parametrize(
    "steps, found, why",
    [
        ([], [None, None, None], "no law sets a share of answers"),
        ([(0, 85.0)], [85, 85, 85], "it holds until another is set"),
        ([(1, 85.0)], [None, 85, 85], "it does not hold before"),
        ([(0, 80.0), (2, 90.0)], [80, 80, 90], "the newest holds"),
        ([(2, 90.0), (0, 80.0)], [80, 80, 90], "whatever the order"),
        ([(0, 85.0), (1, None)], [85, None, None], "a target may end"),
        ([(-12, 85.0)], [85, 85, 85], "it may have been set before the first month"),
        ([(9, 85.0)], [None, None, None], "and for a month to come"),
    ],
)
def test_a_target_holds_from_its_month(
    steps: Sequence[tuple[int, float | None]], found: list[float | None], why: str
):
    record = Record(figures("80 81 82"), targets(*steps))
    assert [p.target for p in timeline(series(), record).points] == found, why


def test_the_law_s_target_holds_until_the_trust_sets_its_own():
    own = replace(targets((1, 95.0))[0], series_id=ACKNOWLEDGED)
    record = Record(figures("90 91 92", series_id=ACKNOWLEDGED), (own,))
    line = timeline(series(ACKNOWLEDGED), record)
    assert [point.target for point in line.points] == [100, 95, 95]


def test_limits_begin_anew_where_it_is_said_but_not_at_the_first_month():
    places = (-1, 0, 2, 9)
    rebases = tuple(Rebase(ANSWERED, later(FIRST, at), f"At {at}") for at in places)
    line = timeline(series(), Record(figures("80 81 82 83"), (), rebases))
    assert [rebase.reason for rebase in line.rebases] == ["At 2"]
    assert line.points[2].rebase == rebases[2]


def test_limits_may_begin_anew_in_a_month_that_was_not_recorded():
    rebase = Rebase(ANSWERED, later(FIRST, 1), "A new team")
    line = timeline(series(), Record(figures("80 . 82"), (), (rebase,)))
    assert line.points[1].rebase == rebase
