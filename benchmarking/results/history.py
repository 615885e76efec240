"""What has happened so far: the cycles, what was published in them, and one trust's part.

Use cases read from here once they have asked whether the person may. Everything is kept under
the number of the last change that may concern it, so that a page drawn again reads how far the
database has come and no more.
"""

from collections.abc import Hashable, Set
from dataclasses import dataclass
from functools import cached_property, partial

from benchmarking.answers import WHOLE_TRUST, Cycle, Organisation, State
from benchmarking.assessing.sheet_reading import read_sheet
from benchmarking.assessing.sheets import HANDED_IN, PUBLISHED, NotThere, Sheet
from benchmarking.keeping import Keep, Key
from benchmarking.peers import Basis
from benchmarking.results import levels
from benchmarking.results.levels import Levels, PublishedLevels
from benchmarking.results.positions import Peers, peers_of
from benchmarking.store import cycles, installation
from benchmarking.store.installation import Kind
from benchmarking.visit import Visit


@dataclass(frozen=True)
class Cycles:
    """The cycles as they are at this moment."""

    visit: Visit
    keep: Keep

    @cached_property
    def opened(self) -> tuple[Cycle, ...]:
        """The cycles that have opened, the newest first.

        Raises:
            NotThere: there is none.
        """
        known = self.keep(("cycles", self.visit.stand.of_all), self._every)
        found = tuple(cycle for cycle in known if cycle.opens_at <= self.visit.now)
        if not found:
            raise NotThere("No cycle has been opened yet. An administrator opens the first one.")
        return found

    @property
    def released(self) -> tuple[Cycle, ...]:
        """The cycles whose results others may see, the newest first."""
        return tuple(c for c in self.opened if levels.is_released(c, self.visit.now))

    def up_to(self, cycle: Cycle) -> tuple[Cycle, ...]:
        """This cycle and those before it, the newest first.

        Raises:
            NotThere: the cycle has not opened.
        """
        if cycle not in self.opened:
            raise NotThere("This cycle has not been opened yet. Choose another one.")
        return self.opened[self.opened.index(cycle) :]

    def published(self, cycle: Cycle) -> PublishedLevels:
        """What was published in a released cycle.

        Raises:
            NotThere: it has not been released.
        """
        key = ("levels", self.visit.stand.data_revision, cycle.cycle_id, cycle in self.released)
        return self.keep(key, partial(levels.of_cycle, self.visit, cycle))

    def key(self, name: str, *about: Hashable) -> Key:
        """What a result depends on that no draft is part of."""
        return self.key_at(self.visit.stand.of_all, name, *about)

    def key_at(self, number: int, name: str, *about: Hashable) -> Key:
        """What a result depends on: a change, the day, what is released, what it is about."""
        return (name, number, self.visit.today, len(self.released), *about)

    @property
    def is_fictional(self) -> bool:
        """Whether this is a demonstration."""
        with self.visit.database.reading() as reading:
            return installation.kind_of(reading) is Kind.DEMONSTRATION

    def _every(self) -> tuple[Cycle, ...]:
        with self.visit.database.reading() as reading:
            return cycles.every(reading)


@dataclass(frozen=True)
class History:
    """The assessments of one trust, or of one part of it, and whom it may be compared with."""

    cycles: Cycles
    trust_code: str
    scope: str = WHOLE_TRUST

    @property
    def visit(self) -> Visit:
        return self.cycles.visit

    def key(self, name: str, cycle: Cycle, *about: Hashable) -> Key:
        """What a result about this trust in a cycle depends on, its draft there included."""
        number = self.visit.stand.of_draft(self.trust_code, cycle.cycle_id)
        whose = (self.trust_code, self.scope, cycle.cycle_id)
        return self.cycles.key_at(number, name, *whose, *about)

    def key_without_draft(self, name: str, *about: Hashable) -> Key:
        """What a result about this trust depends on that shows nothing of a draft's answers."""
        number = self.visit.stand.of_trust(self.trust_code)
        return self.cycles.key_at(number, name, self.trust_code, self.scope, *about)

    def sheet(self, cycle: Cycle) -> Sheet:
        """The trust's newest assessment in a cycle, in whatever state: what people work on.

        Raises:
            NotThere: no such trust.
        """
        keep = self.cycles.keep
        make = partial(read_sheet, self.visit, self.trust_code, cycle, self.scope, keep=keep)
        return keep(self.key("sheet", cycle), make)

    def handed_in(self, cycle: Cycle) -> Sheet | None:
        """The newest assessment in a cycle that is no draft: what the trust's board sees."""
        return self._newest_in(cycle, HANDED_IN)

    def published(self, cycle: Cycle) -> Sheet | None:
        """The newest assessment in a cycle that was published. One that is reopened stays it."""
        return self._newest_in(cycle, PUBLISHED)

    def published_before(self, cycle: Cycle) -> Sheet | None:
        """The trust's newest published assessment of an earlier cycle."""
        found = (self.published(earlier) for earlier in self.cycles.up_to(cycle)[1:])
        return next((sheet for sheet in found if sheet is not None), None)

    def peers(self, trust: Organisation, cycle: Cycle, basis: Basis) -> Peers | None:
        """The trust's peers in the newest released cycle, up to this one, in which it published.

        Who is shown others' results of a cycle has published its own in it. A site or directorate
        has no peers: other trusts' results are those of whole trusts.
        """
        if self.scope != WHOLE_TRUST:
            return None
        for earlier in self.cycles.up_to(cycle):
            if earlier in self.cycles.released:
                found = self.cycles.published(earlier)
                if trust.code in found.standings:
                    make = partial(peers_of, trust, found, basis)
                    number = self.visit.stand.data_revision
                    key = ("peers", number, trust, earlier.cycle_id, basis)
                    return self.cycles.keep(key, make)
        return None

    def _newest_in(self, cycle: Cycle, states: Set[State]) -> Sheet | None:
        newest = self.sheet(cycle)
        if newest.assessment is None or newest.state in states:
            return newest if newest.assessment else None
        if newest.assessment.key.revision == 1:
            return None
        make = partial(read_sheet, self.visit, self.trust_code, cycle, self.scope, states)
        key = self.key_without_draft("earlier revision", cycle.cycle_id, frozenset(states))
        found = self.cycles.keep(key, make)
        return found if found.assessment else None


def levels_of(sheet: Sheet) -> Levels:
    """Claimed and evidenced answers of a sheet, by question."""
    return {line.key: line.standing for line in sheet.lines if line.standing is not None}
