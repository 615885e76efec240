"""Recording months, targets and new limits: checked, in somebody's name, never over a colleague."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from benchmarking import monthly_entries
from benchmarking.access import Refused
from benchmarking.assessing.drafts import CannotSave
from benchmarking.assessing.sheets import NotThere
from benchmarking.monthly_entries import Proposal, change_in_words, in_audit
from benchmarking.series import MonthlyFigure, Rebase, Record, Target
from benchmarking.series.months import later
from benchmarking.series.recorded import difference
from benchmarking.store import monthly
from tests.series.recorded import ANSWERED, FIRST, figures
from tests.use_cases.conftest import World

OCTOBER = date(2026, 10, 1)
FIGURE = MonthlyFigure(ANSWERED, OCTOBER, 18, 22)
TARGET = Target(ANSWERED, OCTOBER, 85.0)
REBASE = Rebase(ANSWERED, later(FIRST, 1), "One handler from the first day.")
READERS = ("board-07", "lead-08", "inspector", "administrator")

LOOK_AGAIN = (
    "A colleague has changed the figures of October 2026 in the meantime. Nothing was stored. "
    "Look at what is stored now, and decide again."
)


def record(world: World, number: int = 7) -> Record:
    with world.database.reading() as reading:
        return monthly.record_of(reading, number)


def proposal(world: World, row: str) -> Proposal:
    return Proposal("DEMO-07", difference(record(world).figures, figures(row)))


def store(world: World, row: str, subject: str = "lead-07") -> str:
    return monthly_entries.store(world.visit(subject), proposal(world, row))


def audit(world: World) -> list[tuple[str, str, str]]:
    with world.database.reading() as reading:
        rows = reading.rows("SELECT action, subject, detail FROM audit ORDER BY audit_id")
    return [(row["action"], row["subject"], row["detail"]) for row in rows][1:]


# Whole files, as proposed.


def test_what_was_proposed_is_stored_in_the_name_of_who_pressed_the_button(world: World):
    assert store(world, "80 81", "colleague-07") == "Stored. Monthly figures: 2 new."
    stored = record(world).figures
    assert [(f.in_time, f.due, f.figure_revision) for f in stored] == [(80, 100, 1), (81, 100, 1)]
    assert {(f.author, f.saved_at) for f in stored} == {("contributor 7", world.now)}
    assert audit(world) == [("record monthly figures", "DEMO-07", "2 new, 0 changed")]


def test_a_correction_is_a_new_revision_and_named_in_the_audit(world: World):
    store(world, "80 81 82")
    assert store(world, "80 85 82 83") == (
        "Stored. Monthly figures: 1 new, 1 changed, 2 stored already."
    )
    assert [(f.in_time, f.figure_revision) for f in record(world).figures] == [
        *((80, 1), (85, 2), (82, 1), (83, 1))
    ]
    assert audit(world)[-1][2] == f"1 new, 1 changed: {ANSWERED} 2025-02"
    assert world.count("SELECT count(*) FROM monthly_figure") == 5


def test_the_same_again_writes_nothing_and_says_so(world: World):
    store(world, "80 81")
    before = audit(world)
    assert store(world, "80 81") == "2 figures are stored already, so there is nothing to change."
    assert store(world, "80") == "1 figure is stored already, so there is nothing to change."
    assert audit(world) == before


@pytest.mark.parametrize("theirs", ["80 90", "80 . 70"])
def test_what_a_colleague_changed_since_the_look_is_not_overwritten(world: World, theirs: str):
    store(world, "80 81")
    mine = proposal(world, "80 95 99")
    store(world, theirs, "colleague-07")
    stored, written = record(world), audit(world)
    with pytest.raises(CannotSave, match="A colleague has changed the figures of"):
        monthly_entries.store(world.visit("lead-07"), mine)
    assert record(world) == stored
    assert audit(world) == written, "what was given up leaves no audit entry"


def test_a_colleague_s_other_months_are_no_obstacle(world: World):
    mine = proposal(world, "80")
    store(world, ". 81", "colleague-07")
    monthly_entries.store(world.visit("lead-07"), mine)
    assert len(record(world).figures) == 2


@pytest.mark.parametrize(
    "stored, row, said, changes",
    [
        ("", "80", "Monthly figures: 1 new.", []),
        (
            "80 81",
            "80 85",
            "Monthly figures: 1 changed, 1 stored already.",
            ["Answered in time, February 2025: 81 of 100 becomes 85 of 100."],
        ),
        (
            "80",
            "-",
            "Monthly figures: 1 changed.",
            ["Answered in time, January 2025: 80 of 100 becomes 0 of 0."],
        ),
    ],
)
def test_a_proposal_says_what_it_would_do(
    world: World, stored: str, row: str, said: str, changes: list[str]
):
    store(world, stored)
    found = proposal(world, row)
    assert (found.in_words, list(found.changes)) == (said, changes)


@pytest.mark.parametrize(
    "blank, aside, said",
    [
        (0, (), []),
        (1, (), ["1 row without figures was left out."]),
        (
            2000,
            ("Why", "Who"),
            ["2,000 rows without figures were left out.", "Not read: Why, Who."],
        ),
    ],
)
def test_what_was_passed_over_is_said(blank: int, aside: tuple[str, ...], said: list[str]):
    found = Proposal("DEMO-07", difference((), ()), blank, aside)
    assert list(found.remarks) == said


def test_a_long_list_of_changes_is_cut_in_the_audit():
    before, after = figures(" ".join(["80"] * 30)), figures(" ".join(["81"] * 30))
    said = in_audit(difference(before, after))
    assert said.startswith(f"0 new, 30 changed: {ANSWERED} 2025-01, ")
    assert said.endswith(f"{ANSWERED} 2026-08, 10 more")


def test_a_change_is_told_with_both_figures():
    (change,) = difference(figures("18/22"), figures("1019/1022")).changed
    assert change_in_words(change) == (
        "Answered in time, January 2025: 18 of 22 becomes 1,019 of 1,022."
    )


# One month by hand.


def test_one_month_is_stored_and_then_corrected(world: World):
    visit = world.visit("colleague-07")
    assert monthly_entries.record_month(visit, "DEMO-07", FIGURE) == (
        "Stored. Monthly figures: 1 new."
    )
    corrected = replace(FIGURE, in_time=19, figure_revision=1)
    assert monthly_entries.record_month(visit, "DEMO-07", corrected) == (
        "Stored. Monthly figures: 1 changed."
    )
    (stored,) = record(world).figures
    assert (stored.in_time, stored.figure_revision) == (19, 2)


def test_one_month_is_not_stored_over_a_revision_that_was_not_seen(world: World):
    monthly_entries.record_month(world.visit("colleague-07"), "DEMO-07", FIGURE)
    with pytest.raises(CannotSave) as refused:
        monthly_entries.record_month(world.visit("lead-07"), "DEMO-07", replace(FIGURE, in_time=20))
    assert str(refused.value) == LOOK_AGAIN
    assert record(world).figures[0].in_time == 18


@pytest.mark.parametrize(
    "figure, says",
    [
        (replace(FIGURE, in_time=23), "23 in time of 22 due cannot be right. Correct one of the"),
        (replace(FIGURE, in_time=-1), "A count must lie between 0 and 9,999,999. Correct it."),
        (replace(FIGURE, due=10_000_000), "A count must lie between 0 and 9,999,999."),
        (replace(FIGURE, month=date(2026, 11, 1)), "Choose a month from April 2009 to October"),
        (replace(FIGURE, month=date(2009, 3, 1)), "Choose a month from April 2009 to October"),
        (replace(FIGURE, month=date(2026, 10, 2)), "Choose a month from April 2009 to October"),
    ],
)
def test_a_month_that_cannot_be_right_is_not_stored(world: World, figure: MonthlyFigure, says: str):
    with pytest.raises(CannotSave, match=says):
        monthly_entries.record_month(world.visit("lead-07"), "DEMO-07", figure)
    assert record(world) == Record() and audit(world) == []


def test_a_series_that_is_not_there_is_told_so(world: World):
    with pytest.raises(NotThere, match="There is no such series."):
        monthly_entries.record_month(
            world.visit("lead-07"), "DEMO-07", replace(FIGURE, series_id="forged")
        )


# Targets.


def test_a_target_is_set_changed_and_withdrawn(world: World):
    visit = world.visit("lead-07")
    monthly_entries.set_target(visit, "DEMO-07", TARGET)
    first = record(world).targets[0]
    monthly_entries.set_target(visit, "DEMO-07", replace(first, percent=92.5))
    second = record(world).targets[0]
    assert [(t.percent, t.target_revision) for t in (first, second)] == [(85, 1), (92.5, 2)]
    monthly_entries.withdraw_target(visit, "DEMO-07", second)
    assert record(world).targets == ()
    monthly_entries.set_target(visit, "DEMO-07", TARGET)
    assert record(world).targets[0].target_revision == 4
    assert audit(world)[:3] == [
        ("set a monthly target", f"DEMO-07 {ANSWERED} 2026-10", "85"),
        ("set a monthly target", f"DEMO-07 {ANSWERED} 2026-10", "92.5"),
        ("withdraw a monthly target", f"DEMO-07 {ANSWERED} 2026-10", "92.5"),
    ]


def test_no_target_from_a_month_on_is_kept_as_that(world: World):
    monthly_entries.set_target(world.visit("lead-07"), "DEMO-07", replace(TARGET, percent=None))
    assert record(world).targets[0].percent is None
    assert audit(world)[-1][2] == "none"


def test_a_target_may_be_set_for_the_year_to_come(world: World):
    ahead = later(OCTOBER, monthly_entries.MONTHS_AHEAD)
    monthly_entries.set_target(world.visit("lead-07"), "DEMO-07", replace(TARGET, from_month=ahead))
    assert record(world).targets[0].from_month == ahead


@pytest.mark.parametrize(
    "target, says",
    [
        (replace(TARGET, percent=100.5), "A target is a percent. Write a number from 0 to 100."),
        (replace(TARGET, percent=-1), "A target is a percent. Write a number from 0 to 100."),
        (replace(TARGET, from_month=date(2028, 1, 1)), "Choose a month from April 2009 to Nov"),
    ],
)
def test_a_target_that_cannot_be_right_is_not_set(world: World, target: Target, says: str):
    with pytest.raises(CannotSave, match=says):
        monthly_entries.set_target(world.visit("lead-07"), "DEMO-07", target)
    assert record(world) == Record()


@pytest.mark.parametrize("do", [monthly_entries.set_target, monthly_entries.withdraw_target])
def test_a_target_that_a_colleague_set_meanwhile_stays(world: World, do: Callable[..., None]):
    monthly_entries.set_target(world.visit("colleague-07"), "DEMO-07", TARGET)
    stored = record(world)
    with pytest.raises(CannotSave) as refused:
        do(world.visit("lead-07"), "DEMO-07", replace(TARGET, percent=70))
    assert str(refused.value) == LOOK_AGAIN
    assert record(world) == stored


# Where limits begin anew.


def test_limits_begin_anew_with_a_reason_and_may_be_withdrawn(world: World):
    store(world, "80 81")
    visit = world.visit("lead-07")
    monthly_entries.begin_anew(visit, "DEMO-07", replace(REBASE, reason="  A new\x07 team.  "))
    (rebase,) = record(world).rebases
    assert (rebase.reason, rebase.rebase_revision) == ("A new team.", 1)
    monthly_entries.withdraw_rebase(visit, "DEMO-07", rebase)
    assert record(world).rebases == ()
    assert audit(world)[1:] == [
        ("begin new limits", f"DEMO-07 {ANSWERED} 2025-02", ""),
        ("withdraw new limits", f"DEMO-07 {ANSWERED} 2025-02", ""),
    ], "the reason is free text and no part of the audit"


@pytest.mark.parametrize(
    "rebase, says",
    [
        (replace(REBASE, reason=" \n "), "Say what was changed in this month. New limits without"),
        (replace(REBASE, reason="x" * 501), "The reason is 501 characters long. Shorten it"),
        (replace(REBASE, from_month=FIRST), "No month before this one is recorded, so there are"),
        (replace(REBASE, from_month=date(2026, 11, 1)), "Choose a month from April 2009 to Oct"),
    ],
)
def test_limits_do_not_begin_anew_without_cause(world: World, rebase: Rebase, says: str):
    store(world, "80 81")
    with pytest.raises(CannotSave, match=says):
        monthly_entries.begin_anew(world.visit("lead-07"), "DEMO-07", rebase)
    assert record(world).rebases == ()


@pytest.mark.parametrize("do", [monthly_entries.begin_anew, monthly_entries.withdraw_rebase])
def test_new_limits_that_a_colleague_set_meanwhile_stay(world: World, do: Callable[..., None]):
    store(world, "80 81")
    monthly_entries.begin_anew(world.visit("colleague-07"), "DEMO-07", REBASE)
    with pytest.raises(CannotSave, match="the figures of February 2025 in the meantime"):
        do(world.visit("lead-07"), "DEMO-07", replace(REBASE, reason="Another"))
    assert [r.reason for r in record(world).rebases] == [REBASE.reason]


# Who may.


@pytest.mark.parametrize("subject", READERS)
@pytest.mark.parametrize(
    "do",
    [
        lambda visit: monthly_entries.store(
            visit, Proposal("DEMO-07", difference((), figures("80")))
        ),
        lambda visit: monthly_entries.record_month(visit, "DEMO-07", FIGURE),
        lambda visit: monthly_entries.set_target(visit, "DEMO-07", TARGET),
        lambda visit: monthly_entries.withdraw_target(visit, "DEMO-07", TARGET),
        lambda visit: monthly_entries.begin_anew(visit, "DEMO-07", REBASE),
        lambda visit: monthly_entries.withdraw_rebase(visit, "DEMO-07", REBASE),
    ],
)
def test_nobody_else_records_anything(world: World, subject: str, do: Callable[..., object]):
    with pytest.raises(Refused):
        do(world.visit(subject))
    assert record(world) == Record() and audit(world) == []


def test_a_stranger_is_told_to_sign_in(world: World):
    with pytest.raises(Refused, match="Sign in to see this page."):
        monthly_entries.record_month(world.stranger(), "DEMO-07", FIGURE)
