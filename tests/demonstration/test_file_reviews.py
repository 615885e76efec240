"""The fictional file reviews: plausible, in every state, and of files that nobody has."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pytest

from benchmarking.access import Role
from benchmarking.answers import Cycle, State
from benchmarking.demonstration import people
from benchmarking.demonstration.assessments import DrawnAssessment
from benchmarking.demonstration.evidenced import claims_of
from benchmarking.demonstration.file_reviews import ABANDONED_BECAUSE, Drawn, draw_reviews
from benchmarking.demonstration.found_in_files import NOT_APPLICABLE, OF_A_FAULT, YES
from benchmarking.demonstration.trusts import demonstration_trusts
from benchmarking.file_review.reviews import frame_digest
from benchmarking.reviewed_files import Outcome, ReviewState
from benchmarking.standard import FileReview, Library, Standard
from benchmarking.statistics import sampling
from benchmarking.statistics.disclosure import Coarse, InFull, three_step
from benchmarking.store import file_readings, file_reviews
from benchmarking.store.database import Database

OLDEST, LAST, CURRENT = 0, 1, 2
TRUSTS = {trust.organisation.organisation_id: trust for trust in demonstration_trusts()}
NUMBERS = {trust.code: number for number, trust in TRUSTS.items()}
NEWCOMER = NUMBERS["DEMO-07"]


@pytest.fixture(scope="module")
def standard(library: Library) -> Standard:
    return library.newest("my-expectations")


@pytest.fixture(scope="module")
def instrument(standard: Standard) -> FileReview:
    assert standard.file_review is not None
    return standard.file_review


@pytest.fixture(scope="module")
def person_ids() -> Mapping[str, int]:
    titles = [
        people.title(role, trust.code) for trust in TRUSTS.values() for role in people.IN_EACH_TRUST
    ]
    return {title: number for number, title in enumerate(titles, 1)}


@pytest.fixture(scope="module")
def reviews(
    library: Library, rounds: tuple[Cycle, ...], as_of: date, person_ids: Mapping[str, int]
) -> tuple[Drawn, ...]:
    return draw_reviews(library, rounds, as_of, person_ids)


@pytest.fixture(scope="module")
def closed(reviews: tuple[Drawn, ...]) -> list[Drawn]:
    return [one for one in reviews if one.begun.state is ReviewState.CLOSED]


def of(reviews: tuple[Drawn, ...], code: str, cycle_place: int) -> Drawn:
    return next(
        one
        for one in reviews
        if (one.begun.trust.code, one.begun.cycle_place) == (code, cycle_place)
    )


def agreement(one: Drawn) -> np.ndarray:
    """The share of files in which the two readers said the same, by item."""
    return (one.readings.first == one.readings.second).mean(0)


def test_the_same_day_gives_the_same_reviews(
    library: Library,
    rounds: tuple[Cycle, ...],
    as_of: date,
    person_ids: Mapping[str, int],
    reviews: tuple[Drawn, ...],
):
    again = draw_reviews(library, rounds, as_of, person_ids)
    assert [one.whole for one in again] == [one.whole for one in reviews]


def test_about_half_of_the_trusts_had_files_read_in_earlier_cycles_and_some_in_this_one(
    closed: list[Drawn],
):
    found = Counter(one.begun.cycle_place for one in closed)
    parts = [sum(trust.states[n] is not None for trust in TRUSTS.values()) for n in range(3)]
    assert 0.35 < found[OLDEST] / parts[OLDEST] < 0.6
    assert 0.4 < found[LAST] / parts[LAST] < 0.65
    assert 0.1 < found[CURRENT] / parts[CURRENT] < 0.4


def test_20_30_or_40_files_are_drawn_of_80_to_400(reviews: tuple[Drawn, ...]):
    assert {one.whole.review.files for one in reviews} == {20, 30, 40}
    assert {one.whole.review.wanted for one in reviews} == {20, 30, 40}
    assert all(80 <= one.whole.review.frame_size <= 400 for one in reviews)


def test_every_state_of_a_review_can_be_seen(reviews: tuple[Drawn, ...]):
    current = [one for one in reviews if one.begun.cycle_place == CURRENT]
    assert {one.begun.state for one in current} == set(ReviewState)
    open_ones = {
        one.begun.trust.code: one.begun.state for one in current if one.begun.state.is_open
    }
    assert open_ones == {
        "DEMO-12": ReviewState.READING,
        "DEMO-24": ReviewState.DRAWN,
        "DEMO-31": ReviewState.RECONCILING,
    }
    assert of(reviews, "DEMO-18", CURRENT).whole.review.reason == ABANDONED_BECAUSE


def test_readers_say_the_same_of_most_items_and_too_seldom_of_one_or_two(
    closed: list[Drawn], instrument: FileReview
):
    below = [int((agreement(one) < instrument.agreement.share).sum()) for one in closed]
    assert set(below) <= {1, 2, 3} and below.count(3) < 4
    middle = [float(np.median(agreement(one))) for one in closed]
    assert min(middle) >= 0.85 and np.median(middle) <= 0.97


def test_where_readers_said_the_same_that_was_agreed(closed: list[Drawn]):
    for one in closed:
        same = one.readings.first == one.readings.second
        assert np.array_equal(one.readings.agreed[same], one.readings.first[same])


def test_files_show_more_where_evidence_does(
    library: Library, standard: Standard, instrument: FileReview, closed: list[Drawn]
):
    shown = claims_of(library, standard).shown
    order = {item.statement: n for n, item in enumerate(standard.self_assessment.items)}
    pairs = []
    for one in closed:
        counts = one.readings.counts(instrument)
        row = list(TRUSTS).index(one.whole.review.organisation_id)
        for item in instrument.statements:
            level = shown[one.begun.cycle_place, row, order[next(iter(item.measures))]]
            if level >= 0 and counts[item.id].out_of:
                pairs.append((level, counts[item.id].part / counts[item.id].out_of))
    assert 0.5 < float(np.corrcoef(np.array(pairs).T)[0, 1]) < 0.95


def test_what_is_found_is_shown_in_full_or_coarsely_by_the_number_of_files(
    closed: list[Drawn], instrument: FileReview
):
    kinds = {
        type(three_step(counts.part, counts.out_of))
        for one in closed
        for counts in one.readings.counts(instrument).values()
    }
    assert {Coarse, InFull} <= kinds


def test_the_parts_of_an_apology_do_not_apply_where_there_was_no_fault(
    closed: list[Drawn], instrument: FileReview
):
    places = [n for n, item in enumerate(instrument.items) if item.id in OF_A_FAULT]
    never = [n for n, i in enumerate(instrument.items) if "Not applicable: never" in i.guidance]
    for one in closed:
        without = one.readings.agreed[:, places] == NOT_APPLICABLE
        assert without.any() and not without.all()
        assert not (one.readings.agreed[:, never] == NOT_APPLICABLE).any()


def test_of_the_newcomer_s_20_files_10_show_one_statement_and_a_year_before_there_were_40(
    filled: Database, rounds: tuple[Cycle, ...]
):
    with filled.reading() as reading:
        current, last = (
            file_reviews.closed_results(reading, NEWCOMER, rounds[place].cycle_id)
            for place in (CURRENT, LAST)
        )
    assert current is not None and last is not None
    assert (current.files, current.frame) == (20, 268)
    assert (current.counts["fr-1.4"].yes, current.counts["fr-1.4"].out_of) == (10, 20)
    assert three_step(10, 20) == Coarse(50), "about half, too few for a range"
    assert (last.files, last.frame) == (40, 291)
    assert (last.counts["fr-4.3"].yes, last.counts["fr-4.3"].out_of) == (22, 40)


def test_what_is_stored_of_closed_reviews_is_what_was_drawn(
    filled: Database, closed: list[Drawn], instrument: FileReview
):
    with filled.reading() as reading:
        for one in closed[::8]:
            review = one.whole.review
            at = (review.organisation_id, review.cycle_id)
            results = file_reviews.closed_results(reading, *at)
            assert results is not None
            said = {item: (count.yes, count.out_of) for item, count in results.counts.items()}
            drawn = one.readings.counts(instrument)
            assert said == {item: (count.part, count.out_of) for item, count in drawn.items()}


def test_in_the_open_review_two_readers_are_half_way(filled: Database, rounds: tuple[Cycle, ...]):
    with filled.reading() as reading:
        (review,) = file_reviews.of_cycle(reading, NUMBERS["DEMO-12"], rounds[CURRENT].cycle_id)
        readers = file_reviews.readers_of(reading, review.review_id)
        done = [file_readings.answered(reading, review.review_id, slot) for slot in (1, 2)]
        files = file_reviews.files_of(reading, review.review_id)
        frame = file_reviews.frame_of(reading, review.review_id)
    assert [(one.title, one.has_begun, one.has_finished) for one in readers] == [
        ("Complaints manager, DEMO-12", True, False),
        ("Patient experience officer, DEMO-12", True, False),
    ]
    assert [len(read) for read in done] == [19, 12], "the last of them in part"
    assert [read[len(read)] for read in done] == [9, 14]
    assert (len(files), len(frame)) == (30, 118)


def test_while_it_is_reconciled_more_than_half_of_the_differences_are_settled(
    filled: Database, rounds: tuple[Cycle, ...]
):
    with filled.reading() as reading:
        (review,) = file_reviews.of_cycle(reading, NUMBERS["DEMO-31"], rounds[CURRENT].cycle_id)
        found = file_readings.disagreements(reading, review.review_id)
        readers = file_reviews.readers_of(reading, review.review_id)
    settled = [one for one in found if one.agreed is not None]
    assert all(reader.has_finished for reader in readers)
    assert len(found) > 30 and round(len(settled) / len(found), 1) == 0.6
    assert any(one.first.note for one in found)


def test_whoever_has_the_frame_can_repeat_the_draw(reviews: tuple[Drawn, ...]):
    for code in ("DEMO-12", "DEMO-24", "DEMO-31"):
        whole = of(reviews, code, CURRENT).whole
        review, frame = whole.review, whole.frame
        again = sampling.draw([one.outcome for one in frame], review.wanted, review.seed)
        assert [frame[place] for place in again] == [file.complaint for file in whole.files]
        assert review.frame_sha256 == frame_digest(frame)


def test_references_are_the_trust_s_own_and_closed_before_the_draw(reviews: tuple[Drawn, ...]):
    frame = of(reviews, "DEMO-12", CURRENT).whole.frame
    drawn_on = of(reviews, "DEMO-12", CURRENT).whole.review.drawn_at.date()
    assert all(re.fullmatch(r"C-20\d\d-\d{4}", one.reference) for one in frame)
    assert len({one.reference for one in frame}) == len(frame)
    assert all(one.closed_on < drawn_on for one in frame)
    assert {one.outcome for one in frame} == set(Outcome)


def test_files_are_read_before_anything_is_published_and_never_in_the_future(
    reviews: tuple[Drawn, ...], drawn: tuple[DrawnAssessment, ...], as_of: date
):
    published = {
        (key.organisation_id, key.cycle_id): one.times.moves[State.PUBLISHED]
        for one in drawn
        if State.PUBLISHED in one.times.moves
        for key in [one.whole.assessment.key]
    }
    for one in reviews:
        review = one.whole.review
        assert one.begun.cycle.opens_at < review.drawn_at <= review.state_since
        assert review.state_since.date() < as_of
        last = published.get((review.organisation_id, review.cycle_id))
        assert last is None or review.state_since < last
        if one.begun.state is ReviewState.CLOSED:
            assert review.state_since - review.drawn_at > timedelta(days=7)
        assert all(said.saved_at.date() < as_of for *_, said in one.whole.readings)


def test_readers_work_for_the_trust_and_may_read_files(reviews: tuple[Drawn, ...]):
    for one in reviews:
        code = one.begun.trust.code
        titles = [reader.title for reader in one.whole.readers]
        expected = [people.title(role, code) for role in (Role.TRUST_LEAD, Role.CONTRIBUTOR)]
        without = one.begun.state in (ReviewState.DRAWN, ReviewState.ABANDONED)
        assert titles == ([] if without else expected)
        assert one.whole.review.organisation_id in TRUSTS


def test_yes_is_the_answer_that_counts(library: Library, instrument: FileReview):
    scale = library.scales[instrument.scale]
    assert [choice.id for choice in scale.valued][YES - 1] == instrument.shown_from
