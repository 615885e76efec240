"""Tables of counts with all their totals, and what may be shown of each count.

A table is a net of pipes. Each count flows from one joint to another, and at each joint as much
flows out as in: a total flows into its parts, and parts flow together into their total. What a
reader is shown of some pipes ties down the others through the joints, and no further.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from benchmarking.statistics.disclosure.rules import COUNT_FROM, NEAREST, SHARE_FROM, nearest_5
from benchmarking.statistics.disclosure.shown import Count

ALL = "all"
Name = tuple[str, str]


@dataclass(frozen=True)
class Cell:
    """One count of a table, which flows from joint ``start`` to joint ``end``."""

    name: Name
    count: int
    start: str
    end: str


Table = Sequence[Cell]


@dataclass(frozen=True)
class Hiding:
    """Which counts are small, how the others are shown, and what a reader knows of both.

    ``least`` is the least count that is not small. Where counts are ``rounded`` to the nearest
    5, a 0 is shown as 0; where they are exact, it is small and hidden.
    """

    least: int = SHARE_FROM
    rounded: bool = False

    def is_small(self, cell: Cell) -> bool:
        return cell.count < self.least and self.may_hide(cell)

    def may_hide(self, cell: Cell) -> bool:
        return cell.count > 0 or not self.rounded

    def shows(self, cell: Cell) -> Count:
        """A count as it is shown where it is not hidden."""
        return nearest_5(cell.count) if self.rounded else Count(cell.count)

    def known(self, cell: Cell, hidden: bool) -> tuple[float, float]:
        """Between which counts a reader knows a count to lie, by what stands in its place.

        A hidden exact count can be anything, whether it is small or hidden for another. Where
        counts are rounded, few are hidden for others, and most of these are totals: so any
        other is taken to be known as small.
        """
        if not self.rounded:
            return (0, inf) if hidden else (cell.count, cell.count)
        if hidden:
            known_small = self.is_small(cell) and ALL not in cell.name
            return 1, self.least - 1 if known_small else inf
        nearest = nearest_5(cell.count).count
        blur = NEAREST // 2 if nearest else 0
        return max(nearest - blur, self.least if nearest else 0), nearest + blur

    def could_be(self, cell: Cell) -> int:
        """What a small count must as well be able to be: not small, or where rounded another."""
        if not self.rounded:
            return self.least
        return cell.count - 1 if cell.count == self.least - 1 else cell.count + 1


ROUND_5 = Hiding(COUNT_FROM, rounded=True)


def linked(breakdowns: Mapping[str, Mapping[str, int]]) -> Table:
    """One total, broken down in one or several ways: by site, by year, ...

    Returns:
        Each group as (breakdown, group), and last the total as (``ALL``, ``ALL``).

    Raises:
        ValueError: there is no breakdown, or they add up to different totals.
    """
    totals = {name: sum(groups.values()) for name, groups in breakdowns.items()}
    if len(set(totals.values())) != 1:
        raise ValueError(f"Breakdowns add up to one total, and these to {totals}. Check them.")
    cells = [
        Cell((name, group), count, f"joint {at}", f"joint {at + 1}")
        for at, (name, groups) in enumerate(breakdowns.items())
        for group, count in groups.items()
    ]
    total = Cell((ALL, ALL), max(totals.values()), f"joint {len(breakdowns)}", "joint 0")
    return checked([*cells, total])


def two_way(counts: Mapping[Name, int]) -> Table:
    """A table of rows and columns with all its totals.

    Args:
        counts: by (row, column).

    Returns:
        Those, row totals as (row, ``ALL``), column totals as (``ALL``, column), and last the
        grand total as (``ALL``, ``ALL``).

    Raises:
        ValueError: there is no count, or a row or column is itself called ``ALL``.
    """
    rows, columns = Counter[str](), Counter[str]()
    for (row, column), count in counts.items():
        rows[row] += count
        columns[column] += count
    return checked(
        [
            *(Cell(name, n, f"row {name[0]}", f"column {name[1]}") for name, n in counts.items()),
            *(Cell((row, ALL), n, "rows", f"row {row}") for row, n in rows.items()),
            *(Cell((ALL, column), n, f"column {column}", ALL) for column, n in columns.items()),
            Cell((ALL, ALL), rows.total(), ALL, "rows"),
        ]
    )


def checked(cells: Sequence[Cell]) -> Table:
    """A table of these counts, each under a name of its own.

    Raises:
        ValueError: two have one name, one is negative, or at a joint more flows in than out.
    """
    names, left = Counter(cell.name for cell in cells), Counter[str]()
    for cell in cells:
        left[cell.end] += cell.count
        left[cell.start] -= cell.count
    twice = [name for name, times in names.items() if times > 1]
    if twice:
        raise ValueError(f"Two counts are both called {twice[0]}. Rename one.")
    if any(left.values()) or any(cell.count < 0 for cell in cells):
        raise ValueError("The parts do not add up to their total. Check the counts.")
    return tuple(cells)
