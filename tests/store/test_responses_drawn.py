"""Whatever comes in, in whatever batches, the roll-up is what all answers together say."""

import pytest

from benchmarking.replies import SKIPPED, Reply, Way
from benchmarking.settings import read
from benchmarking.standard import ComplainantSurvey, Library, Standard, load_library
from benchmarking.store import responses
from benchmarking.store.database import Database
from benchmarking.store.responses import Correction, Place
from tests.store.scene import CYCLE, NORTH, SOUTH, audit

pytest.importorskip("hypothesis")
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ANSWERS = st.sampled_from([SKIPPED, 1, 2, 3, 4, 5, 10, 11])
REPLY = st.tuples(ANSWERS, ANSWERS)
# A file: whose it is, what is new in it, and which earlier replies of the trust change to what;
# or what was given here.
FILE = st.tuples(
    st.sampled_from(Way),
    st.sampled_from([NORTH.organisation_id, SOUTH.organisation_id]),
    st.lists(REPLY, max_size=14),
    st.lists(st.tuples(st.integers(0, 40), REPLY), max_size=4),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(read({}).standards)


@pytest.fixture(scope="module")
def standard(library: Library) -> Standard:
    whole = next(one for one in library.standards if one.complainant_survey is not None)
    assert whole.complainant_survey is not None
    survey = dict(whole.complainant_survey)
    two = ComplainantSurvey(**{**survey, "items": whole.complainant_survey.items[:2]})
    return whole.model_copy(update={"complainant_survey": two})


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(FILE, min_size=1, max_size=5))
def test_rebuilt_is_what_is_stored(
    database: Database, library: Library, standard: Standard, files: list
):
    brought: dict[Place, list[Reply]] = {}
    for way, trust, new, changes in files:
        with database.writing(audit("bring")) as writing:
            place = Place(trust, responses.period_for(writing, CYCLE.cycle_id))
            with_number = responses.known_replies(writing, place)
            replies = [
                Reply(f"{len(with_number) + number:032x}", said) for number, said in enumerate(new)
            ]
            corrections = {
                one.key: Correction(one, Reply(one.key, said))
                for number, said in changes
                if (one := with_number.get(f"{number:032x}")) is not None
            }
            items = responses.numbers_for(writing, standard, library)
            batch = responses.begin_batch(writing, way, standard)
            responses.add_answers(writing, place, batch, items, replies)
            responses.keep_replies(writing, place, batch, replies)
            responses.correct_answers(writing, place, batch, items, tuple(corrections.values()))
            responses.count_in(writing, batch)
            brought.setdefault(place, []).extend(replies)
    with database.reading() as reading:
        assert responses.rebuilt(reading) == responses.stored(reading)
