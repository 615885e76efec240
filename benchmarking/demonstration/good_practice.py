"""Examples of good practice that fictional trusts offer, and what others of them made of those.

Each is offered by a trust whose published evidence carried it on that day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import yaml

from benchmarking.access import Role
from benchmarking.answers import Cycle, ItemKey, State
from benchmarking.demonstration import people
from benchmarking.demonstration.assessments import DrawnAssessment
from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.cycles import london
from benchmarking.demonstration.newcomer import NEWCOMER, STANDARD
from benchmarking.demonstration.words import pick
from benchmarking.evidence import standing
from benchmarking.standard import Item, Library, Standard
from benchmarking.store import good_practice as store
from benchmarking.store.database import Writing
from benchmarking.store.good_practice import Account, Example, Level, Said, Stage, Use

_FILE = Path(__file__).with_suffix(".yaml")
LAST = 1
# The newcomer offers what it does best and tries what others do better.
OFFERED_BY_NEWCOMER, TRIED_BY_NEWCOMER = "2.2", "3.1"
MOST_USES = 3
# Of those who use an example, how many have said nothing yet, and how many that it helped.
TRYING, HELPED = 0.35, 0.5
# One example whose trust published less a year later, so that the page can be seen to say so.
OUTLIVED = "3.2"


@dataclass(frozen=True)
class Words:
    """Everything in ``good_practice.yaml``: accounts by statement, and what others said."""

    accounts: Mapping[str, Sequence[Mapping[str, str]]]
    helped: Sequence[str]
    did_not_help: Sequence[str]


@cache
def read_words() -> Words:
    """The words of ``good_practice.yaml``."""
    return Words(**yaml.safe_load(_FILE.read_text("utf-8")))


@dataclass(frozen=True)
class Drawn:
    """What the examples stand on: the cycles, the oldest first, and every assessment.

    Nothing happens on the day ``as_of`` or later.
    """

    library: Library
    rounds: Sequence[Cycle]
    assessments: Sequence[DrawnAssessment]
    as_of: date

    @cached_property
    def standard(self) -> Standard:
        """What the statements belong to, as the last cycle asked it."""
        edition, _ = self.rounds[LAST].edition_of(STANDARD)
        return self.library.standard(STANDARD, edition)

    @cached_property
    def good(self) -> tuple[str, ...]:
        """The levels that carry an example, the lowest first."""
        valued = self.library.scale_of(self.standard).valued
        return tuple(choice.id for choice in valued[len(valued) // 2 :])

    def published(self, place: int) -> tuple[DrawnAssessment, ...]:
        """What was published in one cycle."""
        in_cycle = (State.PUBLISHED, self.rounds[place].cycle_id)
        return tuple(
            one
            for one in self.assessments
            if (one.whole.assessment.state, one.whole.assessment.key.cycle_id) == in_cycle
        )

    def evidenced(self, place: int, item: Item) -> Mapping[str, str]:
        """What evidence carried for a question in one cycle, by trust."""
        key = ItemKey(self.standard.id, item.id)
        scale = self.library.scale_of(self.standard)
        found: dict[str, str] = {}
        for one in self.published(place):
            answer = next(answer for answer in one.whole.answers if answer.item == key)
            pieces = [piece for piece in one.whole.evidence if piece.item == key]
            judged = standing(
                self.standard, scale, item, answer.choice, pieces, one.times.judged_on
            )
            found[one.trust.code] = judged.evidenced
        return found


def add(writing: Writing, drawn: Drawn, person_ids: Mapping[str, int]) -> None:
    """Adds all examples and uses.

    Args:
        writing: where to.
        drawn: what they stand on.
        person_ids: the number of everybody, by title.
    """
    trusts = [one.trust.organisation for one in drawn.published(LAST)]
    codes = {trust.organisation_id: trust.code for trust in trusts}
    for example, uses in told(drawn):
        lead = people.title(Role.TRUST_LEAD, codes[example.organisation_id])
        number = store.add_example(writing, example, person_ids[lead])
        for use in uses:
            colleague = people.title(Role.CONTRIBUTOR, codes[use.organisation_id])
            store.add_use(writing, replace(use, example_id=number), person_ids[colleague])


def told(drawn: Drawn) -> Iterator[tuple[Example, Sequence[Use]]]:
    """Each example with its uses; neither has a number yet."""
    by_number = {
        drawn.standard.statement_by_id[item.statement].number: item
        for item in drawn.standard.self_assessment.items
    }
    numbers = {t.trust.code: t.trust.organisation.organisation_id for t in drawn.published(LAST)}
    for number, accounts in read_words().accounts.items():
        draw = chance("good practice", number)
        cycle, item = drawn.rounds[_place(number)], by_number[number]
        offering = _who_offers(drawn, item, number, draw)
        for place, (account, (code, choice)) in enumerate(zip(accounts, offering, strict=False)):
            tries = number == TRIED_BY_NEWCOMER and place == 0
            at = _day_after(cycle, draw)
            level = Level(cycle.cycle_id, choice)
            key = ItemKey(STANDARD, item.id)
            others = {other: one for other, one in numbers.items() if other != code}
            yield (
                Example(0, numbers[code], key, level, Account(**account), 1, at, at),
                _uses(drawn, others, at, draw, tries),
            )


def _place(number: str) -> int:
    return LAST - 1 if number == OUTLIVED else LAST


def _who_offers(
    drawn: Drawn, item: Item, number: str, draw: np.random.Generator
) -> list[tuple[str, str]]:
    """Trusts whose evidence carries an example, the best first, with what it carries."""
    then, last = drawn.evidenced(_place(number), item), drawn.evidenced(LAST, item)
    lasts = number != OUTLIVED
    found = [
        (code, choice)
        for code, choice in then.items()
        if choice in drawn.good and code in last and (last[code] in drawn.good) is lasts
    ]
    shuffled = [found[int(place)] for place in draw.permutation(len(found))]
    own_first = number == OFFERED_BY_NEWCOMER

    def order(one: tuple[str, str]) -> tuple[bool, int]:
        return (one[0] == NEWCOMER) is not own_first, -drawn.good.index(one[1])

    return sorted(shuffled, key=order)


def _day_after(cycle: Cycle, draw: np.random.Generator) -> datetime:
    """A working hour some weeks after a cycle's results were released."""
    day = cycle.release_at.date() + timedelta(days=int(draw.integers(10, 90)))
    return london(day, time(int(draw.integers(9, 17)), int(draw.integers(60))))


