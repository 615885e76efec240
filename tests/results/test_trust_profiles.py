"""One trust, or two, seen from outside: questions and evidence, and nothing anybody typed."""

from typing import Any

import pytest

from benchmarking.access import Refused
from benchmarking.answers import ItemKey, State
from benchmarking.assessing.sheets import NotThere
from benchmarking.peers import Basis
from benchmarking.results import comparisons, trust_profiles
from benchmarking.results.trust_profiles import Pair, TrustProfile
from benchmarking.statistics.ordinal import AmongPeers
from benchmarking.store.database import AuditEntry
from tests.results.scene import LAST, OLDEST, Row, Scene, peers

MIDDLE = "3333 33333 3333 3333 3333"


def profile(scene: Scene, code: str = "DEMO-01", **chosen: Any) -> TrustProfile:
    visit = scene.visit("inspector")
    so_far = comparisons.choices(visit).so_far
    return trust_profiles.profile(visit, scene.cycles[LAST], code, so_far=so_far, **chosen)


def pair(scene: Scene, first: str, second: str) -> Pair:
    visit = scene.visit("inspector")
    so_far = comparisons.choices(visit).so_far
    return trust_profiles.side_by_side(visit, scene.cycles[LAST], first, second, so_far)


@pytest.mark.parametrize("subject", ["lead-01", "board-01"])
def test_a_profile_is_for_inspectors(scene: Scene, subject: str):
    so_far = comparisons.choices(scene.visit("inspector")).so_far
    visit, cycle = scene.visit(subject), scene.cycles[LAST]
    with pytest.raises(Refused):
        trust_profiles.profile(visit, cycle, "DEMO-01", so_far=so_far)
    with pytest.raises(Refused):
        trust_profiles.side_by_side(visit, cycle, "DEMO-01", "DEMO-02", so_far)


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.SUBMITTED, State.SIGNED_OFF])
def test_only_what_was_published_is_shown(scene: Scene, state: State):
    scene.tell(Row(1, LAST, MIDDLE, state=state))
    with pytest.raises(NotThere, match="published nothing in 2025/26"):
        profile(scene)


def test_a_reopened_assessment_is_shown_as_it_was_published(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE))
    scene.tell(Row(1, LAST, "1" * 21, state=State.IN_PROGRESS, revision=2))
    assert {s.evidenced.level for s in profile(scene).statements if s.evidenced} == {3}


def test_the_trust_is_shown_among_the_peers_that_were_chosen(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE), *peers(["2" + MIDDLE[1:]] * 9))
    found = profile(scene, basis=Basis.EVERYONE)
    assert found.peer_sentence == (
        "Compared with 9 other trusts that published in 2025/26, of every type and region."
    )
    position = found.statements[0].peers
    assert isinstance(position, AmongPeers)
    assert position.in_words() == "9 below, 0 the same, 0 above of 9"


def test_what_differs_from_peers_is_put_as_a_question(scene: Scene):
    scene.tell(
        Row(1, LAST, "3333 33333 1333 3343 3333", "3333 33333 1333 3333 3333"),
        *peers([MIDDLE] * 9),
    )
    assert profile(scene, basis=Basis.EVERYONE).questions == (
        "3.1 “I always knew what was happening in my case”: evidence carries 1 Significant "
        "shortfalls, two levels below the middle of peers. What explains the difference?",
        "4.3 “I felt that the outcomes I received directly addressed my complaint(s)”: the trust "
        "claims 4 Exceptional, and evidence carries 3 Good. What does it see that its evidence "
        "does not show?",
    )


def test_what_it_does_well_is_said_too(scene: Scene):
    scene.tell(Row(1, LAST, "4333 33333 3333 3333 3333"), *peers([MIDDLE] * 9))
    assert profile(scene, basis=Basis.EVERYONE).strengths == (
        "1.1 “I knew I had a right to complain”: evidence carries 4 Exceptional, one level above "
        "the middle of peers.",
    )


