"""What must be hidden in a table so that no small count can be worked out.

A small count is safe when another table fits all that is shown, in which that count is not
small. Such a table is made by moving people round a ring of pipes: one more here, one fewer
there, until at each joint as much flows out as in. Where no ring is open, the cheapest is
opened: counts on it are hidden too, as few people's as possible.

Source:
    Cox (1995), Network models for complementary cell suppression, J. Am. Stat. Assoc. 90,
    1453-1462. Rings are opened one after the other, so more may be hidden than the least
    possible. Made for pages, of up to a few hundred counts.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from benchmarking.statistics.disclosure.shown import Count, Suppressed, Why
from benchmarking.statistics.disclosure.tables import Cell, Hiding, Name, Table

# A count, and whether it rises: followed along its flow it does, against it it falls.
Step = tuple[Cell, bool]


def publish(table: Table, hiding: Hiding) -> Mapping[Name, Count | Suppressed]:
    """What may be shown of each count of a table, totals included."""
    hidden = hidden_in(table, hiding)
    return {
        cell.name: Suppressed(Why.IN_A_TABLE) if cell.name in hidden else hiding.shows(cell)
        for cell in table
    }


def hidden_in(table: Table, hiding: Hiding) -> frozenset[Name]:
    """The counts to hide: the small ones, and those that would give them away."""
    small = [cell for cell in table if hiding.is_small(cell)]
    hidden = frozenset(cell.name for cell in small)
    safe: set[Name] = set()
    for cell in small:
        if cell.name not in safe:
            other = _other_table(table, hiding, hidden, cell)
            hidden = other.hidden
            safe |= {c.name for c in small if other.counts[c.name] == hiding.could_be(c)}
    return hidden


def _other_table(table: Table, hiding: Hiding, hidden: frozenset[Name], small: Cell) -> "_Other":
    """The proof that a small count is safe, with what had to be hidden for it."""
    other = _Other(table, hiding, hidden, {cell.name: cell.count for cell in table})
    while other.counts[small.name] != hiding.could_be(small):
        other = other.nearer(small)
    return other


@dataclass(frozen=True)
class _Other:
    """Another table that fits all that is shown where ``hidden`` is not."""

    table: Table
    hiding: Hiding
    hidden: frozenset[Name]
    counts: Mapping[Name, int]

    def nearer(self, small: Cell) -> "_Other":
        """One in which a small count is nearer to what it must be able to be, or there."""
        missing = self.hiding.could_be(small) - self.counts[small.name]
        ring = [(small, missing > 0), *self._cheapest_way_back(small, missing > 0)]
        opened = self.hidden | {cell.name for cell, up in ring if not self._room(cell, up)}
        open_ring = _Other(self.table, self.hiding, opened, self.counts)
        people = int(min(abs(missing), *(open_ring._room(cell, up) for cell, up in ring)))
        moved = {
            cell.name: self.counts[cell.name] + (people if up else -people) for cell, up in ring
        }
        return _Other(self.table, self.hiding, opened, {**self.counts, **moved})

    def _room(self, cell: Cell, up: bool, opened: bool = False) -> float:
        """By how much a count may rise or fall without the reader's seeing it."""
        low, high = self.hiding.known(cell, opened or cell.name in self.hidden)
        now = self.counts[cell.name]
        return high - now if up else now - low

    def _price(self, cell: Cell, up: bool) -> float:
        """How many people's count must be hidden for a step; without end where none will do."""
        if self._room(cell, up) > 0:
            return 0
        helps = self.hiding.may_hide(cell) and self._room(cell, up, opened=True) > 0
        return cell.count if helps else inf

    def _cheapest_way_back(self, small: Cell, up: bool) -> list[Step]:
        """The steps that lead from behind a count back to before it (Dijkstra)."""
        first, last = (small.end, small.start) if up else (small.start, small.end)
        steps = self._steps_without(small)
        # Ways of one price are told apart by their length, then by the table's order: the same
        # table always has the same counts hidden.
        ways: list[tuple[float, int, int, str, list[Step]]] = [(0, 0, 0, first, [])]
        reached: set[str] = set()
        order = 0
        while ways:
            price, length, _, joint, way = heapq.heappop(ways)
            if joint == last:
                return way
            if joint in reached:
                continue
            reached.add(joint)
            for onward, more, step in steps[joint]:
                order += 1
                heapq.heappush(ways, (price + more, length + 1, order, onward, [*way, step]))
        raise ValueError(f"The count {small.name} is part of no total. Check the table.")

    def _steps_without(self, small: Cell) -> Mapping[str, list[tuple[str, float, Step]]]:
        """From each joint: where a step leads, its price, and the step."""
        found: Mapping[str, list[tuple[str, float, Step]]] = defaultdict(list)
        for joint, onward, step in _both_ways(self.table):
            price = self._price(*step)
            if price < inf and step[0] is not small:
                found[joint].append((onward, price, step))
        return found


def _both_ways(table: Table) -> Iterator[tuple[str, str, Step]]:
    for cell in table:
        yield cell.start, cell.end, (cell, True)
        yield cell.end, cell.start, (cell, False)
