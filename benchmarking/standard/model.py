"""What a standard says, as frozen values: the shape of the files in ``standards/``.

The loader builds these once from YAML; after that nothing is checked again.
Words shown to people come from here and never from Python.
"""

from collections.abc import Mapping
from functools import cached_property

from pydantic import Field

from benchmarking.frozen import Frozen
from benchmarking.standard.instruments import ComplainantSurvey, FileReview, Item, SelfAssessment
from benchmarking.standard.terms import (
    Closeness,
    Day,
    EvidenceDetail,
    Flag,
    Missing,
    Number,
    Voice,
    Whole,
    WordingStatus,
)


class Wording(Frozen):
    """Where a text comes from and whether somebody compared it with the publication."""

    status: WordingStatus
    source: str
    checked_on: Day | None = None


class Source(Frozen):
    """A document that words are quoted from or rest on."""

    document: str
    page: str | None = None
    url: str
    licence: str
    attribution: str | None = None


class Headline(Frozen):
    """The sentence that sums up a stage."""

    id: str
    text: str
    wording: Wording


class Statement(Frozen):
    """One expectation, in the publisher's words.

    ``source`` is given where the statement has one of its own (a regulation), else the
    standard's. ``voices`` says how closely each voice can measure it.
    """

    id: str
    number: str
    text: str
    wording: Wording
    source: Source | None = None
    voices: Mapping[Voice, Closeness]

    @property
    def measurable_from_files(self) -> bool:
        return self.voices[Voice.FILES] is not Closeness.NOT_MEASURABLE


class Stage(Frozen):
    """A part of the standard, in the publisher's order."""

    id: str
    number: str
    title: str
    wording: Wording
    headline: Headline | None = None
    statements: tuple[Statement, ...] = Field(min_length=1)

    @property
    def numbered(self) -> str:
        """Its number and title, as headings show it."""
        return f"{self.number} {self.title}"


class Choice(Frozen):
    """One option of an answer scale: a value from 0 to 1, or the reason why it has none.

    ``level`` is the number people know it by (1 to 4), where the scale has levels.
    """

    id: str
    label: str
    value: Number | None = Field(default=None, ge=0, le=1)
    level: Whole | None = None
    missing: Missing | None = None


class AnswerScale(Frozen):
    """An ordered, shared set of options."""

    id: str
    title: str
    choices: tuple[Choice, ...] = Field(min_length=2)

    @cached_property
    def by_id(self) -> Mapping[str, Choice]:
        return {choice.id: choice for choice in self.choices}

    @cached_property
    def valued(self) -> tuple[Choice, ...]:
        """The options that carry a value, lowest first."""
        return tuple(choice for choice in self.choices if choice.missing is None)


class EvidenceKind(Frozen):
    """A kind of evidence and the details that are asked about it."""

    id: str
    label: str
    hint: str
    asks: tuple[EvidenceDetail, ...] = ()


class Checker(Frozen):
    """Who checked the evidence; ``outside`` the complaints line or not."""

    id: str
    label: str
    outside: Flag


class CapRoute(Frozen):
    """One way to reach a cap. Every condition given must hold.

    ``minimum`` counts the records drawn or the replies.
    """

    kind: str
    at_random: Flag = False
    minimum: Whole | None = Field(default=None, ge=1)
    all_if_fewer: Flag = False
    within_months: Whole | None = Field(default=None, ge=1)
    outside: Flag = False
    complainants_involved: Flag = False
    only_if_files_cannot_say: Flag = False


class Cap(Frozen):
    """The highest choice that counts as shown once one of the routes is met.

    A cap without routes always holds.
    """

    choice: str
    says: str
    unlocks: str | None = None
    any_of: tuple[CapRoute, ...] = ()


class EvidencePolicy(Frozen):
    """Kinds of evidence, and how far each lets a claim count; caps go from low to high."""

    kinds: tuple[EvidenceKind, ...] = Field(min_length=1)
    checkers: tuple[Checker, ...] = Field(min_length=1)
    caps: tuple[Cap, ...] = ()


class Words(Frozen):
    """What this standard calls its parts, in the singular ("stage", "statement")."""

    stage: str
    statement: str


