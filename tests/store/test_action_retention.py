"""Actions go once nothing has been written about them for years, and not a day before."""

from datetime import datetime, timedelta

import pytest

from benchmarking import retention
from benchmarking.retention import Rules
from benchmarking.settings import ROOT
from benchmarking.store import actions, legal_holds
from benchmarking.store.database import Database
from benchmarking.trust_actions import Closure, Promised, Status
from tests.store.scene import CYCLE, ITEM, LATER, NOW, audit, contents

ALL = retention.load(ROOT / "data")
RULES = Rules(kinds=tuple(rule for rule in ALL.kinds if rule.id == "actions"), kept=ALL.kept)
TABLES = ("trust_action", "action_statement", "action_note", "action_closure")
# 72 months before this day lies the day after NOW.
IN_SIX_YEARS = datetime(2032, 11, 22)


@pytest.fixture
def promised(database: Database) -> Database:
    """One action of the first trust, told about and closed; one of the second, untouched."""
    with database.writing(audit()) as writing:
        for trust in (1, 2):
            actions.add(writing, trust, "trust", CYCLE.cycle_id, Promised("Do", statements=(ITEM,)))
        (action,) = actions.of_trust(writing, 1)
        actions.tell(writing, action, "Well")
        closure = Closure(action.action_id, NOW.date(), "In place", "Minutes", "")
        actions.close(writing, action, Status.DONE, closure)
    return database


def purged(database: Database, at: datetime) -> list[str]:
    return [f"{one.about} {one.rows}" for one in retention.purge(database, RULES, at)]


def test_an_action_goes_with_all_that_was_told_about_it(promised: Database):
    assert purged(promised, IN_SIX_YEARS - timedelta(days=1)) == []
    report = retention.report(promised, RULES, IN_SIX_YEARS)
    assert [one.rows for one in report.due] == [4, 2]
    assert purged(promised, IN_SIX_YEARS) == ["DEMO-01 actions 4", "DEMO-02 actions 2"]
    after = contents(promised)
    assert [after[table] for table in TABLES] == [[], [], [], []]
    assert purged(promised, IN_SIX_YEARS) == []


def test_a_note_keeps_an_action_however_old_it_is(promised: Database):
    long_after = LATER + timedelta(days=1000)
    with promised.writing(audit(at=long_after)) as writing:
        actions.tell(writing, actions.of_trust(writing, 2)[0], "Still at it")
    assert purged(promised, IN_SIX_YEARS) == ["DEMO-01 actions 4"]


def test_a_legal_hold_keeps_a_trusts_actions(promised: Database):
    with promised.writing(audit()) as writing:
        legal_holds.add(writing, 1, "A hearing.", None)
    assert purged(promised, IN_SIX_YEARS) == ["DEMO-02 actions 2"]


def test_every_table_of_actions_is_named():
    (rule,) = RULES.kinds
    assert set(rule.tables) == set(TABLES)
