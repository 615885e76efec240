"""What trusts record about themselves month by month: figures, targets, where limits begin anew.

Rows are only added. Who saves something again gives it the next revision, and the newest revision
stands; what is withdrawn is a revision, too. All writing functions take many rows at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from benchmarking.series.recorded import MonthlyFigure, Rebase, Record, Target
from benchmarking.store.database import Reading, Row, Writing

_SAVED = ("author_id", "saved_at")
_FIGURE = ("organisation_id", "series_id", "month", "figure_revision", "in_time", "due", *_SAVED)
_FROM = ("organisation_id", "series_id", "from_month")
_TARGET = (*_FROM, "target_revision", "percent", "is_withdrawn", *_SAVED)
_REBASE = (*_FROM, "rebase_revision", "reason", "is_withdrawn", *_SAVED)
# Of each table: the column of its month and that of its revision.
_TABLES = {
    "monthly_figure": ("month", "figure_revision"),
    "monthly_target": ("from_month", "target_revision"),
    "monthly_rebase": ("from_month", "rebase_revision"),
}

Value = TypeVar("Value", MonthlyFigure, Target, Rebase)


@dataclass(frozen=True)
class Saved(Generic[Value]):
    """A row to add: whose it is, the value with its new revision, who saved it and when.

    A withdrawn target or rebase is the revision from which it no longer holds.
    """

    organisation_id: int
    value: Value
    author_id: int
    saved_at: datetime
    is_withdrawn: bool = False


def record_of(reading: Reading, organisation_id: int) -> Record:
    """Everything that one trust has recorded, as it stands."""
    return _records(reading, organisation_id).get(organisation_id, Record())


def every_record(reading: Reading) -> Mapping[int, Record]:
    """What stands for each trust that has recorded anything, by the trust's number."""
    return _records(reading, None)


def next_revision(
    reading: Reading, table: str, organisation_id: int, series_id: str, month: date
) -> int:
    """The revision that a month of a series gets next in a table; withdrawn ones count, too."""
    column, revision = _TABLES[table]
    sql = f"""
        SELECT coalesce(max({revision}), 0)
        FROM {table}
        WHERE organisation_id = :organisation_id AND series_id = :series_id AND {column} = :month
        """
    values = {"organisation_id": organisation_id, "series_id": series_id, "month": month}
    return 1 + int(reading.value(sql, **values))


def add_figures(writing: Writing, rows: Sequence[Saved[MonthlyFigure]]) -> None:
    """Adds revisions of monthly figures."""
    values = [
        (
            *(row.organisation_id, row.value.series_id, row.value.month),
            *(row.value.figure_revision, row.value.in_time, row.value.due),
            *(row.author_id, row.saved_at),
        )
        for row in rows
    ]
    writing.bulk("monthly_figure", _FIGURE, values)


def add_targets(writing: Writing, rows: Sequence[Saved[Target]]) -> None:
    """Adds revisions of targets."""
    values = [
        (
            *(row.organisation_id, row.value.series_id, row.value.from_month),
            *(row.value.target_revision, row.value.percent, row.is_withdrawn),
            *(row.author_id, row.saved_at),
        )
        for row in rows
    ]
    writing.bulk("monthly_target", _TARGET, values)


def add_rebases(writing: Writing, rows: Sequence[Saved[Rebase]]) -> None:
    """Adds revisions of where limits begin anew."""
    values = [
        (
            *(row.organisation_id, row.value.series_id, row.value.from_month),
            *(row.value.rebase_revision, row.value.reason, row.is_withdrawn),
            *(row.author_id, row.saved_at),
        )
        for row in rows
    ]
    writing.bulk("monthly_rebase", _REBASE, values)


def _records(reading: Reading, organisation_id: int | None) -> dict[int, Record]:
    figures = _by_trust(_newest(reading, "monthly_figure", organisation_id))
    targets = _by_trust(_newest(reading, "monthly_target", organisation_id))
    rebases = _by_trust(_newest(reading, "monthly_rebase", organisation_id))
    return {
        number: Record(
            tuple(_figure(row) for row in figures.get(number, ())),
            tuple(_target(row) for row in targets.get(number, ()) if not row["is_withdrawn"]),
            tuple(_rebase(row) for row in rebases.get(number, ()) if not row["is_withdrawn"]),
        )
        for number in {**figures, **targets, **rebases}
    }


def _newest(reading: Reading, table: str, organisation_id: int | None) -> list[Row]:
    """The newest revision of each month, in the order of months; of all trusts for None."""
    month, revision = _TABLES[table]
    key = f"t.organisation_id, t.series_id, t.{month}"
    return reading.rows(
        f"""
        SELECT DISTINCT ON ({key}) t.*, coalesce(p.title, '') AS author
        FROM {table} t
        LEFT JOIN person p ON p.person_id = t.author_id
        WHERE CAST(:organisation_id AS INTEGER) IS NULL OR t.organisation_id = :organisation_id
        ORDER BY {key}, t.{revision} DESC
        """,
        organisation_id=organisation_id,
    )


def _by_trust(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["organisation_id"], []).append(row)
    return found


def _figure(row: Row) -> MonthlyFigure:
    return MonthlyFigure(
        row["series_id"],
        row["month"],
        row["in_time"],
        row["due"],
        row["figure_revision"],
        row["author"],
        row["saved_at"],
    )


def _target(row: Row) -> Target:
    return Target(
        row["series_id"],
        row["from_month"],
        row["percent"],
        row["target_revision"],
        row["author"],
        row["saved_at"],
    )


def _rebase(row: Row) -> Rebase:
    return Rebase(
        row["series_id"],
        row["from_month"],
        row["reason"],
        row["rebase_revision"],
        row["author"],
        row["saved_at"],
    )
