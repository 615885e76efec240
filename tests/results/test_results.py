"""A trust's own results: what it reads about itself, and what it never reads about others."""

from datetime import date, datetime
from typing import Any

import pytest

from benchmarking.access import Refused
from benchmarking.answers import State
from benchmarking.assessing.sheets import NotThere
from benchmarking.peers import Basis
from benchmarking.results import results
from benchmarking.results.positions import Promise
from benchmarking.results.results import OwnResults
from benchmarking.statistics.ordinal import AmongPeers, TooFewPeers
from benchmarking.trust_actions import Due
from tests.results.scene import ALIKE, CURRENT, LAST, OLDEST, OTHERS, OWN, Row, Scene, peers

#          1.1-1.4 2.1-2.5 3.1-3.4 4.1-4.4 5.1-5.4
MIDDLE = "3333 33333 3333 3333 3333"
MIXED = "3323 34333 1333 3343 3332"
SHOWN = "3223 34333 1333 3333 3332"
HALF = "3333 33333 33.. .... ...."


def own(scene: Scene, year: int = LAST, **chosen: Any) -> OwnResults:
    return results.of_trust(scene.visit("lead-01"), "DEMO-01", scene.cycles[year], **chosen)


def in_words(found: OwnResults, number: str) -> tuple[str, str]:
    result = next(s for s in found.statements if s.statement.number == number)
    return (
        result.claimed.label if result.claimed else "",
        result.evidenced.label if result.evidenced else "",
    )


# Which cycle, and whose.


def test_the_page_begins_with_the_newest_cycle_once_somebody_has_begun_it(scene: Scene):
    scene.tell(Row(OWN, LAST, MIDDLE), Row(OWN, CURRENT, HALF, state=State.IN_PROGRESS))
    offered = results.choices(scene.visit("lead-01"), "DEMO-01")
    assert [cycle.title for cycle in offered.cycles] == ["2026/27", "2025/26", "2024/25"]
    assert offered.first.title == "2026/27"


def test_the_page_begins_with_the_cycle_before_while_the_newest_is_empty(scene: Scene):
    scene.tell(Row(OWN, LAST, MIDDLE))
    assert results.choices(scene.visit("lead-01"), "DEMO-01").first.title == "2025/26"


@pytest.mark.parametrize("subject", ["lead-08", "inspector", "board-01"])
def test_results_are_for_those_who_work_on_the_assessment(scene: Scene, subject: str):
    visit = scene.visit(subject)
    with pytest.raises(Refused):
        results.of_trust(visit, "DEMO-01", scene.cycles[LAST])
    with pytest.raises(Refused):
        results.choices(visit, "DEMO-01")


def test_a_cycle_that_has_not_opened_has_no_results(scene: Scene):
    early = scene.at(datetime(2026, 9, 1))
    with pytest.raises(NotThere, match="has not been opened yet"):
        own(early, CURRENT)


def test_a_way_of_rating_that_is_not_offered_is_told_so(scene: Scene):
    scene.tell(Row(OWN, LAST, MIDDLE))
    with pytest.raises(NotThere, match="not rated in that way"):
        own(scene, scheme_id="stars")


# The first sentence.


@pytest.mark.parametrize(
    "claims, shown, said",
    [
        (
            MIXED,
            SHOWN,
            "You rate 18 of 21 statements good or better; evidence supports that for 17 of the 18.",
        ),
        (
            MIDDLE,
            MIDDLE,
            "You rate 21 of 21 statements good or better; evidence supports every one of them.",
        ),
        (
            MIDDLE,
            "2222 22222 2222 2222 2222",
            "You rate 21 of 21 statements good or better; evidence supports that for none of "
            "the 21.",
        ),
        (
            "2222 22222 2222 2222 2223",
            "2222 22222 2222 2222 2223",
            "You rate 1 of 21 statements good or better; evidence supports it.",
        ),
        (
            "1222 22222 2222 ???? ----",
            "",
            "You rate none of the 21 statements good or better.",
        ),
        (
            ".... ..... .... .... ....",
            "",
            "None of the 21 statements has been answered yet.",
        ),
    ],
)
def test_the_first_sentence_sets_claims_beside_evidence(
    scene: Scene, claims: str, shown: str, said: str
):
    scene.tell(Row(OWN, LAST, claims, shown))
    assert own(scene).sentence == said


