"""Comparing trusts: what those that published in a released cycle claimed and could show."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle, ItemKey, Organisation
from benchmarking.assessing.sheets import NotThere, standards_of
from benchmarking.evidence import Standing
from benchmarking.keeping import Keep, Key, afresh
from benchmarking.results import provenance
from benchmarking.results.history import Cycles
from benchmarking.results.levels import PublishedLevels
from benchmarking.scoring import spread
from benchmarking.standard import AnswerScale, Stage, Standard, Statement
from benchmarking.store import organisations
from benchmarking.visit import Visit


@dataclass(frozen=True)
class Column:
    """One statement as the head of a column."""

    key: ItemKey
    stage: Stage
    statement: Statement


@dataclass(frozen=True)
class TrustRow:
    """One trust: a standing for each column, None where it did not answer.

    ``with_level`` counts the answers that have a value, out of those that are ``applicable``.
    """

    trust: Organisation
    cells: tuple[Standing | None, ...]
    with_level: int
    applicable: int
    changed_after_release: bool

    @property
    def capped(self) -> int:
        """How many columns claim more than the evidence carries."""
        return sum(cell is not None and cell.is_capped for cell in self.cells)


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
        """How many published, and which statement the fewest are high on."""
        asked = len(self.rows) + len(self.silent)
        said = f"{len(self.rows)} of {asked} trusts published in {self.cycle.title}."
        valued = self.scale.valued
        threshold = len(valued) // 2 if self.standard.rating_schemes else len(valued) - 1
        reached = [found for found in self._reached(threshold) if found[2]]
        if not reached:
            return said
        word = valued[threshold].label.lower()
        column, high, answered = min(reached, key=lambda found: found[1] / found[2])
        number = column.statement.number
        if not self.standard.rating_schemes:
            return f"{said} The answer “{word}” is rarest at {number}: {high} of {answered} trusts."
        better = word if threshold == len(valued) - 1 else f"{word} or better"
        return (
            f"{said} Evidence shows {better} least often in {number}: in {high} of {answered} "
            f"trusts."
        )

    def _reached(self, threshold: int) -> list[tuple[Column, int, int]]:
        """For each column how many are at least that high, and how many have a level."""
        order = [choice.id for choice in self.scale.valued]
        found: list[tuple[Column, int, int]] = []
        for place, column in enumerate(self.columns):
            given = [row.cells[place] for row in self.rows]
            places = [order.index(s.evidenced) for s in given if s and s.evidenced in order]
            found.append((column, sum(p >= threshold for p in places), len(places)))
        return found


@dataclass(frozen=True)
class Choices:
    """What can be chosen from: released cycles, standards, trusts, their types and regions.

    ``so_far`` is what was read for that; with it the comparisons do not read it again.
    """

    cycles: tuple[Cycle, ...]
    trusts: tuple[Organisation, ...]
    so_far: Cycles

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(sorted({trust.trust_type for trust in self.trusts}))

    @property
    def regions(self) -> tuple[str, ...]:
        return tuple(sorted({trust.region for trust in self.trusts}))


def choices(visit: Visit, keep: Keep = afresh) -> Choices:
    """What an inspector can choose from.

    Raises:
        Refused: the person may not compare trusts.
        NotThere: no cycle has been released yet.
    """
    check_can(visit.person, Action.COMPARE)
    cycles = Cycles(visit, keep)
    if not cycles.released:
        raise NotThere("No cycle has been released yet, so there is nothing to compare.")
    return Choices(cycles.released, _every_trust(cycles), cycles)


def published_in(visit: Visit, cycle: Cycle, so_far: Cycles) -> tuple[Organisation, ...]:
    """The trusts that published in a released cycle, by code.

    Raises:
        Refused: the person may not compare trusts.
        NotThere: the cycle has not been released.
    """
    check_can(visit.person, Action.COMPARE)
    found = so_far.published(cycle)
    return tuple(found.trusts[code] for code in sorted(found.trusts))


def compare(
    visit: Visit,
    cycle: Cycle,
    *,
    standard_id: str,
    trust_type: str | None = None,
    region: str | None = None,
    so_far: Cycles,
) -> Comparison:
    """Everything that was published about one standard in a released cycle.

    Args:
        visit: who asks, and when.
        cycle: one of ``choices``.
        standard_id: one that the cycle asks.
        trust_type: only trusts of this type; None for all.
        region: only trusts in this region; None for all.
        so_far: the cycles as ``choices`` found them in this request.

    Raises:
        Refused: the person may not compare trusts.
        NotThere: the cycle has not been released, or does not ask this standard.
    """
    check_can(visit.person, Action.COMPARE)
    key = so_far.key("comparison", cycle.cycle_id, standard_id, trust_type, region)
    make = partial(_compare, so_far, cycle, standard_id, trust_type, region, key)
    return so_far.keep(key, make)


def _compare(
    cycles: Cycles,
    cycle: Cycle,
    standard_id: str,
    trust_type: str | None,
    region: str | None,
    key: Key,
) -> Comparison:
    library = cycles.visit.library
    standard = standard_of(standards_of(library, cycle), standard_id)
    published = cycles.published(cycle)
    columns = columns_of(standard)
    chosen = [
        trust
        for trust in _every_trust(cycles)
        if trust_type in (None, trust.trust_type) and region in (None, trust.region)
    ]
    scale = library.scale_of(standard)
    rows = tuple(
        _row(published, scale, columns, trust)
        for trust in chosen
        if trust.code in published.standings
    )
    silent = tuple(trust for trust in chosen if trust.code not in published.standings)
    scheme = library.schemes[standard.rating_schemes[0]] if standard.rating_schemes else None
    small_print = provenance.lines(
        standard,
        scheme,
        cycle,
        cycles.visit.stand.data_revision,
        fictional=cycles.is_fictional,
        counted=f"{len(rows)} trusts that published in {cycle.title}.",
    )
    return Comparison(cycle, standard, scale, columns, rows, silent, small_print, key)


def _row(
    published: PublishedLevels, scale: AnswerScale, columns: Sequence[Column], trust: Organisation
) -> TrustRow:
    cells = tuple(published.standings[trust.code].get(column.key) for column in columns)
    found = spread(scale, [cell.evidenced if cell else None for cell in cells])
    late = trust.code in published.changed_after_release
    return TrustRow(trust, cells, found.answered, found.applicable, late)


def columns_of(standard: Standard) -> tuple[Column, ...]:
    """The statements of a standard in its order."""
    return tuple(
        Column(ItemKey(standard.id, standard.item_for[statement.id].id), stage, statement)
        for stage in standard.stages
        for statement in stage.statements
    )


def standard_of(standards: Sequence[Standard], standard_id: str) -> Standard:
    """The standard with this id.

    Raises:
        NotThere: it is not among them.
    """
    for standard in standards:
        if standard.id == standard_id:
            return standard
    raise NotThere("This cycle does not ask that standard. Choose another one.")


def _every_trust(cycles: Cycles) -> tuple[Organisation, ...]:
    def read() -> tuple[Organisation, ...]:
        with cycles.visit.database.reading() as reading:
            return organisations.every(reading)

    return cycles.keep(cycles.key("every trust"), read)
