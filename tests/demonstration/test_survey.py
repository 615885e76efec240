"""The fictional surveys: the same each time, plausible, and every state of a page among them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from benchmarking import personal_details
from benchmarking.answers import Cycle, State
from benchmarking.demonstration.agreeing import CUTS, NEWCOMER_SAID
from benchmarking.demonstration.assessments import DrawnAssessment
from benchmarking.demonstration.evidenced import claims_of
from benchmarking.demonstration.survey import Survey, draw_batches, draw_surveys, sendings_of
from benchmarking.demonstration.survey_links import COMMENTS, DECLINED
from benchmarking.demonstration.trusts import demonstration_trusts
from benchmarking.demonstration.turnout import NEVER_ASKS, ONE_BY_ONE, WITH_19, WITHOUT_REPLY
from benchmarking.replies import Way, agrees_from
from benchmarking.standard import Library, Standard
from benchmarking.statistics.disclosure import Counts, base_in_words
from benchmarking.statistics.supported import Cuts, claim_gaps, supported
from benchmarking.store import responses, survey_extras, survey_terms, surveys
from benchmarking.store.bulk_survey import WholeBatch
from benchmarking.store.database import Database
from benchmarking.voices import hearing
from benchmarking.voices.instruments import survey_of

OLDEST, LAST, CURRENT = 0, 1, 2
TRUSTS = {trust.organisation.organisation_id: trust for trust in demonstration_trusts()}
NUMBERS = {trust.code: number for number, trust in TRUSTS.items()}
NEWCOMER = NUMBERS["DEMO-07"]


@pytest.fixture(scope="module")
def standard(library: Library) -> Standard:
    return library.newest("my-expectations")


@pytest.fixture(scope="module")
def surveyed(rounds: tuple[Cycle, ...], as_of: date) -> list[Survey]:
    return list(draw_surveys(rounds, as_of))


@pytest.fixture(scope="module")
def batches(library: Library, standard: Standard, surveyed: list[Survey]) -> list[WholeBatch]:
    return draw_batches(library, standard, surveyed, (OLDEST, LAST, CURRENT))


@pytest.fixture(scope="module")
def said(batches: list[WholeBatch]) -> Mapping[tuple[int, int], np.ndarray]:
    """All answers, replies by items, by trust and cycle."""
    found = defaultdict(list)
    for one in batches:
        found[one.place.organisation_id, one.place.period].append(one.answers)
    return {at: np.concatenate(parts) for at, parts in found.items()}


@pytest.fixture(scope="module")
def counted(
    standard: Standard, said: Mapping[tuple[int, int], np.ndarray]
) -> Mapping[tuple[int, int], tuple[np.ndarray, np.ndarray]]:
    """How many agree, of how many that count, with each statement, by trust and cycle."""
    order = [item.statement for item in standard.self_assessment.items]
    asked = [next(iter(item.measures)) for item in survey_of(standard).items]
    columns = [asked.index(statement) for statement in order]
    return {
        at: (
            np.isin(answers[:, columns], (4, 5)).sum(0),
            np.isin(answers[:, columns], (1, 2, 3, 4, 5)).sum(0),
        )
        for at, answers in said.items()
    }


def of(surveyed: list[Survey], code: str, cycle_place: int) -> Survey:
    return next(one for one in surveyed if (one.trust.code, one.cycle_place) == (code, cycle_place))


def test_the_same_day_gives_the_same_replies(
    library: Library, standard: Standard, surveyed: list[Survey], batches: list[WholeBatch]
):
    again = draw_batches(library, standard, surveyed, (OLDEST, LAST, CURRENT))
    assert [(one.place, one.way, one.at, one.keys) for one in again] == [
        (one.place, one.way, one.at, one.keys) for one in batches
    ]
    assert all(np.array_equal(a.answers, b.answers) for a, b in zip(again, batches, strict=True))


def test_what_people_say_of_one_trust_does_not_depend_on_the_other_surveys(
    library: Library, standard: Standard, surveyed: list[Survey], said: Mapping
):
    one = of(surveyed, "DEMO-11", LAST)
    alone = draw_batches(library, standard, [one], (OLDEST, LAST, CURRENT))
    answers = np.concatenate([batch.answers for batch in alone])
    assert np.array_equal(answers, said[one.trust_number, LAST])


def test_above_the_middle_cut_people_agree(library: Library, standard: Standard):
    survey = survey_of(standard)
    assert agrees_from(survey, library.scales[survey.scale]) == 2 + CUTS.index(0)


def test_most_trusts_ask_and_numbers_of_replies_are_those_of_real_surveys(
    surveyed: list[Survey],
):
    replied = Counter(min(one.turnout.replied // 10, 3) for one in surveyed)
    assert replied[3] > len(surveyed) / 2, "30 and more"
    assert replied[1] + replied[2] >= 15, "10 to 29"
    assert {3, 5, 6, 7} <= {one.turnout.replied for one in surveyed}
    assert max(one.turnout.replied for one in surveyed) < 150
    taking_part = sum(state is not None for trust in TRUSTS.values() for state in trust.states)
    assert 0.8 < len(surveyed) / taking_part < 0.95
    assert not NEVER_ASKS & {one.trust.code for one in surveyed}


def test_between_a_tenth_and_a_half_reply_where_anybody_did(surveyed: list[Survey]):
    rates = [one.turnout.replied / one.turnout.invited for one in surveyed if one.turnout.replied]
    assert min(rates) > 0.1 and max(rates) < 0.5
    assert 0.25 < float(np.median(rates)) < 0.35


def test_people_answer_nearly_every_question_and_leave_some_out(said: Mapping):
    every = np.concatenate(list(said.values()))
    assert 0.9 < np.isin(every, (1, 2, 3, 4, 5)).mean() < 0.96
    assert {0, 10, 11} <= set(np.unique(every))


def test_agreement_is_that_of_people_who_complained(standard: Standard, counted: Mapping):
    many = [yes / valid for yes, valid in counted.values() if valid.min() >= 27]
    shares = np.array(many)
    low, middle, high = np.percentile(shares, [5, 50, 95])
    assert 0.25 < low < 0.4 and 0.5 < middle < 0.65 and 0.7 < high < 0.85
    numbers = [standard.statement_by_id[i.statement].number for i in standard.self_assessment.items]
    by_stage = {
        stage: shares[:, [number[0] == stage for number in numbers]].mean() for stage in "1234"
    }
    assert max(by_stage["3"], by_stage["4"]) < min(by_stage["1"], by_stage["2"]) - 0.02


def test_people_feel_what_the_evidence_shows_but_not_the_same(
    library: Library, standard: Standard, counted: Mapping
):
    shown = claims_of(library, standard).shown
    pairs = [
        (level, part / valid)
        for (number, place), (yes, out_of) in counted.items()
        for level, part, valid in zip(
            shown[place, list(TRUSTS).index(number)], yes, out_of, strict=True
        )
        if level >= 0 and valid >= 27
    ]
    found = float(np.corrcoef(np.array(pairs).T)[0, 1])
    assert 0.4 < found < 0.85


def gaps(
    library: Library, standard: Standard, counted: Mapping, at: tuple[int, int]
) -> Mapping[str, int]:
    """Robust gaps of one trust by statement number; above 0 it claims too much."""
    number, place = at
    claimed = claims_of(library, standard).claimed[place, list(TRUSTS).index(number)]
    cuts, (yes, out_of) = survey_of(standard).cuts, counted[at]
    found = claim_gaps(
        np.where(claimed < 0, np.nan, claimed + 1),
        supported(yes, out_of, Cuts(cuts.second, cuts.third)),
    )
    return {
        standard.statement_by_id[item.statement].number: int(size) * int(way)
        for item, size, way in zip(
            standard.self_assessment.items, found.robust_sizes, found.directions, strict=True
        )
        if size
    }


@pytest.mark.parametrize("place", [OLDEST, LAST, CURRENT])
def test_about_a_third_of_trusts_claim_more_than_people_felt_and_a_few_less(
    library: Library, standard: Standard, counted: Mapping, place: int
):
    found = [gaps(library, standard, counted, at) for at in counted if at[1] == place]
    over = [sum(size > 0 for size in one.values()) for one in found]
    some = [many for many in over if many]
    assert 0.25 < len(some) / len(found) < 0.55
    assert sum(many <= 4 for many in some) > 0.6 * len(some)
    assert 1 <= sum(any(size < 0 for size in one.values()) for one in found) <= 9


def test_the_newcomer_has_gaps_where_they_are_set_and_agreement_elsewhere(
    library: Library, standard: Standard, counted: Mapping
):
    oldest, last, current = (
        gaps(library, standard, counted, (NEWCOMER, place)) for place in (OLDEST, LAST, CURRENT)
    )
    assert oldest == {"2.4": 1, "3.1": 1}
    assert last == {"1.2": 1, "4.3": 2}
    # 4.3 is not answered yet; whoever claims for it what was claimed last year has a third gap.
    assert {**current, "4.3": 1} == {"1.4": 1, "3.1": 1, "4.3": 1}


def test_the_newcomer_has_96_replies_of_240_over_about_six_months(
    filled: Database, standard: Standard, rounds: tuple[Cycle, ...]
):
    with filled.reading() as reading:
        stored = hearing.stored_voices(reading, NEWCOMER, rounds[CURRENT].cycle_id, standard)
    asked = stored.asked
    assert (asked.invited, stored.replied) == (240, 96)
    assert asked.closed_from is not None and asked.closed_to is not None
    assert 170 <= (asked.closed_to - asked.closed_from).days <= 195
    assert stored.counts is not None
    for number, many in NEWCOMER_SAID[CURRENT].items():
        assert stored.counts[f"cs-{number}"] == Counts(many, 96)


def test_one_trust_has_6_replies_one_19_and_one_none_in_the_open_cycle(
    filled: Database, standard: Standard, rounds: tuple[Cycle, ...], surveyed: list[Survey]
):
    sizes = {c: of(surveyed, c, CURRENT).turnout.replied for c in (ONE_BY_ONE, WITH_19)}
    assert sizes == {ONE_BY_ONE: 6, WITH_19: 19}
    told = {}
    with filled.reading() as reading:
        for code in (ONE_BY_ONE, WITH_19, WITHOUT_REPLY):
            cycle_id = rounds[CURRENT].cycle_id
            told[code] = hearing.stored_voices(reading, NUMBERS[code], cycle_id, standard)
    assert told[ONE_BY_ONE].replied == 0
    assert set((told[ONE_BY_ONE].counts or {}).values()) == {Counts(0, 0)}
    assert told[WITH_19].replied == 12, "of 19 replies 7 wait for the next wave"
    assert base_in_words(12) == "10 to 29 replies"
    assert (told[WITHOUT_REPLY].counts, told[WITHOUT_REPLY].asked.invited) == ({}, 64)


def test_the_roll_up_is_the_one_that_a_rebuild_gives(filled: Database):
    with filled.reading() as reading:
        assert responses.rebuilt(reading) == responses.stored(reading)


def test_all_that_was_drawn_is_stored(filled: Database, batches: list[WholeBatch]):
    with filled.reading() as reading:
        replied = reading.value("SELECT count(*) FROM response WHERE item = 0")
        by_file = reading.value("SELECT count(*) FROM survey_reply")
        kept = reading.value("SELECT count(DISTINCT reply_key) FROM survey_reply")
    assert replied == sum(len(one.answers) for one in batches)
    assert kept == by_file == sum(len(one.keys) for one in batches) > replied / 2


def test_replies_come_in_several_files_or_are_given_here(batches: list[WholeBatch]):
    together = Counter(one.place for one in batches if len(one.answers) > 1)
    assert {1, 2, 3} == set(together.values())
    assert {one.way for one in batches} == {Way.HERE, Way.ELSEWHERE}
    assert {one.place.organisation_id for one in batches if len(one.answers) == 1} == {
        NEWCOMER,
        NUMBERS[ONE_BY_ONE],
    }


def test_people_are_asked_before_they_reply_and_reply_before_anything_is_published(
    surveyed: list[Survey],
    batches: list[WholeBatch],
    drawn: tuple[DrawnAssessment, ...],
    rounds: tuple[Cycle, ...],
    as_of: date,
):
    published = {
        (key.organisation_id, key.cycle_id): one.times.moves[State.PUBLISHED]
        for one in drawn
        if State.PUBLISHED in one.times.moves
        for key in [one.whole.assessment.key]
    }
    asked = {(one.trust_number, one.cycle_place): list(sendings_of(one)) for one in surveyed}
    for one in batches:
        cycle = rounds[one.place.period]
        first = asked[one.place.organisation_id, one.place.period][0].sending.sent_at
        last = published.get((one.place.organisation_id, cycle.cycle_id), cycle.deadline_at)
        assert first is not None
        assert cycle.opens_at < first < one.at - timedelta(days=7)
        assert one.at < last and one.at.date() < as_of


def test_sendings_follow_one_another_over_the_closed_complaints(surveyed: list[Survey]):
    for one in surveyed:
        sent = [whole.sending for whole in sendings_of(one)]
        assert sum(sending.invited for sending in sent) == one.turnout.invited
        assert min(sending.invited for sending in sent) > 0
        for before, after in pairwise(sent):
            assert after.closed_from == before.closed_to + timedelta(days=1)
        for sending in sent:
            assert sending.sent_at is not None
            assert sending.closed_from < sending.closed_to < sending.sent_at.date()
        assert 120 < (sent[-1].closed_to - sent[0].closed_from).days < 215


def test_every_trust_that_asks_says_whom_people_can_turn_to_and_nobody_real(
    filled: Database, surveyed: list[Survey]
):
    with filled.reading() as reading:
        for number in {one.trust_number for one in surveyed}:
            found = survey_terms.of_trust(reading, number)
            assert found.terms.are_complete and found.version == 1
            assert found.author == f"Complaints manager, {TRUSTS[number].code}"
            assert found.terms.phone.startswith("01632 960"), "numbers kept for stories"
            assert found.terms.email.endswith(".example")
            assert found.terms.advocacy_name == "Demonstration advocacy service"


def test_links_were_answered_by_as_many_as_replied_through_them(
    filled: Database, surveyed: list[Survey]
):
    with filled.reading() as reading:
        rows = reading.rows(
            "SELECT organisation_id, cycle_id, state, count(*) AS many FROM survey_invitation "
            "GROUP BY organisation_id, cycle_id, state"
        )
    found = {(r["organisation_id"], r["cycle_id"], r["state"]): r["many"] for r in rows}
    single = [one for one in surveyed if one.turnout.singly]
    for one in single:
        at = (one.trust_number, one.cycle.cycle_id)
        sent = list(sendings_of(one))[-1].sending
        assert sent.way is Way.HERE
        assert found[*at, "answered"] == one.turnout.singly
        assert found[*at, "declined"] == DECLINED
        assert sum(many for key, many in found.items() if key[:2] == at) == sent.invited
    assert len(single) == 3 and {key[0] for key in found} == {NEWCOMER, NUMBERS[ONE_BY_ONE]}


def test_comments_are_read_of_the_newcomer_and_wait_where_six_replied(
    filled: Database, rounds: tuple[Cycle, ...]
):
    cycle_id = rounds[CURRENT].cycle_id
    with filled.reading() as reading:
        assert set(survey_extras.comments_of(reading, NEWCOMER, cycle_id)) == set(COMMENTS)
        assert survey_extras.comments_of(reading, NUMBERS[ONE_BY_ONE], cycle_id) == ()
        people = survey_extras.people_of(reading, NEWCOMER, cycle_id)
    assert not any(personal_details.may_identify(text) for text in COMMENTS)
    assert all(sum(options.values()) <= 20 for options in people.values())
    assert len(people) == 5


def test_only_fictional_trusts_have_replies_and_each_in_its_lead_s_name(filled: Database):
    with filled.reading() as reading:
        rows = reading.rows(
            "SELECT DISTINCT r.organisation_id, p.title FROM response r "
            "JOIN survey_batch b ON b.batch = r.batch "
            "LEFT JOIN person p ON p.person_id = b.author_id"
        )
        sendings = surveys.sendings_of(reading, NEWCOMER, "2026-27")
    for row in rows:
        expected = f"Complaints manager, {TRUSTS[row['organisation_id']].code}"
        assert row["title"] in (None, expected)
    assert {one.author for one in sendings} == {"Complaints manager, DEMO-07"}
