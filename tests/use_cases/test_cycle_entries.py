"""Cycles follow each other, keep what was promised, and end with a reason."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from benchmarking.access import Refused
from benchmarking.answers import Cycle, State
from benchmarking.assessing import assessments, moves
from benchmarking.assessing.cycle_entries import (
    ListedCycle,
    Stands,
    close,
    correct,
    every_cycle,
    extend,
    open_cycle,
)
from benchmarking.assessing.cycle_plans import Plan
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.lifecycle import Step
from benchmarking.assessing.sheets import NotThere, current_cycle
from benchmarking.entry_faults import EntryFaults
from benchmarking.store.cycles import Change, Kind, Rule
from tests.use_cases.conftest import ME_1_1, NOW, World, answered, cycle, proposal, submitted

OTHERS = ["lead-07", "colleague-07", "approver-07", "board-07", "inspector"]
# The current cycle opened in April 2026, is due on 24 December and released on 4 February 2027.
PLAN = Plan(
    cycle_id="2027-28",
    title="2027/28",
    opens=datetime(2027, 4, 1, 9),
    deadline=datetime(2027, 12, 23, 23, 59),
    release=datetime(2028, 2, 3, 9),
    peers_named=True,
    two_people=True,
    editions=("my-expectations/2014.1", "complaints-law-england/2026.1"),
)
LATER = datetime(2027, 1, 14, 23, 59)


def audited(world: World) -> list[tuple[str, str, str]]:
    with world.database.reading() as reading:
        rows = reading.rows("SELECT action, subject, detail FROM audit ORDER BY audit_id")
    return [tuple(row.values()) for row in rows]


def listed(world: World, cycle_id: str = "2026-27") -> ListedCycle:
    found = every_cycle(world.visit("administrator"))
    return next(one for one in found if one.cycle.cycle_id == cycle_id)


def current(world: World) -> Cycle:
    return current_cycle(world.visit("administrator"))


def planned(world: World, **changed: object) -> Cycle:
    return open_cycle(world.visit("administrator"), replace(PLAN, **changed))


def extended(world: World, deadline: datetime = LATER, release: datetime | None = None) -> Cycle:
    shown = release or datetime(2027, 2, 4)
    return extend(world.visit("administrator"), current(world), deadline, shown, "A ward moved.")


def closed(world: World) -> None:
    close(world.visit("administrator"), current(world), "All who will are done.")


@pytest.mark.parametrize("subject", OTHERS)
def test_only_an_administrator_sees_or_changes_cycles(world: World, subject: str) -> None:
    visit, seen, before = world.visit(subject), current(world), audited(world)
    for attempt in (
        lambda: every_cycle(visit),
        lambda: open_cycle(visit, PLAN),
        lambda: correct(visit, seen, PLAN),
        lambda: extend(visit, seen, LATER, LATER, "Why not."),
        lambda: close(visit, seen, "Why not."),
    ):
        with pytest.raises(Refused, match="^There is nothing here that you can see"):
            attempt()
    assert audited(world) == before


def test_a_cycle_is_entered_in_londons_time_and_stored_in_utc(world: World) -> None:
    found = planned(world)
    assert found.opens_at == datetime(2027, 4, 1, 8), "British summer time"
    assert found.deadline_at == datetime(2027, 12, 23, 23, 59)
    assert found.release_at == datetime(2028, 2, 3, 9)
    assert [(name, edition) for name, edition, _ in found.editions] == [
        ("my-expectations", "2014.1"),
        ("complaints-law-england", "2026.1"),
    ]
    for name, edition, content_hash in found.editions:
        assert content_hash == world.library.content_hash(world.library.standard(name, edition))
    assert listed(world, "2027-28").cycle == found
    assert audited(world)[-1] == ("open cycle", "2027-28", "")


def test_a_cycle_to_come_is_asked_of_nobody_before_it_opens(world: World) -> None:
    planned(world)
    assert current(world).cycle_id == "2026-27"
    assert current(world.later(days=132)).cycle_id == "2027-28"


def test_a_cycle_may_open_at_once(world: World) -> None:
    later = world.later(days=40)
    assert planned(later, opens=None).opens_at == later.now
    assert current(later).cycle_id == "2027-28"


def test_the_rules_that_were_chosen_hold(world: World) -> None:
    planned(world, peers_named=False, two_people=False)
    found = listed(world, "2027-28")
    assert not found.cycle.peers_named
    assert found.rule == Rule(two_people=False, closed_at=None)


NONE_CHOSEN = {
    "cycle_id": "Give the cycle a short name.",
    "title": "Give the cycle a title, such as 2027/28.",
    "opens": "2026/27 is due on 24 December 2026 at 23:59. Open this cycle after that.",
    "deadline": "Choose the day and time until which trusts submit.",
    "release": "Choose the day and time from which trusts see others’ results.",
    "editions": "Choose at least one edition to be asked.",
}


def test_everything_that_is_wrong_is_said_at_once(world: World) -> None:
    before = audited(world)
    with pytest.raises(EntryFaults) as refused:
        open_cycle(world.visit("administrator"), Plan("", " ", None, None, None, True, True, ()))
    assert refused.value.by_field == NONE_CHOSEN
    assert audited(world) == before


NO_SUCH_HOUR = "The clocks go forward in that night, so this time does not exist. Choose another."


@pytest.mark.parametrize(
    "changed, field, sentence",
    [
        (
            {"cycle_id": "2026-27"},
            "cycle_id",
            "There is a cycle “2026-27” already. Choose another short name.",
        ),
        *(
            (
                {"cycle_id": name},
                "cycle_id",
                "Use small letters, digits and hyphens for the short name, such as 2027-28.",
            )
            for name in ("2027/28", "Spring", "a--b", "-a", "a b", "é", "a.b")
        ),
        (
            {"cycle_id": "x" * 21},
            "cycle_id",
            "The short name is 21 characters long. Shorten it to 20 or fewer.",
        ),
        (
            {"title": "2026/27"},
            "title",
            "There is a cycle “2026/27” already. Choose another title.",
        ),
        (
            {"opens": datetime(2026, 11, 21, 14, 1)},
            "opens",
            "This moment has passed. Choose a later one, or leave it empty to open at once.",
        ),
        (
            {"opens": datetime(2026, 12, 24, 23, 59)},
            "opens",
            "2026/27 is due on 24 December 2026 at 23:59. Open this cycle after that.",
        ),
        ({"opens": datetime(2027, 3, 28, 1, 30)}, "opens", NO_SUCH_HOUR),
        ({"deadline": datetime(2028, 3, 26, 1, 30)}, "deadline", NO_SUCH_HOUR),
        ({"release": datetime(2028, 3, 26, 1, 30)}, "release", NO_SUCH_HOUR),
        (
            {"deadline": datetime(2026, 11, 21, 14, 2)},
            "deadline",
            "The deadline has passed. Choose a later one.",
        ),
        (
            {"deadline": datetime(2027, 4, 1, 9)},
            "deadline",
            "The deadline lies before the cycle opens. Choose a later one.",
        ),
        (
            {"release": datetime(2027, 12, 23, 23, 58)},
            "release",
            "Results would be shown before the deadline, and trusts that are still answering "
            "would see them. Choose a later moment.",
        ),
        (
            {"editions": ("my-expectations/1999.1",)},
            "editions",
            "my-expectations/1999.1 is not among the standards here. Choose one of those shown.",
        ),
        (
            {"editions": ("my-expectations/2014.1", "my-expectations/2014.1")},
            "editions",
            "Two editions of my-expectations are chosen. Choose one of them.",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    world: World, changed: dict[str, object], field: str, sentence: str
) -> None:
    with pytest.raises(EntryFaults) as refused:
        planned(world, **changed)
    assert refused.value.by_field == {field: sentence}


def test_a_cycle_that_comes_before_another_is_due_before_that_opens(world: World) -> None:
    planned(world)
    with pytest.raises(EntryFaults) as refused:
        planned(
            world,
            cycle_id="extra",
            title="Extra",
            opens=datetime(2027, 1, 4, 9),
            deadline=datetime(2027, 4, 1, 9),
        )
    assert refused.value.by_field == {
        "deadline": "2027/28 opens on 1 April 2027 at 09:00. Choose a deadline before that."
    }


def test_after_a_cycle_was_closed_early_the_next_may_open(world: World) -> None:
    closed(world)
    later = world.later(minutes=1)
    assert planned(later, opens=None).opens_at == later.now


def test_a_cycle_that_has_not_opened_is_corrected(world: World) -> None:
    found = correct(
        world.visit("administrator"),
        planned(world),
        replace(
            PLAN,
            cycle_id="another",
            title="2027 to 2028",
            opens=datetime(2027, 5, 1, 9),
            peers_named=False,
            two_people=False,
            editions=("my-expectations/2014.1",),
        ),
    )
    assert found.cycle_id == "2027-28", "the short name stays"
    assert (found.title, found.opens_at) == ("2027 to 2028", datetime(2027, 5, 1, 8))
    stored = listed(world, "2027-28")
    assert stored.cycle == found
    assert stored.rule == Rule(two_people=False)
    assert stored.changes == (), "nobody has counted on it yet"
    assert audited(world)[-1] == ("correct cycle", "2027-28", "")


def test_a_correction_may_keep_everything_as_it_is(world: World) -> None:
    found = planned(world)
    assert correct(world.visit("administrator"), found, PLAN) == found


def test_a_cycle_that_has_opened_keeps_its_editions_and_rules(world: World) -> None:
    before = listed(world)
    with pytest.raises(CannotSave, match="^This cycle has opened, so its editions and rules stay"):
        correct(world.visit("administrator"), current(world), PLAN)
    assert listed(world) == before
    extended(world)
    closed(world)
    after = listed(world)
    assert (after.cycle.editions, after.cycle.peers_named, after.rule.two_people) == (
        before.cycle.editions,
        before.cycle.peers_named,
        before.rule.two_people,
    )


def test_what_another_administrator_changed_is_not_overwritten_unseen(world: World) -> None:
    seen = planned(world)
    correct(world.visit("administrator"), seen, replace(PLAN, title="Theirs"))
    opened = current(world)
    extended(world)
    before = audited(world)
    visit = world.visit("administrator")
    for attempt in (
        lambda: correct(visit, seen, replace(PLAN, title="Mine")),
        lambda: extend(visit, opened, LATER + timedelta(days=1), LATER, "Mine."),
        lambda: close(visit, opened, "Mine."),
    ):
        with pytest.raises(CannotSave, match="^Another administrator changed this cycle in"):
            attempt()
    assert audited(world) == before
    with pytest.raises(NotThere, match="^There is no such cycle here"):
        close(visit, cycle(world.library, 1999), "Mine.")


def test_a_deadline_is_moved_with_a_reason(world: World) -> None:
    found = extended(world)
    assert found.deadline_at == LATER
    (change,) = listed(world).changes
    assert change == Change(
        *(Kind.EXTENDED, LATER, datetime(2027, 2, 4), "A ward moved."),
        author="administrator ",
        changed_at=NOW,
    )
    assert audited(world)[-1] == ("extend cycle", "2026-27", ""), "the reason is free text"


def test_the_release_moves_along_where_the_deadline_needs_it(world: World) -> None:
    found = extended(world, datetime(2027, 2, 11, 23, 59), datetime(2027, 3, 4, 9))
    assert (found.deadline_at, found.release_at) == (
        datetime(2027, 2, 11, 23, 59),
        datetime(2027, 3, 4, 9),
    )


RELEASE = datetime(2027, 2, 4)


@pytest.mark.parametrize(
    "deadline, release, reason, faults",
    [
        (
            *(None, None, " "),
            {
                "deadline": "Choose the day and time until which trusts submit.",
                "release": "Choose the day and time from which trusts see others’ results.",
                "reason": "Say why, so that it can be understood later.",
            },
        ),
        (
            *(datetime(2026, 12, 24, 23, 59), RELEASE, "Why"),
            {
                "deadline": "The deadline is 24 December 2026 at 23:59. "
                "It can be moved to a later moment only."
            },
        ),
        (
            *(LATER, datetime(2027, 2, 3), "Why"),
            {
                "release": "Trusts were told 4 February 2027 at 00:00. "
                "Results can be shown later than that, not earlier."
            },
        ),
        (
            *(datetime(2027, 2, 5), RELEASE, "Why"),
            {
                "release": "Results would be shown before the deadline, and trusts that are still "
                "answering would see them. Choose a later moment."
            },
        ),
        (
            *(datetime(2027, 4, 2), datetime(2027, 4, 2), "Why"),
            {"deadline": "2027/28 opens on 1 April 2027 at 09:00. Choose a deadline before that."},
        ),
        (
            *(LATER, RELEASE, "x" * 501),
            {"reason": "The reason is 501 characters long. Shorten it to 500 or fewer."},
        ),
    ],
)
def test_more_time_that_cannot_be_given_is_refused(
    world: World,
    deadline: datetime | None,
    release: datetime | None,
    reason: str,
    faults: dict[str, str],
) -> None:
    planned(world)
    before = audited(world)
    with pytest.raises(EntryFaults) as refused:
        extend(world.visit("administrator"), current(world), deadline, release, reason)
    assert refused.value.by_field == faults
    assert audited(world) == before


def test_nobody_is_given_more_time_once_results_are_shown(world: World) -> None:
    after = world.later(days=90)
    with pytest.raises(CannotSave, match="^Results of 2026/27 have been shown since 4 February"):
        extended(after, datetime(2027, 6, 1))


def test_a_cycle_that_has_not_opened_is_corrected_and_not_extended_or_closed(world: World) -> None:
    seen, visit = planned(world), world.visit("administrator")
    for attempt in (
        lambda: extend(visit, seen, datetime(2028, 1, 1), datetime(2028, 3, 1), "Why"),
        lambda: close(visit, seen, "Why"),
    ):
        with pytest.raises(CannotSave, match="^This cycle has not opened. Correct its dates"):
            attempt()


def test_a_cycle_is_closed_with_a_reason_and_once(world: World) -> None:
    with pytest.raises(EntryFaults, match="^Say why, so that it can be understood later.$"):
        close(world.visit("administrator"), current(world), "")
    closed(world)
    found = listed(world)
    assert found.rule.closed_at == NOW
    assert [(c.kind, c.reason) for c in found.changes] == [(Kind.CLOSED, "All who will are done.")]
    assert audited(world)[-1] == ("close cycle", "2026-27", "")
    with pytest.raises(CannotSave, match="^This cycle is closed already. Nothing was changed.$"):
        closed(world)


def test_more_time_opens_a_closed_cycle_again(world: World) -> None:
    closed(world)
    same = current(world).deadline_at
    assert extended(world, same).deadline_at == same, "to the same deadline, closed by mistake"
    assert listed(world).rule.closed_at is None
    assert [change.kind for change in listed(world).changes] == [Kind.EXTENDED, Kind.CLOSED]


@pytest.mark.parametrize(
    "days, closes, stands",
    [
        (-250, False, Stands.TO_COME),
        (0, False, Stands.OPEN),
        (33, False, Stands.OPEN),
        (34, False, Stands.LATE),
        (400, False, Stands.LATE),
        (0, True, Stands.CLOSED),
        (400, True, Stands.CLOSED),
    ],
)
def test_where_a_cycle_stands(world: World, days: int, closes: bool, stands: Stands) -> None:
    if closes:
        closed(world)
    assert listed(world).stands(NOW + timedelta(days=days)) is stands


def test_an_administrator_sees_how_many_trusts_are_how_far_and_no_answers(world: World) -> None:
    found = listed(world)
    assert (found.states, found.trusts, found.submitted, found.published) == ({}, 2, 0, 0)
    visit = world.visit("lead-08")
    assessments.save_answer(visit, assessments.open_sheet(visit, "DEMO-08"), ME_1_1, "good", "", 0)
    submitted(world)
    found = listed(world)
    assert found.states == {State.IN_PROGRESS: 1, State.SUBMITTED: 1}
    assert (found.submitted, found.published) == (1, 0)


# What a deadline means, and what closing does, to those who answer.


def test_after_the_deadline_trusts_still_answer_and_submit(world: World) -> None:
    late = world.later(days=40)
    submitted(late)
    assert listed(late).states == {State.SUBMITTED: 1}


CLOSED = "^2026/27 is closed, so nothing in it can be changed.$"


def test_in_a_closed_cycle_nothing_is_answered_or_submitted(world: World) -> None:
    visit = world.visit("lead-07")
    sheet = assessments.open_sheet(visit, "DEMO-07")
    answered(world, sheet, "good")
    handing_in = proposal(world, Step.SUBMIT)
    assert assessments.open_sheet(visit, "DEMO-07").takes_changes
    closed(world)
    visit = world.visit("lead-07")
    assert not assessments.open_sheet(visit, "DEMO-07").takes_changes
    for attempt in (
        lambda: assessments.save_answer(visit, sheet, ME_1_1, "good", "", 1),
        lambda: assessments.save_comment(visit, sheet, ME_1_1, "A comment", 0),
        lambda: moves.take(visit, handing_in),
    ):
        with pytest.raises(CannotSave, match=CLOSED):
            attempt()
    extended(world)
    assessments.save_comment(visit, sheet, ME_1_1, "A comment", 0)


def test_in_a_closed_cycle_nobody_begins(world: World) -> None:
    closed(world)
    visit = world.visit("lead-08")
    sheet = assessments.open_sheet(visit, "DEMO-08")
    with pytest.raises(CannotSave, match=CLOSED):
        assessments.save_answer(visit, sheet, ME_1_1, "good", "", 0)
    assert listed(world).states == {}
