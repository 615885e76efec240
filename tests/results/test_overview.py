"""The board's page: which assessment it may see, and what it says in words."""

from datetime import date
from typing import Any

import pytest

from benchmarking import personal_details
from benchmarking.access import Refused
from benchmarking.answers import State
from benchmarking.assessing.sheets import NotThere
from benchmarking.peers import Basis
from benchmarking.results import overview
from benchmarking.results.overview import Overview
from benchmarking.trust_actions import Due
from tests.results.scene import CURRENT, LAST, OLDEST, OWN, Row, Scene, peers

MIDDLE = "3333 33333 3333 3333 3333"
MIXED = "3222 34333 1222 3343 2222"


def seen(scene: Scene, **chosen: Any) -> Overview:
    return overview.of_trust(scene.visit("board-01"), "DEMO-01", **chosen)


@pytest.mark.parametrize(
    "state, shown",
    [
        (State.IN_PROGRESS, "2025/26"),
        (State.SENT_BACK, "2025/26"),
        (State.SUBMITTED, "2026/27"),
        (State.APPROVED, "2026/27"),
        (State.SIGNED_OFF, "2026/27"),
        (State.PUBLISHED, "2026/27"),
    ],
)
def test_a_board_sees_what_was_submitted_and_no_draft(scene: Scene, state: State, shown: str):
    scene.tell(Row(OWN, LAST, MIDDLE), Row(OWN, CURRENT, MIXED, state=state))
    found = seen(scene)
    assert found.results.cycle.title == shown
    assert bool(found.note) is (shown == "2025/26")


def test_an_older_cycle_is_shown_with_the_reason(scene: Scene):
    scene.tell(Row(OWN, LAST, MIDDLE), Row(OWN, CURRENT, MIXED, state=State.IN_PROGRESS))
    assert seen(scene).note == (
        "The 2026/27 assessment is still being prepared. This page shows 2025/26, the last that "
        "was submitted."
    )


def test_a_board_without_any_assessment_is_told_when_it_sees_one(scene: Scene):
    scene.tell(Row(OWN, CURRENT, MIXED, state=State.IN_PROGRESS))
    with pytest.raises(NotThere, match="No assessment has been submitted yet"):
        seen(scene)


@pytest.mark.parametrize("subject", ["lead-08", "inspector"])
def test_the_overview_is_for_the_trusts_own_board(scene: Scene, subject: str):
    with pytest.raises(Refused):
        overview.of_trust(scene.visit(subject), "DEMO-01")


@pytest.mark.parametrize(
    "claims, said",
    [
        (
            MIXED,
            "Evidence shows “good” in two stages and “some shortfalls” in three (self-assessed; "
            "not a CQC rating). We rate 10 of 21 statements good or better; evidence supports "
            "every one of them.",
        ),
        (
            MIDDLE,
            "Evidence shows “good” in five stages (self-assessed; not a CQC rating). We rate 21 "
            "of 21 statements good or better; evidence supports every one of them.",
        ),
        (
            "4444 33333 2222 1111 ????",
            "Evidence shows “exceptional” in one stage, “good” in one, “some shortfalls” in one "
            "and “significant shortfalls” in one (self-assessed; not a CQC rating). In one, too "
            "little is answered to say. We rate 9 of 21 statements good or better; evidence "
            "supports every one of them.",
        ),
        (
            "3... 3.... 3... 3... 3...",
            "Too little has been answered to sum up any stage.",
        ),
    ],
)
def test_the_answer_is_a_paragraph_in_words(scene: Scene, claims: str, said: str):
    scene.tell(Row(OWN, LAST, claims))
    assert seen(scene).answer == said


def test_the_position_among_peers_is_told_in_words(scene: Scene):
    scene.tell(Row(OWN, LAST, "4222 33333 3333 3333 333?"), *peers([MIDDLE] * 9))
    assert seen(scene, basis=Basis.EVERYONE).position == (
        "Compared with 9 other trusts in 2025/26. We stand above the middle of peers in 1 of 20 "
        "statements, level with it in 16 and below it in 3."
    )


def test_without_peers_the_position_says_why(scene: Scene):
    scene.tell(Row(OWN, CURRENT, MIDDLE, state=State.SUBMITTED))
    assert seen(scene).position.startswith("Peers are shown for released cycles in which")


