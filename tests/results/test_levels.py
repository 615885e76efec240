"""What was published in a cycle: all of it after the release, none of it before."""

from datetime import date, timedelta

import pytest

from benchmarking.answers import Assessment, AssessmentKey, ItemKey, Move, State
from benchmarking.assessing.sheets import NotThere
from benchmarking.results import levels
from benchmarking.store import assessments, ledger
from benchmarking.store.database import AuditEntry
from tests.results.scene import CURRENT, LAST, Row, Scene

MIDDLE = "3333 33333 3333 3333 3333"
FIRST = ItemKey("my-expectations", "sa-1.1")


def published(scene: Scene, year: int = LAST) -> levels.PublishedLevels:
    return levels.of_cycle(scene.visit("inspector"), scene.cycles[year])


def test_a_second_before_the_release_nothing_is_shown(scene: Scene):
    release = scene.cycles[CURRENT].release_at
    early = scene.at(release - timedelta(seconds=1))
    early.tell(Row(1, CURRENT, MIDDLE))
    with pytest.raises(NotThere, match="Results of 2026/27 appear on 5 February 2027"):
        published(early, CURRENT)
    assert published(scene.at(release), CURRENT).standings.keys() == {"DEMO-01"}


@pytest.mark.parametrize("state", [state for state in State if state is not State.PUBLISHED])
def test_only_published_assessments_count(scene: Scene, state: State):
    scene.tell(Row(1, LAST, MIDDLE), Row(2, LAST, MIDDLE, state=state))
    found = published(scene)
    assert found.trusts.keys() == found.standings.keys() == {"DEMO-01"}


def test_claimed_and_evidenced_levels_stand_side_by_side(scene: Scene):
    scene.tell(Row(1, LAST, "4" + MIDDLE[1:], "3" + MIDDLE[1:]))
    first = published(scene).standings["DEMO-01"][FIRST]
    assert (first.claimed, first.evidenced) == ("exceptional", "good")


def test_a_question_that_was_not_answered_has_no_entry(scene: Scene):
    scene.tell(Row(1, LAST, "." + MIDDLE[1:]))
    found = published(scene).standings["DEMO-01"]
    assert FIRST not in found
    assert len(found) == 20


def test_the_newest_published_revision_counts(scene: Scene):
    scene.tell(Row(1, LAST, "2" * 21), Row(1, LAST, "1" * 21, revision=2))
    scene.tell(Row(1, LAST, MIDDLE, revision=3, state=State.IN_PROGRESS))
    first = published(scene).standings["DEMO-01"][FIRST]
    assert first.evidenced == "significant-shortfalls"


def test_evidence_is_judged_on_the_day_of_submission_and_not_today(scene: Scene):
    scene.tell(Row(1, LAST, MIDDLE))
    years_later = scene.at(scene.now + timedelta(days=900))
    assert published(years_later).standings["DEMO-01"][FIRST].evidenced == "good"


def test_a_late_publication_does_not_make_its_evidence_old(scene: Scene):
    submitted = scene.cycles[LAST].deadline_at
    handed_in = Row(1, LAST, MIDDLE, state=State.SIGNED_OFF, published_at=submitted)
    scene.tell(handed_in)
    key = AssessmentKey(1, scene.cycles[LAST].cycle_id)
    later = submitted + timedelta(days=400)
    with scene.database.writing(AuditEntry(1, "publish", "tests", later)) as writing:
        signed_off = Assessment(key, State.SIGNED_OFF, submitted)
        ledger.append(
            writing,
            Move(key, State.IN_PROGRESS, State.SUBMITTED, 1, submitted, "DEMO-01-A", "0" * 64),
        )
        assert assessments.move(writing, signed_off, State.PUBLISHED, later)
    assert published(scene).standings["DEMO-01"][FIRST].evidenced == "good"


def test_results_published_after_the_release_are_known_as_such(scene: Scene):
    release = scene.cycles[LAST].release_at
    scene.tell(
        Row(1, LAST, MIDDLE, published_at=release),
        Row(2, LAST, MIDDLE, published_at=release + timedelta(seconds=1)),
    )
    assert published(scene).changed_after_release == {"DEMO-02"}
    assert release.date() == date(2026, 2, 5)
