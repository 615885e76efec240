"""Sendings and replies written at once: the same as one by one, at the times that are given."""

from datetime import date, datetime

import numpy as np
import pytest

from benchmarking.replies import Reply, Sending, Way
from benchmarking.settings import read
from benchmarking.standard import Library, Standard, load_library
from benchmarking.store import (
    bulk_survey,
    responses,
    survey_extras,
    survey_files,
    survey_terms,
    surveys,
)
from benchmarking.store.bulk_survey import WholeBatch, WholeSending
from benchmarking.store.database import Database
from benchmarking.store.responses import Place
from benchmarking.survey_terms import SavedTerms, Terms
from tests.store.scene import CYCLE, LEAD, NORTH, NOW, SOUTH, audit

TITLE = "Complaints manager"
IDS = {TITLE: LEAD}
FIRST, SECOND = datetime(2026, 5, 4, 10, 7), datetime(2026, 5, 18, 16, 30)
NORTHS, SOUTHS = Place(NORTH.organisation_id, 1), Place(SOUTH.organisation_id, 1)
ANSWERS_TABLE = "SELECT organisation_id, period, item, answer, sign, batch FROM response"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(read({}).standards)


@pytest.fixture(scope="module")
def standard(library: Library) -> Standard:
    return library.newest("my-expectations")


def answers(many: int, seed: int = 1) -> np.ndarray:
    """Replies by the 26 items of the survey, a few of them skipped or not applicable."""
    return np.random.default_rng(seed).choice([0, 1, 2, 3, 4, 5, 10, 11], (many, 26))


def keys(many: int, first: int = 0) -> tuple[str, ...]:
    return tuple(f"{number:032x}" for number in range(first, first + many))


BATCHES = (
    WholeBatch(NORTHS, Way.ELSEWHERE, FIRST, answers(23), TITLE, "a.csv", "a" * 64, keys(23)),
    WholeBatch(SOUTHS, Way.HERE, SECOND, answers(14, 2)),
    WholeBatch(NORTHS, Way.ELSEWHERE, SECOND, answers(8, 3), TITLE, "b.csv", "b" * 64, keys(8, 50)),
)


@pytest.fixture
def told(database: Database, library: Library, standard: Standard) -> Database:
    with database.writing(audit("make")) as writing:
        assert responses.period_for(writing, CYCLE.cycle_id) == 1
        bulk_survey.add_replies(writing, standard, library, BATCHES, IDS)
    return database


def one_by_one(database: Database, library: Library, standard: Standard) -> None:
    with database.writing(audit("bring")) as writing:
        responses.period_for(writing, CYCLE.cycle_id)
        items = responses.numbers_for(writing, standard, library)
        for one in BATCHES:
            batch = responses.begin_batch(writing, one.way, standard, file_name=one.file_name)
            named = one.keys or [""] * len(one.answers)
            said = [
                Reply(key, tuple(int(answer) for answer in row))
                for key, row in zip(named, one.answers, strict=True)
            ]
            responses.add_answers(writing, one.place, batch, items, said)
            if one.way is Way.ELSEWHERE:
                responses.keep_replies(writing, one.place, batch, said)
            responses.count_in(writing, batch)


def stored(database: Database) -> tuple[object, ...]:
    """Answers, replies of files and the roll-up."""
    with database.reading() as reading:
        answered = sorted(tuple(row.values()) for row in reading.rows(ANSWERS_TABLE))
        brought = responses.known_replies(reading, NORTHS)
        return answered, brought, responses.stored(reading)


def test_replies_written_at_once_are_the_same_as_batch_by_batch(
    told: Database, library: Library, standard: Standard
):
    at_once = stored(told)
    with told.writing(audit("forget")) as writing:
        for table in ("response", "survey_reply", "response_wave", "survey_batch"):
            writing.run(f"DELETE FROM {table}")
    one_by_one(told, library, standard)
    answered, brought, waves = stored(told)
    # Batches have gone on being numbered.
    expected = sorted((*row[:-1], row[-1] + len(BATCHES)) for row in at_once[0])  # type: ignore
    assert (answered, brought, waves) == (expected, at_once[1], at_once[2])


