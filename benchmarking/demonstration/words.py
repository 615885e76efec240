"""The words fictional trusts use, from ``words.yaml``; what they promise is the standard's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from benchmarking.standard import EvidenceKind, Item, Standard

_FILE = Path(__file__).with_name("words.yaml")
_THIRDS = ("low", "middle", "high")


@dataclass(frozen=True)
class Words:
    """Pools to draw from; ``words.yaml`` says what each is for."""

    titles: Mapping[str, Sequence[str]]
    notes: Sequence[str]
    comments: Mapping[str, Sequence[str]]
    not_applicable: str
    owners: Mapping[str, Mapping[str, Sequence[str]]]
    other_owners: Sequence[str]
    reasons: Sequence[str]
    bodies: Sequence[str]
    responses: Sequence[str]

    def title(self, kind: EvidenceKind, drawn: np.random.Generator) -> str:
        return pick(self.titles.get(kind.id, (kind.label,)), drawn)

    def note(self, drawn: np.random.Generator) -> str:
        return pick(self.notes, drawn)

    def comment(self, place: int, choices: int, drawn: np.random.Generator) -> str:
        """A comment on an answer at a place of a scale; below 0 it is "don't know"."""
        third = "dont_know" if place < 0 else _THIRDS[place * len(_THIRDS) // choices]
        return pick(self.comments[third], drawn)

    def reason(self, item: Item) -> str:
        """Why an item does not apply to a trust."""
        return self.not_applicable.format(when=ceases_when(item))

    def owner(self, standard: Standard, item: Item, drawn: np.random.Generator) -> str:
        """The role of somebody who would keep a promise about this item."""
        stage = next(s for s in standard.stages if item in standard.items_of(s))
        owners = self.owners.get(standard.id, {}).get(stage.number, self.other_owners)
        return pick(owners, drawn)


@cache
def read_words() -> Words:
    """The pools of ``words.yaml``."""
    return Words(**yaml.safe_load(_FILE.read_text("utf-8")))


def pick(pool: Sequence[str], drawn: np.random.Generator) -> str:
    """One of a pool, each as likely as any other."""
    return pool[int(drawn.integers(len(pool)))]


def ceases_when(item: Item) -> str:
    """The first clause of when an item does not apply, as the standard says it."""
    return item.not_applicable.when.split(". ")[0].split(",")[0].rstrip(".")


def promise(item: Item, choice: str, drawn: np.random.Generator) -> str:
    """What a trust at this answer will do: the standard's advice, or its first sentence."""
    advice = item.improve[choice]
    first, _, rest = advice.partition(". ")
    return advice if not rest or drawn.random() < 0.5 else f"{first}."
