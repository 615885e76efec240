"""Good practice: what trusts do well by their own published evidence, for others to find and try.

Offering an example is a trust's own choice to be named beside its level. What an example stands
on is always a published assessment of a released cycle, so that no draft shows through it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

from benchmarking.access import Action, check_can
from benchmarking.answers import Cycle, ItemKey, Organisation
from benchmarking.assessing.sheets import NotThere
from benchmarking.keeping import Keep, afresh
from benchmarking.results.history import Cycles
from benchmarking.results.levels import Levels
from benchmarking.results.results import rated
from benchmarking.standard import AnswerScale, Choice, Item, Library, Standard, Statement
from benchmarking.store import good_practice as store
from benchmarking.store import organisations
from benchmarking.store.good_practice import Example, Stage, Use
from benchmarking.visit import Visit


@dataclass(frozen=True)
class Evidenced:
    """What a trust's evidence carries for one statement, and in which cycle it published that."""

    cycle: Cycle
    choice: Choice


@dataclass(frozen=True)
class ShownUse:
    """What another trust does with an example."""

    use: Use
    trust: Organisation


@dataclass(frozen=True)
class Shown:
    """One example as it is shown.

    ``evidenced`` is what the trust's newest published assessment carries. Where that is no
    longer good, it is what the example was offered with, and ``still`` is False.
    """

    example: Example
    trust: Organisation
    statement: Statement
    evidenced: Evidenced
    still: bool
    place: int
    uses: tuple[ShownUse, ...]

    @property
    def is_withdrawn(self) -> bool:
        return self.example.withdrawn_at is not None

    def use_of(self, trust_code: str | None) -> Use | None:
        """What one trust does with it; None where it does nothing."""
        return next((one.use for one in self.uses if one.trust.code == trust_code), None)

    def at(self, stage: Stage) -> int:
        """How many trusts have come so far with it."""
        return sum(one.use.stage is stage for one in self.uses)


@dataclass(frozen=True)
class Shelf:
    """All examples that a person may see, and the standard whose statements they are for."""

    standard: Standard
    scale: AnswerScale
    examples: tuple[Shown, ...]

    def of(self, statement: Statement) -> tuple[Shown, ...]:
        """The examples for a statement, the highest evidenced level and the most used first."""
        item = self.key_of(statement)
        return tuple(one for one in self.examples if one.example.item == item)

    def key_of(self, statement: Statement) -> ItemKey:
        """The question about a statement."""
        return ItemKey(self.standard.id, self.standard.item_for[statement.id].id)


def shelf(visit: Visit, trust_code: str | None, keep: Keep = afresh) -> Shelf:
    """The examples of good practice.

    Those that were withdrawn are shown to the trust that offered them and to trusts that still
    use them.

    Args:
        visit: who asks, and when.
        trust_code: the trust they ask for; None for somebody who is of no trust.
        keep: where results are kept between requests.

    Raises:
        Refused: the person may not see good practice.
        NotThere: the person is not of this trust, or no cycle has been opened.
    """
    check_can(visit.person, Action.SEE_PRACTICE)
    if trust_code is not None and trust_code not in visit.person.trusts:
        raise NotThere("You have no role in this trust. Choose another one.")
    cycles = Cycles(visit, keep)
    found: Shelf = keep(cycles.key("good practice"), partial(_read, cycles))
    visible = (
        one
        for one in found.examples
        if not one.is_withdrawn
        or one.trust.code == trust_code
        or one.use_of(trust_code) is not None
    )
    return replace(found, examples=tuple(visible))


def offerable(visit: Visit, trust_code: str, keep: Keep = afresh) -> Mapping[ItemKey, Evidenced]:
    """The questions for which a trust can offer an example: what its evidence carries in each.

    Raises:
        Refused: the person may not offer examples for this trust.
        NotThere: no cycle has been opened.
    """
    check_can(visit.person, Action.OFFER_PRACTICE, trust_code)
    return _offerable(Cycles(visit, keep), trust_code)


def _read(cycles: Cycles) -> Shelf:
    library = cycles.visit.library
    newest = (cycles.released or cycles.opened)[0]
    standard, _ = rated(library, newest)
    with cycles.visit.database.reading() as reading:
        examples, uses = store.examples(reading), store.uses(reading)
        trusts = {trust.organisation_id: trust for trust in organisations.every(reading)}
    published = _newest_published(cycles, {trusts[e.organisation_id].code for e in examples})
    by_example: dict[int, tuple[ShownUse, ...]] = {}
    for one in uses:
        told = ShownUse(one, trusts[one.organisation_id])
        by_example[one.example_id] = (*by_example.get(one.example_id, ()), told)
    shown = [
        _shown(cycles, one, trusts[one.organisation_id], published, by_example) for one in examples
    ]
    return Shelf(standard, library.scale_of(standard), tuple(sorted(shown, key=_order)))


def _order(one: Shown) -> tuple[bool, int, int, int]:
    return not one.still, -one.place, -len(one.uses), one.example.example_id


def _shown(
    cycles: Cycles,
    example: Example,
    trust: Organisation,
    published: Mapping[str, tuple[Cycle, Levels]],
    uses: Mapping[int, tuple[ShownUse, ...]],
) -> Shown:
    now = _evidenced(cycles.visit.library, published.get(trust.code), example.item)
    then = next(one for one in cycles.opened if one.cycle_id == example.level.cycle_id)
    _, scale, item = _asked(cycles.visit.library, then, example.item)
    evidenced = now or Evidenced(then, scale.by_id[example.level.choice])
    standard, scale, item = _asked(cycles.visit.library, evidenced.cycle, example.item)
    return Shown(
        example,
        trust,
        standard.statement_by_id[item.statement],
        evidenced,
        now is not None,
        scale.valued.index(evidenced.choice),
        uses.get(example.example_id, ()),
    )


def _offerable(cycles: Cycles, trust_code: str) -> Mapping[ItemKey, Evidenced]:
    newest = _newest_published(cycles, {trust_code}).get(trust_code)
    if newest is None:
        return {}
    standard, _ = rated(cycles.visit.library, newest[0])
    keys = [ItemKey(standard.id, item.id) for item in standard.self_assessment.items]
    found = {key: _evidenced(cycles.visit.library, newest, key) for key in keys}
    return {key: evidenced for key, evidenced in found.items() if evidenced}


def _newest_published(cycles: Cycles, codes: Collection[str]) -> Mapping[str, tuple[Cycle, Levels]]:
    """Of each trust, the newest released cycle in which it published, and its levels there."""
    found: dict[str, tuple[Cycle, Levels]] = {}
    for cycle in cycles.released:
        if found.keys() >= set(codes):
            break
        for code, standings in cycles.published(cycle).standings.items():
            found.setdefault(code, (cycle, standings))
    return found


def _evidenced(
    library: Library, newest: tuple[Cycle, Levels] | None, key: ItemKey
) -> Evidenced | None:
    """What was published about a question, if it is in the upper half of a rated scale."""
    if newest is None or key not in newest[1]:
        return None
    cycle, standings = newest
    standard, scale, _ = _asked(library, cycle, key)
    choice = scale.by_id[standings[key].evidenced]
    good = scale.valued[len(scale.valued) // 2 :]
    return Evidenced(cycle, choice) if standard.rating_schemes and choice in good else None


def _asked(library: Library, cycle: Cycle, key: ItemKey) -> tuple[Standard, AnswerScale, Item]:
    """The question as a cycle asked it."""
    standard = library.standard(key.standard_id, cycle.edition_of(key.standard_id)[0])
    return standard, library.scale_of(standard), standard.item_by_id[key.item_id]