def test_the_roll_up_is_the_one_that_a_rebuild_gives(told: Database):
    with told.reading() as reading:
        assert responses.rebuilt(reading) == responses.stored(reading) != {}


def test_a_file_has_its_author_and_hour_and_what_was_given_here_only_the_day(told: Database):
    with told.reading() as reading:
        rows = reading.rows("SELECT way, author_id, added_at FROM survey_batch ORDER BY batch")
        assert [tuple(row.values()) for row in rows] == [
            ("elsewhere", LEAD, FIRST),
            ("here", None, datetime(2026, 5, 18)),
            ("elsewhere", LEAD, SECOND),
        ]
        assert responses.known_replies(reading, SOUTHS) == {}
        brought = survey_files.brought_by(reading, NORTHS)
    assert [(one.file_name, one.added, one.at) for one in brought] == [
        ("b.csv", 8, SECOND),
        ("a.csv", 23, FIRST),
    ]


def test_the_next_batch_goes_on_from_the_last_number(told: Database, standard: Standard):
    with told.writing(audit("bring")) as writing:
        last = writing.value("SELECT max(batch) FROM survey_batch")
        assert responses.begin_batch(writing, Way.HERE, standard) == last + 1


def test_answers_of_a_batch_do_not_lie_reply_by_reply(told: Database):
    with told.reading() as reading:
        rows = reading.rows(f"{ANSWERS_TABLE} WHERE organisation_id = {SOUTHS.organisation_id}")
    lying = [(row["item"], row["answer"]) for row in rows]
    assert lying == sorted(lying)


def test_nothing_to_write_writes_nothing(database: Database, library: Library, standard: Standard):
    with database.writing(audit("make")) as writing:
        bulk_survey.add_sendings(writing, [], {})
        bulk_survey.add_terms(writing, {}, {})
        bulk_survey.add_replies(writing, standard, library, [], {})
        assert responses.stored(writing) == {}


def test_sendings_are_read_back_with_their_author_and_their_time(database: Database):
    day = date(2026, 3, 31)
    sent = [
        Sending(Way.ELSEWHERE, date(2025, 10, 1), day, 180, TITLE, FIRST),
        Sending(Way.HERE, day, date(2026, 4, 30), 60, TITLE, SECOND),
    ]
    number, cycle = NORTH.organisation_id, CYCLE.cycle_id
    with database.writing(audit("make")) as writing:
        wholes = [WholeSending(number, cycle, one) for one in sent]
        bulk_survey.add_sendings(writing, wholes, IDS)
        found = surveys.sendings_of(writing, number, cycle)
    assert [(s.way, s.closed_from, s.closed_to, s.invited, s.sent_at) for s in found] == [
        (s.way, s.closed_from, s.closed_to, s.invited, s.sent_at) for s in sent
    ]
    assert {one.author for one in found} == {found[0].author} != {""}


def test_terms_are_the_first_of_a_trust(database: Database):
    terms = Terms(phone="01632 960001", days=56, with_comments=True)
    with database.writing(audit("make")) as writing:
        wholes = {NORTH.organisation_id: SavedTerms(terms, 1, TITLE, NOW)}
        bulk_survey.add_terms(writing, wholes, IDS)
        found = survey_terms.of_trust(writing, NORTH.organisation_id)
        assert survey_terms.save(writing, NORTH.organisation_id, terms, seen=1)
    assert (found.terms, found.version, found.saved_at) == (terms, 1, NOW)


def test_people_are_counted_on_from_what_was_written(database: Database):
    at = (NORTH.organisation_id, CYCLE.cycle_id)
    with database.writing(audit("make")) as writing:
        counts = {("eq-who", "own-care"): 11, ("eq-who", "somebody-else"): 0}
        bulk_survey.add_people(writing, *at, counts)
        survey_extras.count_person(writing, *at, {"eq-who": "own-care"})
        assert survey_extras.people_of(writing, *at) == {"eq-who": {"own-care": 12}}