def test_a_claim_that_its_evidence_does_not_carry_says_what_is_lacking(scene: Scene):
    scene.tell(Row(OWN, LAST, MIXED, SHOWN))
    found = own(scene)
    assert in_words(found, "4.3") == ("Exceptional", "Good")
    result = next(s for s in found.statements if s.statement.number == "4.3")
    assert "somebody outside the complaints team" in result.lacking


def test_a_draft_is_known_as_a_draft(scene: Scene):
    scene.tell(Row(OWN, CURRENT, HALF, state=State.IN_PROGRESS))
    found = own(scene, CURRENT)
    assert (found.is_draft, found.answered) == (True, 11)
    assert "11 of 21 statements answered by DEMO-01 for 2026/27 (in progress)." in found.small_print


def test_a_stage_without_enough_answers_has_no_word(scene: Scene):
    scene.tell(Row(OWN, CURRENT, HALF, state=State.IN_PROGRESS))
    words = [(s.rating.word, s.rating.why) for s in own(scene, CURRENT).stages]
    assert words[1] == ("Good", "Lower median of 5 evidenced levels")
    assert words[2] == (None, "Not enough answered: 2 of 4, 3 needed")
    assert words[4] == (None, "Not enough answered: 0 of 4, 3 needed")


# Peers.

LEVELS_AT_1_1 = "2222334"


def seven_peers() -> list[Row]:
    """Trusts 2 to 8, that differ in 1.1 alone."""
    return peers([sign + MIDDLE[1:] for sign in LEVELS_AT_1_1])


def test_peers_are_counted_below_the_same_and_above(scene: Scene):
    scene.tell(Row(OWN, LAST, MIDDLE), *seven_peers())
    found = own(scene, basis=Basis.EVERYONE).statements[0].peers
    assert isinstance(found, AmongPeers)
    assert found.counts == (0, 4, 2, 1)
    assert found.in_words() == "4 below, 2 the same, 1 above of 7"
    assert found.median == 1


def test_the_trust_is_not_its_own_peer(scene: Scene):
    scene.tell(Row(OWN, LAST, "4" + MIDDLE[1:]), *seven_peers())
    found = own(scene, basis=Basis.EVERYONE).statements[0].peers
    assert isinstance(found, AmongPeers)
    assert found.counts[3] == 1


@pytest.mark.parametrize(
    "basis, said",
    [
        (Basis.ERIC_TYPE, "Compared with 6 other acute trusts in 2025/26."),
        (Basis.REGION, "Compared with 5 other trusts in Demonstration North in 2025/26."),
        (Basis.EVERYONE, "Compared with 9 other trusts in 2025/26."),
    ],
)
def test_the_peer_group_says_who_it_is(scene: Scene, basis: Basis, said: str):
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 11)])
    assert own(scene, basis=basis).peer_sentence == said


def test_before_its_release_a_cycle_is_compared_with_the_last_one(scene: Scene):
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 11)])
    scene.tell(Row(OWN, CURRENT, HALF, state=State.IN_PROGRESS))
    scene.tell(*[Row(number, CURRENT, "4" * 21) for number in range(2, 11)])
    found = own(scene, CURRENT, basis=Basis.EVERYONE)
    assert found.peer_cycle == scene.cycles[LAST]
    assert found.peer_sentence == (
        "Compared with 9 other trusts in 2025/26, the last cycle that can be compared; "
        "2026/27 is not released yet."
    )
    position = found.statements[0].peers
    assert isinstance(position, AmongPeers)
    assert position.counts == (0, 0, 9, 0), "nothing of the current cycle shows through"


