"""Receipts: equal for the same thing, different for another, and fit to be read out."""

import dataclasses
import re
from datetime import datetime, timedelta

import pytest

from benchmarking.answers import Answer, AssessmentKey, ItemKey, State
from benchmarking.assessing.receipts import content_hash, receipt_number

KEY = AssessmentKey(7, "2026-27")
AT = datetime(2026, 6, 18, 13, 2)


def answer(**changes: object) -> Answer:
    said = Answer(
        item=ItemKey("my-expectations", "sa-1.1"),
        edition="2014.1",
        content_hash="f00d",
        choice="good",
        reason="",
        answer_revision=1,
        author="Complaints manager, DEMO-07",
        saved_at=AT,
    )
    return dataclasses.replace(said, **changes)


def number(**changes: object) -> str:
    given = {"trust_code": "DEMO-07", "key": KEY, "to_state": State.SUBMITTED, "moved_at": AT}
    return receipt_number(**{**given, **changes})


def test_a_content_hash_is_64_hexadecimal_digits():
    assert re.fullmatch(r"[0-9a-f]{64}", content_hash([answer()]))


def test_the_order_of_answers_does_not_change_the_hash():
    one, two = answer(), answer(item=ItemKey("my-expectations", "sa-1.2"), choice="exceptional")
    assert content_hash([one, two]) == content_hash([two, one])


@pytest.mark.parametrize(
    "changes",
    [
        {"choice": "exceptional"},
        {"reason": "No complaint was closed."},
        {"content_hash": "beef"},
        {"item": ItemKey("my-expectations", "sa-1.2")},
        {"item": ItemKey("another-standard", "sa-1.1")},
    ],
    ids=["choice", "reason", "words", "item", "standard"],
)
def test_another_answer_or_other_words_change_the_hash(changes):
    assert content_hash([answer(**changes)]) != content_hash([answer()])


def test_who_answered_and_when_does_not_change_the_hash():
    by_another = answer(
        author="Chief nurse, DEMO-07", saved_at=AT + timedelta(1), answer_revision=3
    )
    assert content_hash([by_another]) == content_hash([answer()])


def test_where_one_text_ends_and_the_next_begins_counts():
    assert content_hash([answer(choice="ab", reason="c")]) != content_hash(
        [answer(choice="a", reason="bc")]
    )


def test_a_receipt_names_trust_cycle_and_revision_and_is_short():
    assert re.fullmatch(r"DEMO-07/2026-27/1-[0-9A-HJKMNP-TV-Z]{6}", number())


def test_the_same_move_has_the_same_receipt():
    assert number() == number()


@pytest.mark.parametrize(
    "changes",
    [
        {"trust_code": "DEMO-08"},
        {"key": AssessmentKey(7, "2025-26")},
        {"key": AssessmentKey(7, "2026-27", scope="north-site")},
        {"key": AssessmentKey(7, "2026-27", revision=2)},
        {"to_state": State.APPROVED},
        {"moved_at": AT + timedelta(microseconds=1)},
    ],
    ids=["trust", "cycle", "scope", "revision", "state", "moment"],
)
def test_another_move_has_another_receipt(changes):
    assert number(**changes) != number()
