"""The three voices of one trust, from stored answers to what a page may show."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from benchmarking.answers import AssessmentKey, ScopeKind, State
from benchmarking.file_results import FileCount, FileResults
from benchmarking.keeping import afresh
from benchmarking.peers import Basis
from benchmarking.results import results
from benchmarking.results.history import Cycles, History
from benchmarking.results.results import OwnResults
from benchmarking.standard import Voice
from benchmarking.statistics.disclosure import Coarse, InFull, Missing, Suppressed
from benchmarking.statistics.supported import NoRange, Range
from benchmarking.store import file_reviews, scopes, voice_board
from benchmarking.store.database import AuditEntry
from benchmarking.voices import hearing
from benchmarking.voices.side_by_side import AllVoices, Voices
from tests.results.scene import EDITION, LAST, ME, OWN, Row, Scene
from tests.results.speaking import AGREE, DISAGREE, count, invite, reply, say

#        1.1-1.4 2.1-2.5 3.1-3.4 4.1-4.4 5.1-5.4
CLAIM = "4444 44444 4444 4444 4444"
SHOWN = "2222 33333 2222 3333 2222"


def own(scene: Scene, year: int = LAST, **chosen: Any) -> OwnResults:
    return results.of_trust(scene.visit("lead-01"), "DEMO-01", scene.cycles[year], **chosen)


def voices(scene: Scene, **chosen: Any) -> Voices:
    found = own(scene, **chosen).voices
    assert found is not None
    return found


def about(found: Voices, statement: str) -> AllVoices:
    return found.by_id[statement]


@pytest.fixture
def told(scene: Scene) -> Scene:
    scene.tell(Row(OWN, LAST, CLAIM, SHOWN))
    return scene


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Says what a closed file review found, without the months of reading before it."""

    def results_are(counts: Mapping[str, FileCount], files: int = 20) -> None:
        found = FileResults(EDITION, files, 180, date(2025, 4, 1), date(2025, 9, 30), counts)
        monkeypatch.setattr(file_reviews, "closed_results", lambda *_: found)

    return results_are


def test_a_claim_of_4_is_held_against_27_of_60_complainants_and_10_of_20_files(
    told: Scene, read: Any
):
    say(told, {"cs-2.2": (27, 60)}, year=LAST)
    invite(told, 240, year=LAST)
    read({"fr-2.2": count(10, 20)})
    said = about(voices(told), "me-2.2")
    assert (said.claimed, said.evidenced) == (4, 3)
    assert said.complainants.shown == InFull(27, 60)
    assert (said.complainants.range, said.complainants.robust_size) == (Range(1, 2), 2)
    assert said.files.shown == Coarse(50)
    assert said.files.range == NoRange.TOO_FEW_REPLIES


def test_with_6_respondents_no_number_of_theirs_is_anywhere_in_the_results(told: Scene):
    # 6 replies of which 5 agree: numbers that stand nowhere else.
    say(told, {"cs-2.2": (5, 6)}, year=LAST)
    found = voices(told)
    said = about(found, "me-2.2").complainants
    assert said.shown.in_words() == "not enough responses"
    assert found.replied == "not enough replies"
    assert "InFull" not in repr(found) and "Coarse" not in repr(found)
    assert "Counts" not in repr(found)


def test_the_first_replies_change_nothing_that_is_shown(told: Scene):
    invite(told, 1, year=LAST)
    before = snapshot(told)
    assert about(voices(told), "me-2.2").complainants.shown.in_words() == "not enough responses"
    reply(told, {"cs-2.2": AGREE}, year=LAST)
    assert snapshot(told) == before


def snapshot(scene: Scene) -> object:
    found = voices(scene)
    return (found.replied, found.stages)


def test_results_at_10_11_and_19_replies_are_the_same_and_the_next_wave_shows_at_20(told: Scene):
    seen = []
    for number in range(1, 21):
        reply(told, {"cs-2.2": AGREE if number % 2 else DISAGREE}, year=LAST)
        seen.append(snapshot(told))
    assert seen[0] == seen[8] != seen[9], "nothing is shown before the tenth"
    assert seen[9] == seen[10] == seen[18], "10, 11 and 19 replies"
    assert about(voices(told), "me-2.2").complainants.shown == Coarse(50)


