"""What is known about published figures, as frozen values: the shape of the files in ``data/``.

A *dataset* is one file of one period. A *collection* is a form or source whose *measures*
(columns with a label in plain words) stay the same from period to period. An *indicator* is
made of measures: a rate, a share, or a mix whose parts are always shown together.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from benchmarking.frozen import Frozen
from benchmarking.polarity import Polarity

FigureRow = tuple[str, str, float]


class Kind(StrEnum):
    """How an indicator is made from its measures."""

    RATE = "rate"
    SHARE = "share"
    MIX = "mix"


class Part(StrEnum):
    """What a measure is within its section."""

    COUNT = "count"
    PART = "part"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    DENOMINATOR = "denominator"
    COVERAGE = "coverage"


class Speaker(StrEnum):
    """Who says a caution: the publisher (in our words), or this project."""

    PUBLISHER = "publisher"
    PROJECT = "project"


class Licence(Frozen):
    """Terms under which figures may be used and shown."""

    id: str
    name: str
    url: str
    asks: str
    checked: str


class Copy(Frozen):
    """Where the copy held here was taken from, where that is not the publisher's own site."""

    repository: str
    commit: str
    path: str | None = None


class Source(Frozen):
    """A publication that figures come from, with the line that credits it.

    ``measures`` names what a dataset takes from it; left empty, everything in the dataset.
    """

    document: str
    publisher: str
    url: str
    licence: str
    attribution: str
    published: str | None = None
    measures: tuple[str, ...] = ()
    copied_from: Copy | None = None


class Reference(Frozen):
    """A page or file that a statement rests on."""

    document: str
    url: str


class Caution(Frozen):
    """A warning that stands beside a figure, so that nobody reads more into it than it says."""

    id: str
    says: str
    by: Speaker
    source: Reference


class ControlTotal(Frozen):
    """What a measure adds up to over the NHS trusts of the file."""

    measure: str
    value: int = Field(ge=0)
    source: str


class Measure(Frozen):
    """One column: the publisher's exact name for it, and a label in plain words."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    column: str
    label: str
    part: Part = Part.PART


class Section(Frozen):
    """Measures that belong together on the publisher's form."""

    id: str
    title: str
    about: str
    measures: tuple[Measure, ...] = Field(min_length=1)


class Collection(Frozen):
    """A form or source: its measures, and the cautions that hold for all of them."""

    id: str
    title: str
    sections: tuple[Section, ...] = Field(min_length=1)
    cautions: tuple[Caution, ...] = ()

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for section in self.sections for measure in section.measures)

    def section(self, section_id: str) -> Section:
        return next(section for section in self.sections if section.id == section_id)


class Dataset(Frozen):
    """One file of one period, with everything a reader must be told about it.

    ``columns`` gives the file's column for each measure taken from it; left empty, every
    measure of the collection stands under the publisher's own column name.
    """

    id: str
    period: str
    title: str
    rows: str
    unit: str
    file: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    sources: tuple[Source, ...] = Field(min_length=1)
    columns_used: tuple[str, ...] = Field(min_length=1)
    collection: str | None = None
    code_column: str | None = None
    columns: Mapping[str, str] = {}
    made_by: str | None = None
    known_defects: tuple[str, ...] = ()
    control_totals: tuple[ControlTotal, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.id}/{self.period}"


class Coverage(Frozen):
    """The measure that says how much of the period a trust's denominator covers."""

    measure: str
    full: int = Field(gt=0)
    of: str


class Indicator(Frozen):
    """A figure worth comparing, and the conditions under which it may be compared.

    A rate is ``per`` x numerator / denominator, a share the same with 100. Measures named
    together are added up first. A mix shows each of ``parts`` as a share of the denominator.
    ``applies_to`` lists ERIC trust types; empty means every trust.
    """

    id: str
    title: str
    short_title: str
    about: str
    kind: Kind
    unit: str
    per: int = Field(gt=0)
    polarity: Polarity
    numerator: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    denominator: tuple[str, ...] = Field(min_length=1)
    counts_once: bool = True
    applies_to: tuple[str, ...] = ()
    coverage: Coverage | None = None
    datasets: tuple[str, ...] = Field(min_length=1)
    cautions: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        if self.kind is Kind.MIX and (self.numerator or len(self.parts) < 2):
            raise ValueError("a mix has two or more parts and no numerator")
        if self.kind is not Kind.MIX and (self.parts or not self.numerator):
            raise ValueError(f"a {self.kind} has a numerator and no parts")
        if self.kind is not Kind.RATE and self.per != 100:
            raise ValueError(f"a {self.kind} is per 100")
        return self

    @property
    def measures(self) -> tuple[str, ...]:
        """Ids of all measures it needs, without repeats."""
        coverage = (self.coverage.measure,) if self.coverage else ()
        return tuple(dict.fromkeys((*self.numerator, *self.parts, *self.denominator, *coverage)))

    def holds_for(self, eric_type: str | None) -> bool:
        """Whether the figure means something for a trust of this ERIC type."""
        return not self.applies_to or eric_type in self.applies_to


class Catalogue(Frozen):
    """Everything in ``data/`` that describes published figures, checked against each other.

    ``national_totals`` gives the published number of new KO41a complaints of a period.
    """

    licences: tuple[Licence, ...]
    datasets: tuple[Dataset, ...]
    collections: tuple[Collection, ...]
    indicators: tuple[Indicator, ...]
    national_totals: Mapping[str, int] = {}

    def indicator(self, indicator_id: str) -> Indicator:
        return next(i for i in self.indicators if i.id == indicator_id)

    def collection(self, collection_id: str) -> Collection:
        return next(c for c in self.collections if c.id == collection_id)

    def dataset(self, dataset_id: str, period: str) -> Dataset | None:
        """The description of a dataset's file of a period, or None where none is held."""
        return next((d for d in self.datasets if (d.id, d.period) == (dataset_id, period)), None)

    def licence(self, licence_id: str) -> Licence:
        return next(licence for licence in self.licences if licence.id == licence_id)

    @cached_property
    def measure_by_id(self) -> Mapping[str, Measure]:
        return {m.id: m for collection in self.collections for m in collection.measures}

    @cached_property
    def caution_by_id(self) -> Mapping[str, Caution]:
        return {c.id: c for collection in self.collections for c in collection.cautions}

    def cautions_of(self, indicator: Indicator) -> tuple[Caution, ...]:
        return tuple(self.caution_by_id[caution_id] for caution_id in indicator.cautions)

    def sources_of(self, indicator: Indicator, period: str) -> tuple[Source, ...]:
        """The publications behind an indicator's figures of a period, without repeats."""
        found = (self.dataset(dataset_id, period) for dataset_id in indicator.datasets)
        sources = (source for dataset in found if dataset for source in dataset.sources)
        needed = set(indicator.measures)
        used = (s for s in sources if not s.measures or needed.intersection(s.measures))
        return tuple(dict.fromkeys(used))

    def columns_of(self, dataset: Dataset) -> Mapping[str, str]:
        """The file's column for each measure id that is taken from a dataset."""
        if dataset.collection is None or dataset.columns:
            return dataset.columns
        return {m.id: m.column for m in self.collection(dataset.collection).measures}
