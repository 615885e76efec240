"""Monthly figures, targets and new limits come back as they stand, and nothing is ever lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.series import MonthlyFigure, Rebase, Record, Target
from benchmarking.store import monthly
from benchmarking.store.database import Database, Writing
from benchmarking.store.monthly import Saved
from tests.store.scene import LATER, LEAD, MANAGER, NORTH, NOW, SOUTH, audit, contents

ANSWERED, ACKNOWLEDGED = "answered-in-time", "acknowledged-in-time"
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
HOST = 0

FIGURE = MonthlyFigure(ANSWERED, APRIL, 18, 22, 1, "Complaints manager", NOW)
TARGET = Target(ANSWERED, APRIL, 92.5, 1, "Complaints manager", NOW)
REBASE = Rebase(ANSWERED, APRIL, "One handler – “from day 1”.", 1, "Complaints manager", NOW)


def saved(value, trust=NORTH, author: int = MANAGER, at: datetime = NOW, withdrawn: bool = False):
    return Saved(trust.organisation_id, value, author, at, withdrawn)


def write(database: Database, add: Callable[[Writing, list], None], *rows: Saved) -> None:
    with database.writing(audit()) as writing:
        add(writing, list(rows))


def record(database: Database, trust=NORTH) -> Record:
    with database.reading() as reading:
        return monthly.record_of(reading, trust.organisation_id)


def test_every_field_comes_back_as_it_was_given(database: Database):
    write(database, monthly.add_figures, saved(FIGURE))
    write(database, monthly.add_targets, saved(TARGET))
    write(database, monthly.add_rebases, saved(REBASE))
    assert record(database) == Record((FIGURE,), (TARGET,), (REBASE,))


def test_nothing_recorded_is_an_empty_record(database: Database):
    assert record(database) == Record()
    with database.reading() as reading:
        assert monthly.every_record(reading) == {}


def test_nothing_due_is_told_from_nothing_recorded(database: Database):
    none = replace(FIGURE, in_time=0, due=0)
    write(database, monthly.add_figures, saved(none))
    assert record(database).figures == (none,)
    assert none.percent is None


def test_the_newest_revision_stands_and_the_older_one_is_kept(database: Database):
    write(database, monthly.add_figures, saved(FIGURE))
    corrected = replace(FIGURE, in_time=19, figure_revision=2)
    write(database, monthly.add_figures, saved(corrected, author=LEAD, at=LATER))
    assert record(database).figures == (
        replace(corrected, author="Executive lead", saved_at=LATER),
    )
    kept = contents(database)["monthly_figure"]
    assert sorted((row["figure_revision"], row["in_time"]) for row in kept) == [(1, 18), (2, 19)]


def test_the_order_in_which_rows_were_written_does_not_matter(database: Database):
    second, first = replace(FIGURE, in_time=19, figure_revision=2), FIGURE
    write(database, monthly.add_figures, saved(second), saved(first))
    assert record(database).figures == (second,)


def test_months_come_in_order_series_by_series(database: Database):
    later = replace(FIGURE, month=MAY)
    other = replace(FIGURE, series_id=ACKNOWLEDGED)
    write(database, monthly.add_figures, saved(later), saved(FIGURE), saved(other))
    assert record(database).figures == (other, FIGURE, later)


def test_one_trust_s_record_holds_nothing_of_another(database: Database):
    write(database, monthly.add_figures, saved(FIGURE), saved(replace(FIGURE, due=90), SOUTH))
    assert [figure.due for figure in record(database).figures] == [22]
    assert [figure.due for figure in record(database, SOUTH).figures] == [90]
    with database.reading() as reading:
        every = monthly.every_record(reading)
    assert every == {1: record(database), 2: record(database, SOUTH)}


def test_a_trust_that_set_only_a_target_has_a_record(database: Database):
    write(database, monthly.add_targets, saved(TARGET, SOUTH))
    with database.reading() as reading:
        assert monthly.every_record(reading) == {2: Record((), (TARGET,), ())}


def test_what_was_imported_on_the_server_has_no_author(database: Database):
    write(database, monthly.add_figures, saved(FIGURE, author=HOST))
    assert record(database).figures[0].author == ""


def test_no_target_from_a_month_on_is_not_a_target_of_none(database: Database):
    ended = replace(TARGET, percent=None)
    write(database, monthly.add_targets, saved(ended))
    assert record(database).targets == (ended,)


@pytest.mark.parametrize(
    "add, value, revised",
    [
        (monthly.add_targets, TARGET, replace(TARGET, target_revision=2)),
        (monthly.add_rebases, REBASE, replace(REBASE, rebase_revision=2)),
    ],
)
def test_what_was_withdrawn_no_longer_stands_and_may_come_back(
    database: Database, add: Callable[..., None], value: Target | Rebase, revised: Target | Rebase
):
    write(database, add, saved(value))
    write(database, add, saved(revised, withdrawn=True))
    assert record(database) == Record()
    table = "monthly_target" if isinstance(value, Target) else "monthly_rebase"
    assert len(contents(database)[table]) == 2
    with database.reading() as reading:
        again = monthly.next_revision(reading, table, NORTH.organisation_id, ANSWERED, APRIL)
        other = monthly.next_revision(reading, table, NORTH.organisation_id, ANSWERED, MAY)
    assert (again, other) == (3, 1)


@pytest.mark.parametrize(
    "add, value, why",
    [
        (monthly.add_figures, replace(FIGURE, in_time=23), "more in time than due"),
        (monthly.add_figures, replace(FIGURE, in_time=-1), "less than none"),
        (monthly.add_figures, replace(FIGURE, month=date(2026, 4, 2)), "not the first of a month"),
        (monthly.add_figures, replace(FIGURE, figure_revision=0), "not a revision"),
        (monthly.add_targets, replace(TARGET, percent=100.5), "more than all"),
        (monthly.add_targets, replace(TARGET, percent=-0.5), "less than none"),
        (monthly.add_targets, replace(TARGET, from_month=date(2026, 4, 2)), "not the first"),
        (monthly.add_rebases, replace(REBASE, reason=""), "no reason"),
        (monthly.add_rebases, replace(REBASE, reason="  "), "no reason but spaces"),
        (monthly.add_rebases, replace(REBASE, from_month=date(2026, 4, 2)), "not the first"),
    ],
)
def test_the_tables_themselves_refuse_what_cannot_be(
    database: Database, add: Callable[..., None], value: object, why: str
):
    with pytest.raises(IntegrityError):
        write(database, add, saved(value))
    assert record(database) == Record(), why


def test_a_revision_is_written_once(database: Database):
    write(database, monthly.add_figures, saved(FIGURE))
    with pytest.raises(IntegrityError):
        write(database, monthly.add_figures, saved(replace(FIGURE, in_time=1)))
    assert record(database).figures == (FIGURE,)


def test_no_row_is_no_write(database: Database):
    for add in (monthly.add_figures, monthly.add_targets, monthly.add_rebases):
        write(database, add)
    assert record(database) == Record()