def test_the_wave_of_20_moves_what_is_shown(told: Scene):
    say(told, {"cs-2.2": (3, 10)}, year=LAST)
    before = about(voices(told), "me-2.2").complainants.shown
    for answer in [AGREE] * 8 + [DISAGREE]:
        reply(told, {"cs-2.2": answer}, year=LAST)
        assert about(voices(told), "me-2.2").complainants.shown == before
    reply(told, {"cs-2.2": DISAGREE}, year=LAST)
    assert (before, about(voices(told), "me-2.2").complainants.shown) == (Coarse(30), Coarse(55))


def test_a_wave_in_which_all_but_one_say_the_same_waits_for_the_next(told: Scene):
    say(told, {"cs-2.2": (3, 10)}, year=LAST)
    say(told, {"cs-2.2": (9, 10)}, year=LAST)
    assert about(voices(told), "me-2.2").complainants.shown == Coarse(30)
    say(told, {"cs-2.2": (5, 10)}, year=LAST)
    assert about(voices(told), "me-2.2").complainants.shown == InFull(17, 30)


def test_answers_without_a_value_are_out_of_the_denominator(told: Scene):
    replies = [
        {"cs-2.2": answer} for answer in [AGREE] * 20 + [DISAGREE] * 20 + [10] * 7 + [11] * 3
    ]
    reply(told, *replies, year=LAST)
    found = voices(told)
    assert about(found, "me-2.2").complainants.shown == InFull(20, 40)
    assert found.replied == "50 replies"


def test_what_nobody_asked_is_told_apart_from_what_cannot_be_measured(told: Scene):
    found = voices(told)
    assert not found.is_said
    assert (found.replied, found.files) == ("", None)
    said = about(found, "me-1.1")
    assert (said.complainants.range, said.files.range) == (NoRange.NO_REPLY, NoRange.NOT_MEASURED)
    assert said.complainants.shown == said.files.shown == Missing()


def test_an_item_that_few_answered_is_not_enough_while_others_are_shown(told: Scene):
    say(told, {"cs-2.2": (20, 40), "cs-2.3": (3, 4)}, year=LAST)
    found = voices(told)
    assert about(found, "me-2.2").complainants.shown == InFull(20, 40)
    assert isinstance(about(found, "me-2.3").complainants.shown, Suppressed)


def test_a_stage_speaks_by_its_headline_against_its_summary_level(told: Scene):
    say(told, {"cs-1.0": (10, 60)}, year=LAST)
    stage = voices(told).stages[0]
    assert stage.headline is not None
    assert (stage.headline.claimed, stage.headline.evidenced) == (4, 2)
    assert stage.headline.complainants.robust_size == 3
    assert stage.headline.files.range == NoRange.NOT_MEASURED


def test_statements_are_ranked_by_their_robust_gaps_and_else_keep_their_order(
    told: Scene, read: Any
):
    say(told, {"cs-4.2": (3, 60), "cs-2.2": (27, 60), "cs-5.1": (58, 60)}, year=LAST)
    read({"fr-3.1": count(2, 40), "fr-3.2": count(2, 40, same=20, pairs=40)}, files=40)
    order = [said.about for said in voices(told).by_gap]
    assert order[:3] == ["me-3.1", "me-4.2", "me-2.2"]
    rest = [s.id for s in told.library.standard(ME, EDITION).statements if s.id not in order[:3]]
    assert order[3:] == rest


def test_files_whose_readers_disagree_are_shown_and_not_ranked(told: Scene, read: Any):
    read({"fr-3.2": count(2, 40, same=29, pairs=40)}, files=40)
    said = about(voices(told), "me-3.2").files
    assert said.shown == InFull(2, 40)
    assert (said.is_settled, said.robust_size) == (False, 0)


def test_under_ten_files_not_even_that_readers_disagree_is_told(told: Scene, read: Any):
    read({"fr-3.2": count(5, 9, same=1, pairs=9)}, files=9)
    assert about(voices(told), "me-3.2").files.is_settled


@pytest.mark.parametrize("same, is_settled", [(14, True), (13, False)])
def test_under_thirty_files_agreement_tells_no_more_than_its_coarse_share(
    told: Scene, read: Any, same: int, is_settled: bool
):
    # 14 and 15 of 19 are about 75% and 80%, which is the bar or more; 13 are about 70%.
    read({"fr-3.2": count(5, 19, same=same, pairs=19)}, files=19)
    assert about(voices(told), "me-3.2").files.is_settled is is_settled


