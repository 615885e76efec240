"""What the standards in this repository must be, beyond being free of faults."""

import re
from datetime import date
from fractions import Fraction

import pytest

from benchmarking.settings import ROOT
from benchmarking.standard import (
    Closeness,
    Item,
    Library,
    Missing,
    RatingScheme,
    Standard,
    Statement,
    Voice,
    WordingStatus,
    load_library,
)
from benchmarking.standard.published import faults_of_published, published_editions, scale_hash

FOLDER = ROOT / "standards"
LIBRARY = load_library(FOLDER)
LAW = LIBRARY.standard("complaints-law-england", "2026.1")
ITEMS = [
    pytest.param(standard, item, id=f"{standard.id} {item.id}")
    for standard in LIBRARY.standards
    for item in standard.self_assessment.items
]
EVIDENCE_KINDS = ["policy", "records", "survey", "independent-check", "other"]
CHECKERS = {
    "complaints-team": False,
    "clinical-or-service-team": False,
    "another-team": True,
    "internal-audit": True,
    "non-executive": True,
    "patient-group": True,
    "peer-trust": True,
    "external-auditor": True,
}


def test_the_four_levels_stand_equally_far_apart() -> None:
    scale = LIBRARY.scales["four-levels"]
    assert [(choice.id, choice.level, choice.label) for choice in scale.valued] == [
        ("significant-shortfalls", 1, "Significant shortfalls"),
        ("some-shortfalls", 2, "Some shortfalls"),
        ("good", 3, "Good"),
        ("exceptional", 4, "Exceptional"),
    ]
    assert [choice.value for choice in scale.valued] == [
        pytest.approx(float(Fraction(third, 3)), abs=1e-6) for third in range(4)
    ]


def test_duties_are_met_partly_met_or_not() -> None:
    scale = LIBRARY.scales["compliance"]
    assert [(choice.label, choice.value) for choice in scale.valued] == [
        ("No", 0.0),
        ("Partly", 0.5),
        ("Yes", 1.0),
    ]


@pytest.mark.parametrize("scale", ["four-levels", "compliance"])
def test_dont_know_and_not_applicable_have_no_value(scale: str) -> None:
    rest = [choice for choice in LIBRARY.scales[scale].choices if choice.value is None]
    assert [(choice.id, choice.label, choice.missing) for choice in rest] == [
        ("dont-know", "Don't know", Missing.DONT_KNOW),
        ("not-applicable", "Not applicable", Missing.NOT_APPLICABLE),
    ]


def test_the_default_scheme_needs_three_of_four_or_four_of_five_answered() -> None:
    levels = LIBRARY.schemes["levels"]
    assert levels.rule == "lower-median@1"
    assert levels.label == "Self-assessed; not a CQC rating"
    assert 3 / 5 < levels.minimum_answered <= 3 / 4


def test_the_2024_scheme_has_its_bands_its_limiters_and_its_last_day() -> None:
    scheme = LIBRARY.schemes["saf-2024"]
    assert scheme.rule == "percentage-with-limiters@1"
    assert [(band.from_percent, band.word) for band in scheme.bands] == [
        (25, "Inadequate"),
        (39, "Requires improvement"),
        (63, "Good"),
        (88, "Outstanding"),
    ]
    assert [(one.within, one.any_at_or_below, one.limits_to) for one in scheme.limiters] == [
        ("outstanding", "some-shortfalls", "good"),
        ("good", "significant-shortfalls", "requires-improvement"),
    ]
    assert scheme.effective_to == date(2026, 12, 31)
    assert "recalled" in scheme.note


@pytest.mark.parametrize("scheme", list(LIBRARY.schemes.values()), ids=lambda one: one.id)
def test_no_scheme_passes_for_a_cqc_rating(scheme: RatingScheme) -> None:
    assert "Self-assessed; not a CQC rating" in scheme.label


def test_the_2024_scheme_says_that_cqc_is_replacing_it() -> None:
    label = LIBRARY.schemes["saf-2024"].label
    assert "CQC is replacing this scheme at the end of 2026" in label


def test_the_law_block_has_its_twenty_two_duties_once_each() -> None:
    assert sorted(int(duty.number.removeprefix("L")) for duty in LAW.statements) == [*range(1, 23)]
    assert all(duty.id == f"law-{duty.number[1:]}" for duty in LAW.statements)
    assert (LAW.words.stage, LAW.words.statement) == ("part", "duty")


def test_the_law_block_is_neither_rated_nor_capped() -> None:
    assert LAW.rating_schemes == ()
    assert LAW.evidence.caps == ()
    assert LIBRARY.scale_of(LAW).id == "compliance"


