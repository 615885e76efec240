"""The questions that a self-assessment raises about itself: each bar from both sides."""

from dataclasses import replace
from datetime import date

import pytest

from benchmarking.replies import Asked
from benchmarking.results.positions import StatementResult
from benchmarking.series import MonthlyFigure, shipped
from benchmarking.standard import Closeness, Library, Voice
from benchmarking.statistics.disclosure import Counts
from benchmarking.voices import self_checks
from benchmarking.voices.heard import Told, cuts_of, heard
from benchmarking.voices.self_checks import InTime, in_time
from benchmarking.voices.side_by_side import AllVoices, StageVoices, Voices
from tests.results.drawing import stage_of
from tests.results.scene import EDITION, ME

SINCE = "2025/26"
ANSWERED = next(series for series in shipped() if series.id == "answered-in-time")


def statements(
    library: Library, shown: str, claimed: str = "", last: str = ""
) -> list[StatementResult]:
    """All 21, drawn as levels in the standard's order; of ``last`` only as many as are drawn."""
    sizes = [len(stage.statements) for stage in library.standard(ME, EDITION).stages]
    found: list[StatementResult] = []
    for number, size in enumerate(sizes, start=1):
        at = len(found)
        cut = slice(at, at + size)
        stage = stage_of(library, shown[cut], claimed[cut], last[cut], None, number)
        found += stage.statements
    return found


def asked(found: list[StatementResult], **more: object) -> list[str]:
    given = {"voices": None, "since": SINCE, **more}
    return [question.text for question in self_checks.questions(found, **given)]  # type: ignore[arg-type]


def test_a_varied_assessment_that_its_evidence_carries_raises_nothing(library: Library):
    assert asked(statements(library, "321" * 7)) == []


@pytest.mark.parametrize(
    "levels, told",
    [
        ("3" * 21, "21 of 21 answers are “Good”."),
        ("3" * 19 + "21", "19 of 21 answers are “Good”."),
        ("3" * 18 + "211", None),
        ("3" * 12 + "." * 9, "12 of 12 answers are “Good”."),
        ("3" * 11 + "." * 10, None),
    ],
)
def test_answers_that_are_nearly_all_one_level_are_asked_about(
    library: Library, levels: str, told: str | None
):
    found = [text for text in asked(statements(library, levels)) if "answers are" in text]
    assert [text.startswith(told or "?") for text in found] == ([True] if told else [])
    assert all(text.endswith("?") for text in found)


def test_a_high_claim_without_evidence_is_asked_what_would_show_it(library: Library):
    found = statements(library, "22" + "12" * 9 + "1", "34" + "12" * 9 + "1")
    assert asked(found) == [
        "2 statements are rated “Good” or better without evidence that carries it: 1.1 and 1.2. "
        "What would you show somebody who asks?"
    ]


def test_a_claim_of_2_needs_no_evidence_to_be_left_alone(library: Library):
    assert asked(statements(library, "1" + "12" * 10, "2" + "12" * 10)) == []


def people(library: Library, found: list[StatementResult], part: int, out_of: int) -> Voices:
    """Voices in which so many of so many agree, with the first statement alone."""
    standard = library.standard(ME, EDITION)
    survey, review = standard.complainant_survey, standard.file_review
    assert survey is not None
    assert review is not None
    said = []
    for place, result in enumerate(found):
        counts = Counts(part, out_of) if place == 0 else None
        claim = [result.claimed.level if result.claimed else None]
        told = [Told(Closeness.DIRECT, counts)]
        nothing = [Told(Closeness.DIRECT, None)]
        said.append(
            AllVoices(
                result.statement.id,
                claim[0],
                claim[0],
                heard(Voice.COMPLAINANTS, told, claim, cuts_of(survey.cuts))[0],
                heard(Voice.FILES, nothing, claim, cuts_of(review.cuts))[0],
                None,
            )
        )
    return Voices(
        Asked(), "60 replies", None, (StageVoices(standard.stages[0], None, tuple(said)),)
    )


@pytest.mark.parametrize(
    "part, out_of, is_asked", [(10, 60, True), (50, 60, False), (3, 20, False)]
)
def test_a_claim_far_above_what_complainants_say_is_asked_about(
    library: Library, part: int, out_of: int, is_asked: bool
):
    found = statements(library, "3" + "12" * 10)
    told = asked(found, voices=people(library, found, part, out_of))
    assert [text.startswith("Fewer complainants agree") for text in told] == [True] * is_asked


def test_a_claim_far_below_what_complainants_say_is_no_such_question(library: Library):
    found = statements(library, "1" + "12" * 10)
    assert asked(found, voices=people(library, found, 60, 60)) == []


def late(share: int) -> InTime:
    return InTime(ANSWERED, share, 100, 12)


@pytest.mark.parametrize(
    "level, share, is_asked", [("3", 74, True), ("3", 75, False), ("2", 10, False)]
)
def test_late_responses_beside_a_high_claim_about_time_are_asked_about(
    library: Library, level: str, share: int, is_asked: bool
):
    """Statement 4.1 is the fourteenth."""
    found = statements(library, "12" * 6 + "1" + level + "12" * 3 + "1")
    told = asked(found, recorded=[late(share)])
    assert len(told) == is_asked
    if told:
        assert told[0] == (
            "Answered in time: 74 of 100 in the 12 months last recorded, while 4.1 is rated "
            "“Good”. How do the two go together?"
        )


def test_only_the_last_year_of_months_counts_and_months_with_nothing_due_are_no_share():
    months = [date(2025, n, 1) for n in range(1, 13)] + [date(2026, 1, 1)]
    figures = [MonthlyFigure("answered-in-time", month, 1, 10) for month in months]
    figures[0] = replace(figures[0], in_time=10)
    assert in_time(ANSWERED, figures) == InTime(ANSWERED, 12, 120, 12)
    assert in_time(ANSWERED, [MonthlyFigure("answered-in-time", months[0], 0, 0)]) is None


@pytest.mark.parametrize(
    "now, last, is_asked", [("3", "1", True), ("3", "2", False), ("1", "3", False)]
)
def test_a_jump_of_two_levels_in_one_cycle_is_asked_about(
    library: Library, now: str, last: str, is_asked: bool
):
    found = statements(library, now + "12" * 10, last=last + "12" * 10)
    told = asked(found)
    assert [text.startswith("1.1: two levels or more above 2025/26.") for text in told] == [
        True
    ] * is_asked


def test_more_statements_than_one_reads_are_counted(library: Library):
    found = statements(library, "2" * 10 + "1" * 11, "3" * 10 + "1" * 11)
    assert "1.1, 1.2, 1.3, 1.4, 2.1, 2.2 and 4 more" in asked(found)[0]
