"""What a trust recorded: percents, what storing something would change, and up to which month."""

from datetime import date

import pytest

from benchmarking.series import MonthlyFigure, Rebase, Record, Target
from benchmarking.series.months import later
from benchmarking.series.recorded import Change, difference
from tests.series.recorded import ACKNOWLEDGED, ANSWERED, FIRST, figures


@pytest.mark.parametrize(
    "in_time, due, percent, why",
    [
        (18, 24, 75, "18 of 24"),
        (0, 24, 0, "none in time is zero"),
        (24, 24, 100, "all"),
        (0, 0, None, "nothing due is no percent, and not zero"),
    ],
)
def test_a_percent_is_of_what_was_due(in_time: int, due: int, percent: float | None, why: str):
    assert MonthlyFigure(ANSWERED, FIRST, in_time, due).percent == percent, why


def test_months_are_new_changed_or_the_same():
    stored = figures("80 81 82")
    wanted = figures(". 81 85 86")
    found = difference(stored, wanted)
    assert [f.month for f in found.new] == [later(FIRST, 3)]
    assert found.changed == (Change(stored[2], wanted[1]),)
    assert [f.month for f in found.same] == [later(FIRST, 1)]
    assert not found.is_nothing


def test_what_is_stored_and_not_named_is_no_part_of_the_difference():
    found = difference(figures("80 81 82"), figures("80"))
    assert found.is_nothing and len(found.same) == 1


@pytest.mark.parametrize("other", ["80/101", "79/100", "-"])
def test_either_count_makes_a_change(other: str):
    assert len(difference(figures("80"), figures(other)).changed) == 1


def test_one_series_changes_nothing_in_another():
    found = difference(figures("80"), figures("80", series_id=ACKNOWLEDGED))
    assert len(found.new) == 1 and not found.changed and not found.same


def test_a_record_is_cut_to_a_series_and_to_a_month():
    record = Record(
        (*figures("80 81 82"), *figures("90", series_id=ACKNOWLEDGED)),
        (Target(ANSWERED, FIRST, 85), Target(ANSWERED, date(2025, 3, 1), 90)),
        (Rebase(ANSWERED, date(2025, 3, 1), "A new team"),),
    )
    own = record.of_series(ANSWERED)
    assert len(own.figures) == 3 and len(own.targets) == 2
    cut = own.up_to(date(2025, 2, 1))
    assert [f.in_time for f in cut.figures] == [80, 81]
    assert [t.percent for t in cut.targets] == [85]
    assert cut.rebases == ()
    assert record.of_series(ACKNOWLEDGED) == Record(figures("90", series_id=ACKNOWLEDGED))