@pytest.mark.parametrize(
    "number, document, place",
    [
        ("L1", "SI 2009/309", "regulation 4(1)(a)"),
        ("L6", "SI 2009/309", "regulation 14(2)"),
        ("L11", "SCCI2125", None),
        ("L12", "SI 2014/2936", "regulation 16(3)"),
        ("L13", "SI 2014/2936", "regulation 20"),
        ("L14", "Accessible Information Standard", "the six steps"),
        ("L15", "SI 2009/309", "regulation 3(2)(d)"),
        ("L16", "SI 2009/309", "regulation 5"),
        ("L22", "Equality Act 2010", "sections 20 and 29"),
    ],
)
def test_each_duty_names_its_own_law(number: str, document: str, place: str | None) -> None:
    source = next(duty.source for duty in LAW.statements if duty.number == number)
    assert source is not None
    assert source.document.startswith(document)
    assert source.page == place


@pytest.mark.parametrize("duty", LAW.statements, ids=lambda duty: duty.number)
def test_a_duty_in_our_words_does_not_pass_for_checked(duty: Statement) -> None:
    assert duty.source is not None
    assert duty.source.licence.startswith("Open Government Licence v3.0")
    assert duty.wording.status is WordingStatus.OWN
    assert "ot yet checked against" in duty.wording.source
    assert duty.wording.checked_on is None
    assert duty.voices[Voice.TRUST] is Closeness.DIRECT


@pytest.mark.parametrize("standard", LIBRARY.standards, ids=lambda standard: standard.key)
def test_every_standard_knows_the_same_kinds_of_evidence_and_checkers(standard: Standard) -> None:
    assert [kind.id for kind in standard.evidence.kinds] == EVIDENCE_KINDS
    assert {one.id: one.outside for one in standard.evidence.checkers} == CHECKERS


@pytest.mark.parametrize("standard, item", ITEMS)
def test_a_question_is_a_question_with_something_to_look_for(
    standard: Standard, item: Item
) -> None:
    assert item.question.endswith("?")
    assert 2 <= len(item.look_for) <= 5
    assert item.guidance != item.question


@pytest.mark.parametrize("standard", LIBRARY.standards, ids=lambda standard: standard.key)
def test_every_answer_is_described_for_its_own_statement(standard: Standard) -> None:
    items = standard.self_assessment.items
    for texts in ([item.descriptions for item in items], [item.improve for item in items]):
        said = [text for by_choice in texts for text in by_choice.values()]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("standard, item", ITEMS)
def test_our_words_end_like_sentences(standard: Standard, item: Item) -> None:
    for text in (item.guidance, *item.descriptions.values(), *item.improve.values()):
        assert text[0].isupper() or text[0] == '"'
        assert text.endswith((".", "?")), text
        assert not re.search(r"\s{2,}", text)


def test_every_shipped_edition_is_recorded_as_published() -> None:
    record = published_editions(FOLDER)
    for standard in LIBRARY.standards:
        assert standard.key in record.editions, (
            f"{standard.key} is not recorded as published. "
            f"Run: python -m benchmarking standards record {standard.key}"
        )
        used = {scale.id for scale in LIBRARY.scales_of(standard)}
        assert used <= set(record.answer_scales)


def test_no_published_edition_or_scale_was_edited() -> None:
    assert [str(fault) for fault in faults_of_published(FOLDER, LIBRARY)] == []


def test_the_hash_of_a_scale_changes_with_what_it_says() -> None:
    scale = LIBRARY.scales["compliance"]
    edited = scale.model_copy(update={"title": f"{scale.title}."})
    assert scale_hash(edited) != scale_hash(scale)


@pytest.mark.parametrize(
    "editions, newest",
    [
        (["2014.1", "2014.2"], "2014.2"),
        (["2014.10", "2014.9", "2014.2"], "2014.10"),
        (["2014.2", "2014"], "2014.2"),
        (["2014.2-draft", "2014.2"], "2014.2-draft"),
        (["draft", "1"], "1"),
    ],
)
def test_the_newest_edition_has_the_highest_number(editions: list[str], newest: str) -> None:
    standards = tuple(LAW.model_copy(update={"edition": edition}) for edition in editions)
    other = LIBRARY.standard("my-expectations", "2014.1")
    library = LIBRARY.model_copy(update={"standards": (other, *standards)})
    assert library.newest(LAW.id).edition == newest


def test_a_library_finds_scales_and_hashes_by_standard() -> None:
    assert isinstance(LIBRARY, Library)
    assert re.fullmatch("[0-9a-f]{64}", LIBRARY.content_hash(LAW))
    assert set(LIBRARY.hashes) == {standard.key for standard in LIBRARY.standards}