@pytest.mark.parametrize(
    "before, said",
    [
        (MIDDLE, "Since 2024/25, none of 21 statements has changed its level."),
        ("2233 33333 3333 3333 3334", "Since 2024/25, 2 of 21 statements rose and 1 fell."),
    ],
)
def test_the_direction_is_counted_over_statements(scene: Scene, before: str, said: str):
    scene.tell(Row(OWN, OLDEST, before), Row(OWN, LAST, MIDDLE))
    assert seen(scene).direction == said


def test_a_first_cycle_has_no_direction(scene: Scene):
    scene.tell(Row(OWN, LAST, MIDDLE))
    assert seen(scene).direction == "There is no earlier cycle to compare with."


def test_the_weakest_three_carry_what_was_promised(scene: Scene):
    promises = [
        ("3.1", "Ring everyone who waits", date(2026, 11, 1), False),
        ("3.2", "Write in plain words", date(2027, 3, 1), False),
        ("1.2", "Put it on the first letter", date(2026, 6, 1), True),
    ]
    scene.tell(Row(OWN, LAST, "3233 33333 1233 3333 3333", promises=promises))
    found = [(s.statement.number, s.promises) for s in seen(scene).weakest]
    assert [(number, p.text, p.owner, p.due) for number, (p,) in found] == [
        ("3.1", "Ring everyone who waits", "Head of services", Due.LATE),
        ("1.2", "Put it on the first letter", "Head of services", Due.OVER),
        ("3.2", "Write in plain words", "Head of services", Due.ON_TIME),
    ]


def test_the_board_is_told_what_is_late_of_all_cycles(scene: Scene):
    late = [("3.1", "Ring everyone who waits", date(2026, 11, 1), False)]
    scene.tell(Row(OWN, OLDEST, MIDDLE, promises=late))
    scene.tell(Row(OWN, LAST, MIDDLE, promises=[("3.2", "Write", None, False)]))
    promised = seen(scene).promised
    assert promised.sentence == "2 actions: 1 late, 1 without a day."
    assert [one.text for one in promised.of(Due.LATE)] == ["Ring everyone who waits"]


def test_a_text_that_may_tell_who_somebody_is_is_withheld_from_the_board(scene: Scene):
    told = [("3.1", "Ring 07700 900123", date(2026, 11, 1), False)]
    scene.tell(Row(OWN, LAST, "3233 33333 1233 3333 3333", promises=told))
    found = seen(scene)
    (promise,) = found.weakest[0].promises
    assert promise.text == personal_details.WITHHELD
    assert [one.text for one in found.promised.listed] == [personal_details.WITHHELD]


def test_one_strength_is_the_highest_and_furthest_above_peers(scene: Scene):
    rows = ["3333 23333 3333 3333 3333"] * 9
    scene.tell(Row(OWN, LAST, "4333 43333 3333 3333 3333"), *peers(rows))
    assert seen(scene, basis=Basis.EVERYONE).strength == (
        "2.1 “I felt that I could have raised my concerns with any of the members of staff I dealt "
        "with”: evidence carries 4 Exceptional, two levels above the middle of peers."
    )


def test_one_worry_is_the_claim_that_runs_furthest_ahead_of_its_evidence(scene: Scene):
    scene.tell(Row(OWN, LAST, "3433 33333 3333 3433 3333", "3333 33333 3333 3233 3333"))
    assert seen(scene).worry == (
        "4.2 “I was told the outcome of my complaint in an appropriate manner, in an appropriate "
        "place, by an appropriate person”: we claim 4 Exceptional, and our evidence carries 2 "
        "Some shortfalls."
    )


def test_else_the_worry_is_what_lies_furthest_below_peers(scene: Scene):
    scene.tell(Row(OWN, LAST, "2333 13333 3333 3333 3333"), *peers([MIDDLE] * 9))
    worry = seen(scene, basis=Basis.EVERYONE).worry
    assert worry.startswith("2.1 ")
    assert worry.endswith("1 Significant shortfalls, two levels below the middle of peers.")


def test_there_may_be_nothing_to_worry_about(scene: Scene):
    scene.tell(Row(OWN, LAST, MIDDLE))
    assert seen(scene).worry == ""
