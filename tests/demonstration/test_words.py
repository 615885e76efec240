"""The words of fictional trusts: short, about nobody, and never at a loss."""

import re

import pytest

from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.cycles import asked
from benchmarking.demonstration.words import promise, read_words
from benchmarking.standard import EvidenceKind

WORDS = read_words()


def every_text():
    yield from (title for pool in WORDS.titles.values() for title in pool)
    yield from WORDS.notes
    yield from (comment for pool in WORDS.comments.values() for comment in pool)
    yield from (o for stages in WORDS.owners.values() for pool in stages.values() for o in pool)
    yield from WORDS.other_owners
    yield from (*WORDS.reasons, *WORDS.bodies, *WORDS.responses)


def test_no_text_is_long_or_holds_a_title_of_address_or_a_figure_about_a_person():
    for text in every_text():
        assert 3 < len(text) < 90, text
        assert not re.search(r"\b(Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Prof)\b|@|\d", text), text


def test_every_kind_of_evidence_of_both_standards_has_titles(library):
    kinds = {kind.id for standard in asked(library) for kind in standard.evidence.kinds}
    assert kinds <= set(WORDS.titles)


def test_a_kind_of_evidence_nobody_thought_of_is_called_by_its_label():
    kind = EvidenceKind(id="film", label="Film of a visit", hint="")
    assert WORDS.title(kind, chance("test")) == "Film of a visit"


def test_every_stage_has_somebody_who_keeps_its_promises(library):
    for standard in asked(library):
        assert set(WORDS.owners[standard.id]) == {stage.number for stage in standard.stages}


def test_a_stage_nobody_thought_of_falls_to_somebody_all_the_same(library):
    standard = asked(library)[0].model_copy(update={"id": "another-standard"})
    owner = WORDS.owner(standard, standard.self_assessment.items[0], chance("test"))
    assert owner in WORDS.other_owners


@pytest.mark.parametrize(
    "place, choices, expected",
    [
        (0, 4, "low"),
        (1, 4, "low"),
        (2, 4, "middle"),
        (3, 4, "high"),
        (0, 3, "low"),
        (1, 3, "middle"),
        (2, 3, "high"),
        (-1, 4, "dont_know"),
    ],
)
def test_a_comment_suits_the_answer(place, choices, expected):
    assert WORDS.comment(place, choices, chance("test")) in WORDS.comments[expected]


def test_a_reason_is_the_standards_own_with_where_it_was_looked_up(library):
    item = asked(library)[0].item_for["me-5.1"]
    assert (
        WORDS.reason(item) == "No complaint was closed in the period, as the complaints log shows."
    )


def test_a_reason_leaves_out_what_the_standard_tells_the_person_who_answers(library):
    reasons = [
        WORDS.reason(item)
        for standard in asked(library)
        for item in standard.self_assessment.items
        if item.not_applicable.allowed
    ]
    assert reasons
    assert [reason for reason in reasons if "your reason" in reason or ". " in reason] == []


def test_a_promise_is_the_standards_advice_or_its_first_sentence(library):
    item = asked(library)[0].item_for["me-1.1"]
    advice = item.improve["significant-shortfalls"]
    said = {promise(item, "significant-shortfalls", chance("test", n)) for n in range(20)}
    first = (
        "Put one plain sentence about the right to complain into every appointment letter and "
        "admission pack and on every ward."
    )
    assert said == {advice, first}
