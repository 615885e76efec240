"""A cycle asks its editions in its order, and the newest cycle comes first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from benchmarking.store import cycles
from benchmarking.store.database import Database
from tests.store.scene import CYCLE, audit, contents

YEAR = timedelta(days=365)


def test_a_cycle_comes_back_as_it_was_added(database: Database):
    with database.reading() as reading:
        assert cycles.every(reading) == (CYCLE,)


def test_the_newest_cycle_comes_first(database: Database):
    last = replace(
        CYCLE,
        cycle_id="2025-26",
        title="2025 to 2026",
        opens_at=CYCLE.opens_at - YEAR,
        peers_named=False,
        editions=CYCLE.editions[::-1],
    )
    following = replace(CYCLE, cycle_id="2027-28", opens_at=CYCLE.opens_at + YEAR)
    with database.writing(audit()) as writing:
        cycles.add(writing, last)
        cycles.add(writing, following)
    with database.reading() as reading:
        assert cycles.every(reading) == (following, CYCLE, last)


def test_a_cycle_is_added_once(database: Database):
    before = contents(database)
    with pytest.raises(IntegrityError), database.writing(audit()) as writing:
        cycles.add(writing, replace(CYCLE, title="Again"))
    assert contents(database) == before


def test_a_database_without_cycles_has_none(bare: Database):
    with bare.reading() as reading:
        assert cycles.every(reading) == ()