def test_after_its_release_a_cycle_is_compared_with_itself(scene: Scene):
    later = scene.at(datetime(2027, 2, 5, 9))
    later.tell(*[Row(number, CURRENT, MIDDLE) for number in range(1, 11)])
    assert own(later, CURRENT).peer_cycle == later.cycles[CURRENT]


def test_a_trust_that_never_published_is_shown_no_peers(scene: Scene):
    scene.tell(Row(OWN, CURRENT, HALF, state=State.IN_PROGRESS))
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(2, 11)])
    found = own(scene, CURRENT)
    assert found.peer_cycle is None
    assert {result.peers for result in found.statements} == {None}
    assert found.peer_sentence == (
        "Peers are shown for released cycles in which this trust published its own results. "
        "There is none yet."
    )


def test_a_trust_sees_the_peers_of_the_last_cycle_in_which_it_published(scene: Scene):
    scene.tell(*[Row(number, OLDEST, MIDDLE) for number in range(1, 11)])
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(2, 11)])
    assert own(scene, CURRENT).peer_cycle == scene.cycles[OLDEST]


def test_four_others_are_too_few_to_say(scene: Scene):
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 6)])
    found = own(scene)
    for position in [s.peers for s in found.statements] + [s.peers for s in found.stages]:
        assert position == TooFewPeers(4)
    assert found.peer_sentence == (
        "4 other acute trusts published in 2025/26, too few to say: a summary needs 5. Choose "
        "other peers."
    )


def test_a_peer_without_a_level_is_not_counted(scene: Scene):
    rows = ["?", "-", ".", "3", "3", "3"]
    scene.tell(Row(OWN, LAST, MIDDLE), *peers([sign + MIDDLE[1:] for sign in rows]))
    first, second, *_ = own(scene, basis=Basis.EVERYONE).statements
    assert first.peers == TooFewPeers(3)
    assert isinstance(second.peers, AmongPeers)


def test_a_group_whose_rest_could_be_worked_out_is_not_shown(scene: Scene):
    """Six acute peers and nine in all: the difference would be the answers of three trusts."""
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 11)])
    assert own(scene, basis=Basis.ERIC_TYPE).statements[0].peers == TooFewPeers(6, apart=3)
    everyone = own(scene, basis=Basis.EVERYONE).statements[0].peers
    assert isinstance(everyone, AmongPeers)


def test_no_single_answer_of_a_peer_leaves_the_use_case(scene: Scene):
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 11)])
    said = repr(own(scene, basis=Basis.EVERYONE))
    for number in (*ALIKE, *OTHERS):
        assert f"DEMO-{number:02}" not in said


# Last cycle, promises, what to do first.


def test_what_changed_since_the_last_cycle_is_counted(scene: Scene):
    scene.tell(Row(OWN, LAST, "2233 33333 3333 3333 3333"))
    scene.tell(Row(OWN, CURRENT, "3322 3333. .... .... ....", state=State.IN_PROGRESS))
    found = own(scene, CURRENT)
    assert found.last_cycle == scene.cycles[LAST]
    change = found.stages[0].change
    assert change is not None
    assert (change.higher, change.lower, change.same) == (2, 2, 0)
    second = found.stages[1].change
    assert second is not None
    assert second.compared == 4, "what is not answered yet is not compared"


def test_a_first_cycle_has_nothing_to_compare_with(scene: Scene):
    scene.tell(Row(OWN, LAST, MIDDLE))
    found = own(scene)
    assert found.last_cycle is None
    assert {stage.change for stage in found.stages} == {None}


def test_what_to_do_first_is_weakest_then_furthest_below_peers(scene: Scene):
    behind = "3333 33333 3333 4333 3333"
    scene.tell(Row(OWN, LAST, "3333 33233 1333 2333 3333"), *peers([behind] * 9))
    found = own(scene, basis=Basis.EVERYONE)
    assert [s.statement.number for s in found.first] == ["3.1", "4.1", "2.3"]


