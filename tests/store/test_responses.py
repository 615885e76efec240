"""What complainants answered: the roll-up is the same rebuilt, and results move in waves."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarking.replies import SKIPPED, Reply, Way, number_of
from benchmarking.settings import read
from benchmarking.standard import ComplainantSurvey, Library, Standard, load_library
from benchmarking.statistics.disclosure import Coarse, Counts, InFull, Suppressed
from benchmarking.store import responses, survey_files
from benchmarking.store.database import Database, Writing
from benchmarking.store.responses import REPLY, Correction, Place
from tests.store.scene import CYCLE, NORTH, SOUTH, audit

AGREE, DISAGREE, NOT_FOR_ME = 4, 2, 10


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(read({}).standards)


@pytest.fixture(scope="module")
def standard(library: Library) -> Standard:
    return next(one for one in library.standards if one.complainant_survey is not None)


@pytest.fixture
def small(standard: Standard) -> Standard:
    """The standard with a survey of two items."""
    survey = standard.complainant_survey
    assert survey is not None
    two = ComplainantSurvey(**{**dict(survey), "items": survey.items[:2]})
    return standard.model_copy(update={"complainant_survey": two})


def replies(*answers: tuple[int, int], first: int = 0) -> list[Reply]:
    return [Reply(f"{number:032x}", said) for number, said in enumerate(answers, start=first)]


def bring(
    database: Database,
    library: Library,
    standard: Standard,
    new: list[Reply],
    corrections: tuple[Correction, ...] = (),
    trust: int = NORTH.organisation_id,
    way: Way = Way.ELSEWHERE,
) -> Place:
    """One file of a trust, or what was given here, as one batch."""
    with database.writing(audit("bring")) as writing:
        place = Place(trust, responses.period_for(writing, CYCLE.cycle_id))
        items = responses.numbers_for(writing, standard, library)
        batch = responses.begin_batch(writing, way, standard, file_name="file.csv")
        responses.add_answers(writing, place, batch, items, new)
        if way is Way.ELSEWHERE:
            responses.keep_replies(writing, place, batch, new)
        responses.correct_answers(writing, place, batch, items, corrections)
        responses.count_in(writing, batch)
    return place


def rolled_up(database: Database) -> dict[str, object]:
    with database.reading() as reading:
        return {"rebuilt": responses.rebuilt(reading), "stored": responses.stored(reading)}


def item(database: Database, standard: Standard, place: Place, number: int = 0):
    assert standard.complainant_survey is not None
    wanted = standard.complainant_survey.items[number].id
    with database.reading() as reading:
        numbers = responses.item_numbers(reading, standard.id)
        return responses.waves_of(reading, place)[numbers[wanted]]


def test_answers_without_a_value_and_skipped_ones_do_not_count(
    database: Database, library: Library, small: Standard
):
    said = [(AGREE, SKIPPED), (DISAGREE, NOT_FOR_ME), (NOT_FOR_ME, AGREE)]
    place = bring(database, library, small, replies(*said))
    assert item(database, small, place, 0).waiting == Counts(1, 2)
    assert item(database, small, place, 1).waiting == Counts(1, 1)
    with database.reading() as reading:
        assert responses.waves_of(reading, place)[REPLY].waiting == Counts(3, 3)


def test_snapshots_at_10_11_and_19_are_the_same_and_the_next_is_at_20(
    database: Database, library: Library, small: Standard
):
    place, seen = Place(0, 0), {}
    for number in range(20):
        said = AGREE if number % 2 else DISAGREE
        place = bring(database, library, small, replies((said, said), first=number))
        seen[number + 1] = item(database, small, place).snapshot()
    assert [seen[n].counts for n in (9, 10, 11, 19)] == [Counts(0, 0), *[Counts(5, 10)] * 3]
    assert seen[20].counts == Counts(10, 20)
    assert isinstance(seen[9].shown, Suppressed)
    assert seen[10].shown == seen[19].shown == Coarse(50)


@pytest.mark.parametrize("brought", [9, 40])
def test_who_knows_a_file_learns_nothing_of_fewer_than_ten_who_answered_here(
    database: Database, library: Library, small: Standard, brought: int
):
    known = [(AGREE if number % 2 else DISAGREE, AGREE) for number in range(brought)]
    here = replies((AGREE, AGREE), (DISAGREE, AGREE), (AGREE, AGREE))
    place = bring(database, library, small, here, way=Way.HERE)
    bring(database, library, small, replies(*known, first=10))
    agree = brought // 2 if brought >= 10 else 0
    shown = item(database, small, place).snapshot().counts
    assert shown == Counts(agree, brought if brought >= 10 else 0)
    for said in [(AGREE, AGREE), (DISAGREE, AGREE)] * 3 + [(AGREE, AGREE)]:
        assert item(database, small, place).snapshot().counts == shown
        bring(database, library, small, replies(said), way=Way.HERE)
    assert item(database, small, place).snapshot().counts == shown + Counts(6, 10)
    found = rolled_up(database)
    assert found["rebuilt"] == found["stored"]


def test_a_corrected_reply_counts_as_it_is_now_from_the_next_wave_on(
    database: Database, library: Library, small: Standard
):
    first = replies(*[(AGREE, AGREE)] * 6, *[(DISAGREE, AGREE)] * 4)
    place = bring(database, library, small, first)
    corrected = replace(first[0], answers=(DISAGREE, NOT_FOR_ME))
    bring(database, library, small, [], (Correction(first[0], corrected),))
    waves = item(database, small, place)
    assert waves.full == (Counts(6, 10),), "what was shown stays"
    assert waves.waiting == Counts(-1, 0)
    assert item(database, small, place, 1).waiting == Counts(-1, -1)
    with database.reading() as reading:
        assert responses.known_replies(reading, place)[corrected.key] == corrected
    found = rolled_up(database)
    assert found["rebuilt"] == found["stored"]


def test_every_correction_of_a_file_is_written_down(
    database: Database, library: Library, small: Standard
):
    first = replies(*[(AGREE, AGREE)] * 5)
    place = bring(database, library, small, first)
    now = [replace(one, answers=(DISAGREE, AGREE)) for one in first[:3]]
    changes = tuple(Correction(a, b) for a, b in zip(first[:3], now, strict=True))
    bring(database, library, small, [], changes)
    with database.reading() as reading:
        known = responses.known_replies(reading, place)
    assert [known[one.key].answers[0] for one in first] == [DISAGREE] * 3 + [AGREE] * 2


def test_columns_at_once_come_to_the_same_as_replies_one_by_one(
    database: Database, library: Library, standard: Standard
):
    drawn = np.random.default_rng(5)
    survey = standard.complainant_survey
    assert survey is not None
    scale = library.scales[survey.scale]
    numbers = [SKIPPED, *(number_of(scale, choice.id) for choice in scale.choices)]
    answers = drawn.choice(numbers, (57, len(survey.items))).astype(np.uint8)
    keys = [f"{number:032x}" for number in range(57)]
    one_by_one = [
        Reply(key, tuple(int(answer) for answer in row))
        for key, row in zip(keys, answers, strict=True)
    ]
    north = bring(database, library, standard, one_by_one)
    with database.writing(audit("bring")) as writing:
        south = at_once(writing, library, standard, keys, answers)
    with database.reading() as reading:
        assert responses.waves_of(reading, north) == responses.waves_of(reading, south)
        assert responses.known_replies(reading, north) == responses.known_replies(reading, south)
        assert survey_files.known_answers(reading, south).keys() == set(keys)
        in_order = reading.rows("SELECT item FROM response WHERE batch = 2")
    found = rolled_up(database)
    assert found["rebuilt"] == found["stored"]
    items = [row["item"] for row in in_order]
    assert items == sorted(items), "answers lie in the order in which they are added up"


def at_once(
    writing: Writing, library: Library, standard: Standard, keys: list[str], answers: np.ndarray
) -> Place:
    place = Place(SOUTH.organisation_id, responses.period_for(writing, CYCLE.cycle_id))
    items = responses.numbers_for(writing, standard, library)
    batch = responses.begin_batch(writing, Way.ELSEWHERE, standard)
    survey_files.add_replies(writing, place, batch, items, keys, answers)
    responses.count_in(writing, batch)
    return place


def test_no_rows_at_once_are_no_rows(database: Database, library: Library, standard: Standard):
    assert standard.complainant_survey is not None
    none = np.zeros((0, len(standard.complainant_survey.items)), dtype=np.uint8)
    with database.writing(audit("bring")) as writing:
        place = at_once(writing, library, standard, [], none)
    with database.reading() as reading:
        assert responses.waves_of(reading, place) == {}


def test_trusts_and_items_are_told_apart(database: Database, library: Library, small: Standard):
    north = bring(database, library, small, replies((AGREE, DISAGREE)))
    south = bring(database, library, small, replies((DISAGREE, AGREE)), trust=SOUTH.organisation_id)
    assert item(database, small, north, 0).waiting == Counts(1, 1)
    assert item(database, small, south, 0).waiting == Counts(0, 1)
    with database.reading() as reading:
        assert set(responses.waves_in(reading, north.period)) == {
            (place, number) for place in (north, south) for number in range(3)
        }


def test_30_replies_are_shown_in_full(database: Database, library: Library, small: Standard):
    said = [(AGREE, AGREE)] * 12 + [(DISAGREE, AGREE)] * 18
    place = bring(database, library, small, replies(*said))
    assert item(database, small, place).snapshot().shown == InFull(12, 30)


def test_a_reply_given_here_has_neither_author_nor_hour(
    database: Database, library: Library, small: Standard
):
    with database.writing(audit()) as writing:
        responses.begin_batch(writing, Way.HERE, small)
    with database.reading() as reading:
        row = reading.row("SELECT author_id, added_at FROM survey_batch")
    assert row is not None
    assert row["author_id"] is None
    assert (row["added_at"].hour, row["added_at"].minute) == (0, 0)
