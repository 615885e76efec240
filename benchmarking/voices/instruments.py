"""Which survey a cycle asks of people who complained."""

from benchmarking.answers import Cycle
from benchmarking.assessing.sheets import standards_of
from benchmarking.standard import ComplainantSurvey, Library, Stage, Standard, SurveyItem


def surveyed(library: Library, cycle: Cycle) -> Standard | None:
    """The edition in a cycle that has a survey, None where none has."""
    return next((s for s in standards_of(library, cycle) if s.complainant_survey), None)


def survey_of(standard: Standard) -> ComplainantSurvey:
    """The survey of an edition that has one.

    Raises:
        ValueError: it has none.
    """
    if standard.complainant_survey is None:
        raise ValueError(f"{standard.key} has no survey. Ask a standard that has one.")
    return standard.complainant_survey


def stage_of(standard: Standard, item: SurveyItem) -> Stage | None:
    """The stage that a question is about: that of the first statement or headline it measures."""
    for stage in standard.stages:
        named = {statement.id for statement in stage.statements}
        if stage.headline is not None:
            named.add(stage.headline.id)
        if named & set(item.measures):
            return stage
    return None