class Standard(Frozen):
    """One edition of one standard.

    ``rating_schemes`` names the schemes that may rate it, the default first; none at all
    means that answers are counted and not rated.
    """

    id: str
    edition: str
    title: str
    short_title: str
    about: str
    publisher: str
    published: str
    source: Source
    words: Words
    rating_schemes: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1)
    evidence: EvidencePolicy
    self_assessment: SelfAssessment
    complainant_survey: ComplainantSurvey | None = None
    file_review: FileReview | None = None

    @property
    def key(self) -> str:
        return f"{self.id}/{self.edition}"

    @property
    def in_time(self) -> tuple[tuple[int, str], ...]:
        """Sorts the editions of one standard, the oldest first: 2014.10 comes after 2014.9."""
        parts = self.edition.replace("-", ".").split(".")
        return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(s for stage in self.stages for s in stage.statements)

    @cached_property
    def statement_by_id(self) -> Mapping[str, Statement]:
        return {statement.id: statement for statement in self.statements}

    @cached_property
    def item_by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.self_assessment.items}

    @cached_property
    def item_for(self) -> Mapping[str, Item]:
        """The self-assessment item of each statement id."""
        return {item.statement: item for item in self.self_assessment.items}

    def items_of(self, stage: Stage) -> tuple[Item, ...]:
        return tuple(self.item_for[statement.id] for statement in stage.statements)

    @cached_property
    def unconfirmed(self) -> tuple[str, ...]:
        """Ids of the texts that nobody has compared with the publication yet."""
        texts = [(stage.id, stage.wording) for stage in self.stages]
        texts += [(h.id, h.wording) for s in self.stages if (h := s.headline)]
        texts += [(statement.id, statement.wording) for statement in self.statements]
        return tuple(i for i, wording in texts if wording.status is WordingStatus.UNCONFIRMED)


class Band(Frozen):
    """A word for a range of percentages that starts at ``from_percent``."""

    id: str
    word: str
    from_percent: Whole = Field(ge=0, le=100)


class Limiter(Frozen):
    """Within a band, one answer this low or lower limits the whole to another band."""

    within: str
    any_at_or_below: str
    limits_to: str


class RatingScheme(Frozen):
    """How levels become a word. ``rule`` names a pure function in ``scoring``."""

    id: str
    title: str
    rule: str
    scale: str
    label: str
    note: str
    source: Source
    effective_from: Day | None = None
    effective_to: Day | None = None
    minimum_answered: Number = Field(gt=0, le=1)
    bands: tuple[Band, ...] = ()
    limiters: tuple[Limiter, ...] = ()


class ScaleLibrary(Frozen):
    """The file of shared answer scales."""

    answer_scales: tuple[AnswerScale, ...] = Field(min_length=1)


class Library(Frozen):
    """Everything in ``standards/``, checked."""

    standards: tuple[Standard, ...]
    hashes: Mapping[str, str]
    scales: Mapping[str, AnswerScale]
    schemes: Mapping[str, RatingScheme]

    def standard(self, standard_id: str, edition: str) -> Standard:
        return self._by_key[f"{standard_id}/{edition}"]

    def newest(self, standard_id: str) -> Standard:
        """The newest edition of a standard that is here."""
        editions = (one for one in self.standards if one.id == standard_id)
        return max(editions, key=lambda one: one.in_time)

    @cached_property
    def _by_key(self) -> Mapping[str, Standard]:
        return {standard.key: standard for standard in self.standards}

    def scale_of(self, standard: Standard) -> AnswerScale:
        return self.scales[standard.self_assessment.scale]

    def scales_of(self, standard: Standard) -> tuple[AnswerScale, ...]:
        """The scales of all its instruments, each once."""
        instruments = (
            standard.self_assessment,
            standard.complainant_survey,
            standard.file_review,
        )
        names = dict.fromkeys(one.scale for one in instruments if one is not None)
        return tuple(self.scales[name] for name in names)

    def content_hash(self, standard: Standard) -> str:
        """SHA-256 of the edition's content; names the words an answer was given to."""
        return self.hashes[standard.key]
