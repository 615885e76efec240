"""Trusts by statements: who is in, who is not, and that silence is no zero."""

from typing import Any

import pytest

from benchmarking.access import Refused
from benchmarking.answers import State
from benchmarking.assessing.sheets import NotThere
from benchmarking.results import comparisons
from benchmarking.results.comparisons import Comparison
from tests.results.scene import CURRENT, LAST, LAW, ME, OLDEST, Row, Scene

MIDDLE = "3333 33333 3333 3333 3333"


def compared(scene: Scene, year: int = LAST, standard: str = ME, **chosen: Any) -> Comparison:
    visit = scene.visit("inspector")
    offered = comparisons.choices(visit)
    return comparisons.compare(
        visit, scene.cycles[year], standard_id=standard, so_far=offered.so_far, **chosen
    )


def codes(found: Comparison) -> list[str]:
    return [row.trust.code for row in found.rows]


@pytest.mark.parametrize("subject", ["lead-01", "board-01"])
def test_comparing_trusts_is_for_inspectors(scene: Scene, subject: str):
    visit = scene.visit(subject)
    offered = comparisons.choices(scene.visit("inspector"))
    with pytest.raises(Refused):
        comparisons.choices(visit)
    with pytest.raises(Refused):
        comparisons.compare(visit, scene.cycles[LAST], standard_id=ME, so_far=offered.so_far)
    with pytest.raises(Refused):
        comparisons.published_in(visit, scene.cycles[LAST], offered.so_far)


def test_only_released_cycles_are_offered(scene: Scene):
    offered = comparisons.choices(scene.visit("inspector"))
    assert [cycle.title for cycle in offered.cycles] == ["2025/26", "2024/25"]
    assert offered.types == ("Acute", "Ambulance", "Community")
    assert offered.regions == ("Demonstration North", "Demonstration South")


def test_before_its_release_nothing_of_a_cycle_is_shown(scene: Scene):
    scene.tell(Row(1, CURRENT, MIDDLE))
    with pytest.raises(NotThere, match="appear on 5 February 2027"):
        compared(scene, CURRENT)


def test_without_a_released_cycle_there_is_nothing_to_compare(scene: Scene):
    early = scene.at(scene.cycles[OLDEST].opens_at)
    with pytest.raises(NotThere, match="No cycle has been released yet"):
        comparisons.choices(early.visit("inspector"))


def test_a_trust_that_did_not_publish_is_silent_and_not_zero(scene: Scene):
    scene.tell(
        Row(1, LAST, MIDDLE),
        Row(2, LAST, MIDDLE, state=State.SUBMITTED),
        Row(3, LAST, MIDDLE, state=State.IN_PROGRESS),
    )
    found = compared(scene)
    assert codes(found) == ["DEMO-01"]
    assert [trust.code for trust in found.silent] == [f"DEMO-{n:02}" for n in range(2, 11)]
    assert found.sentence.startswith("1 of 10 trusts published in 2025/26.")


@pytest.mark.parametrize(
    "chosen, kept, silent",
    [
        ({}, ["DEMO-01", "DEMO-07", "DEMO-08"], 7),
        ({"trust_type": "Acute"}, ["DEMO-01", "DEMO-07"], 5),
        ({"region": "Demonstration South"}, ["DEMO-07", "DEMO-08"], 2),
        ({"trust_type": "Acute", "region": "Demonstration South"}, ["DEMO-07"], 0),
        ({"trust_type": "Ambulance"}, [], 1),
    ],
)
def test_type_and_region_narrow_the_trusts(
    scene: Scene, chosen: dict[str, Any], kept: list[str], silent: int
):
    scene.tell(Row(1, LAST, MIDDLE), Row(7, LAST, MIDDLE), Row(8, LAST, MIDDLE))
    found = compared(scene, **chosen)
    assert codes(found) == kept
    assert len(found.silent) == silent


def test_a_row_has_a_cell_for_each_statement(scene: Scene):
    scene.tell(Row(1, LAST, "4?-. 33333 3333 3333 3333", "2333 33333 3333 3333 3333"))
    found = compared(scene)
    (row,) = found.rows
    numbers = [column.statement.number for column in found.columns]
    assert numbers[:5] == ["1.1", "1.2", "1.3", "1.4", "2.1"]
    first, unknown, left_out, unsaid, *_ = row.cells
    assert first is not None
    assert unknown is not None
    assert left_out is not None
    assert (first.claimed, first.evidenced) == ("exceptional", "some-shortfalls")
    assert (unknown.evidenced, left_out.evidenced) == ("dont-know", "not-applicable")
    assert unsaid is None
    assert (row.with_level, row.applicable, row.capped) == (18, 20, 1)


def test_the_sentence_names_the_statement_that_fewest_reach(scene: Scene):
    scene.tell(Row(1, LAST, "3333 33333 2333 3333 3333"), Row(2, LAST, "3333 33333 1?33 3333 3333"))
    assert compared(scene).sentence == (
        "2 of 10 trusts published in 2025/26. Evidence shows good or better least often in 3.1: "
        "in 0 of 2 trusts."
    )


def test_duties_are_compared_without_being_rated(scene: Scene):
    scene.tell(
        Row(1, LAST, MIDDLE, duties="n" + "y" * 21), Row(2, LAST, MIDDLE, duties="p" + "y" * 21)
    )
    found = compared(scene, standard=LAW)
    assert found.sentence == (
        "2 of 10 trusts published in 2025/26. The answer “yes” is rarest at L1: 0 of 2 trusts."
    )
    assert "Answers are counted, never added up or rated." in found.small_print


def test_a_cycle_in_which_nobody_published_says_no_more_than_that(scene: Scene):
    found = compared(scene)
    assert found.rows == ()
    assert found.sentence == "0 of 10 trusts published in 2025/26."


def test_a_standard_that_is_not_asked_is_told_so(scene: Scene):
    with pytest.raises(NotThere, match="does not ask that standard"):
        compared(scene, standard="core20")


def test_results_published_again_after_the_release_are_marked(scene: Scene):
    release = scene.cycles[LAST].release_at
    scene.tell(
        Row(1, LAST, MIDDLE, published_at=release), Row(2, LAST, MIDDLE, published_at=scene.now)
    )
    marked = {row.trust.code: row.changed_after_release for row in compared(scene).rows}
    assert marked == {"DEMO-01": False, "DEMO-02": True}
