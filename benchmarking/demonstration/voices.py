"""What complainants and files said of the fictional trusts that published, written down for peers.

Whatever was replied and read in a cycle came before any of its assessments was published.
"""

from collections.abc import Mapping, Sequence

from benchmarking.answers import WHOLE_TRUST, Cycle, State
from benchmarking.demonstration.assessments import DrawnAssessment
from benchmarking.demonstration.file_reviews import Drawn
from benchmarking.reviewed_files import ReviewState
from benchmarking.standard import Library
from benchmarking.statistics.disclosure import Counts
from benchmarking.store import responses, voice_board
from benchmarking.store.database import Reading, Writing
from benchmarking.voices import hearing
from benchmarking.voices.instruments import surveyed

Board = Mapping[tuple[int, str], Mapping[str, Counts]]


def fix_for_peers(
    writing: Writing,
    library: Library,
    rounds: Sequence[Cycle],
    drawn: Sequence[DrawnAssessment],
    reviews: Sequence[Drawn],
) -> None:
    """The same as ``hearing.fix_for_peers`` of each assessment, read and written at once."""
    standard = surveyed(library, rounds[-1])
    if standard is None or standard.file_review is None:
        return
    numbers = responses.item_numbers(writing, standard.id)
    people = {
        place: counts
        for cycle in rounds
        for place, counts in _people(writing, cycle, numbers).items()
    }
    files = {
        (one.whole.review.organisation_id, one.whole.review.cycle_id): one.readings.counts(
            standard.file_review
        )
        for one in reviews
        if one.begun.state is ReviewState.CLOSED
    }
    said = {}
    for one in drawn:
        key, state = one.whole.assessment.key, one.whole.assessment.state
        if key.scope == WHOLE_TRUST and state is State.PUBLISHED:
            at = (key.organisation_id, key.cycle_id)
            said[key] = hearing.said_to_peers(standard, people.get(at, {}), files.get(at, {}))
    voice_board.add_many(writing, said)


def _people(reading: Reading, cycle: Cycle, numbers: Mapping[str, int]) -> Board:
    """The counts of each survey item, by trust, as they may be shown in one cycle."""
    period = responses.period_of(reading, cycle.cycle_id)
    if period is None:
        return {}
    items = {number: item_id for item_id, number in numbers.items()}
    found: dict[tuple[int, str], dict[str, Counts]] = {}
    for (place, item), waves in responses.waves_in(reading, period).items():
        if item in items:
            of_trust = found.setdefault((place.organisation_id, cycle.cycle_id), {})
            of_trust[items[item]] = waves.snapshot().counts
    return found
