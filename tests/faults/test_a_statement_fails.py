"""The k-th statement fails, for every k: afterwards the old state or the new one, never between.

And what is told is true: who hears that nothing was kept finds the old state.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from benchmarking import retention
from benchmarking.store.database import Database, connect
from benchmarking.store.migrate import migrate, migrations
from tests.faults.breaking import (
    NO_ROOM,
    NOT_CERTAIN,
    NOT_READ,
    NOTHING_KEPT,
    counting,
    failing_at,
    failing_to_commit,
    told,
)
from tests.faults.deeds import DEEDS, RULES, SUBMIT, Act, Deed
from tests.faults.wholeness import everything, halves
from tests.store.scene import NOW, Engine, audit_entries, furnish, small_demonstration
from tests.store.test_retention import filled
from tests.use_cases.conftest import World

__all__ = ["filled"]

Ready = Callable[[Deed], World]

UNDONE = (NOTHING_KEPT + NO_ROOM, NOT_READ + NO_ROOM)
IN_THE_LOG = (
    "What was done is kept in the database's log, which could not be moved into its file. "
    "Keep the two side by side, see that the disk has room, and do it once more. "
    f"It said: {NO_ROOM}"
)
CHECKPOINT = "CHECKPOINT"


def tried(database: Database, act: Act) -> None:
    """Does everything but keep it, so that what is looked up once only is known."""
    with failing_to_commit(database, is_kept=False):
        assert told(act) == NOT_CERTAIN + NO_ROOM


def failed_at(database: Database, number: int, act: Act) -> str:
    """The same of something whose statement of this number fails."""
    with failing_at(database, number):
        return told(act)


def once_more(deed: Deed, act: Act, database: Database) -> None:
    """The same click again: nothing is done a second time."""
    kept = everything(database)
    with suppress(*deed.told):
        act()
    assert everything(database) == kept


@pytest.mark.parametrize("deed", DEEDS, ids=str)
def test_whichever_statement_fails_the_old_state_is_kept_or_the_new_one(
    ready_for: Ready, deed: Deed
) -> None:
    world = ready_for(deed)
    database, act = world.database, deed.begin(world)
    before, number = everything(database), 0
    tried(database, act)
    while said := failed_at(database, number, act):
        is_done = said == IN_THE_LOG
        assert is_done or said in UNDONE
        assert (everything(database) != before) == is_done, f"statement {number}"
        if is_done:
            break
        number += 1
    assert number > 4, "the fault met a statement"
    assert everything(database) != before
    assert halves(database) == []
    once_more(deed, act, database)


@pytest.mark.parametrize("deed", DEEDS, ids=str)
def test_a_change_that_fails_at_its_end_is_called_uncertain_and_is_whole_either_way(
    ready_for: Ready, deed: Deed
) -> None:
    world = ready_for(deed)
    database, act = world.database, deed.begin(world)
    before = everything(database)
    tried(database, act)
    assert everything(database) == before
    with failing_to_commit(database, is_kept=True):
        assert told(act) == NOT_CERTAIN + NO_ROOM
    assert everything(database) != before
    assert halves(database) == []
    once_more(deed, act, database)


def test_a_second_click_moves_into_the_file_what_the_first_left_in_the_log(
    ready_for: Ready,
) -> None:
    world = ready_for(SUBMIT)
    database, act = world.database, SUBMIT.begin(world)
    if not database.is_duckdb:
        pytest.skip("PostgreSQL keeps its own log.")
    tried(database, act)
    number = 0
    while (said := failed_at(database, number, act)) in UNDONE:
        number += 1
    assert said == IN_THE_LOG
    with counting(database) as statements:
        act()
    assert statements[-1] == CHECKPOINT


STEPS = migrations()


@pytest.fixture
def older(engine: Engine) -> Iterator[Database]:
    """A database in use whose schema lacks the last two steps."""
    database = connect(engine.new(None))
    migrate(database, NOW, up_to=STEPS[-3].number)
    furnish(database)
    yield database
    database.engine.dispose()


def test_an_upgrade_that_fails_anywhere_leaves_the_old_schema_and_the_next_one_succeeds(
    older: Database,
) -> None:
    def upgrade() -> object:
        return migrate(older, NOW)

    before, number = everything(older), 0
    tried(older, upgrade)
    assert everything(older) == before
    while said := failed_at(older, number, upgrade):
        assert said in UNDONE
        assert everything(older) == before
        number += 1
    assert number > 6
    assert set(everything(older)) > set(before)
    assert migrate(older, NOW) == []


@pytest.fixture
def database(engine: Engine) -> Iterator[Database]:
    """The small demonstration, which ``filled`` fills with what is due."""
    opened = connect(engine.new(small_demonstration))
    yield opened
    opened.engine.dispose()


def test_a_purge_that_fails_has_removed_whole_portions_and_the_next_one_goes_on(
    filled: Database,
) -> None:
    def purge() -> object:
        return list(retention.purge(filled, RULES, NOW))

    def portions() -> int:
        return len(retention.report(filled, RULES, NOW).due)

    due, number = portions(), 0
    assert due > 5
    with failing_to_commit(filled, number=2, is_kept=False):
        assert told(purge) == NOT_CERTAIN + NO_ROOM
    assert portions() == due - 2
    while portions() and (said := failed_at(filled, number, purge)):
        assert said in (*UNDONE, IN_THE_LOG)
        assert portions() + audit_entries(filled).count("purge") == due
        number += 3
    assert number > 20
    purge()
    assert (portions(), audit_entries(filled).count("purge")) == (0, due)
