"""What a trust has recorded about itself: monthly figures, its targets, where limits begin anew.

Months are named by their first day. A revision counts how often one thing was saved; 0 means
that it is not stored yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class MonthlyFigure:
    """How many were in time, of how many due, in one month. Both 0: nothing was due."""

    series_id: str
    month: date
    in_time: int
    due: int
    figure_revision: int = 0
    author: str = ""
    saved_at: datetime | None = None

    @property
    def key(self) -> tuple[str, date]:
        return (self.series_id, self.month)

    @property
    def percent(self) -> float | None:
        """The share in time, 0 to 100; None where nothing was due, which is not zero."""
        return 100 * self.in_time / self.due if self.due else None


@dataclass(frozen=True)
class Target:
    """What a trust aims at from a month on; ``percent`` is None where it ends having one."""

    series_id: str
    from_month: date
    percent: float | None
    target_revision: int = 0
    author: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Rebase:
    """From this month on the limits are worked out anew, because something has changed."""

    series_id: str
    from_month: date
    reason: str
    rebase_revision: int = 0
    author: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Record:
    """Everything that one trust has recorded, as it stands; each in the order of its months."""

    figures: tuple[MonthlyFigure, ...] = ()
    targets: tuple[Target, ...] = ()
    rebases: tuple[Rebase, ...] = ()

    def of_series(self, series_id: str) -> "Record":
        """What concerns one series."""
        return Record(
            tuple(f for f in self.figures if f.series_id == series_id),
            tuple(t for t in self.targets if t.series_id == series_id),
            tuple(r for r in self.rebases if r.series_id == series_id),
        )

    def up_to(self, last: date) -> "Record":
        """What concerns this month and those before it."""
        return Record(
            tuple(f for f in self.figures if f.month <= last),
            tuple(t for t in self.targets if t.from_month <= last),
            tuple(r for r in self.rebases if r.from_month <= last),
        )


@dataclass(frozen=True)
class Change:
    """A month whose stored figure another one takes the place of."""

    before: MonthlyFigure
    after: MonthlyFigure


@dataclass(frozen=True)
class Difference:
    """What storing figures would do: months that are new, that change, and that stay."""

    new: tuple[MonthlyFigure, ...]
    changed: tuple[Change, ...]
    same: tuple[MonthlyFigure, ...]

    @property
    def is_nothing(self) -> bool:
        return not self.new and not self.changed


def difference(stored: Sequence[MonthlyFigure], wanted: Sequence[MonthlyFigure]) -> Difference:
    """What it would do to store figures over those that are stored, by series and month."""
    known = {figure.key: figure for figure in stored}
    pairs = [(known.get(figure.key), figure) for figure in wanted]
    return Difference(
        new=tuple(after for before, after in pairs if before is None),
        changed=tuple(
            Change(before, after)
            for before, after in pairs
            if before is not None and not _says_the_same(before, after)
        ),
        same=tuple(b for b, after in pairs if b is not None and _says_the_same(b, after)),
    )


def _says_the_same(one: MonthlyFigure, other: MonthlyFigure) -> bool:
    return (one.in_time, one.due) == (other.in_time, other.due)
