"""The three voices of the demonstration as pages are given them: peers' shares and every state."""

from datetime import date

import pytest

from benchmarking.answers import WHOLE_TRUST, Cycle, State
from benchmarking.demonstration.assessments import DrawnAssessment
from benchmarking.demonstration.trusts import demonstration_trusts
from benchmarking.results import results
from benchmarking.standard import Library, Voice
from benchmarking.statistics.disclosure import Coarse, Counts, InFull, Missing, Suppressed
from benchmarking.statistics.supported import NoRange
from benchmarking.store import people, voice_board
from benchmarking.store.database import Database
from benchmarking.visit import Visit
from benchmarking.voices import hearing
from benchmarking.voices.heard import Heard
from benchmarking.voices.side_by_side import Voices
from tests.demonstration.conftest import NOW

OLDEST, LAST, CURRENT = 0, 1, 2
NEWCOMER = 7


def voices(filled: Database, library: Library, code: str, cycle: Cycle) -> Voices:
    with filled.reading() as reading:
        person = people.find(reading, "demonstration", f"trust-lead.{code}", NOW)
    assert person is not None
    found = results.of_trust(Visit(person, filled, library, NOW), code, cycle).voices
    assert found is not None
    return found


@pytest.fixture(scope="module")
def of_last(filled: Database, library: Library, rounds: tuple[Cycle, ...]) -> Voices:
    return voices(filled, library, "DEMO-07", rounds[LAST])


def test_peers_were_written_down_as_publication_would_have(
    filled: Database,
    library: Library,
    rounds: tuple[Cycle, ...],
    drawn: tuple[DrawnAssessment, ...],
):
    cycle_of, checked = {cycle.cycle_id: cycle for cycle in rounds}, 0
    standard = library.newest("my-expectations")
    with filled.reading() as reading:
        boards = {cycle_id: voice_board.of_cycle(reading, cycle_id) for cycle_id in cycle_of}
        for one in drawn[::7]:
            key, state = one.whole.assessment.key, one.whole.assessment.state
            if key.scope != WHOLE_TRUST or state is not State.PUBLISHED:
                continue
            at = (key.organisation_id, key.cycle_id)
            stored = hearing.stored_voices(reading, *at, standard)
            found = stored.results.counts if stored.results else {}
            files = {item: Counts(count.yes, count.out_of) for item, count in found.items()}
            expected = hearing.said_to_peers(standard, stored.counts or {}, files)
            assert boards[key.cycle_id].get(key.organisation_id, {}) == expected
            checked += bool(expected)
    assert checked > 8


def test_nothing_is_written_down_of_what_is_not_published(
    filled: Database, rounds: tuple[Cycle, ...]
):
    with filled.reading() as reading:
        boards = [voice_board.of_cycle(reading, cycle.cycle_id) for cycle in rounds]
        rows = reading.value("SELECT count(*) FROM voice_board")
    assert NEWCOMER in boards[LAST] and NEWCOMER not in boards[CURRENT]
    assert rows == sum(len(said) for board in boards for said in board.values())
    assert {voice for board in boards for said in board.values() for voice, *_ in said} == {
        Voice.COMPLAINANTS,
        Voice.FILES,
    }


def test_the_newcomer_s_results_show_shares_of_peers(of_last: Voices):
    assert all(one.peers is not None for one in of_last.statements)


def test_the_newcomer_s_largest_gap_last_cycle_comes_first(of_last: Voices):
    first = of_last.by_gap[0]
    assert (first.about, first.claimed, first.robust_size) == ("me-4.3", 4, 2)
    assert isinstance(first.complainants.shown, InFull)
    assert isinstance(first.files.shown, InFull)


def test_in_the_open_cycle_complainants_are_shown_in_full_and_20_files_coarsely(
    filled: Database, library: Library, rounds: tuple[Cycle, ...]
):
    said = voices(filled, library, "DEMO-07", rounds[CURRENT]).by_id["me-1.4"]
    assert (said.claimed, said.evidenced) == (3, 2)
    assert said.complainants.shown == InFull(38, 96)
    assert said.complainants.is_over_claimed
    assert said.files.shown == Coarse(50)
    assert said.files.range is NoRange.TOO_FEW_REPLIES


def state_of(one: Heard) -> str:
    """What a page has to draw for one voice and statement."""
    if one.range is NoRange.NOT_MEASURED:
        return "not measurable"
    if not one.is_settled:
        return "readers disagree"
    names = {Missing: "not asked", Suppressed: "suppressed", Coarse: "coarse", InFull: "full"}
    return names[type(one.shown)]


def test_every_state_of_a_voice_can_be_seen(
    filled: Database, library: Library, rounds: tuple[Cycle, ...], as_of: date
):
    trusts = {trust.code: trust.states for trust in demonstration_trusts()}
    found: dict[Voice, set[str]] = {Voice.COMPLAINANTS: set(), Voice.FILES: set()}
    for code in ("DEMO-07", "DEMO-30", "DEMO-52", "DEMO-12"):
        for place, cycle in enumerate(rounds):
            if trusts[code][place] is not None:
                for one in voices(filled, library, code, cycle).statements:
                    for voice in one.others:
                        found[voice.voice].add(state_of(voice))
    assert found[Voice.COMPLAINANTS] == {"not asked", "suppressed", "coarse", "full"}
    assert found[Voice.FILES] == {
        *("not measurable", "not asked", "readers disagree", "coarse", "full"),
    }