def test_evidence_is_shown_by_kind_strength_and_date(scene: Scene):
    scene.tell(Row(1, LAST, "3422 33333 3333 3333 3333"))
    found = profile(scene).evidence
    assert [str(line) for line in found[ItemKey("my-expectations", "sa-1.1")]] == [
        "Sample of records · Seen in records: 25 of 200, drawn at random · 6 August 2025 to 4 "
        "November 2025"
    ]
    assert [str(line) for line in found[ItemKey("my-expectations", "sa-1.2")]] == [
        "Check by somebody outside the complaints team · Checked from outside: Internal "
        "audit; complainants took part · 4 November 2025"
    ]
    assert ItemKey("my-expectations", "sa-1.3") not in found


def test_a_shared_file_is_offered_by_its_number_and_never_by_its_name(scene: Scene):
    scene.tell(Row(1, LAST, "3422 33333 3333 3333 3333"))
    with scene.database.writing(AuditEntry(0, "add files", "tests", scene.now)) as writing:
        writing.run(
            """
            UPDATE evidence
            SET category = 'processes', title = 'SECRET', note = 'SECRET', file_name = 'SECRET.csv',
                reviewed_by = 'SECRET', file_type = 'csv', file_size = 2048, file_sha256 = 'abc',
                may_be_shared = (item_id = 'sa-1.1')
            """
        )
    found = profile(scene).evidence
    (shared,) = found[ItemKey("my-expectations", "sa-1.1")]
    assert shared.shared is not None and shared.shared.says == "CSV, 2 KB"
    assert str(shared).endswith("to 4 November 2025 · Processes")
    (kept,) = found[ItemKey("my-expectations", "sa-1.2")]
    assert kept.shared is None
    assert "SECRET" not in repr(found)


def test_nothing_that_anybody_typed_leaves_the_use_case(scene: Scene):
    promise = [("3.1", "SECRET PROMISE", None, False)]
    scene.tell(Row(1, LAST, MIDDLE, promises=promise), Row(2, LAST, MIDDLE, promises=promise))
    assert "SECRET" not in repr(profile(scene))
    assert "SECRET" not in repr(pair(scene, "DEMO-01", "DEMO-02"))


def test_the_law_is_counted_for_inspectors_too(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE, duties="yn" + "y" * 20))
    assert [counted.sentence for counted in profile(scene).duties] == [
        "22 questions: yes 21, no 1."
    ]


def test_the_last_cycle_is_the_last_released_one_in_which_it_published(scene: Scene):
    scene.tell(Row(1, OLDEST, "2" * 21), Row(1, LAST, MIDDLE))
    found = profile(scene)
    assert found.last_cycle == scene.cycles[OLDEST]
    assert {s.last.level for s in found.statements if s.last} == {2}


def test_two_trusts_are_compared_where_both_have_a_level(scene: Scene):
    scene.tell(Row(1, LAST, "1?33 33333 3333 3333 3333"), Row(2, LAST, "3333 33333 3333 3333 333."))
    found = pair(scene, "DEMO-01", "DEMO-02")
    assert found.sentence == (
        "DEMO-01 and DEMO-02 both have a level in 19 statements, and differ in 1 of them."
    )
    assert found.questions == (
        "1.1 “I knew I had a right to complain”: DEMO-01 shows 1 Significant shortfalls, DEMO-02 "
        "3 Good. What explains the difference?",
    )
    assert [(a.stage.id, b.stage.id) for a, b in found.stages] == [
        (f"me-{n}", f"me-{n}") for n in range(1, 6)
    ]


def test_the_largest_differences_come_first(scene: Scene):
    scene.tell(Row(1, LAST, "2333 43333 3333 3333 3333"), Row(2, LAST, "3333 13333 3333 3333 3333"))
    asked = pair(scene, "DEMO-01", "DEMO-02").questions
    assert [question.split()[0] for question in asked] == ["2.1", "1.1"]
