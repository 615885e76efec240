"""What the survey and the file review of My expectations must be, beyond being free of faults."""

import re

import pytest

from benchmarking.settings import ROOT
from benchmarking.standard import (
    CutStatus,
    Missing,
    ReviewItem,
    SurveyItem,
    Voice,
    load_library,
)

LIBRARY = load_library(ROOT / "standards")
ME = LIBRARY.standard("my-expectations", "2014.2")
assert ME.complainant_survey is not None and ME.file_review is not None
SURVEY, REVIEW = ME.complainant_survey, ME.file_review


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words that stand together in a text."""
    words = words_of(text)
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_the_edition_with_instruments_repeats_everything_else_word_for_word() -> None:
    new = {"edition", "complainant_survey", "file_review"}
    before = LIBRARY.standard("my-expectations", "2014.1")
    assert ME.model_dump(exclude=new) == before.model_dump(exclude=new)


def test_every_statement_and_headline_is_asked_of_people_who_complained_once() -> None:
    measured = [(list(item.measures), item.id) for item in SURVEY.items]
    assert measured == [
        ([asked.id], asked.id.replace("me-", "cs-"))
        for stage in ME.stages
        for asked in (*stage.statements, stage.headline)
        if asked is not None
    ]
    assert len(measured) == 21 + 5


@pytest.mark.parametrize("item", SURVEY.items, ids=lambda item: item.id)
def test_a_survey_item_is_short_plain_and_in_the_first_person(item: SurveyItem) -> None:
    words = words_of(item.prompt)
    assert 5 <= len(words) <= 15
    assert max(len(word) for word in words) <= len("information")
    assert {"i", "me", "my", "mine"} & set(words)
    assert item.prompt.endswith(".") and item.prompt.count(".") == 1
    # One idea each: what is joined by "and" cannot be answered by one choice.
    assert not {"and", "not"} & set(words)


@pytest.mark.parametrize("item", SURVEY.items, ids=lambda item: item.id)
def test_a_survey_item_is_not_taken_from_the_statement(item: SurveyItem) -> None:
    texts = {headline.id: headline.text for stage in ME.stages if (headline := stage.headline)}
    texts |= {statement.id: statement.text for statement in ME.statements}
    for measured in item.measures:
        assert not runs(item.prompt, 4) & runs(texts[measured], 4)


def test_people_agree_from_agree_on_and_files_show_a_thing_only_with_yes() -> None:
    assert (SURVEY.scale, SURVEY.agrees_from) == ("agreement", "agree")
    assert (REVIEW.scale, REVIEW.shown_from) == ("found-in-file", "yes")


def test_the_policies_are_proposals_of_ours() -> None:
    assert (SURVEY.cuts.second, SURVEY.cuts.third) == (0.4, 0.7)
    assert (REVIEW.cuts.second, REVIEW.cuts.third) == (0.6, 0.9)
    assert REVIEW.agreement.share == 0.75
    policies = (SURVEY.cuts, REVIEW.cuts, REVIEW.agreement)
    assert {policy.status for policy in policies} == {CutStatus.PROPOSED}


def test_equality_questions_leave_not_saying_to_the_page() -> None:
    assert [len(question.options) for question in SURVEY.equality] == [2, 6, 3, 5, 2]
    for question in SURVEY.equality:
        assert question.prompt.endswith("?")
        assert not [o for o in question.options if "prefer" in o.label.lower()]


def test_every_statement_that_files_can_show_is_looked_for_in_files_once() -> None:
    assert [dict(item.measures) for item in REVIEW.statements] == [
        {statement.id: statement.voices[Voice.FILES]}
        for statement in ME.statements
        if statement.measurable_from_files
    ]
    assert [s.number for s in ME.statements if not s.measurable_from_files] == [
        *("1.1", "2.1", "5.1", "5.3")
    ]


def test_twelve_criteria_of_handling_and_the_four_rs_measure_no_statement() -> None:
    assert [item.id for item in REVIEW.criteria] == [f"fc-{n}" for n in range(1, 13)]
    assert [item.title for item in REVIEW.apology] == [
        *("Regret", "Responsibility", "Reason", "Remedy")
    ]
    assert not [item.id for item in (*REVIEW.criteria, *REVIEW.apology) if item.measures]


@pytest.mark.parametrize("item", REVIEW.items, ids=lambda item: item.id)
def test_a_reader_is_told_what_counts_as_each_answer(item: ReviewItem) -> None:
    assert len(item.title) <= 30
    assert item.prompt.endswith("?") and item.prompt.count("?") == 1
    answers = ("Yes: ", "Partly: ", "No: ", "Not applicable: ")
    places = [item.guidance.find(answer) for answer in answers]
    assert -1 not in places and places == sorted(places)
    assert item.guidance.endswith(".")


def test_no_two_titles_or_prompts_of_the_file_review_are_the_same() -> None:
    for texts in ([i.title for i in REVIEW.items], [i.prompt for i in REVIEW.items]):
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("scale", ["agreement", "found-in-file"])
def test_who_cannot_say_and_what_does_not_apply_have_no_value(scale: str) -> None:
    rest = [choice.missing for choice in LIBRARY.scales[scale].choices if choice.value is None]
    assert rest[0] is Missing.NOT_APPLICABLE
    assert Missing.DONT_KNOW not in rest