def test_what_is_at_the_top_needs_nothing_first(scene: Scene):
    scene.tell(Row(OWN, LAST, "4444 44444 4444 4444 4443"))
    assert [s.statement.number for s in own(scene).first] == ["5.4"]


def promised(scene: Scene, number: str, year: int = CURRENT) -> tuple[Promise, ...]:
    return next(s.promises for s in own(scene, year).statements if s.statement.number == number)


def test_a_promise_of_an_earlier_cycle_stands_until_it_is_kept(scene: Scene):
    late = date(2026, 11, 1)
    scene.tell(Row(OWN, LAST, MIXED, promises=[("3.1", "Ring everyone", late, False)]))
    scene.tell(Row(OWN, CURRENT, MIXED, state=State.IN_PROGRESS))
    (promise,) = promised(scene, "3.1")
    assert (promise.text, promise.made_in, promise.due) == ("Ring everyone", "2025/26", Due.LATE)


def test_what_came_of_the_last_cycles_promises_stands_behind_this_ones(scene: Scene):
    scene.tell(Row(OWN, OLDEST, MIXED, promises=[("3.1", "Done long ago", None, True)]))
    scene.tell(Row(OWN, LAST, MIXED, promises=[("3.1", "Ring everyone", None, True)]))
    new = [("3.1", "Write to everyone", None, False)]
    scene.tell(Row(OWN, CURRENT, MIXED, promises=new, state=State.IN_PROGRESS))
    assert [(p.text, p.made_in, p.due) for p in promised(scene, "3.1")] == [
        ("Write to everyone", "2026/27", Due.NO_DAY),
        ("Ring everyone", "2025/26", Due.OVER),
    ]
    assert [p.text for p in promised(scene, "3.1", LAST)] == ["Done long ago", "Ring everyone"]


def test_nothing_is_promised_where_nobody_promised_anything(scene: Scene):
    scene.tell(Row(OWN, CURRENT, MIXED, promises=[("3.1", "Ring", None, False)]))
    assert promised(scene, "3.2") == ()


# The other scheme, the law, the small print.


def test_percentages_can_be_asked_for_and_are_labelled(scene: Scene):
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 11)])
    found = own(scene, scheme_id="saf-2024", basis=Basis.EVERYONE)
    assert [stage.rating.percent for stage in found.stages] == [75] * 5
    assert found.scheme.label == (
        "Self-assessed; not a CQC rating. CQC is replacing this scheme at the end of 2026."
    )
    assert {stage.peers for stage in found.stages} == {None}


def test_the_law_is_counted_and_what_is_open_is_listed(scene: Scene):
    duties = "ynp?-" + "y" * 16 + "."
    scene.tell(Row(OWN, LAST, MIDDLE, duties=duties))
    (counted,) = own(scene).duties
    assert counted.sentence == (
        "22 questions: yes 17, partly 1, no 1, don't know 1, not applicable 1, not answered 1."
    )
    assert [duty.choice.label for duty in counted.unmet] == ["No", "Partly", "Don't know"]
    assert counted.unmet[0].improve
    assert counted.unmet[2].improve == ""


def test_the_small_print_says_how_it_was_worked_out(scene: Scene):
    scene.tell(*[Row(number, LAST, MIDDLE) for number in range(1, 11)])
    found = own(scene, basis=Basis.EVERYONE)
    said = " ".join(found.small_print)
    edition_hash = scene.cycles[LAST].edition_of("my-expectations")[1]
    for part in (
        "Demonstration: fictional trusts.",
        "21 of 21 statements answered by DEMO-01 for 2025/26 (published).",
        "Peers: 9 other trusts that published in 2025/26, of every type and region.",
        "by the rule lower-median@1",
        "nothing is averaged",
        f"My expectations, edition 2014.2, content {edition_hash[:8]}.",
        "Data revision 2.",
        "Self-assessed; not a CQC rating.",
        "Parliamentary and Health Service Ombudsman",
    ):
        assert part in said, part