def _uses(
    drawn: Drawn,
    others: Mapping[str, int],
    offered_at: datetime,
    draw: np.random.Generator,
    newcomer_tries: bool,
) -> list[Use]:
    order = [code for code in others if code != NEWCOMER]
    many = int(draw.integers(1, MOST_USES + 1))
    chosen = [order[int(place)] for place in draw.permutation(len(order))[:many]]
    found = [_use(drawn, others[code], offered_at, draw, _said(draw)) for code in chosen]
    if newcomer_tries:
        found.append(_use(drawn, others[NEWCOMER], offered_at, draw, Said(Stage.TRYING)))
    return found


def _use(
    drawn: Drawn, organisation_id: int, offered_at: datetime, draw: np.random.Generator, said: Said
) -> Use:
    began = offered_at + timedelta(days=int(draw.integers(5, 60)))
    later = began + timedelta(days=int(draw.integers(30, 100)))
    told = min(later, london(drawn.as_of, time())) if said.happened else began
    revision = 2 if said.happened else 1
    return Use(
        0, 0, organisation_id, said.stage, said.happened, said.helpful, revision, began, told
    )


def _said(draw: np.random.Generator) -> Said:
    words, lot = read_words(), draw.random()
    if lot < TRYING:
        return Said(Stage.TRYING)
    if lot < TRYING + HELPED:
        return Said(Stage.USING, pick(words.helped, draw), helpful=True)
    return Said(Stage.TRYING, pick(words.did_not_help, draw), helpful=False)