def test_another_trusts_answers_are_nowhere_in_ones_own(told: Scene):
    say(told, {"cs-2.2": (27, 60)}, trust=2, year=LAST)
    assert not voices(told).is_said


def test_a_part_of_a_trust_has_no_voices_of_its_own(told: Scene):
    scene = told
    with scene.database.writing(AuditEntry(1, "scope", "tests", scene.now)) as writing:
        part = scopes.add(writing, OWN, ScopeKind.SITE, "A site")
    say(scene, {"cs-2.2": (27, 60)}, year=LAST)
    assert own(scene, scope=part).voices is None


# Peers: fixed when each of them published.


def publish(scene: Scene, trust: int, revision: int = 1) -> None:
    """What the step does for the voices when a revision is published."""
    cycle = scene.cycles[LAST]
    key = AssessmentKey(trust, cycle.cycle_id, revision=revision)
    with scene.database.writing(AuditEntry(1, "publish", "tests", scene.now)) as writing:
        hearing.fix_for_peers(writing, scene.library, cycle, key)


def with_peers(scene: Scene, shares: Mapping[int, tuple[int, int]]) -> None:
    scene.tell(*[Row(number, LAST, CLAIM) for number in range(1, 11)])
    for trust, said in shares.items():
        say(scene, {"cs-2.2": said}, trust=trust, year=LAST)
        publish(scene, trust)


FIVE = {2: (20, 40), 3: (10, 40), 4: (30, 40), 5: (24, 40), 6: (16, 40)}


def peers_of(scene: Scene) -> Any:
    return about(voices(scene, basis=Basis.EVERYONE), "me-2.2").peers


def test_five_peers_have_a_middle_and_no_quartiles(scene: Scene):
    with_peers(scene, FIVE)
    assert peers_of(scene).median == 0.5
    assert (peers_of(scene).values, peers_of(scene).quartiles) == (5, None)


def test_eight_peers_have_quartiles(scene: Scene):
    with_peers(scene, FIVE | {7: (20, 40), 8: (20, 40), 9: (20, 40)})
    assert peers_of(scene).quartiles == (0.475, 0.525)


@pytest.mark.parametrize(
    "shares",
    [{k: v for k, v in FIVE.items() if k != 2}, FIVE | {2: (14, 29)}],
    ids=["four with a share", "five of which one has too few replies"],
)
def test_fewer_than_five_with_a_share_in_full_are_nobody_to_compare_with(
    scene: Scene, shares: Mapping[int, tuple[int, int]]
):
    with_peers(scene, shares)
    assert peers_of(scene) is None


def test_what_comes_in_after_a_peer_published_does_not_move_what_is_seen_of_it(scene: Scene):
    with_peers(scene, FIVE)
    before = peers_of(scene)
    say(scene, {"cs-2.2": (90, 90)}, trust=2, year=LAST)
    assert peers_of(scene) == before


def test_the_newest_published_revision_is_the_one_that_peers_see(scene: Scene):
    with_peers(scene, FIVE)
    say(scene, {"cs-2.2": (60, 60)}, trust=2, year=LAST)
    scene.tell(Row(2, LAST, CLAIM, revision=2))
    publish(scene, 2, revision=2)
    assert peers_of(scene).median == 0.6


def test_a_reopened_assessment_leaves_what_was_published(scene: Scene):
    with_peers(scene, FIVE)
    scene.tell(Row(2, LAST, CLAIM, revision=2, state=State.IN_PROGRESS))
    assert peers_of(scene).values == 5


def test_what_is_fixed_names_voice_standard_and_item(scene: Scene, read: Any):
    read({"fr-2.2": count(10, 20)})
    with_peers(scene, {2: (20, 40)})
    with scene.database.reading() as reading:
        said = voice_board.of_cycle(reading, scene.cycles[LAST].cycle_id)[2]
    assert {(voice, item) for voice, _, item in said} == {
        (Voice.COMPLAINANTS, "cs-2.2"),
        (Voice.FILES, "fr-2.2"),
    }


def test_an_edition_without_instruments_has_no_voices(told: Scene):
    cycle, old = told.cycles[LAST], told.library.standard(ME, "2014.1")
    history = History(Cycles(told.visit("lead-01"), afresh), "DEMO-01")
    scheme = told.library.schemes["levels"]
    assert hearing.of_sheet(history, history.sheet(cycle), old, scheme, {}, None) is None
