"""Single replies go when their time is over; what they add up to stays, and no file is taken."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarking import retention
from benchmarking.replies import Reply, Way
from benchmarking.settings import ROOT, read
from benchmarking.standard import Library, Standard, load_library
from benchmarking.store import cycles, legal_holds, responses, survey_files
from benchmarking.store.database import Database
from benchmarking.store.responses import Place
from tests.store.scene import CYCLE, NORTH, NOW, SOUTH, audit, contents

RULES = retention.load(ROOT / "data")
OLD = replace(
    CYCLE,
    cycle_id="2010-11",
    opens_at=NOW - timedelta(days=6_000),
    deadline_at=NOW - timedelta(days=5_900),
    release_at=NOW - timedelta(days=5_800),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(read({}).standards)


@pytest.fixture
def replied(database: Database, library: Library) -> Database:
    """12 replies of the first trust and 3 of the second in an old cycle, 2 in this year's."""
    standard = next(one for one in library.standards if one.complainant_survey is not None)
    with database.writing(audit()) as writing:
        cycles.add(writing, OLD)
    bring(database, library, standard, NORTH.organisation_id, OLD.cycle_id, 12)
    bring(database, library, standard, SOUTH.organisation_id, OLD.cycle_id, 3)
    bring(database, library, standard, NORTH.organisation_id, CYCLE.cycle_id, 2)
    return database


def bring(
    database: Database, library: Library, standard: Standard, trust: int, cycle_id: str, many: int
) -> None:
    assert standard.complainant_survey is not None
    said = (4, *[0] * (len(standard.complainant_survey.items) - 1))
    replies = [Reply(f"{number:032x}", said) for number in range(many)]
    with database.writing(audit("bring")) as writing:
        place = Place(trust, responses.period_for(writing, cycle_id))
        items = responses.numbers_for(writing, standard, library)
        batch = responses.begin_batch(writing, Way.ELSEWHERE, standard)
        responses.add_answers(writing, place, batch, items, replies)
        responses.keep_replies(writing, place, batch, replies)
        responses.count_in(writing, batch)


def purged(database: Database) -> list[tuple[str, int]]:
    return [(one.about, one.rows) for one in retention.purge(database, RULES, NOW)]


# A reply, its answer, and that there was one.
OF_NORTH, OF_SOUTH = 12 * 3, 3 * 3


def test_old_replies_go_and_what_they_add_up_to_stays(replied: Database):
    before = contents(replied)
    assert [(one.about, one.rows) for one in retention.report(replied, RULES, NOW).due] == [
        ("DEMO-01 survey replies", OF_NORTH),
        ("DEMO-02 survey replies", OF_SOUTH),
    ]
    assert purged(replied) == [
        ("DEMO-01 survey replies", OF_NORTH),
        ("DEMO-02 survey replies", OF_SOUTH),
    ]
    after = contents(replied)
    assert len(after["survey_reply"]) == 2 and len(after["response"]) == 4
    assert after["response_wave"] == before["response_wave"]
    assert after["survey_batch"] == before["survey_batch"]
    assert purged(replied) == []


def test_that_they_are_gone_is_kept(replied: Database):
    purged(replied)
    with replied.reading() as reading:
        old = responses.period_of(reading, OLD.cycle_id) or 0
        now = responses.period_of(reading, CYCLE.cycle_id) or 0
        assert survey_files.is_purged(reading, Place(NORTH.organisation_id, old))
        assert not survey_files.is_purged(reading, Place(NORTH.organisation_id, now))


def test_a_legal_hold_keeps_a_trust_s_replies(replied: Database):
    with replied.writing(audit("place legal hold")) as writing:
        legal_holds.add(writing, NORTH.organisation_id, "A hearing.", None)
    assert purged(replied) == [("DEMO-02 survey replies", OF_SOUTH)]


def test_replies_that_come_in_later_are_rolled_up_onto_what_stayed(
    replied: Database, library: Library
):
    purged(replied)
    standard = next(one for one in library.standards if one.complainant_survey is not None)
    with replied.reading() as reading:
        place = Place(NORTH.organisation_id, responses.period_of(reading, OLD.cycle_id) or 0)
        before = responses.waves_of(reading, place)[responses.REPLY]
    bring(replied, library, standard, NORTH.organisation_id, OLD.cycle_id, 1)
    with replied.reading() as reading:
        after = responses.waves_of(reading, place)[responses.REPLY]
    assert after.full == before.full
    assert after.waiting.out_of == before.waiting.out_of + 1
