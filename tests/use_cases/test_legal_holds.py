"""An administrator places and ends legal holds; a reason stands with its hold and nowhere else."""

from datetime import date, timedelta

import pytest

from benchmarking import legal_holds
from benchmarking.access import Refused
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.store.audit import Wanted, entries
from tests.use_cases.conftest import NOW, World

REASON = "A hearing in the new year."


def noted(world: World) -> list[tuple[str, str, str]]:
    with world.database.reading() as reading:
        found = entries(reading, Wanted(), 100)
    return [(one.action, one.subject, one.detail) for one in found if "hold" in one.action]


def test_a_hold_is_placed_listed_and_ended(world: World):
    number = legal_holds.place(world.visit("administrator"), "DEMO-07", REASON)
    (one,) = legal_holds.every(world.visit("administrator"))
    assert (one.hold_id, one.trust_code, one.reason) == (number, "DEMO-07", REASON)
    assert (one.since, one.until, one.author) == (NOW, None, "administrator ")
    later = world.later(days=1)
    legal_holds.end(later.visit("administrator"), number)
    (one,) = legal_holds.every(world.visit("administrator"))
    assert one.until == NOW + timedelta(days=1)


def test_the_audit_has_both_and_not_the_reason(world: World):
    number = legal_holds.place(world.visit("administrator"), "DEMO-07", REASON)
    legal_holds.end(world.later(days=1).visit("administrator"), number)
    assert noted(world) == [
        ("end legal hold", f"hold {number}", ""),
        ("place legal hold", "DEMO-07", ""),
    ]


def test_a_last_day_counts_in_full(world: World):
    legal_holds.place(world.visit("administrator"), "DEMO-07", REASON, date(2026, 11, 21))
    (one,) = legal_holds.every(world.visit("administrator"))
    assert one.lasts(NOW) and f"{one.until:%Y-%m-%d %H:%M}" == "2026-11-22 00:00"


@pytest.mark.parametrize(
    "reason, last_day, told",
    [
        ("  \n", None, "A hold needs a reason. Write why nothing of this trust may go."),
        ("x" * 501, None, "The reason is 501 characters long. Shorten it to 500 or fewer."),
        (REASON, date(2026, 11, 20), "A hold cannot end before it begins."),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_placed(
    world: World, reason: str, last_day: date | None, told: str
):
    with pytest.raises(CannotSave, match=told):
        legal_holds.place(world.visit("administrator"), "DEMO-07", reason, last_day)
    assert legal_holds.every(world.visit("administrator")) == () and noted(world) == []


def test_no_trust_is_told_so(world: World):
    with pytest.raises(CannotSave, match="A hold is on one trust. Choose which."):
        legal_holds.place(world.visit("administrator"), "", REASON)
    assert noted(world) == []


def test_a_trust_or_a_hold_that_is_not_there_is_told_so(world: World):
    visit = world.visit("administrator")
    with pytest.raises(NotThere, match="There is no such trust here."):
        legal_holds.place(visit, "DEMO-99", REASON)
    with pytest.raises(NotThere, match="This hold has ended already."):
        legal_holds.end(visit, 7)
    assert noted(world) == []


@pytest.mark.parametrize("subject", ["lead-07", "board-07", "inspector", None])
def test_nobody_but_the_administrator_sees_or_changes_holds(world: World, subject: str | None):
    number = legal_holds.place(world.visit("administrator"), "DEMO-07", REASON)
    visit = world.visit(subject) if subject else world.stranger()
    for ask in (
        lambda: legal_holds.every(visit),
        lambda: legal_holds.place(visit, "DEMO-07", REASON),
        lambda: legal_holds.end(visit, number),
    ):
        with pytest.raises(Refused):
            ask()
    assert len(noted(world)) == 1
