"""What each of the three voices is asked, as frozen values: part of the shape of an edition."""

from collections.abc import Mapping

from pydantic import Field

from benchmarking.frozen import Frozen
from benchmarking.standard.terms import Closeness, CutStatus, Flag, Number


class NotApplicable(Frozen):
    """Whether an item may be answered "not applicable", and when that is right."""

    allowed: Flag
    when: str


class Item(Frozen):
    """Our question about one statement, with its described answers.

    ``descriptions`` and ``improve`` have one text for each valued choice of the scale:
    what that answer looks like here, and what would take a trust up from it.
    """

    id: str
    statement: str
    question: str
    guidance: str
    look_for: tuple[str, ...] = Field(min_length=1)
    metric: str | None = None
    descriptions: Mapping[str, str]
    improve: Mapping[str, str]
    not_applicable: NotApplicable


class SelfAssessment(Frozen):
    """The instrument a trust answers about itself."""

    scale: str
    items: tuple[Item, ...] = Field(min_length=1)


class CutPoints(Frozen):
    """Where a voice's shares pass from level 1 to 2, and from 2 to "3 or above": policy.

    Shares from 0 to 1, the lower first; ``why`` they lie there.
    """

    status: CutStatus
    second: Number = Field(gt=0, lt=1)
    third: Number = Field(gt=0, lt=1)
    why: str


class SurveyItem(Frozen):
    """What people who complained are asked to agree with, in our words.

    ``measures`` has the statements or headlines that it measures, and how closely.
    """

    id: str
    prompt: str
    measures: Mapping[str, Closeness] = Field(min_length=1)


class EqualityOption(Frozen):
    """One answer to a question about the person; all of them may be left out."""

    id: str
    label: str


class EqualityQuestion(Frozen):
    """A question about the person who answers: asked last, never needed, kept apart."""

    id: str
    prompt: str
    options: tuple[EqualityOption, ...] = Field(min_length=2)


class ComplainantSurvey(Frozen):
    """The instrument that people who complained answer.

    Answers from the choice ``agrees_from`` upwards agree; those without a value do not count.
    ``equality`` questions are asked only where a trust wants them.
    """

    scale: str
    agrees_from: str
    cuts: CutPoints
    items: tuple[SurveyItem, ...] = Field(min_length=1)
    equality: tuple[EqualityQuestion, ...] = ()


class ReviewItem(Frozen):
    """What a reader looks for in one complaint file, in our words.

    ``measures`` has the statements that it measures, and how closely; criteria of handling and
    of an apology measure none. ``title`` is short enough for a table.
    """

    id: str
    title: str
    prompt: str
    guidance: str
    measures: Mapping[str, Closeness] = {}


class AgreementBar(Frozen):
    """How often two readers must say the same for an item to be ranked: policy."""

    status: CutStatus
    share: Number = Field(gt=0, le=1)
    why: str


class FileReview(Frozen):
    """The instrument with which two readers read complaint files.

    Answers from the choice ``shown_from`` upwards count as shown. ``statements`` measure
    statements, ``criteria`` are of handling, ``apology`` are the parts of an apology.
    """

    scale: str
    shown_from: str
    cuts: CutPoints
    agreement: AgreementBar
    statements: tuple[ReviewItem, ...] = Field(min_length=1)
    criteria: tuple[ReviewItem, ...] = ()
    apology: tuple[ReviewItem, ...] = ()

    @property
    def items(self) -> tuple[ReviewItem, ...]:
        return (*self.statements, *self.criteria, *self.apology)
