"""One series of one trust as an unbroken row of months, ready to be drawn."""

from dataclasses import dataclass
from datetime import date

from benchmarking.series.model import Series
from benchmarking.series.months import through
from benchmarking.series.recorded import MonthlyFigure, Rebase, Record


@dataclass(frozen=True)
class Point:
    """One month. ``figure`` is None where none was recorded, ``target`` where there is none.

    ``rebase`` is there where the limits begin anew.
    """

    month: date
    figure: MonthlyFigure | None
    target: float | None
    rebase: Rebase | None = None

    @property
    def percent(self) -> float | None:
        """The share in time; None where no figure was recorded, and where nothing was due."""
        return None if self.figure is None else self.figure.percent


@dataclass(frozen=True)
class Timeline:
    """Every month from the first figure to the last; empty where there is none."""

    points: tuple[Point, ...]

    @property
    def measured(self) -> tuple[Point, ...]:
        """The months that have a percent."""
        return tuple(point for point in self.points if point.percent is not None)

    @property
    def latest(self) -> Point | None:
        """The newest month that has a percent."""
        return self.measured[-1] if self.measured else None

    @property
    def not_recorded(self) -> tuple[date, ...]:
        """Months between the first and the last for which nothing was recorded."""
        return tuple(point.month for point in self.points if point.figure is None)

    @property
    def nothing_due(self) -> tuple[date, ...]:
        """Months in which nothing was due, so that there is no percent."""
        return tuple(p.month for p in self.points if p.figure is not None and p.percent is None)

    @property
    def rebases(self) -> tuple[Rebase, ...]:
        """Where limits begin anew, the oldest first."""
        return tuple(point.rebase for point in self.points if point.rebase is not None)


def timeline(series: Series, record: Record) -> Timeline:
    """The months of one series.

    Args:
        series: what is counted; the law's target holds until the trust sets one.
        record: everything the trust recorded; what belongs to other series is passed over.
    """
    own = record.of_series(series.id)
    if not own.figures:
        return Timeline(())
    figures = {figure.month: figure for figure in own.figures}
    months = through(min(figures), max(figures))
    anew = _rebase_by_month(months, own.rebases)
    return Timeline(
        tuple(Point(m, figures.get(m), target_in(series, own, m), anew.get(m)) for m in months)
    )


def target_in(series: Series, record: Record, month: date) -> float | None:
    """The percent aimed at in a month: the newest target set for it, else the law's, else none."""
    set_before = [t for t in record.targets if t.series_id == series.id and t.from_month <= month]
    if set_before:
        return max(set_before, key=lambda target: target.from_month).percent
    return None if series.target is None else float(series.target.percent)


def _rebase_by_month(months: tuple[date, ...], rebases: tuple[Rebase, ...]) -> dict[date, Rebase]:
    """Where limits begin anew; at the first month they begin anyway, so nothing is said there."""
    return {r.from_month: r for r in rebases if r.from_month in months[1:]}
