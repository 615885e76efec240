"""Comparing trusts: what those that published in a released cycle claimed and could show."""

from dataclasses import dataclass

from benchmarking.answers import Cycle, ItemKey, Organisation
from benchmarking.evidence import Standing
from benchmarking.keeping import Key
from benchmarking.standard import AnswerScale, Stage, Standard, Statement

EVERY = "All"


@dataclass(frozen=True)
class Column:
    """One statement as the head of a column."""

    key: ItemKey
    stage: Stage
    statement: Statement


@dataclass(frozen=True)
class TrustRow:
    """One trust: a standing for each column, None where it did not answer.

    ``answered`` counts the columns with an answer of any kind.
    """

    trust: Organisation
    cells: tuple[Standing | None, ...]
    changed_after_release: bool

    @property
    def answered(self) -> int:
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True)
class Comparison:
    """Trusts by statements. ``silent`` published nothing in the cycle, which is not zero."""

    cycle: Cycle
    standard: Standard
    scale: AnswerScale
    columns: tuple[Column, ...]
    rows: tuple[TrustRow, ...]
    silent: tuple[Organisation, ...]
    small_print: tuple[str, ...]
    key: Key

    @property
    def sentence(self) -> str:
        """How many published, and where the fewest are in the upper half of the scale."""
        asked = len(self.rows) + len(self.silent)
        said = f"{len(self.rows)} of {asked} trusts published in {self.cycle.title}."
        if not self.rows:
            return said
        threshold = len(self.scale.valued) // 2
        word = self.scale.valued[threshold].label.lower()
        column, high, answered = min(self._reached(threshold), key=lambda found: found[1:])
        better = word if threshold == len(self.scale.valued) - 1 else f"{word} or better"
        return (
            f"{said} Evidence shows {better} least often in {column.statement.number}: "
            f"{high} of {answered} trusts."
        )

    def _reached(self, threshold: int) -> list[tuple[Column, int, int]]:
        """For each column how many are at least that high, and how many have a level."""
        order = [choice.id for choice in self.scale.valued]
        found = []
        for place, column in enumerate(self.columns):
            given = [row.cells[place] for row in self.rows]
            places = [order.index(s.evidenced) for s in given if s and s.evidenced in order]
            found.append((column, sum(p >= threshold for p in places), len(places)))
        return found
