"""Evidence lets a claim count for exactly what it is meant to show."""

from collections import Counter
from datetime import date, timedelta

import pytest

from benchmarking.demonstration.chance import chance
from benchmarking.demonstration.cycles import asked
from benchmarking.demonstration.evidence import Occasion, make_evidence
from benchmarking.demonstration.words import read_words
from benchmarking.evidence import standing

JUDGED_ON = date(2026, 6, 18)
LOW, SOME, GOOD, BEST = range(4)

FILES_CAN_SAY, ONLY_PEOPLE_CAN_SAY = "me-3.1", "me-5.1"
COMBINATIONS = [
    (LOW, LOW),
    (SOME, SOME),
    (GOOD, SOME),
    (GOOD, GOOD),
    (BEST, SOME),
    (BEST, GOOD),
    (BEST, BEST),
]


@pytest.fixture(scope="module")
def occasion(library):
    standard = asked(library)[0]

    def of(statement: str, seed: int) -> Occasion:
        item = standard.item_for[statement]
        scale = library.scale_of(standard)
        drawn = chance("test", statement, seed)
        return Occasion(standard, scale, item, "stem", JUDGED_ON, read_words(), drawn)

    return of


@pytest.mark.parametrize("claimed, shown", COMBINATIONS)
@pytest.mark.parametrize("statement", [FILES_CAN_SAY, ONLY_PEOPLE_CAN_SAY])
def test_a_claim_counts_for_what_it_should(occasion, statement, claimed, shown):
    for seed in range(60):
        at = occasion(statement, seed)
        pieces = make_evidence(at, claimed, shown)
        order = [choice.id for choice in at.scale.valued]
        found = standing(at.standard, at.scale, at.item, order[claimed], pieces, JUDGED_ON)
        assert found.evidenced == order[shown], pieces
        assert bool(found.lacking) == (shown < claimed)


@pytest.mark.parametrize("claimed, shown", COMBINATIONS)
def test_it_counts_for_the_same_until_the_cycle_is_over(occasion, claimed, shown):
    later = JUDGED_ON + timedelta(weeks=6)
    for seed in range(30):
        at = occasion(FILES_CAN_SAY, seed)
        order = [choice.id for choice in at.scale.valued]
        pieces = make_evidence(at, claimed, shown)
        found = standing(at.standard, at.scale, at.item, order[claimed], pieces, later)
        assert found.evidenced == order[shown]


@pytest.mark.parametrize(
    "statement, expected", [(FILES_CAN_SAY, "records"), (ONLY_PEOPLE_CAN_SAY, "survey")]
)
def test_a_good_level_is_shown_by_files_or_where_they_cannot_say_by_replies(
    occasion, statement, expected
):
    kinds = {make_evidence(occasion(statement, seed), GOOD, GOOD)[0].kind for seed in range(20)}
    assert kinds == {expected}


def test_the_best_level_is_checked_from_outside_with_complainants(occasion):
    pieces = make_evidence(occasion(FILES_CAN_SAY, 1), BEST, BEST)
    check = next(piece for piece in pieces if piece.kind == "independent-check")
    outside = {c.id for c in occasion(FILES_CAN_SAY, 1).standard.evidence.checkers if c.outside}
    assert check.complainants_involved is True
    assert check.checked_by in outside
    assert check.checked_on is not None and check.checked_on < JUDGED_ON


def test_every_way_to_fall_short_of_a_sample_occurs(occasion):
    ways: Counter[str] = Counter()
    for seed in range(200):
        for piece in make_evidence(occasion(FILES_CAN_SAY, seed), GOOD, SOME):
            if piece.kind == "records":
                assert piece.records_drawn is not None and piece.period_to is not None
                ways["not drawn at random"] += piece.at_random is False
                ways["too few"] += piece.records_drawn < 20
                ways["too old"] += piece.period_to < JUDGED_ON - timedelta(days=365)
    assert set(+ways) == {"not drawn at random", "too few", "too old"}


def test_every_way_to_fall_short_of_an_outside_check_occurs(occasion):
    ways: Counter[str] = Counter()
    for seed in range(200):
        at = occasion(FILES_CAN_SAY, seed)
        inside = {c.id for c in at.standard.evidence.checkers if not c.outside}
        for piece in make_evidence(at, BEST, GOOD):
            if piece.kind == "independent-check":
                assert piece.checked_on is not None
                ways["by the team itself"] += piece.checked_by in inside
                ways["without complainants"] += piece.complainants_involved is False
                ways["too old"] += piece.checked_on < JUDGED_ON - timedelta(days=548)
    assert set(+ways) == {"by the team itself", "without complainants", "too old"}


def test_a_small_trust_draws_all_its_records(occasion):
    drawn = [make_evidence(occasion(FILES_CAN_SAY, n), GOOD, GOOD)[0] for n in range(100)]
    all_of_few = [piece for piece in drawn if (piece.records_drawn or 0) < 20]
    assert 0 < len(all_of_few) < 30
    assert all(piece.records_drawn == piece.records_available for piece in all_of_few)


def test_no_sample_is_larger_than_what_there_was(drawn):
    samples = [
        piece
        for one in drawn
        for piece in one.whole.evidence
        if piece.records_drawn is not None and piece.records_available is not None
    ]
    assert len(samples) > 500
    assert [s for s in samples if (s.records_drawn or 0) > (s.records_available or 0)] == []


def test_details_are_given_for_what_a_kind_asks_and_for_nothing_else(library, drawn):
    kinds = {kind.id: kind for kind in asked(library)[0].evidence.kinds}
    fields = {
        "records_available": "records_available",
        "records_drawn": "records_drawn",
        "at_random": "at_random",
        "replies": "replies",
        "period": "period_to",
        "checked_by": "checked_by",
        "checked_on": "checked_on",
        "complainants_involved": "complainants_involved",
    }
    for one in drawn:
        for piece in one.whole.evidence:
            given = {a for a, field in fields.items() if getattr(piece, field) is not None}
            assert given == {ask.value for ask in kinds[piece.kind].asks}


def test_periods_run_forward_and_end_before_the_day_of_judgement(drawn):
    for one in drawn:
        for piece in one.whole.evidence:
            if piece.period_to is not None:
                assert piece.period_from is not None
                assert piece.period_from < piece.period_to < one.times.judged_on
            if piece.checked_on is not None:
                assert piece.checked_on < one.times.judged_on


def test_every_piece_has_a_number_of_its_own_and_a_title(drawn):
    pieces = [piece for one in drawn for piece in one.whole.evidence]
    assert len({piece.evidence_id for piece in pieces}) == len(pieces) > 3000
    assert all(piece.title for piece in pieces)
