"""Which columns of a table of replies hold what: our template, or a mapping that a trust saved."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from benchmarking.frozen import Frozen
from benchmarking.imports.refusal import Fault, ImportRefused, shown
from benchmarking.replies import SKIPPED, number_of
from benchmarking.standard import AnswerScale, ComplainantSurvey, Library, Standard, SurveyItem

RESPONSE_ID, TRUST = "response_id", "trust"
# A mapping is kept as one text; both bound what it can come to.
MOST_VALUES = 200
LONGEST_VALUE = 200

_WHOLE = re.compile(r"(\d+)\.0+")
_LIKE_THE_TEMPLATE = "Name the columns as in the template, or say on the page what they hold"


@dataclass(frozen=True)
class Instrument:
    """The survey of one edition, as files are read by it."""

    standard: Standard
    survey: ComplainantSurvey
    scale: AnswerScale

    @property
    def items(self) -> tuple[SurveyItem, ...]:
        return self.survey.items

    @cached_property
    def item_ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)

    @cached_property
    def values(self) -> Mapping[str, int]:
        """The number of each answer by what a template may say: its label, id or number."""
        numbered = [(choice, number_of(self.scale, choice.id)) for choice in self.scale.choices]
        return {
            said: number
            for choice, number in numbered
            for said in (normal(choice.label), normal(choice.id), str(number))
        }


class SurveyMapping(Frozen):
    """What a file of a trust's own survey holds.

    ``columns`` are all of its columns. ``id_column`` names the one with the id of each reply,
    and is empty where rows have none. ``items`` has the item of each column with answers,
    ``values`` the choice of each value as it stands there; an empty one for "not answered".
    """

    columns: tuple[str, ...]
    id_column: str
    items: Mapping[str, str]
    values: Mapping[str, str]

    @property
    def fits(self) -> frozenset[str]:
        """By what a file with the same columns is known, in whatever order they stand."""
        return column_set(self.columns)


@dataclass(frozen=True)
class Layout:
    """Where in a row of one file everything stands.

    ``item_at`` has the column of each item that is asked, by its place in the instrument.
    ``id_at`` is None where rows have no id, ``trust_at`` where all are of one trust.
    """

    header: tuple[str, ...]
    id_at: int | None
    trust_at: int | None
    item_at: Mapping[int, int]
    values: Mapping[str, int]
    offered: tuple[str, ...]
    set_aside: tuple[str, ...]


def instrument_of(library: Library, standards: Iterable[Standard]) -> Instrument | None:
    """The survey of the first of these editions that has one."""
    for standard in standards:
        survey = standard.complainant_survey
        if survey is not None:
            return Instrument(standard, survey, library.scales[survey.scale])
    return None


def normal(said: str) -> str:
    """A name or a value without what varies: capitals, spaces, bent apostrophes, "4.0" for "4"."""
    text = " ".join(said.replace("’", "'").split()).casefold()
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def column_set(columns: Iterable[str]) -> frozenset[str]:
    """The names of columns as two files are compared by them; nameless ones do not count."""
    return frozenset(normal(column) for column in columns if column.strip())


def as_template(header: Sequence[str], instrument: Instrument, name: str) -> Layout:
    """The layout of a file in our template.

    Raises:
        ImportRefused: no id of the replies, no item, or a column twice.
    """
    names = [normal(column) for column in header]
    items = {normal(item_id): place for place, item_id in enumerate(instrument.item_ids)}
    faults = _missing(names, items, name)
    known = {RESPONSE_ID, TRUST, *items}
    faults += _twice([column for column in names if column in known], name)
    if faults:
        raise ImportRefused(faults)
    return Layout(
        header=tuple(header),
        id_at=names.index(RESPONSE_ID),
        trust_at=names.index(TRUST) if TRUST in names else None,
        item_at={items[said]: at for at, said in enumerate(names) if said in items},
        values=instrument.values,
        offered=tuple(choice.label for choice in instrument.scale.choices),
        set_aside=tuple(c for c in header if c.strip() and normal(c) not in known),
    )


def is_template(header: Sequence[str], instrument: Instrument) -> bool:
    """Whether a file is meant to be in our template: it names replies and an item as we do."""
    names = {normal(column) for column in header}
    return RESPONSE_ID in names and bool(names & {normal(one) for one in instrument.item_ids})


def as_mapped(
    header: Sequence[str], mapping: SurveyMapping, instrument: Instrument, name: str
) -> Layout:
    """The layout of a file that a mapping describes.

    Raises:
        ImportRefused: the mapping cannot be used, or the file has other columns.
    """
    faults = [Fault(name, problem, "Correct the mapping") for problem in faults_in(mapping)]
    faults += [
        Fault(name, f"the mapping speaks of {shown(one)}, which the survey does not have", "Map it")
        for one in _strangers(mapping, instrument)
    ]
    names = [normal(column) for column in header]
    mapped = [column for column in (mapping.id_column, *mapping.items) if column]
    faults += [
        Fault(name, f"the column {shown(column)} of the mapping is missing", "Make a new mapping")
        for column in mapped
        if normal(column) not in names
    ]
    wanted = [normal(column) for column in mapped]
    faults += _twice([column for column in names if column in wanted], name)
    if faults:
        raise ImportRefused(faults)
    places = {item_id: place for place, item_id in enumerate(instrument.item_ids)}
    return Layout(
        header=tuple(header),
        id_at=names.index(normal(mapping.id_column)) if mapping.id_column else None,
        trust_at=None,
        item_at={places[item]: names.index(normal(c)) for c, item in mapping.items.items()},
        values={
            normal(said): number_of(instrument.scale, choice) if choice else SKIPPED
            for said, choice in mapping.values.items()
        },
        offered=tuple(mapping.values),
        set_aside=tuple(c for c in header if c.strip() and normal(c) not in wanted),
    )


def faults_in(mapping: SurveyMapping) -> tuple[str, ...]:
    """What is wrong with a mapping in itself, a sentence without its full stop each."""
    faults = []
    if not mapping.items:
        faults.append("no column is mapped to an item of the survey")
    if not mapping.values:
        faults.append("no value is mapped to an answer")
    if mapping.id_column and mapping.id_column in mapping.items:
        faults.append(f"{shown(mapping.id_column)} is both the id of the reply and an answer")
    for item, times in Counter(mapping.items.values()).items():
        if times > 1:
            faults.append(f"{shown(item)} is mapped to {times} columns, and has one")
    for said, times in Counter(normal(said) for said in mapping.values).items():
        if times > 1:
            faults.append(f"the value {shown(said)} is mapped {times} times")
    if len(mapping.values) > MOST_VALUES or any(len(v) > LONGEST_VALUE for v in mapping.values):
        faults.append(f"at most {MOST_VALUES} values of {LONGEST_VALUE} letters can be mapped")
    return tuple(faults)


def _strangers(mapping: SurveyMapping, instrument: Instrument) -> list[str]:
    """Items and choices of a mapping that this survey does not have."""
    items = set(mapping.items.values()) - set(instrument.item_ids)
    choices = set(mapping.values.values()) - {"", *instrument.scale.by_id}
    return sorted(items | choices)


def _missing(names: Sequence[str], items: Mapping[str, int], name: str) -> list[Fault]:
    faults = []
    if RESPONSE_ID not in names:
        problem = f"it has no column {RESPONSE_ID}, by which a reply is known again"
        faults.append(Fault(name, problem, _LIKE_THE_TEMPLATE))
    if not set(names) & set(items):
        example = next(iter(items), "")
        problem = f"none of its columns is an item of the survey, such as {example}"
        faults.append(Fault(name, problem, _LIKE_THE_TEMPLATE))
    return faults


def _twice(names: Sequence[str], name: str) -> list[Fault]:
    return [
        Fault(name, f"the column {shown(column)} stands there twice", "Keep one of them")
        for column, times in Counter(names).items()
        if times > 1
    ]
